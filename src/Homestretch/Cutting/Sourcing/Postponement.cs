namespace Homestretch.Cutting.Sourcing;

/// <summary>A design in which the last stages are at home, and those before are not.</summary>
/// <param name="StagesHome">Tiers of stages, counted back from customers, that are at home of those that can be here or there; 0: none, the finished variant crosses.</param>
/// <param name="Design">Null: nothing goes together so.</param>
/// <param name="Specific">Value of stock, safety and pipeline, that only one demand can take.</param>
/// <param name="Generic">Value of stock that several can take.</param>
/// <param name="Obsolete">What a year's obsolescence of the specific stock costs.</param>
/// <param name="Why">Why there is no design.</param>
public sealed record CutLevel(int StagesHome, Configuration? Design, double Specific, double Generic, double Obsolete, string? Why)
{
    /// <summary>A year, with obsolescence; null when there is no design.</summary>
    public double? Cost => Design is null ? null : Design.Cost.Total + Obsolete;
}

/// <summary>The value of finishing late: the same demand with the variants finished far away and stocked as such, against a generic pool that is finished at home, and everything between.</summary>
/// <remarks>H. Lee, C. Tang: Modelling the costs and benefits of delayed product differentiation, Management Science 43 (1997) 40-53, for what is compared; each level here is a whole choice of sources and stock.</remarks>
public static class Postponement
{
    /// <summary>One level for each place of the cut line, from nothing at home to everything that can be.</summary>
    /// <param name="obsolescence">Share of the value of stock that only one demand can take that is lost in a year.</param>
    public static (IReadOnlyList<CutLevel> Levels, IReadOnlyList<Finding> Findings) Of(SourcingStudy study, double obsolescence, SourcingPolicy? policy = null, PlacementBudget? budget = null, CancellationToken cancel = default)
    {
        policy ??= new();
        var (graph, findings) = StageGraph.Of(study.Network);
        if (graph is null) return ([], findings);
        if (!(obsolescence is >= 0 and <= 1)) return ([], [new(new("obsolescence"), "range", $"A share of {obsolescence} is lost in a year.", "Give 0 to 1.")]);
        int[] back = Back(graph);
        HashSet<string> open = [.. study.Sources.GroupBy(static s => s.Stage).Where(g => g.Any(study.IsHome) && !g.All(study.IsHome)).Select(static g => g.Key)];
        int[] tiers = [.. Enumerable.Range(0, graph.Count).Where(i => open.Contains(graph.Stages[i].Name)).Select(i => back[i]).Distinct().Order()];       // tiers in which something can be done here or there
        var levels = new List<CutLevel>();
        for (int home = 0; home <= tiers.Length && !cancel.IsCancellationRequested; home++) levels.Add(Level(home));
        return (levels, []);

        CutLevel Level(int home)
        {
            var kept = new List<Source>();
            var lacking = new List<string>();
            for (int i = 0; i < graph.Count; i++)
            {
                Source[] own = [.. study.Sources.Where(s => s.Stage == graph.Stages[i].Name)];
                if (own.Length == 0) continue;
                bool within = home > 0 && back[i] <= tiers[home - 1];
                Source[] there = [.. own.Where(s => study.IsHome(s) == within)];
                if (there.Length == 0 && within) lacking.Add(graph.Stages[i].Name);
                kept.AddRange(there.Length > 0 ? there : own);       // what can only be done at one side is done there
            }
            HashSet<string> places = [.. kept.Select(static s => s.Place)];
            SourcingStudy level = study with { Sources = kept, Legs = [.. study.Legs.Where(l => places.Contains(l.From) && places.Contains(l.To))] };
            var (design, broken) = Configuring.Of(level, policy, null, budget, null, cancel);
            if (design is null) return new(home, null, 0, 0, 0, string.Join(" ", broken.Select(static f => f.What)));
            var (specific, generic) = Stock(design);
            return new(home, design, specific, generic, obsolescence * specific, lacking.Count > 0 ? $"Cannot be done at home: {string.Join(", ", lacking)}." : null);
        }

        // value of stock by whether one demand or several can take it: what waits and what is in work or on the way
        (double Specific, double Generic) Stock(Configuration design)
        {
            double rate = policy.Stock.HoldingRate, specific = 0, generic = 0;
            Dictionary<string, int> demands = Demands(StageGraph.Of(KeptParts.In(study).Network).Graph!);
            foreach (ConfiguredStage s in design.Stages)
            {
                double value = (rate > 0 ? s.Stock.HoldingCost / rate : 0) + s.InWork + s.OnTheWay;
                if (s.Keeps is null && demands[s.Stage] == 1) specific += value;
                else generic += value;      // what waits as a part is no variant yet
            }
            return (specific, generic);
        }
    }

    /// <summary>Links on the longest way from each stage to a customer.</summary>
    private static int[] Back(StageGraph graph)
    {
        int[] back = new int[graph.Count];
        for (int i = graph.Count - 1; i >= 0; i--)
            foreach (int k in graph.After[i]) back[i] = Math.Max(back[i], back[k] + 1);
        return back;
    }

    /// <summary>Demands that each stage can serve, 2 for more than one.</summary>
    private static Dictionary<string, int> Demands(StageGraph graph)
    {
        var served = new HashSet<int>[graph.Count];
        for (int i = graph.Count - 1; i >= 0; i--)
        {
            served[i] = [.. graph.After[i].SelectMany(k => served[k])];
            if (graph.Stages[i].Demand is not null || graph.Stages[i].DemandSpread is not null) served[i].Add(i);
        }
        return graph.Stages.Select((s, i) => (s.Name, Math.Min(2, served[i].Count))).ToDictionary(static x => x.Name, static x => x.Item2);
    }
}
