using Homestretch.Arrivals;
using Homestretch.Arrivals.Sea;
using Homestretch.World;

namespace Homestretch.Promising.Lots;

/// <summary>A lane's step as the sampler takes it.</summary>
/// <param name="Sailings">The departures a wait is for; null: the step takes <paramref name="Time"/>.</param>
/// <param name="Sea">A sea leg whose ports are known; null for another step, and for one of which the sea network knows no way: no closure moves it.</param>
internal sealed record LaneStage(LaneStep Step, StageTime Time, FactorLoading[] Loadings, Sailings? Sailings, SeaLeg? Sea);

/// <summary>The steps of a world's lanes, each resolved once: thousands of lots share a few lanes. A change of a lane needs a new one.</summary>
internal sealed class Lanes
{
    private readonly Dictionary<string, LaneStage[]> _stages = new(StringComparer.Ordinal);

    public Lanes(Snapshot world, SeaNetwork? sea)
    {
        foreach (Lane lane in world.Lanes)
        {
            Key<Site> from = lane.From;
            var stages = new List<LaneStage>();
            foreach (LaneStep step in world.LaneSteps.StartingWith($"{lane.Id}|"))
            {
                LaneStage stage = Stage(world, step);
                stages.Add(sea is null ? stage : stage with { Sea = SeaLegs.Of(world, sea, from, step, stage.Time.Quantile(0.5)) });
                if (step.Kind == StepKind.Leg) from = step.To;
            }
            _stages[lane.Id] = [.. stages];
        }
    }

    public LaneStage[] this[Key<Lane> lane] => _stages[lane.Value];

    /// <summary>A wait for scheduled departures takes what the schedule says; its quantiles are for readers.</summary>
    private static LaneStage Stage(Snapshot world, LaneStep step)
    {
        Sailings? sailings = step is { Kind: StepKind.Wait, EveryDays: { } every }
            ? new Sailings(StableHash.Of("sailing", step.Party.Value, step.Id), [], (double)every) : null;
        StageTime time = sailings is not null ? new StageTime.Constant(0) : LaneFitting.Time(world, step);
        FactorLoading[] loadings = [.. world.Loadings.StartingWith($"{step.Id}|").Select(static l => new FactorLoading(StableHash.Of("factor", "", l.Factor), (double)l.Weight))];
        return new(step, time, loadings, sailings, null);
    }
}
