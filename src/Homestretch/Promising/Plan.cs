using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>The plan of one world at one epoch: forecasts of every open order line under the slots and pegs the world holds.
/// The same world, epoch and policy give the same plan, bit for bit. One writer at a time: <see cref="Advance"/> changes it
/// in place.</summary>
public sealed class Plan
{
    private readonly Draws _draws;
    private readonly Dictionary<string, Forecast> _forecasts = new(StringComparer.Ordinal);
    private PlanLayout _layout;
    private LotFutures _futures;
    private Evaluation _evaluation;

    private Plan(Snapshot world, Instant t, PlanPolicy policy)
    {
        (World, Epoch, Policy, _draws) = (world, t, policy, new Draws(policy.Seed));
        (_layout, _futures, _evaluation) = Lay(world);
        foreach (string order in _layout.BuildOf.Keys) Of(order);
    }

    public Snapshot World { get; private set; }

    /// <summary>The instant t that everything running was last conditioned on.</summary>
    public Instant Epoch { get; }
    public PlanPolicy Policy { get; }

    /// <summary>World version, epoch, policy, code and time-zone data: equal identities mean equal plans.</summary>
    public string Identity => $"world {World.Version} at {Epoch} {Policy.Identity} code {typeof(Plan).Assembly.GetName().Version} tzdb {DateTimeZoneProviders.Tzdb.VersionId}";

    /// <summary>Evaluates the slots and pegs that the world holds.</summary>
    public static Plan Make(Snapshot world, Instant t, PlanPolicy? policy = null) => new(world, t, policy ?? new());

    /// <summary>Slots and pegs for order lines that have none, or, as a proposal, for everything that may move; as events
    /// that the host applies when it, or a person, accepts them.</summary>
    public static IReadOnlyList<WorldEvent> Allocate(Snapshot world, Instant t, PlanPolicy policy, Scope scope) => Allocating.Events(world, t, policy, scope);

    /// <summary>The forecast of an open order line; null when it is not open in this world.</summary>
    public Forecast? Of(Key<OrderLine> orderLine) => Of(orderLine.Value);

    /// <summary>Every open order line's forecast, in order of key.</summary>
    public IEnumerable<Forecast> Forecasts => World.OrderLines.Where(Needs.Open).Select(o => Of(o.Key)!);

    /// <summary>The forecast of a lot that is still coming; null for another.</summary>
    public LotForecast? Of(Key<Lot> lot) => World.Lots.Find(lot) is { } l && Supplies.Coming(l) ? _futures.Forecast(l) : null;

    /// <summary>The next world under the same epoch: what changed ripples through, everything else stays. Equal to making the
    /// plan anew.</summary>
    /// <returns>Every order line whose forecast differs, in order of key.</returns>
    public IReadOnlyList<Moved> Advance(Snapshot next, IReadOnlyList<Touch> touched)
    {
        PlanImpact impact = PlanImpact.Of(World, next, touched, Epoch, Policy);
        if (impact.Nothing)
        {
            World = next;
            return [];
        }
        return impact.Structure ? Relay(next) : Ripple(next, impact.Lots);
    }

    /// <summary>Samples of one order line's delivery, seconds after the epoch; empty when its date is unknown.</summary>
    public int[] DateSamples(Key<OrderLine> orderLine)
    {
        if (!_layout.BuildOf.TryGetValue(orderLine.Value, out int b)) return [];
        int[] dates = new int[Policy.Samples];
        _evaluation.CopyDates(b, dates);
        return dates;
    }

    /// <summary>Why an order line's date is what it is; null when it is not open.</summary>
    public Explanation? Explain(Key<OrderLine> orderLine) => Explaining.Of(this, _layout, _evaluation, _futures, orderLine);

    /// <summary>The parts of an order line's kit; empty when its date is unknown. What <see cref="Explain"/> says without the chain, and far cheaper.</summary>
    public IReadOnlyList<PeggedPart> KitOf(Key<OrderLine> orderLine) => _layout.BuildOf.TryGetValue(orderLine.Value, out int b)
        ? [.. Explaining.Parts(this, _layout, _futures, b, [.. World.Pins.Where(p => p.Target == orderLine.Value)])] : [];

    /// <summary>A date for an order line that does not exist yet. No promise already given moves.</summary>
    public Quote Quote(OrderLine order) => Quoting.Of(this, order);

    /// <summary>Order lines whose kits draw on a lot, with whether the lot is the gate, in order of key.</summary>
    public IReadOnlyList<(Key<OrderLine> OrderLine, bool Gates)> HeldBy(Key<Lot> lot)
    {
        if (!_layout.SupplyOf.TryGetValue($"lot:{lot}", out int supply)) return [];
        var held = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (int b in _evaluation.BuildsOf(supply))
        {
            string order = _layout.Builds[b].Order.Id;
            held[order] = Of(order) is Forecast.Dated d && d.Gate.Supply == $"lot:{lot}";
        }
        return [.. held.Select(static h => (new Key<OrderLine>(h.Key), h.Value))];
    }

    /// <summary>Share of samples in which a lot is there by an instant; null when it is not coming.</summary>
    public Share? ArrivedBy(Key<Lot> lot, Instant by) => World.Lots.Find(lot) is { } l && Supplies.Coming(l) ? _futures.ShareBy(l, by) : null;

    /// <summary>A lot's way, from making on, with the evidence for each step; empty when there is no such lot.</summary>
    public IReadOnlyList<ExplainedStep> WayOf(Key<Lot> lot) => World.Lots.Find(lot) is { } l
        ? [.. LotWay.Of(World, l, Epoch, Policy).Steps.Select(static s => new ExplainedStep(s.Sequence, s.Step, s.Begin, s.End, s.Seen, s.Evidence))] : [];

