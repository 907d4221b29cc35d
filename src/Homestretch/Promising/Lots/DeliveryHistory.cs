using Homestretch.Arrivals.History;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising.Lots;

/// <summary>A company's own deliveries, made and to come, as its lots, purchases and milestones have them: what a forecast of delays learns from and speaks of.</summary>
/// <remarks>A line is a lot that was bought, with a shipment or still without one. Its schedule is the day at the hub on which the purchase is due; it is delivered when the last step of its lane is
/// reported to have ended. A lot that was received on a day that nobody told is left out.</remarks>
public static class DeliveryHistory
{
    /// <summary>Every line as known at t, in the order of lots.</summary>
    public static IReadOnlyList<Delivery> Of(Snapshot world, Instant t) => [.. Lines(world, t).Select(static l => l.Delivery)];

    internal static IEnumerable<DeliveryLine> Lines(Snapshot world, Instant t)
    {
        var lanes = world.Lanes.ToDictionary(static l => l.Id, l => Way(world, l), StringComparer.Ordinal);
        foreach (Lot lot in world.Lots)
        {
            if (world.PurchaseOrderLines.Find(lot.PurchaseOrderLine) is not { Status: not OrderStatus.Cancelled } purchase || lanes.GetValueOrDefault(lot.Lane.Value) is not { } way) continue;
            if (lot.Shipment is null && purchase.Status == OrderStatus.Proposed) continue; // nobody has bought it
            Milestone? end = lot.Shipment is not { } key ? null : world.Milestones.StartingWith($"{key}|{way.Last:00}|").Where(m => m is { Classifier: Classifier.Actual, Edge: Edge.End } && m.Reported <= t && m.At <= t).MaxBy(static m => m.Reported);
            if (end is null && lot.State >= LotState.Received) continue;
            LocalDate scheduled = Day(purchase.Due, way.Zone), today = Day(t, way.Zone);
            yield return new(lot, way, purchase.Due, end is null, Line(world, lot, purchase, way, scheduled, today, end));
        }
    }

    private static Delivery Line(Snapshot world, Lot lot, PurchaseOrderLine purchase, DeliveryWay way, LocalDate scheduled, LocalDate today, Milestone? end)
    {
        Item? item = world.Items.Find(lot.Item);
        LocalDate notice = scheduled.PlusDays(-Delivery.UsualNoticeDays), ordered = Day(purchase.Ordered, way.Zone);
        return new(lot.Id, lot.Shipment?.Value ?? "", Order(purchase.Id), "", "", lot.Party.Value, way.From.Value, way.To.Value, Words.Of(way.Mode), "", "", lot.Item.Value, item?.Group ?? "", item is null ? "" : Words.Of(item.Kind),
            (double)lot.Quantity.Value, (double?)(purchase.Price?.Major * lot.Quantity.Value), null, ordered > scheduled ? null : ordered, scheduled,
            end is null ? null : Day(end.At, way.Zone), end is null ? null : Day(Instant.Max(end.At, end.Reported), way.Zone), end is null ? LocalDate.Min(today, notice) : notice);
    }

    /// <summary>PO-1042/10 is a line of PO-1042.</summary>
    private static string Order(string line) => line.LastIndexOf('/') is > 0 and var at ? line[..at] : line;

    private static LocalDate Day(Instant at, DateTimeZone zone) => at.InZone(zone).Date;

    private static DeliveryWay? Way(Snapshot world, Lane lane)
    {
        LaneStep[] steps = [.. world.LaneSteps.StartingWith($"{lane.Key}|")];
        if (steps.Length == 0) return null;
        // the longest leg is how it travels
        Mode mode = steps.Where(static s => s.Kind == StepKind.Leg).OrderByDescending(static s => s.P50Days).ThenBy(static s => s.Sequence).FirstOrDefault()?.Mode ?? Mode.None;
        return new(lane.From, lane.To, steps[^1].Sequence, mode, DateTimeZoneProviders.Tzdb.GetZoneOrNull(world.Sites.Find(lane.To)?.TimeZone ?? "") ?? DateTimeZone.Utc);
    }
}

/// <summary>A lane as deliveries are told by it.</summary>
/// <param name="Last">Sequence of the step with which a lot is delivered.</param>
internal sealed record DeliveryWay(Key<Site> From, Key<Site> To, int Last, Mode Mode, DateTimeZone Zone);

/// <summary>A lot as a line of a delivery.</summary>
/// <param name="Open">Not delivered, as far as is known.</param>
internal sealed record DeliveryLine(Lot Lot, DeliveryWay Way, Instant Due, bool Open, Delivery Delivery);
