using Homestretch.Cutting.Kernel;
using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Cutting.Sourcing;

/// <summary>Chooses for every stage who does it and where its stock waits, so that a year costs least, with a lower bound that proves how good the choice is.</summary>
/// <remarks>S. Graves, S. Willems: Optimizing the supply chain configuration for new products, Management Science 51 (2005) 1165-1180. There the cost behind a unit is one more state of a tree; here any network is bounded by
/// <see cref="PlacementMessages"/> over options and times.</remarks>
public static class Configuring
{
    /// <summary>All findings at once when the study breaks a rule or nothing in it goes together; then there is no configuration.</summary>
    /// <param name="limits">What the choice must meet; when it cannot, the findings name the fewest of them that are in conflict.</param>
    /// <param name="better">Hears each better cost or bound as it is found; the cost is infinite while nothing is found.</param>
    public static (Configuration? Configuration, IReadOnlyList<Finding> Findings) Of(SourcingStudy study, SourcingPolicy? policy = null, IReadOnlyList<Limit>? limits = null, PlacementBudget? budget = null, Action<double, double>? better = null, CancellationToken cancel = default) =>
        Of(study, policy, limits, budget, better, null, cancel);

    /// <summary>The same for who looks on.</summary>
    /// <param name="design">Hears each better design as it is found, with the bound of that moment.</param>
    public static (Configuration? Configuration, IReadOnlyList<Finding> Findings) Of(SourcingStudy study, SourcingPolicy? policy, IReadOnlyList<Limit>? limits, PlacementBudget? budget, Action<double, double>? better, Action<Configuration>? design, CancellationToken cancel)
    {
        (policy, limits, budget) = (policy ?? new(), limits ?? [], budget ?? new());
        var (problem, findings) = SourcingRules.Of(study, policy, limits);
        if (problem is null) return (null, findings);
        var (bounded, unmeasured) = LimitRules.Of(problem, limits, study);
        if (unmeasured.Count > 0) return (null, unmeasured);
        SourcingSearch.Found found = new SourcingSearch(problem, bounded, cancel).Run(budget, better, taken: design is null ? null : f => design(Told(problem, f, study)));
        if (double.IsInfinity(found.Cost)) return (null, [double.IsInfinity(found.Bound) ? Conflict.Of(problem, bounded, limits, budget, cancel) : new(new("sources"), "not-found", "No sources that meet all limits were found in the time given; whether there are any is open.", "Give it more time.")]);
        return (Told(problem, found, study), []);
    }

    private static Configuration Told(SourcingProblem p, SourcingSearch.Found found, SourcingStudy study)
    {
        StageGraph graph = p.Graph;
        PlacementProblem placement = p.Placement();
        p.Write(found.Options, placement);
        int[] service = new int[p.Count], inbound = [.. found.Inbound];
        placement.Serve(found.Inbound, service);
        placement.Receive(service, inbound);
        double days = p.Ticks.Days, rate = p.Policy.Stock.HoldingRate, added = 0, freight = 0, duty = 0, pipeline = 0, safety = 0, once = 0;
        double[] unit = new double[p.Count];
        var stages = new ConfiguredStage[p.Count];
        for (int i = 0; i < p.Count; i++)
        {
            StageOption own = p.Options[i][found.Options[i]];
            unit[i] += own.Cost;
            double year = p.Policy.DaysAYear * p.Throughput[i];
            added += year * own.Cost;
            once += own.OneOff / p.Policy.WriteOffYears;
            double work = p.Throughput[i] * own.MeanDays * (unit[i] - own.Cost / 2), moving = 0;
            for (int a = 0; a < graph.After[i].Length; a++)
            {
                int k = graph.After[i][a], y = found.Options[k], x = found.Options[i];
                LegChoices leg = p.Legs[i][a];
                double quantity = graph.Quantities[i][a], flow = p.Policy.DaysAYear * p.Throughput[k] * quantity;
                freight += flow * leg.PerUnit[x, y];
                duty += flow * leg.Rate[x, y] * unit[i];
                moving += p.Throughput[k] * quantity * leg.MeanDays[x, y] * unit[i];
                unit[k] += quantity * (unit[i] * (1 + leg.Rate[x, y]) + leg.PerUnit[x, y]);
            }
            pipeline += rate * (work + moving);
            int net = inbound[i] + placement.Times[i] - service[i];
            double held = placement.Weights[i] * placement.Curves[i][net];
            safety += held;
            StagePlacement stock = Placing.Held(graph.Stages[i].Name, inbound[i], service[i], net, p.Curve(i, found.Options[i]), held, unit[i], rate, days);
            stages[graph.Places[i]] = new(graph.Stages[i].Name, p.Kept.GetValueOrDefault(graph.Stages[i].Name), own.First.Stage.Length == 0 ? [] : [.. own.Parts.Select(static s => new SourceShare(s.Source, s.Share))], p.Throughput[i], own.Days, work, moving, stock);
        }
        var cost = new YearCost(added, freight, duty, pipeline, safety, once);
        return new(stages, cost, Math.Min(cost.Total, found.Bound), Measured.Of(p, found.Options, study, Kits(p, stages)), days, p.Ticks.Rounded, found.Passes);
    }

    private static KitChance[] Kits(SourcingProblem p, ConfiguredStage[] stages)
    {
        SortedSet<int>[] behind = p.Graph.Behind();
        return [.. KitsInTime.Demands(p).Select(d => new KitChance(p.Graph.Stages[d].Name, behind[d].Where(j => stages[p.Graph.Places[j]].Stock.SafetyStock > 0).Aggregate(1.0, (all, j) => all * p.Levels[j])))];
    }
}
