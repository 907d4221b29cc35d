using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Reads from a plan why a date is what it is.</summary>
internal sealed class Explaining(Plan plan, Links links, PlanLayout layout, Evaluation evaluation, LotSampler sampler, LotFutures futures)
{
    public Explanation? Of(Key<OrderLine> orderLine, DateTimeZone? zone)
    {
        if (plan.Of(orderLine) is not { } forecast) return null;
        Pin[] own = [.. links.Pins(plan.World, orderLine.Value, plan.Epoch)];
        if (forecast is not Forecast.Dated dated)
            return new(forecast, null, [], [.. Unsupplied(orderLine), .. ((Forecast.Unknown)forecast).Reasons.Select(static r => r.What)], 0, "", own, LateReason.Unknown);
        int b = layout.BuildOf(orderLine.Value);
        ExplainedPeg[] pegs = [.. Pegs(b, own).OrderByDescending(static p => p.Last.Value)];
        Pin[] pins = [.. own, .. pegs.Where(static p => p.Lot is not null).Select(static p => p.Lot!.Id).Distinct().SelectMany(l => links.Pins(plan.World, l, plan.Epoch))];
        double line = (Seconds.At(OrderStatistics.Quantile(evaluation.EndsOf(b), 0.9), plan.Epoch) - dated.ReadyP90).TotalDays;
        LateReason late = Late(b, dated, pegs);
        var reasons = new ExplainedReasons(plan, links, dated, pegs, pins, line, late, [.. Barred(b)], zone);
        return new(forecast, dated.Build, pegs, [.. reasons.Sentences()], line, reasons.Earlier(), pins, late);
    }

    /// <summary>In what share of samples work ends while a document keeps units at the hub, the greatest first.</summary>
    private IEnumerable<(Bar Bar, Share Share)> Barred(int b)
    {
        PlannedBuild row = layout.Planned[b];
        if (evaluation.Shut is not { } ways || ways[row.OutboundRow] is not { Length: > 0 } shut) return [];
        int[] held = new int[shut.Length];
        foreach (int end in evaluation.EndsOf(b))
            if (OutboundWays.Holding(shut, end) is >= 0 and var k) held[k]++;
        return held.Index().Where(static h => h.Item > 0).OrderByDescending(static h => h.Item).Select(h => (layout.Ways.BarsOf(row.OutboundRow)[h.Index], new Share(h.Item / (double)evaluation.Samples)));
    }

    /// <summary>Of an order line without a slot: the parts that nothing can bring to its hub.</summary>
    private IEnumerable<string> Unsupplied(Key<OrderLine> orderLine)
    {
        if (layout.Find(orderLine.Value) is not { Need: { Held: null } need }) return [];
        string hub = plan.World.Sites.Find(need.Order.Hub)?.Name ?? need.Order.Hub.Value;
        return need.Parts.Select(p => layout.Needs.Items[p.Item].Item).Distinct().Where(i => !Supplied(i.Key, need.Order.Hub))
            .Select(i => $"{i.Name} ({i.Key}) has no stock, no lot on its way and no supplier for {hub}.");
    }

    private bool Supplied(Key<Item> item, Key<Site> hub) => plan.World.Stock.StartingWith($"{hub}|{item}|").Any() || plan.World.ItemAlternates.StartingWith($"{item}|").Any()
        || plan.World.ItemSuppliers.StartingWith($"{item}|").Any(s => EndsAt(s.Lane, hub)) || plan.World.Lots.Any(l => l.Item == item && Supply.Coming(l) && EndsAt(l.Lane, hub));

    private bool EndsAt(Key<Lane> lane, Key<Site> hub) => plan.World.Lanes.Find(lane)?.To == hub;

    /// <summary>A lot's way with the evidence for each step and the records of its sources.</summary>
    public static IReadOnlyList<ExplainedStep> WayOf(LotSampler sampler, Snapshot world, Lot lot)
    {
        LotWay way = sampler.Way(world, lot);
        Arrivals.Sea.SeaVoyage?[]? voyages = sampler.Voyages(world, lot, way);
        return [.. way.Steps.Select((s, k) => new ExplainedStep(s.Sequence, s.Stage?.Step, s.Begin, s.End, s.Seen, s.Evidence,
            s.Done ? [] : [.. s.Evidence.Where(static m => m is { Classifier: Classifier.Estimated, Edge: Edge.End }).Select(m => sampler.Weigh(m, lot.Lane))], voyages?[k],
            s.Stage is { Sailings: null } stage ? world.LaneFits.Find(stage.Step.Id) : null))];
    }

    /// <summary>The parts of a planned kit, in the order of its pegs; empty for an order line without a date.</summary>
    public IEnumerable<PeggedPart> KitOf(Key<OrderLine> orderLine)
    {
        int b = layout.BuildOf(orderLine.Value);
        if (b < 0) yield break;
        Pin[] pins = [.. links.Pins(plan.World, orderLine.Value, plan.Epoch)];
        foreach (LaidPeg peg in layout[b].Pegs.Where(static p => p.Part >= 0)) yield return Part(b, peg, pins);
    }

