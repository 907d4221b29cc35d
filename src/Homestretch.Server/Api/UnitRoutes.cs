using Homestretch.Finishing.Tracing;
using Homestretch.Server.Access;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Api;

/// <summary>Units over HTTP: the as-built record of a serial number, and where a lot, machine, shipment or supplier's goods went.</summary>
internal static class UnitRoutes
{
    private const int MostUnits = 500;

    public static void MapUnits(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1").RequireAuthorization("api").DisableAntiforgery().WithTags("Units").ProducesProblem(401);
        api.MapGet("/units/{serial}", static async Task<IResult> (HttpContext http, PersonWindow w, string serial) => await w.Unit(serial, http.RequestAborted) is { } record ? Results.Ok(record) : Results.Problem($"There is no unit '{serial}' that you see.", statusCode: 404))
            .Produces<UnitRecord>().ProducesProblem(404).WithSummary("As-built record of a serial number: parts with lot, supplier, machine and voyage, steps with what was measured, people by pseudonym, and what nobody knows");
        api.MapGet("/units", static async (HttpContext http, PersonWindow w, string? item = null, string? lot = null, string? order_line = null, int limit = 50) =>
            (await w.Units(new UnitQuery(OrderLine: order_line, Item: item, Lot: lot, Take: Math.Clamp(limit, 1, MostUnits)), http.RequestAborted)).Rows)
            .Produces<IReadOnlyList<UnitRow>>().WithSummary("Units that hold something of an item and lot, or did, of an order line: the last begun first, 500 at most");
        api.MapGet("/recall", static async Task<IResult> (HttpContext http, PersonWindow w, string? item, string? revision, string? lot, string? part_serial, string? supplier, string? machine, string? shipment, string? from, string? until) =>
        {
            if (!Moment(from, out Instant? begins)) return NoMoment("from");
            if (!Moment(until, out Instant? ends)) return NoMoment("until");
            var (recall, findings) = await w.Recalled(new(item, revision, lot, part_serial, supplier, machine, shipment, begins, ends), http.RequestAborted);
            return recall is null ? ApiRoutes.Problem(findings) : Results.Ok(recall);
        }).Produces<Recall>().ProducesProblem(422).WithSummary("What a recall concerns and where it is: units with their orders, bins and kits to hold, lots still coming; each question narrows it");
        MapLedger(api);
    }

    private static void MapLedger(RouteGroupBuilder api) =>
        api.MapGet("/floor-operations", static async Task<IResult> (HttpContext http, PersonWindow w, string? site, string? item, string? lot, string? unit, string? bin, FloorAct? act, FloorAnswer? answer, string? from, string? until, int skip = 0, int limit = 100) =>
        {
            if (!Moment(from, out Instant? begins)) return NoMoment("from");
            if (!Moment(until, out Instant? ends)) return NoMoment("until");
            return Results.Ok(await w.Ledger(new(site, item, lot, unit, bin, act, answer, begins, ends, Math.Max(0, skip), Math.Clamp(limit, 1, MostUnits)), http.RequestAborted));
        }).Produces<Page<FloorOperation>>().ProducesProblem(422).WithSummary("The ledger of the floor: what devices and the office did and what was refused, the last that happened first, from the world and the archive; people by pseudonym. For the brand owner's people who see lines");

    private static IResult NoMoment(string column) => ApiRoutes.Problem([new(new("request", 0, column), "moment", "That is no moment.", "Write ISO 8601 with an offset, such as 2026-11-24T09:30:00Z.")]);

    /// <returns>False when there is a text and it is no moment.</returns>
    private static bool Moment(string? text, out Instant? moment)
    {
        moment = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is not { Success: true } read) return false;
        moment = read.Value.ToInstant();
        return true;
    }
}
