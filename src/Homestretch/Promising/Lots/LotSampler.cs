using Homestretch.Arrivals;
using Homestretch.Arrivals.Sea;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising.Lots;

/// <summary>Draws lots' arrivals at one epoch, each from its own way and evidence, all from the same futures: making, then the lane's steps.</summary>
internal sealed class LotSampler
{
    private readonly Links _links;
    private readonly Lanes _lanes;
    private readonly Instant _t;
    private readonly PlanPolicy _policy;
    private readonly Draws _draws;
    private readonly Making _making;
    private ArrivalSampler _sampler;

    public LotSampler(Snapshot world, Links links, Lanes lanes, Instant t, PlanPolicy policy) : this(Knowledge.Of(world, lanes, t, policy), links, lanes, t, policy) { }

    private LotSampler(Knowledge knows, Links links, Lanes lanes, Instant t, PlanPolicy policy, Making? making = null)
    {
        (_links, _lanes, _t, _policy, _draws) = (links, lanes, t, policy, new Draws(policy.Seed));
        _making = making ?? new Making(links, t, _draws);
        Knows = knows;
        _sampler = new ArrivalSampler(t, _draws, policy.Samples, Knows.Factors);
    }

    /// <summary>What was known at t of factors and sources.</summary>
    public Knowledge Knows { get; private set; }

    /// <summary>One for another thread, which knows what this one knows.</summary>
    /// <param name="links">Of a world in which every lot that this one draws is as it is here.</param>
    public LotSampler Beside(Links links) => new(Knows, links, _lanes, _t, _policy);

    /// <summary>One for a plan of the same world that then goes its own way, with what machines have played.</summary>
    public LotSampler Copy(Links links) => new(Knows, links, _lanes, _t, _policy, _making.Copy(links));

    /// <summary>One for a world in which lanes differ and nothing else.</summary>
    public LotSampler On(Lanes lanes, Snapshot world) => new(Knowledge.Of(world, lanes, _t, _policy), _links, lanes, _t, _policy, _making);

    /// <summary>Samplers for many threads that draw these lots at once, this one among them, which must do nothing else meanwhile.</summary>
    public Kernel.Shelf<LotSampler> Together(Snapshot world, IEnumerable<Lot> lots)
    {
        _making.PlayAll(world, lots, _sampler.Samples);
        var shelf = new Kernel.Shelf<LotSampler>(() => new(Knows, _links, _lanes, _t, _policy, _making));
        shelf.Return(this);
        return shelf;
    }

    /// <summary>One that draws other futures, from what this one knows.</summary>
    public LotSampler Under(PlanPolicy policy) => new(Knows, _links, _lanes, _t, policy);

    /// <summary>The physical event that a step of a lot's way is: all lots aboard share its draw.</summary>
    public static ulong Event(Lot lot, LaneStep step) => lot.Shipment is { } shipment
        ? StableHash.Of("shipment-step", shipment.Value, step.Id) : StableHash.Of("lot-step", lot.Id, step.Id);

    public LotWay Way(Snapshot world, Lot lot) => LotWay.Of(world, lot, _lanes, _t, _policy);

    /// <summary>Draws S arrivals, seconds after t, never before t. A planner's pin on the supply stands for all of them.</summary>
    public void Fill(Snapshot world, Lot lot, Span<int> arrivals)
    {
        if (Pinned(world, lot) is { } at)
        {
            arrivals.Fill(at);
            return;
        }
        var (prepared, ready) = Prepare(world, lot, Way(world, lot));
        _sampler.Sample(prepared, ready, arrivals);
        Shaped(world, lot)?.Into(arrivals, ready, []);
        foreach (ref int second in arrivals) second = Math.Max(0, second);
    }

    /// <summary>Draws the end of every step that is not done.</summary>
    /// <returns>Sequence of each (0 is making) with its S ends, seconds after t.</returns>
    public IEnumerable<(int Sequence, int[] Ends)> Steps(Snapshot world, Lot lot)
    {
        LotWay way = Way(world, lot);
        var (prepared, ready) = Prepare(world, lot, way);
        int samples = _sampler.Samples;
        int[] ends = new int[prepared.Remaining * samples], arrivals = new int[samples];
        _sampler.Sample(prepared, ready, arrivals, ends);
        if (prepared.Remaining > 0) Shaped(world, lot)?.Into(arrivals, ready, ends);
        if (ready.Length > 0) yield return (0, ready);
        for (int k = 0; k < prepared.Remaining; k++)
            yield return (way.Steps[1 + prepared.FirstStep + k].Sequence, ends[(k * samples)..((k + 1) * samples)]);
    }

    /// <summary>The same with what went into each step's blend; making blends nothing.</summary>
    public IEnumerable<(int Sequence, int[] Ends, EtaBlended? Blend)> Fan(Snapshot world, Lot lot)
    {
        LotWay way = Way(world, lot);
        var (prepared, ready) = Prepare(world, lot, way);
        int samples = _sampler.Samples;
        int[] ends = new int[prepared.Remaining * samples], arrivals = new int[samples];
        var blends = new List<EtaBlended?>(prepared.Remaining);
        _sampler.Sample(prepared, ready, arrivals, ends, blends);
        if (prepared.Remaining > 0) Shaped(world, lot)?.Into(arrivals, ready, ends);
        if (ready.Length > 0) yield return (0, ready, null);
        for (int k = 0; k < prepared.Remaining; k++)
            yield return (way.Steps[1 + prepared.FirstStep + k].Sequence, ends[(k * samples)..((k + 1) * samples)], blends[k]);
    }

