using Homestretch.Arrivals;
using Homestretch.Machines;
using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>What truly becomes of one lot.</summary>
/// <param name="Lane">By which it goes.</param>
/// <param name="Steps">The lane steps still to end, in order.</param>
internal sealed record LotTruth(Key<Lane> Lane, Instant Made, IReadOnlyList<(LaneStep Step, Instant End)> Steps)
{
    /// <summary>When it is ready to kit at the hub.</summary>
    public Instant Arrives => Steps.Count > 0 ? Steps[^1].End : Made;
}

/// <summary>One future that really happens: drawn once, from the same stage models and the same knowledge at the start as the plan's
/// futures, but under a seed of its own. Each step is drawn when the one before it has truly ended, so its month's factors are those
/// of the month in which it truly begins. What is decided while it happens is followed: another lane, a lot that is parted, a machine that is served.</summary>
internal sealed class Truth
{
    /// <summary>Futures drawn, of which the first happens; the others only show how wide a step is where an outside estimate is blended in.</summary>
    private const int Futures = 64;

    private readonly Instant _start;
    private readonly Draws _draws;
    private readonly GivenTruth _given;
    private readonly LotSampler _known;
    private readonly ArrivalSampler _sampler;
    private readonly Snapshot _seas;
    private readonly SortedDictionary<string, MachineTruth> _machines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LotTruth> _lots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instant> _parts = new(StringComparer.Ordinal);      // parts of a lot: when each is made
    private readonly Dictionary<string, Instant> _begun = new(StringComparer.Ordinal);
    private Making _making;
    private Snapshot _plants;       // as at the start, with the stops that were decided since

    public Truth(Snapshot world, Instant start, PlanPolicy policy, ulong seed, GivenTruth given, Mishaps? mishaps = null)
    {
        (_start, _given, _plants, Mishaps, Now, _draws) = (start, given, world, mishaps ?? Mishaps.None, start, new Draws(StableHash.Join(StableHash.Of("truth"), seed)));
        Links links = Links.Of(world);
        _making = new Making(links, start, _draws);
        _known = new LotSampler(world, links, new Lanes(world, policy.Sea), start, policy);
        _sampler = new ArrivalSampler(start, _draws, Futures, _known.Knows.Factors);
        _seas = Mishaps.Closures.Count == 0 ? world : world.With([.. Mishaps.Closures.Select(static c => new WorldEvent.Put(c))]);
        foreach (Machine machine in world.Machines)
            if (MachineTruth.Of(world, machine, _making, start, _draws, Mishaps) is { } played) _machines.Add(machine.Id, played);
    }

    public Mishaps Mishaps { get; }

    /// <summary>Until when it has happened: a host moves it on.</summary>
    public Instant Now { get; set; }

    /// <summary>Machines that have something to make.</summary>
    public IEnumerable<MachineTruth> Machines => _machines.Values;

    /// <summary>What becomes of a lot; the same whenever it is asked, while nobody decides otherwise.</summary>
    public LotTruth Of(Snapshot world, Lot lot)
    {
        if (_lots.TryGetValue(lot.Id, out LotTruth? known) && known.Lane == lot.Lane) return known;
        LotWay way = _known.Way(world, lot);
        Instant made = known?.Made ?? way.Steps[0].End ?? _given.End(lot.Id, null, 0) ?? Made(world, lot), begins = made;
        var ends = new List<(LaneStep, Instant)>();
        int[] drawn = new int[Futures];
        foreach (WayStep step in way.Steps.Skip(1))
        {
            if (step.End is { } ended)
            {
                begins = ended;
                continue;
            }
            Instant? told = _given.End(lot.Id, lot.Shipment?.Value, step.Sequence);
            if (told is null) _sampler.Sample(_sampler.Prepare([_known.Step(lot, step, _known.Detour(_seas, step, begins))], begins), drawn);
            begins = told ?? Seconds.At(Math.Max(0, drawn[0]), _start) + Late(lot, step);
            ends.Add((step.Stage!.Step, begins));
        }
        return _lots[lot.Id] = new(lot.Lane, made, ends);
    }

    /// <summary>Takes in what was decided, before the world does.</summary>
    public void Follow(Snapshot before, IReadOnlyList<WorldEvent> decided)
    {
        foreach (Lot part in decided.OfType<WorldEvent.Put>().Select(static p => p.Record).OfType<Lot>().Where(l => !before.Lots.Contains(l.Id)))
        {
            // what goes ahead of a lot is named after it, is made first, and is as far as the lot was
            if (before.Lots.LastOrDefault(l => part.Id.StartsWith($"{l.Id}-X", StringComparison.Ordinal) && l.Item == part.Item) is not { } whole) continue;
            Instant made = Of(before, whole).Made;
            foreach (MachineTruth machine in _machines.Values) made = machine.Part(whole.Key, part) ?? made;
            _parts[part.Id] = made;
        }
        Maintenance[] served = [.. decided.OfType<WorldEvent.Put>().Select(static p => p.Record).OfType<Maintenance>()];
        if (served.Length == 0) return;
        _plants = _plants.With([.. served.Select(static m => new WorldEvent.Put(m))]);
        _making = new Making(Links.Of(_plants), _start, _draws);
        foreach (Machine machine in served.Select(m => before.Machines[m.Machine]).DistinctBy(static m => m.Id))
        {
            if (!_machines.TryGetValue(machine.Id, out MachineTruth? was) || MachineTruth.Of(_plants, machine, _making, _start, _draws, Mishaps) is not { } played) continue;
            _machines[machine.Id] = played;
            played.Parted(was, (part, made) => _parts[part] = made);
            foreach (string lot in was.Lots.Where(l => _lots.TryGetValue(l, out LotTruth? known) && known.Made > Now)) _lots.Remove(lot);
        }
    }

    /// <summary>Time from the hub to the customer of what leaves at an instant: all that leaves for a market on one day shares it.</summary>
    public Duration Outbound(Market market, Instant leaves) => Duration.FromSeconds(Math.Ceiling(Promising.Outbound.Of(market).SecondsAt(
        _draws.Normal(StableHash.Join(StableHash.Of("outbound", market.Party.Value, market.Id), (ulong)(leaves - Instant.FromUnixTimeSeconds(0)).Days), 0))));

    /// <summary>Numbers for whatever else happens by chance, by name.</summary>
    public double Uniform(string what, string key) => _draws.Uniform(StableHash.Of(what, "", key), 0);

    private Duration Late(Lot lot, WayStep step) => step.Stage!.Step.Kind != StepKind.Leg || Mishaps.LateLegs <= 0 ? Duration.Zero : Duration.FromHours(Math.Round(24 * Mishaps.LateDays(_draws, LotSampler.Event(lot, step.Stage.Step))));

    /// <summary>Since when a lot has been ordered: the look at which it was there first.</summary>
    public Instant Begun(Lot lot) => _begun.GetValueOrDefault(lot.Id, _start);

    private Instant Made(Snapshot world, Lot lot)
    {
        _begun.TryAdd(lot.Id, Now);
        if (_parts.TryGetValue(lot.Id, out Instant part)) return part;
        foreach (MachineTruth machine in _machines.Values)
            if (machine.Made(lot.Key) is { } at) return at;
        int[] ready = new int[Futures];
        _making.Fill(world, lot, ready);
        return Mishaps.Made(lot.Party, Begun(lot), Seconds.At(ready[0], _start));
    }
}
