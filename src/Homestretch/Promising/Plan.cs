using Homestretch.Arrivals;
using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>The plan of one world at one epoch: forecasts of every open order line under the slots and pegs the world holds.
/// The same world, epoch and policy give the same plan, bit for bit. One writer at a time: <see cref="Advance"/> changes it
/// in place.</summary>
public sealed partial class Plan
{
    private readonly Dictionary<string, Forecast> _unknown;     // of order lines without a date, by key
    private Forecast.Dated?[] _dated = [];                      // of the others, by build; null: to be read anew
    private readonly Links _links;
    private PlanLayout _layout;
    private Lanes _lanes;
    private LotSampler _sampler;
    private LotFutures _futures;
    private Evaluation _evaluation;
    private Free? _free;

    private Plan(Snapshot world, Instant t, PlanPolicy policy, Links links, Lanes lanes, PlanLayout layout, Plan? beside = null, int threads = -1)
    {
        (World, Epoch, Policy, _links, _lanes, _layout, _unknown) = (world, t, policy, links, lanes, layout, new(StringComparer.Ordinal));
        (_sampler, _futures, _evaluation) = Evaluate(beside, threads);
    }

    public Snapshot World { get; private set; }

    /// <summary>The instant t that everything running was last conditioned on.</summary>
    public Instant Epoch { get; }
    public PlanPolicy Policy { get; }

    /// <summary>World version, epoch, policy, code and time-zone data: equal identities mean equal plans.</summary>
    public string Identity => $"world {World.Version} at {Epoch} {Policy.Identity} code {typeof(Plan).Assembly.GetName().Version} tzdb {DateTimeZoneProviders.Tzdb.VersionId}";

    /// <summary>Evaluates the slots and pegs that the world holds.</summary>
    public static Plan Make(Snapshot world, Instant t, PlanPolicy? policy = null) => Make(world, t, policy ?? new(), -1);

    /// <param name="threads">Most to use, -1 for as many as there are. The plan does not depend on it.</param>
    internal static Plan Make(Snapshot world, Instant t, PlanPolicy policy, int threads)
    {
        Links links = Links.Of(world);
        return new(world, t, policy, links, new Lanes(world, policy.Sea), PlanLayout.Of(world, links, t, policy), null, threads);
    }

    /// <summary>The plan of a world that differs from this one's in slots, pegs and proposed purchases only. What comes in both comes in the same seconds and is not drawn
    /// again. This plan is only read: several may be made at once.</summary>
    internal Plan Beside(Snapshot world, int threads)
    {
        Links links = Links.Of(world);
        return new(world, Epoch, Policy, links, _lanes, PlanLayout.Of(world, links, Epoch, Policy), this, threads);
    }

    /// <summary>This plan's world as allocations begin with it.</summary>
    internal Netted Netted() => Promising.Netted.Of(this, _links, _sampler, _layout.Supplies, null);

    /// <summary>The same for a near horizon: what is there by its end with a certainty is counted from the second on from which it is; all else, as ever, but not before.</summary>
    internal Netted Netted(double certainty, int horizonSecond) => Promising.Netted.Of(this, _links, _sampler, _layout.Supplies, (certainty, horizonSecond));

    /// <summary>The plan of the same world at another epoch: everything that runs is conditioned anew. Equal to making it, without netting and laying
    /// out again. This plan stays as it is, but must not be advanced any more.</summary>
    public Plan At(Instant t) => Next(t).Evaluate();

    /// <summary>The same in two steps, of which this one is short: a host goes on reading and advancing this plan while the other is evaluated, then
    /// advances that one by what has happened since and puts it in this one's place.</summary>
    public NextEpoch Next(Instant t)
    {
        Snapshot world = World;
        PlanPolicy policy = Policy;
        if (_layout.Withdrawn > _layout.Planned.Count / 4 || _layout.Supplies.Gone > _layout.Supplies.Count / 2) return new(t, () => Make(world, t, policy));
        Links links = _links.Copy();
        Supplies supplies = _layout.Supplies.Undrawn();
        Laid[] all = [.. _layout.All];
        var (needs, lanes, asked) = (_layout.Needs, _lanes, _free is not null);
        return new(t, () =>
        {
            var next = new Plan(world, t, policy, links, lanes, PlanLayout.Of(world, links, t, policy, needs, supplies, all));
            if (asked) _ = next.WhatIsLeft;
            return next;
        });
    }

