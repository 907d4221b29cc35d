using Homestretch.Server.Access;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Api;

/// <summary>People, tokens and gateways over HTTP: an administrator's business, but for everyone's own tokens.</summary>
internal static class PeopleRoutes
{
    /// <param name="Login">The login the person will sign in with.</param>
    /// <param name="Party">Code of the party they act for.</param>
    private sealed record InvitationRequest(string Login, string Party, Role Role);

    /// <param name="Label">What it is for, so that it can be told apart later.</param>
    /// <param name="Days">Valid so long, 1 to 366.</param>
    private sealed record TokenRequest(string Label, int Days = 90);

    /// <param name="Party">Party whose machines it speaks for; also its Sparkplug group.</param>
    /// <param name="Node">Its Sparkplug edge node id.</param>
    /// <param name="Days">Valid so long, 1 to 366.</param>
    private sealed record GatewayRequest(string Party, string Node, string Label = "", int Days = 366);

    public static void MapPeople(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1").RequireAuthorization("api").DisableAntiforgery().WithTags("People");
        RouteGroupBuilder admin = api.MapGroup("").AddEndpointFilter(static async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<PersonWindow>().Person.May.Contains(Permission.Administer) ? await next(context) : Results.Problem(statusCode: 403));
        OfPeople(admin);
        OfGateways(admin);
        OfTokens(api);
        OfAudit(api);
        // Only a password makes a token: a token that leaked cannot prolong itself.
        app.MapPost("/api/v1/tokens", async (HttpContext http, Tokens tokens, TokenRequest request) =>
        {
            var (given, wrong) = SignIn.Basic(http.Request);
            if (wrong is not null) return Results.Problem(wrong, statusCode: 400);
            var (account, wait) = given is var (login, password) ? await SignIn.Check(http, login, password) : (null, 0);
            if (account is null)
            {
                await http.Note(AuditAction.SignInRefused, detail: wait > 0 ? $"for a token, {SignIn.TooMany}" : "for a token", by: ("", PeopleRules.Normal(given?.Login ?? "")));
                return wait > 0 ? TooSoon(http, wait) : Unauthorized(http);
            }
            if (Valid(request.Days) is not { } valid) return Days();
            var (secret, id) = await tokens.Issue(TokenPurpose.Api, account.Login, account.Party, account.Role.ToString(), request.Label, valid, http.RequestAborted);
            await http.Note(AuditAction.TokenMade, id, $"{request.Label}, {request.Days} days", (account.Party, account.Login));
            return Results.Ok(new { id, token = secret, account = account.Login });
        }).DisableAntiforgery().RequireRateLimiting("sign-in").WithTags("People").WithSummary("A new API token of your own; sign in with Authorization: Basic. The token is told this once");
    }

    private static void OfPeople(RouteGroupBuilder admin)
    {
        admin.MapGet("/people", async (HttpContext http, Accounts accounts) => (await accounts.All(http.RequestAborted))
            .Select(static a => new { login = a.Login, name = a.Name, role = a.Role, party = a.Party, disabled = a.Disabled })).WithSummary("Everyone who can sign in");
        admin.MapPost("/people/invitations", async (HttpContext http, People people, InvitationRequest request) =>
        {
            var (path, wrong) = await people.Invite(Noted(http), request.Login, request.Party, request.Role, http.RequestAborted);
            return wrong is null ? Results.Ok(new { path }) : ApiRoutes.Problem([wrong]);
        }).WithSummary("A one-time path for a new person, valid three days: give it to them");
        admin.MapPost("/people/{login}/password", async (HttpContext http, People people, string login) =>
            await people.Renew(Noted(http), login, http.RequestAborted) is { } path ? Results.Ok(new { path }) : Results.Problem(statusCode: 404))
            .WithSummary("A one-time path to choose a new password with, valid three days");
        admin.MapPost("/people/{login}/disable", (HttpContext http, People people, PersonWindow w, string login) => Let(http, people, w, login, false)).WithSummary("Ends a person's sessions and tokens");
        admin.MapPost("/people/{login}/enable", (HttpContext http, People people, PersonWindow w, string login) => Let(http, people, w, login, true)).WithSummary("Lets a disabled person in again");
    }

