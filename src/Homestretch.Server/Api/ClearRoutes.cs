using Homestretch.Server.Access;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>Release lists over HTTP: made, looked at, accepted. Through the caller's window, like everything.</summary>
internal static class ClearRoutes
{
    public static void MapClearToBuild(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/clear-to-build").RequireAuthorization("api").DisableAntiforgery().WithTags("Clear to build").ProducesProblem(401);
        api.MapGet("", async (HttpContext http, PersonWindow w, double days = 5, double certainty = 0.95, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "due-within")] double dueWithin = 28) =>
            days is not (> 0 and <= 60) ? No("days", "more than 0 and at most 60") : certainty is not (> 0 and <= 1) ? No("certainty", "more than 0 and at most 1") : dueWithin is not (> 0 and <= 1000) ? No("due-within", "more than 0 and at most 1000")
                : await w.ClearToBuild(new(days, certainty, dueWithin), http.RequestAborted) is { } view ? Results.Ok(view) : Results.Problem(statusCode: 403))
            .Produces<ClearView>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Which builds to release in the next days so that most is made of the parts at hand: by line in sequence, kits by class, how far a better list could be from it (proven), and of every build left out why. Made of the plan in force, some seconds of work; kept while that plan stands");
        api.MapGet("/{list}/effect", async (HttpContext http, PersonWindow w, string list) => await w.ClearWould(list, http.RequestAborted) is { } effect ? Results.Ok(effect) : Results.Problem($"There is no list '{list}' that you may see, or no more.", statusCode: 404))
            .Produces<ClearEffect>().ProducesProblem(404).WithSummary("What accepting a list would change: builds that move, kits that take other parts, purchases, who wins and who loses; writes nothing");
        api.MapPost("/accept", async (HttpContext http, PersonWindow w, ClearAccept order) =>
        {
            Told told = await w.AcceptClear(order.List ?? "", http.RequestAborted);
            return told.Accepted ? Results.Ok(told) : ApiRoutes.Problem(told.Findings, told.Findings[0].Rule == "stale-list" ? 409 : 422);
        }).Produces<Told>().ProducesProblem(409).ProducesProblem(422).WithSummary("Makes a list the plan, in one batch: 'list' is its name. When the plan has moved on the list is made anew; refused with 409 and what differs when it is another now");
    }

    private static IResult No(string name, string range) => Results.Problem($"'{name}': give {range}.", statusCode: 400, title: "Not a number for this");
}
