using Homestretch.Server.Access;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>Branches of the world over HTTP: made, compared, discarded, committed. Through the caller's window, like everything.</summary>
internal static class BranchRoutes
{
    public static void MapBranches(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/branches").RequireAuthorization("api").DisableAntiforgery().WithTags("Branches").ProducesProblem(401);
        api.MapGet("", (HttpContext http, PersonWindow w) => w.Branches(http.RequestAborted)).WithSummary("Branches of the world that people of your party have made, the last changed first");
        api.MapPost("", async (HttpContext http, PersonWindow w, BranchOrder order) => Answer(await w.KeepBranch(null, order, http.RequestAborted))).Produces<Told>().ProducesProblem(422).WithSummary("Makes a branch from lines of assumptions (docs/what-if.md); 'key' is its address");
        api.MapPut("/{key}", async (HttpContext http, PersonWindow w, string key, BranchOrder order) => Answer(await w.KeepBranch(key, order, http.RequestAborted))).Produces<Told>().ProducesProblem(422).WithSummary("Lets your branch assume something else");
        api.MapDelete("/{key}", async (HttpContext http, PersonWindow w, string key) => Answer(await w.DiscardBranch(key, http.RequestAborted))).Produces<Told>().ProducesProblem(422).WithSummary("Discards your branch; nothing of it was in the world");
        api.MapGet("/compare", async (HttpContext http, PersonWindow w, string keys = "") =>
            await w.CompareBranches(keys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), http.RequestAborted) is { } view ? Results.Ok(view) : Missing(keys)).Produces<CompareView>().ProducesProblem(404).WithSummary("Up to five branches (keys=a,b) beside the world as it is, on the same futures: promises, kits, money, stock, lines, who wins and loses");
        api.MapGet("/{key}/commit", async (HttpContext http, PersonWindow w, string key) => await w.WouldCommit(key, http.RequestAborted) is { } view ? Results.Ok(view) : Missing(key)).Produces<CommitView>().ProducesProblem(404).WithSummary("What committing a branch would write, assumption by assumption; writes nothing");
        api.MapPost("/{key}/commit", async (HttpContext http, PersonWindow w, string key, CommitOrder order) => Answer(await w.CommitBranch(key, order, http.RequestAborted))).Produces<Told>().ProducesProblem(422).WithSummary("Makes chosen assumptions real in one batch: decisions are done, facts are said to be so, suppositions refused");
    }

    private static IResult Answer(Told told) => told.Accepted ? Results.Ok(told) : ApiRoutes.Problem(told.Findings);

    private static IResult Missing(string keys) => Results.Problem($"There is no branch '{keys}' that you may see.", statusCode: 404);
}
