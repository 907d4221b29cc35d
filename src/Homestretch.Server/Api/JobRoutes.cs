using Homestretch.Server.Access;
using Homestretch.Web.Window;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Api;

/// <summary>Work at home and dependence over HTTP, from what was really built.</summary>
internal static class JobRoutes
{
    public static void MapJobs(this WebApplication app) => app.MapGet("/api/v1/jobs", static async (HttpContext http, PersonWindow w, string? from, string? to) =>
    {
        if (LocalDatePattern.Iso.Parse(from ?? "") is not { Success: true, Value: var first } || LocalDatePattern.Iso.Parse(to ?? "") is not { Success: true, Value: var until } || until <= first)
            return ApiRoutes.Problem([new(new("request", 0, "from"), "days", "'from' and 'to' are no stretch of days.", "Write from=2026-11-01&to=2026-12-01: the first day, and the first day after.")]);
        return await w.Jobs(first, until, http.RequestAborted) switch
        {
            null => Results.Problem("What was built, and what its parts cost, is not yours to see.", statusCode: 403),
            { TooMany: > 0 and var most } => ApiRoutes.Problem([new(new("request", 0, "to"), "too-many", $"More than {most} units were finished or are at work since then.", "Ask for fewer days.")]),
            var told => Results.Ok(told),
        };
    }).RequireAuthorization("api").DisableAntiforgery().WithTags("Units").Produces<JobsView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(422)
        .WithSummary("What was finished over [from, to) by country, product and month: hours at work, domestic share of value, concentration on supplier countries (HHI, 0 to 10,000), and what is unknown");
}
