using Homestretch.Server.Access;
using Homestretch.Web.Window;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Api;

/// <summary>Exposure and landed cost over HTTP. Through the caller's window, like everything.</summary>
internal static class ExposureRoutes
{
    public static void MapExposure(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1").RequireAuthorization("api").DisableAntiforgery().WithTags("Exposure").ProducesProblem(401);
        api.MapGet("/exposure", async Task<IResult> (HttpContext http, PersonWindow w) => await w.Exposure(http.RequestAborted) is { } view ? new Tagged<ExposureView>(view) : Results.Problem(statusCode: 403))
            .Produces<ExposureView>().ProducesProblem(403).WithSummary("How much of the product each outside party, owner and country could reconstruct, so far and as planned, the fewest who could copy it, what never leaves home, and what to look at");
        api.MapGet("/exposure/{party}", async (HttpContext http, PersonWindow w, string party) => new Tagged<ExposedPartyView>(await w.Exposed(party, http.RequestAborted), $"There is no outside party '{party}' that you may see."))
            .ProducesProblem(404).WithSummary("What one outside party knows of each item, by which documents, and what each further level would change");
        api.MapGet("/landed-cost", async Task<IResult> (HttpContext http, PersonWindow w, string? item = null, string? supplier = null, string? to = null, string? on = null, decimal? quantity = null) =>
        {
            ParseResult<LocalDate>? day = on is null ? null : LocalDatePattern.Iso.Parse(on);
            if (day is { Success: false }) return Results.Problem($"'{on}' is no day. Write it like 2026-11-24.", statusCode: 400, title: "Not a day");
            if (quantity is not (null or (> 0 and <= 1_000_000_000))) return Results.Problem("'quantity': give more than 0 and at most 1000000000.", statusCode: 400, title: "Not a number for this");
            return await w.LandedCost(new(item, supplier, to, day?.Value, quantity), http.RequestAborted) is { } view ? Results.Ok(view) : Results.Problem(statusCode: 403);
        }).Produces<LandedView>().ProducesProblem(400).ProducesProblem(403).WithSummary("Landed cost of every way to buy an item: price, freight, insurance, duty, fees and holding, each with the row that made it; without filters of all. 'to' is a site, a market or a customs territory, 'on' the day of entry (default: the hub's today)");
        api.MapGet("/landed-cost/lots/{lot}", async Task<IResult> (HttpContext http, PersonWindow w, string lot) => w.LandedChoices() is null ? Results.Problem(statusCode: 403)
                : await w.LandedLot(Uri.UnescapeDataString(lot), http.RequestAborted) is { } view ? Results.Ok(view) : Results.Problem($"There is no lot '{lot}'.", statusCode: 404))
            .Produces<LandedLot>().ProducesProblem(403).ProducesProblem(404).WithSummary("Landed cost of a lot as it was planned, entered on the day it was due, and as it came, by its milestones and what was paid");
    }
}
