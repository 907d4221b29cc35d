using Homestretch.Server.Access;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>Kept designs over HTTP: listed, kept, reviewed, adopted. Through the caller's window, like everything.</summary>
internal static class DesignRoutes
{
    public static void MapDesigns(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/designs").RequireAuthorization("api").DisableAntiforgery().WithTags("Studies").ProducesProblem(401);
        api.MapGet("", static (PersonWindow w, string study = "") => ((IWindow)w).Designs(study) is { } all ? Results.Ok(all) : Results.NotFound()).Produces<IReadOnlyList<DesignRow>>().ProducesProblem(404).WithSummary("Designs that are kept, newest first; of one study or of all. Not found for who may not see supply and money or is not the brand owner's");
        api.MapGet("/{design}", static async (HttpContext http, PersonWindow w, string design) => await w.ReviewDesign(design, http.RequestAborted) is { } review ? Results.Ok(review) : Results.NotFound()).Produces<DesignReview>().ProducesProblem(404)
            .WithSummary("What adopting a kept design would do by the records of now: cost, ways to buy, stock targets, number of records, and what a person must look at");
        api.MapPost("", static async (HttpContext http, PersonWindow w, KeepOrder order) => Answer(await w.KeepDesign(order, http.RequestAborted))).Produces<Told>().ProducesProblem(422).WithSummary("Keeps the cheapest design of a study within limits ('limits', as study_limits writes them) with a name and a business case ('note')");
        api.MapPost("/{design}/adopt", static async (HttpContext http, PersonWindow w, string design, AdoptOrder? order) => Answer(await w.AdoptDesign(new(design, order?.Note ?? ""), http.RequestAborted))).Produces<Told>().ProducesProblem(422)
            .WithSummary("Adopts a kept design: its lanes, ways to buy and stock targets are the live planner's from then on, all or none; it needs a business case, kept or given as 'note'");
        api.MapPost("/{design}/trial", static async (HttpContext http, PersonWindow w, string design, TrialOrder? order) => Asked(w, design) is not { } question ? Results.NotFound() : Answer(await w.TryDesign(question, order ?? new(), http.RequestAborted))).Produces<Told>().ProducesProblem(404).ProducesProblem(422)
            .WithSummary("Plays a kept design through the live planner beside the company as it is, on drawn futures: 'days' (60 to 365), 'futures' (1 to 5), and one case more for each passage 'closed' and supplier 'lost' (three at most). One trial at a time; nothing is written");
        api.MapGet("/{design}/trial", static (PersonWindow w, string design) => Asked(w, design) is { } question && w.Trial(question) is { } trial ? Results.Ok(trial) : Results.NotFound()).Produces<TrialView>().ProducesProblem(404)
            .WithSummary("How far the last trial of a kept design is, or what came of it; kept while the server runs");
        api.MapDelete("/{design}/trial", static (PersonWindow w, string design) => Asked(w, design) is not { } question ? Results.NotFound() : Answer(w.EndTrial(question))).Produces<Told>().ProducesProblem(404).ProducesProblem(422).WithSummary("Ends a trial that waits or runs");
    }

    /// <summary>A kept design as a question; null: there is none such, or it is not the caller's to see.</summary>
    private static CutQuestion? Asked(PersonWindow w, string design) => ((IWindow)w).Designs("")?.FirstOrDefault(d => d.Design == design) is { } kept ? new(kept.Study, kept.Limits, design) : null;

    internal static IResult Answer(Told told) => told.Accepted ? Results.Ok(told) : ApiRoutes.Problem(told.Findings);
}
