using Homestretch.Arrivals.History;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising.Lots;

/// <summary>What a forecast of delays says of the shipments under way, as a source of estimates among others: <see cref="Milestone.DelayModel"/> estimates the end of each
/// one's last step, and is scored and blended like all of them.</summary>
/// <remarks>A line is stated on its as-of day, 30 days before the schedule or today when that is still to come, so that it says until the schedule what the model was measured on.
/// The median is taken; of a line that is past it and not there, the median of what the model leaves: the level 1/2 + F/2, F its chance of having come by yesterday. Of lots in one shipment,
/// which arrive together, the lower median day counts. Nothing is said once the model is surprised, F = 1. The time of day is noon at the hub.</remarks>
public static class DelayEstimates
{
    /// <summary>The changes that let the model in force speak for every shipment under way; none where it says what it said.</summary>
    /// <param name="model">Null, or one without trees: nothing is estimated, and what was said of shipments under way is withdrawn.</param>
    /// <param name="name">What people read, such as 'Homestretch delay model v3'.</param>
    public static IReadOnlyList<WorldEvent> Due(Snapshot world, DelayModel? model, string name, Instant t)
    {
        if (world.Parties.FirstOrDefault(static p => p.Kind == PartyKind.Brand) is not { } brand) return [];
        DeliveryLine[] lines = [.. DeliveryHistory.Lines(world, t)];
        var said = model?.Forests is { } forests ? Said(lines, forests, t) : [];
        var under = lines.Where(static l => l.Open).Select(static l => l.Lot.Shipment!.Value.Value).ToHashSet(StringComparer.Ordinal);
        var events = new List<WorldEvent>();
        if (said.Count > 0 && world.Parties.Find(Milestone.DelayModel)?.Name != name) events.Add(new WorldEvent.Put(new Party(Milestone.DelayModel, name, PartyKind.Forecaster, brand.Country)));
        foreach (var (shipment, (last, at)) in said)
        {
            var next = new Milestone(shipment, last, Edge.End, Classifier.Estimated, Milestone.DelayModel, brand.Key, at, t);
            if (world.Milestones.Find(next.Id) is not { } before || before.At != at) events.Add(new WorldEvent.Put(next));
        }
        if (model?.Forests is null)
        {
            foreach (Milestone m in world.Milestones.Where(m => m.Source == Milestone.DelayModel && under.Contains(m.Shipment.Value)))
                events.Add(new WorldEvent.Removed(TableKind.For(m), m.Id, "no model of delays is in force"));
        }
        return events;
    }

    /// <summary>The last step of each shipment under way, and when it ends by the model.</summary>
    private static SortedDictionary<string, (int Last, Instant At)> Said(DeliveryLine[] lines, DelayForests forests, Instant t)
    {
        var said = new SortedDictionary<string, (int, Instant)>(StringComparer.Ordinal);
        if (!lines.Any(static l => l.Open)) return said;
        var book = new DeliveryBook(lines.Select(static l => l.Delivery));
        var features = new DeliveryFeatures(book);
        var places = book.Deliveries.Index().ToDictionary(static d => d.Item.Line, static d => d.Index, StringComparer.Ordinal);
        float[] row = new float[DeliveryFeatures.Names.Count];
        foreach (var shipment in lines.Where(static l => l.Open).GroupBy(static l => l.Lot.Shipment!.Value.Value, StringComparer.Ordinal))
        {
            Instant[] ends = [.. shipment.Select(End).OfType<Instant>().Order()];
            if (ends.Length > 0) said[shipment.Key] = (shipment.First().Way.Last, ends[(ends.Length - 1) / 2]);
        }
        return said;

        Instant? End(DeliveryLine line)
        {
            int place = places[line.Lot.Id];
            features.Fill(place, row);
            DelayCurve curve = forests.Curve(row);
            int passed = DeliveryBook.Day(t.InZone(line.Way.Zone).Date) - 1 - book.Scheduled(place), days = curve.Whole(0.5);
            if (days <= passed)
            {
                double gone = curve.Cdf(passed);
                if (gone >= 1) return null;
                days = Math.Max(passed + 1, curve.Whole((1 + gone) / 2));
            }
            return line.Delivery.Scheduled.PlusDays(days).At(LocalTime.Noon).InZoneLeniently(line.Way.Zone).ToInstant();
        }
    }
}
