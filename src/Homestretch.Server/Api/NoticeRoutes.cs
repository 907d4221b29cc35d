using Homestretch.Server.Access;
using Homestretch.Server.Notifying;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Homestretch.Server.Api;

/// <summary>What people should know of, how they hear of it, and webhooks, over HTTP. Through the caller's window, like everything.</summary>
internal static class NoticeRoutes
{
    public static void MapNotices(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1").RequireAuthorization("api").DisableAntiforgery().ProducesProblem(401);
        Notices(api.MapGroup("").WithTags("Notices"));
        Webhooks(api.MapGroup("/webhooks").WithTags("Webhooks").ProducesProblem(422));
        // The token in the path is what protects it: a mail program calls it with nobody signed in (RFC 8058).
        app.MapPost("/unsubscribe/{token}", async Task<IResult> (HttpContext http, NotifySight notify, WebhookSecrets secrets, string token) =>
            await notify.Leave(secrets.Left(token), http.RequestAborted) is not null ? DoorPages.Left() : DoorPages.Gone()).DisableAntiforgery().RequireRateLimiting("sign-in").ExcludeFromDescription();
        app.MapGet("/unsubscribe/{token}", (WebhookSecrets secrets, string token) => secrets.Left(token) is null ? DoorPages.Gone() : DoorPages.Leave()).RequireRateLimiting("sign-in").ExcludeFromDescription();
    }

    private static void Notices(RouteGroupBuilder api)
    {
        api.MapGet("/notices", (PersonWindow w, bool over = false) => w.NoticesFor(over)).WithSummary("What stands for your role, weightiest first; with over=true what was over lately");
        api.MapPost("/notices/take", async (HttpContext http, PersonWindow w, string key, bool take = true) => Answer(await w.TakeNotice(key, take, http.RequestAborted))).Produces(204).ProducesProblem(422).WithSummary("Takes a notice as yours to mend, or gives it back with take=false");
        api.MapGet("/notify", (PersonWindow w) => w.Notify()).WithSummary("What you hear, how and when, and your devices");
        api.MapPut("/notify", async (HttpContext http, PersonWindow w, NotifyChoice choice) => Answer(await w.ChooseNotify(choice, http.RequestAborted))).Produces(204).ProducesProblem(422).WithSummary("Chooses what you hear, how and when");
        api.MapPost("/notify/devices", async (HttpContext http, PersonWindow w, PushSubscription subscription) => Answer(await w.AddDevice(subscription, http.RequestAborted))).Produces(204).ProducesProblem(422).WithSummary("Adds a browser that takes push messages");
        api.MapDelete("/notify/devices/{device}", async (HttpContext http, PersonWindow w, string device) => Answer(await w.RemoveDevice(device, http.RequestAborted))).Produces(204).ProducesProblem(422).WithSummary("Removes a device");
        api.MapPost("/notify/try", async (HttpContext http, PersonWindow w) => Answer(await w.TryDevices(http.RequestAborted))).Produces(204).ProducesProblem(422).WithSummary("Sends a push message that says so to each of your devices");
    }

    private static void Webhooks(RouteGroupBuilder api)
    {
        api.MapGet("", Results<Ok<WebhooksView>, ProblemHttpResult> (PersonWindow w) => w.Webhooks() is { } view ? TypedResults.Ok(view) : TypedResults.Problem(statusCode: 403)).ProducesProblem(403).WithSummary("Your party's webhooks and their newest messages");
        api.MapPost("", async (HttpContext http, PersonWindow w, WebhookRequest request) => Answer(await w.AddWebhook(request, http.RequestAborted))).Produces<WebhookMade>().WithSummary("A new webhook; its secret is told this once");
        api.MapPost("/{webhook}/secret", async (HttpContext http, PersonWindow w, string webhook) => Answer(await w.RenewWebhook(webhook, http.RequestAborted))).Produces<WebhookMade>().WithSummary("A new secret in place of the one before");
        api.MapPost("/{webhook}/on", async (HttpContext http, PersonWindow w, string webhook) => Answer(await w.TurnWebhook(webhook, true, http.RequestAborted))).Produces(204).WithSummary("Turns a webhook on");
        api.MapPost("/{webhook}/off", async (HttpContext http, PersonWindow w, string webhook) => Answer(await w.TurnWebhook(webhook, false, http.RequestAborted))).Produces(204).WithSummary("Turns a webhook off; what happens meanwhile is not kept for it");
        api.MapPost("/{webhook}/test", async (HttpContext http, PersonWindow w, string webhook) => Answer(await w.TestWebhook(webhook, http.RequestAborted))).Produces(204).WithSummary("Sends a message in which nothing has happened");
        api.MapDelete("/{webhook}", async (HttpContext http, PersonWindow w, string webhook) => Answer(await w.RemoveWebhook(webhook, http.RequestAborted))).Produces(204).WithSummary("Removes a webhook and its messages");
        api.MapPost("/messages/{message}/again", async (HttpContext http, PersonWindow w, string message) => Answer(await w.SendAgain(message, http.RequestAborted))).Produces(204).WithSummary("Sends a message again, with the id it had");
    }

    private static IResult Answer(Told told) => told.Accepted ? Results.NoContent() : ApiRoutes.Problem(told.Findings);

    private static IResult Answer(WebhookMade made) => made.Findings.Count == 0 ? Results.Ok(made) : ApiRoutes.Problem(made.Findings);
}
