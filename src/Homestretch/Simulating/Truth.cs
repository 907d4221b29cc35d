using Homestretch.Arrivals;
using Homestretch.Machines;
using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>What truly becomes of one lot.</summary>
/// <param name="Steps">The lane steps still to end, in order.</param>
internal sealed record LotTruth(Instant Made, IReadOnlyList<(LaneStep Step, Instant End)> Steps)
{
    /// <summary>When it is ready to kit at the hub.</summary>
    public Instant Arrives => Steps.Count > 0 ? Steps[^1].End : Made;
}

/// <summary>One future that really happens: drawn once, from the same stage models and the same knowledge at the start as the plan's
/// futures, but under a seed of its own. Each step is drawn when the one before it has truly ended, so its month's factors are those
/// of the month in which it truly begins.</summary>
internal sealed class Truth
{
    /// <summary>Futures drawn, of which the first happens; the others only show how wide a step is where an outside estimate is blended in.</summary>
    private const int Futures = 64;

    private readonly Instant _start;
    private readonly Draws _draws;
    private readonly GivenTruth _given;
    private readonly LotSampler _known;
    private readonly ArrivalSampler _sampler;
    private readonly Making _making;
    private readonly SortedDictionary<string, MachineTruth> _machines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LotTruth> _lots = new(StringComparer.Ordinal);

    public Truth(Snapshot world, Instant start, PlanPolicy policy, ulong seed, GivenTruth given)
    {
        (_start, _given, _draws) = (start, given, new Draws(StableHash.Join(StableHash.Of("truth"), seed)));
        Links links = Links.Of(world);
        _making = new Making(links, start, _draws);
        _known = new LotSampler(world, links, new Lanes(world, policy.Sea), start, policy);
        _sampler = new ArrivalSampler(start, _draws, Futures, _known.Knows.Factors);
        foreach (Machine machine in world.Machines)
            if (MachineTruth.Of(world, machine, _making, start, _draws) is { } played) _machines.Add(machine.Id, played);
    }

    /// <summary>Machines that have something to make.</summary>
    public IEnumerable<MachineTruth> Machines => _machines.Values;

    /// <summary>What becomes of a lot; the same whenever it is asked.</summary>
    public LotTruth Of(Snapshot world, Lot lot)
    {
        if (_lots.TryGetValue(lot.Id, out LotTruth? known)) return known;
        LotWay way = _known.Way(world, lot);
        Instant made = way.Steps[0].End ?? _given.End(lot.Id, null, 0) ?? Made(world, lot), begins = made;
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
            if (told is null) _sampler.Sample(_sampler.Prepare([_known.Step(lot, step, _known.Detour(world, step, begins))], begins), drawn);
            begins = told ?? Seconds.At(Math.Max(0, drawn[0]), _start);
            ends.Add((step.Stage!.Step, begins));
        }
        return _lots[lot.Id] = new(made, ends);
    }

    /// <summary>Time from the hub to the customer of what leaves at an instant: all that leaves for a market on one day shares it.</summary>
    public Duration Outbound(Market market, Instant leaves) => Duration.FromSeconds(Math.Ceiling(Promising.Outbound.Of(market).SecondsAt(
        _draws.Normal(StableHash.Join(StableHash.Of("outbound", market.Party.Value, market.Id), (ulong)(leaves - Instant.FromUnixTimeSeconds(0)).Days), 0))));

    /// <summary>Numbers for whatever else happens by chance, by name.</summary>
    public double Uniform(string what, string key) => _draws.Uniform(StableHash.Of(what, "", key), 0);

    private Instant Made(Snapshot world, Lot lot)
    {
        foreach (MachineTruth machine in _machines.Values)
            if (machine.Made(lot.Key) is { } at) return at;
        int[] ready = new int[Futures];
        _making.Fill(world, lot, ready);
        return Seconds.At(ready[0], _start);
    }
}
