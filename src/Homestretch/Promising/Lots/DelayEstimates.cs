using Homestretch.Arrivals.History;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising.Lots;

/// <summary>What a forecast of delays says of the deliveries to come: of each lot that was bought and is not here the quantiles of its delay (<see cref="LotDelay"/>), which shape the law of its way in the plan;
/// and of each shipment under way an estimate of the end of its last step, by the source <see cref="Milestone.DelayModel"/>, which is scored like any source's and blended into nothing.</summary>
/// <remarks>A line is stated on its as-of day, 30 days before the schedule or today when that is still to come, so that it says until the schedule what the model was measured on.
/// The median is estimated; of a line that is past it and not there, the median of what the model leaves: the level 1/2 + F/2, F its chance of having come by yesterday. Of lots in one shipment,
/// which arrive together, the lower median day counts. Nothing is estimated once the model is surprised, F = 1. The time of day is noon at the hub.</remarks>
public static class DelayEstimates
{
    private sealed record Said(DeliveryLine Line, LotDelay? Delay, Instant? End);

    /// <summary>The changes that let the model in force speak for every delivery to come; none where it says what it said.</summary>
    /// <param name="model">Null, or one without trees: nothing is said, and what was said of lots that are not here is withdrawn.</param>
    /// <param name="name">What people read, such as 'Homestretch delay model v3'.</param>
    public static IReadOnlyList<WorldEvent> Due(Snapshot world, DelayModel? model, string name, Instant t)
    {
        if (world.Parties.FirstOrDefault(static p => p.Kind == PartyKind.Brand) is not { } brand) return [];
        DeliveryLine[] lines = [.. DeliveryHistory.Lines(world, t)];
        Said[] said = model?.Forests is null ? [] : [.. Speak(lines, model, brand.Key, name, t)];
        return [.. Laws(world, said), .. Estimates(world, lines, said, brand, name, speaks: model?.Forests is not null, t)];
    }

    private static IEnumerable<WorldEvent> Laws(Snapshot world, Said[] said)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (LotDelay now in said.Select(static s => s.Delay).OfType<LotDelay>())
        {
            kept.Add(now.Lot);
            if (world.LotDelays.Find(now.Lot) is not { } before || before with { Said = now.Said } != now) yield return new WorldEvent.Put(now);
        }
        foreach (LotDelay gone in world.LotDelays.Where(d => !kept.Contains(d.Lot))) yield return new WorldEvent.Removed(TableKind.For(gone), gone.Id, "no model speaks of this lot");
    }

    private static List<WorldEvent> Estimates(Snapshot world, DeliveryLine[] lines, Said[] said, Party brand, string name, bool speaks, Instant t)
    {
        var events = new List<WorldEvent>();
        foreach (var shipment in said.Where(static s => s.Line.Lot.Shipment is not null).GroupBy(static s => s.Line.Lot.Shipment!.Value.Value, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            Instant[] ends = [.. shipment.Select(static s => s.End).OfType<Instant>().Order()];
            if (ends.Length == 0) continue;
            var next = new Milestone(shipment.Key, shipment.First().Line.Way.Last, Edge.End, Classifier.Estimated, Milestone.DelayModel, brand.Key, ends[(ends.Length - 1) / 2], t);
            if (world.Milestones.Find(next.Id) is not { } before || before.At != next.At) events.Add(new WorldEvent.Put(next));
        }
        if (said.Any(static s => s.Line.Lot.Shipment is not null && s.End is not null) && world.Parties.Find(Milestone.DelayModel)?.Name != name)
            events.Insert(0, new WorldEvent.Put(new Party(Milestone.DelayModel, name, PartyKind.Forecaster, brand.Country)));
        if (speaks) return events;
        var under = lines.Where(static l => l is { Open: true, Lot.Shipment: not null }).Select(static l => l.Lot.Shipment!.Value.Value).ToHashSet(StringComparer.Ordinal);
        foreach (Milestone m in world.Milestones.Where(m => m.Source == Milestone.DelayModel && under.Contains(m.Shipment.Value)))
            events.Add(new WorldEvent.Removed(TableKind.For(m), m.Id, "no model of delays is in force"));
        return events;
    }

    /// <summary>What is said of each open line.</summary>
    private static IEnumerable<Said> Speak(DeliveryLine[] lines, DelayModel model, Key<Party> brand, string name, Instant t)
    {
        if (!lines.Any(static l => l.Open)) yield break;
        var book = new DeliveryBook(lines.Select(static l => l.Delivery));
        var features = new DeliveryFeatures(book);
        var places = book.Deliveries.Index().ToDictionary(static d => d.Item.Line, static d => d.Index, StringComparer.Ordinal);
        var lanes = new Dictionary<LocalDate, PooledDelay>();
        float[] row = new float[DeliveryFeatures.Names.Count];
        foreach (DeliveryLine line in lines.Where(static l => l.Open))
        {
            int place = places[line.Lot.Id];
            features.Fill(place, row);
            if (!lanes.TryGetValue(line.Delivery.AsOf, out PooledDelay? pooled)) lanes.Add(line.Delivery.AsOf, pooled = PooledDelay.Of(book, line.Delivery.AsOf));
            yield return new(line, Law(line, model.Law(row)!, pooled.Law(line.Delivery), brand, name, t), End(line, book, place, model.Forests!.Curve(row), t));
        }
    }

    private static LotDelay? Law(DeliveryLine line, DelayCurve model, DelayCurve? lane, Key<Party> brand, string name, Instant t)
    {
        if (lane is null) return null;
        return new(line.Lot.Id, brand, name, line.Due, t, Days(model, 0), Days(model, 1), Days(model, 2), Days(model, 3), Days(model, 4), Days(model, 5), Days(lane, 0), Days(lane, 1), Days(lane, 2), Days(lane, 3), Days(lane, 4), Days(lane, 5));

        // a tenth of a day is more than days tell, and what moves by less is not said again
        static decimal Days(DelayCurve law, int level) => Math.Round((decimal)Math.Clamp(law.Quantile(LotDelay.Levels[level]), -3650, 3650), 1);
    }

    private static Instant? End(DeliveryLine line, DeliveryBook book, int place, DelayCurve curve, Instant t)
    {
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