    /// <summary>Passages of the sea before a lot, on the open way of each leg that is not done and on the way that it takes instead.</summary>
    public IEnumerable<PassageAhead> Passages(Snapshot world, Lot lot)
    {
        LotWay way = Way(world, lot);
        if (!way.Steps.Any(static s => s is { Done: false, Stage.Sea: not null })) yield break;
        Instant begins = Begins(world, lot, way).At;
        SeaVoyage?[]? voyages = Voyages(world, way, begins);
        for (int k = 1; k < way.Steps.Count; k++)
        {
            WayStep step = way.Steps[k];
            Instant begin = step.Begin ?? begins;
            SeaVoyage? voyage = voyages?[k];
            if (step is { Done: false, Stage.Sea: { } leg })
            {
                foreach (Passed p in leg.Open.Passed)
                {
                    Instant at = begin + Duration.FromDays(p.AfterMiles / leg.MilesPerDay);
                    bool closed = voyage?.Closed.Contains(p.Passage) == true;
                    if (closed || at >= _t) yield return new(p.Passage, at, closed, voyage);
                }
                foreach (Passage p in voyage?.By ?? []) yield return new(p, begin, false, voyage);
            }
            begins = step.End ?? Instant.Max(_t, begin + Expected(step.Stage!) + Longer(voyage));
        }
    }

    private static Duration Expected(LaneStage stage) => Duration.FromDays(stage.Sailings?.Every / 2 ?? stage.Time.Quantile(0.5));

    /// <summary>Whether the running step should have ended before t at the policy's quantile.</summary>
    public bool Overdue(Snapshot world, LotWay way) => way.Current is { Begin: { } begin } current && (current.Stage is { } stage
        ? begin + Duration.FromDays(stage.Sailings?.Every ?? stage.Time.Quantile(_policy.AllocationQuantile)) + Longer(Detour(world, current, begin)) < _t
        : way.Lot.Ready + Duration.FromDays((double)way.Lot.ReadyP90Days) < _t);

    /// <summary>An estimate with the record of its source.</summary>
    public EtaWeighed Weigh(Milestone estimate, Key<Lane> lane) => Knows.Sources.Weigh(estimate.Source.Value, lane.Value, estimate.Reported, estimate.At);

    /// <summary>A machine's state, count or plan changed: what its lots wait for is played again.</summary>
    public void Forget(Key<Machine> machine) => _making.Forget(machine);

    /// <summary>Takes in what a change adds to the knowledge of t, such as a late report of an actual from before it.</summary>
    /// <param name="lots">Lots whose way the change touched.</param>
    /// <returns>True when it did: then every lot must be drawn again.</returns>
    public bool Learn(Snapshot before, Snapshot next, IEnumerable<Lot> lots, IEnumerable<Key<Shipment>> shipments)
    {
        bool told = lots.Any(l => !Evidence(before, before.Lots.Find(l.Key)).SequenceEqual(Evidence(next, l)))
            || shipments.Any(s => !Outcomes(before, s).SequenceEqual(Outcomes(next, s)));
        if (!told) return false;
        Knows = Knowledge.Of(next, _lanes, _t, _policy);
        _sampler = new ArrivalSampler(_t, _draws, _policy.Samples, Knows.Factors);
        return true;

        IEnumerable<(ulong, Instant, Instant, bool)> Evidence(Snapshot world, Lot? lot) => lot?.Shipment is null ? []
            : Knowledge.Evidence(world, lot, _lanes, _t, _policy).Select(static e => (e.Event, e.Began, e.Ended, e.Finished));
        IEnumerable<EtaOutcome> Outcomes(Snapshot world, Key<Shipment> key) => world.Shipments.Find(key) is { } shipment ? Knowledge.Outcomes(world, shipment, _policy.SourcesAsOf ?? _t, _lanes) : [];
    }

    /// <summary>What the delay model in force makes of a lot's arrivals; null: nothing.</summary>
    private DelayShape? Shaped(Snapshot world, Lot lot) => _policy.DelayWord == DelayWord.Law && lot.State < LotState.Received && world.LotDelays.Find(lot.Id) is { } said ? DelayShape.Of(said, _t) : null;

    /// <summary>The second after t for which a planner pinned the lot; null when it is not pinned.</summary>
    private int? Pinned(Snapshot world, Lot lot)
    {
        Pin? pin = _links.Pins(world, lot.Id, _t).LastOrDefault(static p => p is { Kind: PinKind.Supply, At: not null });
        return pin is null ? null : Math.Max(0, Seconds.Of(pin.At!.Value, _t));
    }