    /// <summary>Slots and pegs for order lines that have none, or, from nothing, for everything that may move; as events
    /// that the host applies when it, or a person, accepts them. What to offer a person is <see cref="Propose"/>.</summary>
    public static IReadOnlyList<WorldEvent> Allocate(Snapshot world, Instant t, PlanPolicy policy, Scope scope) => Allocating.Events(world, t, policy, scope);

    /// <summary>What follows from a change by itself: slots and pegs for order lines that wait, when it may have brought what they wait for.</summary>
    /// <param name="change">Accepted.</param>
    public static IReadOnlyList<WorldEvent> Following(Applied change, Instant t, PlanPolicy policy) =>
        MayPlace(change) ? Allocate(change.World, t, policy, Scope.Unpegged) : [];

    /// <summary>Whether a change may have brought order lines that wait, or what they wait for.</summary>
    public static bool MayPlace(Applied change) => change.Touched.Any(static x => x.After is OrderLine or ItemSupplier or Lot or BomLine or Routing or EngineeringChange);

    /// <summary>What follows from a change of this plan's world, before the plan is advanced by it: as <see cref="Place"/> would answer after. A new order line costs its own
    /// kit, and a lot that nobody waits for nothing.</summary>
    /// <param name="change">Accepted.</param>
    /// <returns>Null where only the whole allocation can tell: ask <see cref="Following"/>.</returns>
    public IReadOnlyList<WorldEvent>? PlaceAfter(Applied change)
    {
        if (!MayPlace(change)) return [];
        if (new Arising(change, _links, _layout, Drawn).Waiting() is not { } needs) return null;
        if (needs.Count == 0) return [];
        var waiting = new Waiting(change.World, _links, _layout, WhatIsLeft, Policy);
        return needs.Any(waiting.Pinned) ? null : waiting.Place(Waiting.InTurn(needs));

        bool Drawn(string name) => _layout.Supplies.Find(name) is >= 0 and var s && s < _layout.Supplies.Arrivals.Count && _evaluation.BuildsOf(s).Length > 0;
    }

    /// <summary>The best re-plan that was found of everything that may move; never worse, in promises expected to be kept, than the plan in force.</summary>
    public static Proposal Propose(Snapshot world, Instant t, PlanPolicy policy) => Proposing.Of(world, t, policy);

    /// <summary>Slots and pegs from what is left for the order lines of this plan that wait for them: by class, due date and key, each as a quote would
    /// place it. Costs what waits, not what there is.</summary>
    public IReadOnlyList<WorldEvent> Place() => new Waiting(World, _links, _layout, WhatIsLeft, Policy).Place();

    /// <summary>What <see cref="Allocate"/> gives order lines of this plan's world that hold no slot, from what the plan has drawn already.</summary>
    internal IReadOnlyList<WorldEvent> PlaceAll() => Allocating.Events(Netted(), new Aim(Scope.Unpegged));

    /// <summary>The forecast of an open order line; null when it is not open in this world.</summary>
    public Forecast? Of(Key<OrderLine> orderLine) => Of(orderLine.Value);

    /// <summary>Every open order line's forecast, in order of key.</summary>
    public IEnumerable<Forecast> Forecasts => World.OrderLines.Where(Needs.Open).Select(o => Of(o.Key)!);

    /// <summary>The same with their order lines.</summary>
    internal IEnumerable<(OrderLine OrderLine, Forecast Forecast)> Told => World.OrderLines.Where(Needs.Open).Select(o => (o, Of(o.Id)!));

    /// <summary>An open order line of this plan's world; null when it is not open there.</summary>
    internal OrderLine? OrderLineOf(Key<OrderLine> orderLine) => _layout.Find(orderLine.Value)?.Need.Order;

    /// <summary>The forecast of a lot that is still coming; null for another.</summary>
    public LotForecast? Of(Key<Lot> lot) => Coming(lot) is { } l ? _futures.Forecast(World, l) : null;