    private static void OfAudit(RouteGroupBuilder api) =>
        api.MapGet("/audit", async Task<IResult> (HttpContext http, PersonWindow w, string? text = null, int skip = 0, int take = 100) => w.Person.May.Contains(Permission.SeeAudit)
            ? Results.Ok(await w.Audit(text, Math.Max(0, skip), Math.Clamp(take, 1, 1000), http.RequestAborted)) : Results.Problem(statusCode: 403))
            .Produces<Page<AuditRow>>().ProducesProblem(403).WithSummary("Who was let in, who let whom, who took data out: entries that hold a text, newest first");

    private static void OfTokens(RouteGroupBuilder api)
    {
        api.MapGet("/tokens", async (HttpContext http, PersonWindow w, Tokens tokens) => (await Mine(w, tokens, http.RequestAborted)).Select(Shown)).WithSummary("Your API tokens; an administrator sees everyone's");
        api.MapDelete("/tokens/{id}", async (HttpContext http, PersonWindow w, Tokens tokens, Sessions sessions, string id) =>
        {
            if ((await Mine(w, tokens, http.RequestAborted)).FirstOrDefault(t => t.Id == id) is not { } token) return Results.Problem(statusCode: 404);
            await tokens.Revoke(token, TokenPurpose.Api, http.RequestAborted);
            sessions.End(token.Account, token.Id);
            await http.Note(AuditAction.TokenEnded, token.Id, $"{token.Account}: {token.Label}");
            return Results.NoContent();
        }).WithSummary("Ends a token now");
    }

    private static void OfGateways(RouteGroupBuilder admin)
    {
        admin.MapGet("/gateways", async (HttpContext http, Gateways gateways) => (await gateways.All(http.RequestAborted)).Select(Shown)).WithSummary("Credentials of suppliers' gateways at the MQTT broker inside");
        admin.MapPost("/gateways", async (HttpContext http, People people, GatewayRequest request) =>
        {
            if (Valid(request.Days) is not { } valid) return Days();
            var (pass, secret, id, wrong) = await people.Connect(request.Party, request.Node, request.Label, valid, http.RequestAborted);
            if (wrong is not null) return ApiRoutes.Problem([wrong]);
            await http.Note(AuditAction.GatewayMade, pass!.User, $"{request.Label}, {request.Days} days");
            return Results.Ok(new { id, user = pass.User, password = secret, group = pass.Party, node = pass.Node });
        }).WithSummary("A new gateway credential; the password is told this once");
        admin.MapDelete("/gateways/{id}", async (HttpContext http, Gateways gateways, string id) =>
        {
            if ((await gateways.All(http.RequestAborted)).FirstOrDefault(t => t.Id == id) is not { } token) return Results.Problem(statusCode: 404);
            await gateways.End(token, http.RequestAborted);
            await http.Note(AuditAction.GatewayEnded, token.Account, token.Label);
            return Results.NoContent();
        }).WithSummary("Ends a gateway credential now and closes its connection");
    }

    private static async Task<IResult> Let(HttpContext http, People people, PersonWindow w, string login, bool allowed) =>
        await people.Let(Noted(http), w.Person.Login, login, allowed, http.RequestAborted) is not { } wrong ? Results.NoContent()
            : wrong.Rule == "yourself" ? Results.Problem(wrong.What, statusCode: 409) : Results.Problem(statusCode: 404);

    private static Noting Noted(HttpContext http) => (action, subject, detail) => http.Note(action, subject, detail);

    private static async Task<IEnumerable<Token>> Mine(PersonWindow w, Tokens tokens, CancellationToken cancel) =>
        (await tokens.All(TokenPurpose.Api, cancel)).Where(t => t.Account == w.Person.Login || w.Person.May.Contains(Permission.Administer));

    private static object Shown(Token t) => new { id = t.Id, account = t.Account, party = t.Party, label = t.Label, created = t.Created, expires = t.Expires, revoked = t.Revoked };

    private static Duration? Valid(int days) => days is >= 1 and <= 366 ? Duration.FromDays(days) : null;

    private static IResult Days() => Results.Problem("'days' is a number from 1 to 366.", statusCode: 400);

    private static IResult TooSoon(HttpContext http, int wait)
    {
        http.Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Results.Problem($"Too many wrong passwords for this login. Try again in {wait} seconds.", statusCode: 429);
    }

    private static IResult Unauthorized(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"homestretch\"";
        return Results.Problem(statusCode: 401);
    }
}
