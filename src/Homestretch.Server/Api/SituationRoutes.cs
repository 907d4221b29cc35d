using Homestretch.Server.Access;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>Situations over HTTP: what is wrong, what could be done, what was decided and what came of it. Through the caller's window, like everything.</summary>
internal static class SituationRoutes
{
    public static void MapSituations(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1").RequireAuthorization("api").DisableAntiforgery().WithTags("Situations").ProducesProblem(401);
        api.MapGet("/situations", (PersonWindow w, bool over = false, string? text = null, int skip = 0, int take = 50) => w.Situations(new(over, text, skip, ApiRoutes.Most(take)))).WithSummary("Open situations, the weightiest first, and how those of the last 90 days turned out; with over=true those that have ended");
        api.MapGet("/situations/{situation}", (PersonWindow w, string situation) => new Tagged<SituationView>(w.Situation(situation), $"There is no situation '{situation}' that you may see.")).ProducesProblem(404)
            .WithSummary("One situation: from cause to customers, the promises it takes, remedies priced on the same futures as the plan. Asking has its remedies looked for before others'; ask again while 'searching' is true");
        RouteGroupBuilder write = api.MapGroup("").ProducesProblem(422);
        write.MapPost("/situations/{situation}/decisions", async (HttpContext http, PersonWindow w, string situation, RemedyChoice choice) => Answer(await w.Decide(situation, choice.Remedy ?? "", choice.Reason ?? "", http.RequestAborted))).Produces<Told>()
            .WithSummary("Takes a remedy: it is priced again, then what it changes, what is expected and the tasks are told at once, or nothing is; the answer's key is the decision's");
        write.MapPost("/situations/{situation}/own", async (HttpContext http, PersonWindow w, string situation, bool take = true) => Answer(await w.Own(situation, take, http.RequestAborted))).Produces<Told>().WithSummary("Takes a situation as yours to mend, or gives it back with take=false");
        write.MapPost("/situations/{situation}/let-be", async (HttpContext http, PersonWindow w, string situation, ReasonGiven why) => Answer(await w.LetBe(situation, why.Reason ?? "", http.RequestAborted))).Produces<Told>().WithSummary("Lets it be: it stays silent until it takes half as much again");
        write.MapPost("/situations/{situation}/useless", async (HttpContext http, PersonWindow w, string situation, ReasonGiven why) => Answer(await w.CallUseless(situation, why.Reason ?? "", http.RequestAborted))).Produces<Told>().WithSummary("Says that it should not have been shown, and why; it counts as a false alarm");
        api.MapGet("/decisions", (PersonWindow w, int skip = 0, int take = 50) => w.Decisions(skip, ApiRoutes.Most(take))).WithSummary("Decisions, newest first, with what came of them, and how each kind of remedy has done");
        api.MapGet("/tasks", (PersonWindow w, bool over = false, int skip = 0, int take = 50) => w.Tasks(over, skip, ApiRoutes.Most(take))).WithSummary("Work that decisions ask for, what is due first; your own party's, and for who sees orders everybody's. With over=true what was answered");
        write.MapPost("/tasks/{task}", async (HttpContext http, PersonWindow w, string task, TaskAnswer answer) => Answer(await w.AnswerTask(task, answer, http.RequestAborted))).Produces<Told>().WithSummary("Answers a task: done, refused with a reason, or open to take it on");
        api.MapGet("/standing-rules", (PersonWindow w) => w.StandingRules()).WithSummary("What may be decided without asking, with what each rule has spent in seven days");
        write.MapPost("/standing-rules", async (HttpContext http, PersonWindow w, RuleOrder order) => Answer(await w.MakeRule(order, http.RequestAborted))).Produces<Told>().WithSummary("Makes a standing rule: remedies of one kind up to a cost in any seven days, never one by which somebody loses");
        write.MapPost("/standing-rules/{rule}/withdraw", async (HttpContext http, PersonWindow w, string rule) => Answer(await w.WithdrawRule(rule, http.RequestAborted))).Produces<Told>().WithSummary("Withdraws a standing rule; what it took stays");
    }

    private static IResult Answer(Told told) => told.Accepted ? Results.Ok(told) : ApiRoutes.Problem(told.Findings);

    /// <param name="Remedy">Key of a remedy, from the situation.</param>
    /// <param name="Reason">Why, for those who ask later.</param>
    private sealed record RemedyChoice(string? Remedy, string? Reason);

    private sealed record ReasonGiven(string? Reason);
}