    private PeggedPart Part(int b, LaidPeg peg, Pin[] pins)
    {
        Supply supply = layout.Supplies[peg.Supply]!;
        Lot? lot = supply.Lot is { } laidOut ? plan.World.Lots[laidOut.Key] : null;    // the lot may have moved since it became a supply
        int start = Math.Max(0, Seconds.Of(layout[b].Need.Held!.Start, plan.Epoch));
        Share onTime = new(OrderStatistics.CountUpTo(layout.Supplies.Arrivals[peg.Supply], start) / (double)plan.Policy.Samples);
        return new(peg.Peg, plan.World.Items[supply.Item], onTime, lot, lot is null ? null : futures.Forecast(plan.World, lot), pins.Any(x => x.Kind == PinKind.Peg && x.Value == supply.Name));
    }

    private IEnumerable<ExplainedPeg> Pegs(int b, Pin[] pins)
    {
        Laid laid = layout[b];
        Need need = laid.Need;
        LaidPeg[] kit = [.. laid.Pegs.Where(static p => p.Part >= 0)];
        int[] last = new int[kit.Length];
        evaluation.CountLast(b, last);
        for (int k = 0; k < kit.Length; k++)
        {
            PeggedPart p = Part(b, kit[k], pins);
            Item wanted = layout.Needs.Items[need.Parts[kit[k].Part].Item].Item;
            yield return new(p.Peg, p.Item, new(last[k] / (double)plan.Policy.Samples), p.OnTime, last[k] == 0 ? 0 : ADayEarlier(b, k), p.Lot, p.Arrival,
                p.Lot is { } lot ? WayOf(sampler, plan.World, lot) : [], p.Pinned, wanted.Key == p.Item.Key ? null : wanted,
                p.Lot?.PurchaseOrderLine is { } purchase ? plan.World.PurchaseOrderLines.Find(purchase) : null);
        }
    }

    /// <summary>Days won on the date at the plan's promise confidence if one peg came a day earlier, all else as it is. What never comes last wins nothing.</summary>
    private double ADayEarlier(int b, int peg)
    {
        int[] asIs = new int[plan.Policy.Samples];
        evaluation.CopyDates(b, asIs);
        int[] earlier = evaluation.SamplesIfEarlier(b, peg, Seconds.Day);
        double c = plan.Policy.PromiseConfidence;
        return Seconds.Days((long)OrderStatistics.Quantile(asIs, c) - OrderStatistics.Quantile(earlier, c));
    }

    /// <summary>Why it is late. The kit is in time when, at the plan's allocation quantile, it is whole by the last second at which the build could start.</summary>
    private LateReason Late(int b, Forecast.Dated dated, ExplainedPeg[] pegs)
    {
        Need need = layout[b].Need;
        int[] dates = new int[plan.Policy.Samples];
        evaluation.CopyDates(b, dates);
        if (Seconds.At(OrderStatistics.Quantile(dates, plan.Policy.PromiseConfidence), plan.Epoch) <= (need.Promised?.Date ?? need.Order.Requested)) return LateReason.None;
        PlannedBuild row = layout.Planned[b];
        LineCalendar calendar = layout.Lines[row.Line].Calendar;
        int due = Seconds.Of(need.Due, plan.Epoch), dueWork = due <= 0 ? 0 : calendar.ToWork(due);
        Instant latest = Seconds.At(dueWork < row.Work ? -1 : calendar.StartToCalendar(dueWork - row.Work), plan.Epoch);
        if (dated.ReadyP90 > latest && pegs.FirstOrDefault() is { Last.Value: > 0 } gate) return OfGate(need, gate, latest);
        bool held = row.Confirmed || links.Pins(plan.World, need.Order.Id, plan.Epoch).Any(static p => p.Kind is PinKind.Slot or PinKind.Date);
        return held && need.Held!.Start > latest ? LateReason.Policy : LateReason.Capacity;
    }

    private LateReason OfGate(Need need, ExplainedPeg gate, Instant latest)
    {
        if (gate.Pinned) return LateReason.Policy;
        if (gate is { Lot.State: LotState.Planned, Purchase.Status: OrderStatus.Proposed or OrderStatus.Approved }) return LateReason.LeadTime;
        long inTime = 0;
        int second = Seconds.Of(latest, plan.Epoch);
        for (int s = 0; s < layout.Supplies.Count; s++)
        {
            if (layout.Supplies[s] is { } supply && supply.Hub == need.Order.Hub && supply.Item == gate.Item.Key
                && OrderStatistics.Quantile(layout.Supplies.Arrivals[s], plan.Policy.AllocationQuantile) <= second) inTime += supply.Steps;
        }
        return inTime >= Needs.Steps(gate.Item, gate.Peg.Quantity.Value) ? LateReason.MaterialShort : LateReason.AwaitsSupply;
    }
}