    /// <summary>How much early supply the kits take: for each part of each unit ordered, days from the second on which its supply is counted to the horizon.</summary>
    internal double EarlySupplyTaken()
    {
        double[] early = new double[_layout.Supplies.Count];
        for (int s = 0; s < early.Length; s++)
            early[s] = Math.Max(0, Policy.Horizon.TotalDays - OrderStatistics.Quantile(_layout.Supplies.Arrivals[s], Policy.AllocationQuantile) / (double)Seconds.Day);
        double taken = 0;
        foreach (OrderLine order in World.OrderLines)
        {
            if (_layout.Find(order.Id) is not { } laid) continue;
            foreach (LaidPeg peg in laid.Pegs)
                if (peg.Part >= 0) taken += early[peg.Supply] * order.Quantity * peg.Steps / laid.Need.Parts[peg.Part].Steps;
        }
        return taken;
    }

    /// <summary>Why an order line's date is what it is; null when it is not open.</summary>
    /// <param name="zone">Time zone to say days in; otherwise that of the hub that builds it.</param>
    public Explanation? Explain(Key<OrderLine> orderLine, DateTimeZone? zone = null) => Explaining.Of(orderLine, zone);

    /// <summary>The parts of an order line's kit; empty when its date is unknown. What <see cref="Explain"/> says without the chain, and far cheaper.</summary>
    public IReadOnlyList<PeggedPart> KitOf(Key<OrderLine> orderLine) => [.. Explaining.KitOf(orderLine)];

    /// <summary>A date for an order line that does not exist yet. No promise already given moves.</summary>
    public Quote Quote(OrderLine order) => new Quoting(World, _links, _layout, _evaluation, _sampler, WhatIsLeft, Policy).Of(order);

    /// <summary>Share of samples in which a lot is there by an instant; null when it is not coming.</summary>
    public Share? ArrivedBy(Key<Lot> lot, Instant by) => Coming(lot) is { } l ? _futures.ShareBy(l, by) : null;

    /// <summary>A lot's way, from making on, with the evidence for each step; empty when there is no such lot.</summary>
    public IReadOnlyList<ExplainedStep> WayOf(Key<Lot> lot) => World.Lots.Find(lot) is { } l ? Explaining.WayOf(_sampler, World, l) : [];

    /// <summary>When each step of a lot that is not done ends, by sequence.</summary>
    public IReadOnlyDictionary<int, (Instant P50, Instant P90)> StepEnds(Key<Lot> lot) =>
        Coming(lot) is { } l ? _futures.StepEnds(World, l) : new Dictionary<int, (Instant, Instant)>();

    /// <summary>The remaining steps of a lot as a fan of quantiles, with what each source of estimates brought into it; empty when it is not coming.</summary>
    public IReadOnlyList<FanStep> FanOf(Key<Lot> lot) => Coming(lot) is { } l ? [.. _futures.Fan(World, l)] : [];

    /// <summary>Passages of the sea that a lot has before it; empty when it is not coming, and when the way of its lane is not known.</summary>
    public IReadOnlyList<PassageAhead> PassagesOf(Key<Lot> lot) => Coming(lot) is { } l ? [.. _sampler.Passages(World, l)] : [];

    /// <summary>The sea legs of a lane, in order, each with its way; null where none is known: no closure moves those.</summary>
    public IReadOnlyList<(LaneStep Step, Arrivals.Sea.SeaLeg? Leg)> SeaLegsOf(Key<Lane> lane) => World.Lanes.Contains(lane.Value)
        ? [.. _lanes[lane].Where(static s => s.Step is { Kind: StepKind.Leg, Mode: Mode.Sea }).Select(static s => (s.Step, s.Sea))] : [];

    /// <summary>The p-quantile of a lot's arrival; null when it is not coming.</summary>
    public Instant? ArrivalOf(Key<Lot> lot, double p) => Coming(lot) is { } l ? At(_futures.Quantile(l, p)) : null;

    /// <summary>Time from the epoch in which a lot arrives in the quickest tenth of futures; null when it is not coming.</summary>
    public Duration? Quickest(Key<Lot> lot) => Coming(lot) is { } l ? Duration.FromSeconds(_futures.Quantile(l, 0.1)) : null;

    /// <summary>How good each source of estimates has been, from those known at the epoch to have met their truth.</summary>
    public IReadOnlyList<EtaScore> Sources => _sampler.Knows.Sources.Scores;

