using Homestretch.Server.Access;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Api;

/// <summary>Engineering changes over HTTP: the list, and what one does. Through the caller's window, like everything.</summary>
internal static class ChangeRoutes
{
    private const int MostDates = 20;

    public static void MapChanges(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/engineering-changes").RequireAuthorization("api").DisableAntiforgery().WithTags("Engineering changes").ProducesProblem(401);
        api.MapGet("", static (PersonWindow w) => w.EngineeringChanges()).Produces<IReadOnlyList<EngineeringChange>>().WithSummary("Engineering changes: for the brand owner's people all, for a supplier those in force of what it makes, without reason, costs and whom they concern");
        api.MapGet("/{id}/impact", static async (HttpContext http, PersonWindow w, string id, int? dates) => dates is < 0 or > MostDates
            ? ApiRoutes.Problem([new(new("request", 0, "dates"), "dates", $"{dates} days.", $"Give 0 to {MostDates}.")])
            : await w.ChangeImpact(id, dates ?? 0, http.RequestAborted) is { } impact ? Results.Ok(impact) : Results.Problem($"There is no engineering change '{id}' that you see.", statusCode: 404))
            .Produces<EngineeringImpact>().ProducesProblem(404).ProducesProblem(422).WithSummary("What a change does, a draft as if it were released: parts by place and revision, kits that lack parts, promises that move, and with dates=N what it would cost on up to N days; a supplier sees its own lots");
    }
}