    /// <summary>When each step of a lot that is not done ends, by sequence.</summary>
    public IReadOnlyDictionary<int, (Instant P50, Instant P90)> StepEnds(Key<Lot> lot) =>
        World.Lots.Find(lot) is { } l && Supplies.Coming(l) ? _futures.StepEnds(l) : new Dictionary<int, (Instant, Instant)>();

    /// <summary>Time from the epoch in which a lot arrives in the quickest tenth of futures; null when it is not coming.</summary>
    public Duration? Quickest(Key<Lot> lot) => World.Lots.Find(lot) is { } l && Supplies.Coming(l) ? Duration.FromSeconds(_futures.Quantile(l, 0.1)) : null;

    /// <summary>The p-quantile of the end of an order line's work on its line; null when its date is unknown.</summary>
    public Instant? BuildEnd(Key<OrderLine> orderLine, double p)
    {
        if (!_layout.BuildOf.TryGetValue(orderLine.Value, out int b)) return null;
        return At(_evaluation.EndsOf(b), p);
    }

    /// <summary>Open intervals of an assembly line that touch [from, to).</summary>
    public IEnumerable<(Instant From, Instant To)> OpenTime(Key<AssemblyLine> line, Instant from, Instant to)
    {
        int l = World.AssemblyLines.TakeWhile(x => x.Key != line).Count();
        if (l >= _layout.Lines.Length) yield break;
        foreach (var (opens, closes) in _layout.Lines[l].Calendar.Intervals)
        {
            Instant open = Seconds.At(opens, Epoch), close = Seconds.At(closes, Epoch);
            if (close > from && open < to) yield return (Instant.Max(open, from), Instant.Min(close, to));
        }
    }

    private Forecast? Of(string orderLine)
    {
        if (_forecasts.TryGetValue(orderLine, out Forecast? known)) return known;
        if (_layout.Unknown.TryGetValue(orderLine, out Forecast.Unknown? unknown)) return unknown;
        return _layout.BuildOf.TryGetValue(orderLine, out int b) ? _forecasts[orderLine] = Dated(b) : null;
    }

    private Forecast.Dated Dated(int b)
    {
        Need need = _layout.Builds[b];
        BuildDates at = _evaluation[b];
        var dates = new Dates(At(at.Dates.P50), At(at.Dates.P80), At(at.Dates.P90), At(at.Dates.P95));
        Share? kept = need.Promised is null ? null : new(at.OnTime);
        int[] ready = new int[Policy.Samples];
        _evaluation.CopyReady(b, ready);
        return new(need.Order.Key, need.Held!, dates, new(at.KitByStart), GateOf(b, at), kept, need.Promised, At(ready, Policy.AllocationQuantile));
    }

    /// <summary>No part holds a kit that draws on nothing, or on nothing that is yet to come.</summary>
    private Gate GateOf(int b, BuildDates at)
    {
        if (at.GatePeg < 0) return new("", "", new(0));
        Supply supply = _layout.Supplies[_layout.Planned.Pegs(b)[at.GatePeg]];
        return new(_layout.Needs.Items[supply.Item].Item.Key, supply.Name, new(at.GateShare));
    }

    private Instant At(int second) => Seconds.At(second, Epoch);

    private Instant At(ReadOnlySpan<int> samples, double p) => Seconds.At(OrderStatistics.Quantile(samples, p), Epoch);

    private (PlanLayout, LotFutures, Evaluation) Lay(Snapshot world)
    {
        PlanLayout layout = PlanLayout.Of(world, Epoch, Policy, _draws);
        LotFutures futures = LotFutures.Of(world, Epoch, Policy);
        var arrivals = new Futures(Policy.Samples, layout.Supplies.Length);
        int[] row = new int[Policy.Samples];
        for (int s = 0; s < layout.Supplies.Length; s++)
        {
            if (layout.Supplies[s].Lot is { } lot) futures.Fill(lot, row);
            else Array.Clear(row);
            arrivals.Append(row);
        }
        futures.Arrivals = arrivals;
        return (layout, futures, Evaluation.Run(layout.Planned, arrivals, layout.Outbounds, layout.Lines));
    }

    private List<Moved> Relay(Snapshot next)
    {
        var before = new SortedDictionary<string, Forecast?>(StringComparer.Ordinal);
        foreach (OrderLine o in World.OrderLines.Where(Needs.Open)) before[o.Id] = Of(o.Id);
        World = next;
        _forecasts.Clear();
        (_layout, _futures, _evaluation) = Lay(next);
        foreach (string order in _layout.BuildOf.Keys) Of(order);
        foreach (OrderLine o in next.OrderLines.Where(Needs.Open)) before.TryAdd(o.Id, null);
        return Different(before);
    }

    private List<Moved> Ripple(Snapshot next, IReadOnlyList<Lot> lots)
    {
        var before = new SortedDictionary<string, Forecast?>(StringComparer.Ordinal);
        World = next;
        var disturbance = new Disturbance();
        foreach (var (supply, arrivals) in _futures.Redraw(next, lots, _layout))
        {
            disturbance.Redraw(supply, arrivals);
            foreach (int b in _evaluation.BuildsOf(supply)) Forget(b);
        }
        foreach (int b in _evaluation.Ripple(disturbance).Changed) Forget(b);
        return Different(before);

        void Forget(int b)
        {
            string order = _layout.Builds[b].Order.Id;
            if (_forecasts.Remove(order, out Forecast? was)) before[order] = was;
        }
    }

    private List<Moved> Different(SortedDictionary<string, Forecast?> before)
    {
        var moved = new List<Moved>();
        foreach (var (order, was) in before)
        {
            Forecast? now = Of(order);
            if (!Equals(was, now)) moved.Add(new(order, was, now));
        }
        return moved;
    }
}