    /// <summary>The remaining steps and, for a lot not made yet, the S moments at which it is.</summary>
    private (PreparedLot Prepared, int[] Ready) Prepare(Snapshot world, Lot lot, LotWay way)
    {
        var (begins, ready) = Begins(world, lot, way);
        SeaVoyage?[]? voyages = Voyages(world, way, begins);
        var steps = new ArrivalStep[way.Steps.Count - 1];
        for (int k = 0; k < steps.Length; k++) steps[k] = Step(lot, way.Steps[k + 1], voyages?[k + 1], voyages?[..(k + 1)]);
        return (_sampler.Prepare(steps, begins), ready);
    }

    /// <summary>When a lot's first step after making begins, at the median if it is not made.</summary>
    private (Instant At, int[] Ready) Begins(Snapshot world, Lot lot, LotWay way)
    {
        if (way.Steps[0].Done) return (Instant.Max(_t, lot.Ready), []);
        int[] ready = new int[_sampler.Samples];
        _making.Fill(world, lot, ready);
        return (Seconds.At(Kernel.OrderStatistics.Quantile(ready, 0.5), _t), ready);
    }

    /// <summary>What closed passages mean for a step that began or begins at a moment; null when it meets none.</summary>
    public SeaVoyage? Detour(Snapshot world, WayStep step, Instant begins) => step.Stage?.Sea is { } leg ? leg.Under(SeaClosures.Of(world), begins) : null;

    /// <summary>The same for every step of a lot's way, by its place there; null when no passage is closed.</summary>
    public SeaVoyage?[]? Voyages(Snapshot world, Lot lot, LotWay way) => world.PassageClosures.Count == 0 ? null : Voyages(world, way, Begins(world, lot, way).At);

    /// <summary>Steps ahead begin when those before them end at the median.</summary>
    private SeaVoyage?[]? Voyages(Snapshot world, LotWay way, Instant begins)
    {
        if (SeaClosures.Of(world) is not { } closures) return null;
        var voyages = new SeaVoyage?[way.Steps.Count];
        for (int k = 1; k < voyages.Length; k++)
        {
            LaneStage stage = way.Steps[k].Stage!;
            Instant begin = way.Steps[k].Begin ?? begins;
            voyages[k] = stage.Sea?.Under(closures, begin, way.Steps[k].End);
            begins = way.Steps[k].End ?? Instant.Max(_t, begin + Expected(stage) + Longer(voyages[k]));
        }
        return voyages;
    }

    /// <summary>What a detour adds; beyond any plan where no way is left.</summary>
    public static Duration Longer(SeaVoyage? voyage) => voyage is null ? Duration.Zero : Duration.FromDays(Math.Min(voyage.ExtraDays, Seconds.Far / (double)Seconds.Day));

    /// <summary>Whether closures mean the same in two worlds for all steps of a lot that are not done.</summary>
    public bool SailsAlike(Snapshot before, Snapshot next, Lot lot)
    {
        LotWay way = Way(next, lot);
        if (!way.Steps.Any(static s => s.Stage?.Sea is not null)) return true;
        Instant begins = Begins(next, lot, way).At;
        var none = new SeaVoyage?[way.Steps.Count];
        return (Voyages(before, way, begins) ?? none).SequenceEqual(Voyages(next, way, begins) ?? none);
    }

    /// <summary>An estimate as it would be had its source known of the closures.</summary>
    private static Eta Since(Eta eta, SeaVoyage? voyage, ReadOnlySpan<SeaVoyage?> before)
    {
        if (voyage is not null && eta.Reported < voyage.Since) eta = eta with { Estimated = eta.Estimated + Longer(voyage) };
        foreach (SeaVoyage? earlier in before)
            if (earlier is not null && eta.Reported < earlier.Since) eta = eta with { Estimated = eta.Estimated + Longer(earlier) };
        return eta;
    }

    /// <summary>One step as the sampler takes it.</summary>
    /// <param name="voyage">What closed passages mean for it.</param>
    /// <param name="before">And for the steps before it: an estimate from before a closure knows nothing of it.</param>
    public ArrivalStep Step(Lot lot, WayStep way, SeaVoyage? voyage = null, ReadOnlySpan<SeaVoyage?> before = default)
    {
        LaneStage stage = way.Stage!;
        Progress progress = way.End is { } ended ? new Progress.Done(Instant.Min(ended, _t))
            : way.Begin is { } begun ? new Progress.Running(Instant.Min(begun, _t), way.Seen ?? Instant.Min(begun, _t)) : new Progress.Ahead();
        Eta[] etas = way.Evidence.Count == 0 ? [] : [.. way.Evidence.Where(m => m is { Classifier: Classifier.Estimated, Edge: Edge.End } && (m.Observed || _policy.DelayWord == DelayWord.Estimate)).Select(m => Weigh(m, lot.Lane).Eta)];
        for (int e = 0; e < etas.Length; e++) etas[e] = Since(etas[e], voyage, before);
        return new(Event(lot, stage.Step), stage.Time, stage.Loadings, progress, stage.Sailings,
            stage.Step.Kind == StepKind.Receive ? Duration.Zero : _policy.ReportingDelay, Etas: etas, Longer: Longer(voyage));     // the hub's own dock tells at once
    }
}