    /// <summary>The p-quantile of the end of an order line's work on its line; null when its date is unknown.</summary>
    public Instant? BuildEnd(Key<OrderLine> orderLine, double p)
    {
        int b = _layout.BuildOf(orderLine.Value);
        return b < 0 ? null : At(_evaluation.EndsOf(b), p);
    }

    /// <summary>Open intervals of an assembly line that touch [from, to).</summary>
    public IEnumerable<(Instant From, Instant To)> OpenTime(Key<AssemblyLine> line, Instant from, Instant to)
    {
        int l = Array.FindIndex(_layout.AssemblyLines, x => x.Key == line);
        if (l < 0) yield break;
        foreach (var (opens, closes) in _layout.Lines[l].Calendar.Intervals)
        {
            Instant open = Seconds.At(opens, Epoch), close = Seconds.At(closes, Epoch);
            if (close > from && open < to) yield return (Instant.Max(open, from), Instant.Min(close, to));
        }
    }

    /// <summary>Throws when what the kernel keeps differs from a full evaluation of the same builds.</summary>
    internal void ProveEqualsFull() => _evaluation.ProveEqualsFull();

    /// <summary>Answers that the world's keys do not give.</summary>
    internal Links Links => _links;

    private Explaining Explaining => new(this, _links, _layout, _evaluation, _sampler, _futures);

    private Lot? Coming(Key<Lot> lot) => World.Lots.Find(lot) is { } l && Supply.Coming(l) ? l : null;

    private Forecast? Of(string orderLine)
    {
        if (_layout.BuildOf(orderLine) is >= 0 and var b) return _dated[b] ??= Dated(b);
        if (_unknown.TryGetValue(orderLine, out Forecast? known)) return known;
        if (_layout.Find(orderLine) is not { } laid) return null;
        return _unknown[orderLine] = new Forecast.Unknown(laid.Need.Order.Key, laid.Reasons);
    }

    /// <param name="ready">When the kit is whole at the policy's quantile, where that is known.</param>
    private Forecast.Dated Dated(int b, Instant? ready = null)
    {
        Need need = _layout[b].Need;
        BuildDates at = _evaluation[b];
        var dates = new Dates(At(at.Dates.P50), At(at.Dates.P80), At(at.Dates.P90), At(at.Dates.P95));
        Share? kept = need.Promised is null ? null : new(at.OnTime);
        return new(need.Order.Key, need.Held!, dates, new(at.KitByStart), GateOf(b, at), kept, need.Promised, ready ?? Ready(b));
    }

    private Instant Ready(int b)
    {
        Span<int> ready = stackalloc int[Policy.Samples];
        _evaluation.CopyReady(b, ready);
        return At(ready, Policy.AllocationQuantile);
    }

    /// <summary>No part holds a kit that draws on nothing, or on nothing that is yet to come.</summary>
    private Gate GateOf(int b, BuildDates at)
    {
        if (at.GatePeg < 0) return new("", "", new(0));
        Supply supply = _layout.Supplies[_layout.Planned.Pegs(b)[at.GatePeg]]!;
        return new(supply.Item, supply.Name, new(at.GateShare));
    }

    private Instant At(int second) => Seconds.At(second, Epoch);

    private Instant At(ReadOnlySpan<int> samples, double p) => Seconds.At(OrderStatistics.Quantile(samples, p), Epoch);

    /// <summary>Kept from the first quote on.</summary>
    private Free WhatIsLeft => _free ??= new Free(World, _layout, _evaluation, _sampler, Epoch, Policy);

    private (LotSampler, LotFutures, Evaluation) Evaluate(Plan? beside = null, int threads = -1)
    {
        _sampler = beside is null ? new LotSampler(World, _links, _lanes, Epoch, Policy) : beside._sampler.Beside(_links);
        _futures = new LotFutures(_layout.Supplies, _sampler, Epoch, Policy);
        _futures.DrawAll(World, beside?._layout.Supplies, threads);
        _evaluation = Evaluation.Run(_layout.Planned, _layout.Supplies.Arrivals, _layout.Ways.Outbounds, _layout.Lines, threads, shut: _layout.Ways.Shut);
        _dated = new Forecast.Dated?[_layout.Planned.Count];
        Many.Each(_dated.Length, b => _dated[b] = Dated(b), threads);
        foreach (Laid laid in _layout.Undated) Of(laid.Need.Order.Id);
        return (_sampler, _futures, _evaluation);
    }
}
