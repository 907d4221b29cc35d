using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>A lot as it lies at a site, or is announced to it: what its label says.</summary>
/// <param name="OnHand">What lies there; of a lot that is still to come what was announced.</param>
/// <param name="Received">Day of the last goods that came in, at the site; null: unknown.</param>
/// <param name="Statuses">What keeps it back or not, in words.</param>
public sealed record LotOnFloor(Item Item, string Revision, string Lot, Quantity OnHand, LocalDate? Received, IReadOnlyList<string> Statuses)
{
    /// <summary>All that a lot number may mean at a site, by item and revision.</summary>
    public static IReadOnlyList<LotOnFloor> Of(Snapshot world, Key<Site> site, string lot)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[world.Sites[site].TimeZone];
        LocalDate? received = world.FloorOperations.Where(o => o.Site == site && o.Act == FloorAct.Receive && o.Answer == FloorAnswer.Accepted && o.LotNumber == lot).Select(static o => (Instant?)o.Happened).Max() is { } at ? at.InZone(zone).Date : null;
        var there = world.Stock.Where(s => s.Site == site && StockRow.LotOf(s.LotNumber) == lot && s.Quantity.Value > 0).GroupBy(static s => (s.Item, s.Revision))
            .Select(g => new LotOnFloor(world.Items[g.Key.Item], g.Key.Revision, lot, g.First().Quantity with { Value = g.Sum(static s => s.Quantity.Value) }, received, [.. g.Where(static s => s.Customs != CustomsStanding.CustomsHold).Select(static s => s.Status).Distinct().Order().Select(Said), Said(g.First())]));
        LotOnFloor[] known = [.. there.OrderBy(static l => l.Item.Id, StringComparer.Ordinal).ThenBy(static l => l.Revision, StringComparer.Ordinal)];
        return known.Length == 0 && world.Lots.Find(lot) is { } coming && world.Lanes[coming.Lane].To == site ? [new(world.Items[coming.Item], coming.Revision, lot, coming.Quantity, received, [coming.State < LotState.Received ? "announced, not received" : "nothing of it is left"])] : known;
    }

    private static string Said(Stock row) => row.Customs switch
    {
        CustomsStanding.DutyPaid => $"duty paid, {row.CustomsDocument}",
        CustomsStanding.Bonded => $"BONDED, {row.CustomsDocument}",
        CustomsStanding.InwardProcessing => $"INWARD PROCESSING, {row.CustomsDocument}",
        CustomsStanding.CustomsHold => $"CUSTOMS HOLD, {row.CustomsDocument}",
        CustomsStanding.Unknown => "customs unknown",
    };

    private static string Said(StockStatus status) => status switch { StockStatus.Available => "may be used", StockStatus.Hold => "HELD BY QUALITY", StockStatus.Customs => "NOT CLEARED BY CUSTOMS" };
}
