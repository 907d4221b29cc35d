using Homestretch.Arrivals;
using Homestretch.World;

namespace Homestretch.Promising.Lots;

/// <summary>A lane's step as the sampler takes it.</summary>
/// <param name="Sailings">The departures a wait is for; null: the step takes <paramref name="Time"/>.</param>
internal sealed record LaneStage(LaneStep Step, StageTime Time, FactorLoading[] Loadings, Sailings? Sailings);

/// <summary>The steps of a world's lanes, each resolved once: thousands of lots share a few lanes. A change of a lane needs a new one.</summary>
internal sealed class Lanes(Snapshot world)
{
    private readonly Dictionary<string, LaneStage[]> _known = new(StringComparer.Ordinal);

    public LaneStage[] this[Key<Lane> lane] => _known.TryGetValue(lane.Value, out LaneStage[]? stages) ? stages
        : _known[lane.Value] = [.. world.LaneSteps.StartingWith($"{lane}|").Select(Stage)];

    /// <summary>A wait for scheduled departures takes what the schedule says; its quantiles are for readers.</summary>
    private LaneStage Stage(LaneStep step)
    {
        Sailings? sailings = step is { Kind: StepKind.Wait, EveryDays: { } every }
            ? new Sailings(StableHash.Of("sailing", step.Party.Value, step.Id), [], (double)every) : null;
        StageTime time = sailings is not null ? new StageTime.Constant(0) : StageTime.Of((double)step.P50Days, (double)step.P90Days, (double?)step.OnTime);
        FactorLoading[] loadings = [.. world.Loadings.StartingWith($"{step.Id}|").Select(static l => new FactorLoading(StableHash.Of("factor", "", l.Factor), (double)l.Weight))];
        return new(step, time, loadings, sailings);
    }
}
