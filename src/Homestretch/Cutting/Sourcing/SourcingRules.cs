using Homestretch.Cutting.Kernel;
using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Cutting.Sourcing;

/// <summary>The rules that a study meets, all checked at once, and the problem that it makes.</summary>
internal static class SourcingRules
{
    /// <summary>Most options of a stage: those left are kept as bits.</summary>
    private const int MostOptions = 64;

    /// <param name="limits">Where one of them is of kits in time, whether a stage holds stock is chosen with its source.</param>
    public static (SourcingProblem? Problem, IReadOnlyList<Finding> Findings) Of(SourcingStudy study, SourcingPolicy policy, IReadOnlyList<Limit>? limits = null)
    {
        var (graph, broken) = StageGraph.Of(study.Network);
        var findings = new List<Finding>(broken);
        HashSet<string> stages = [.. study.Network.Stages.Select(static s => s.Name)];
        CheckSources(study, stages, findings);
        CheckLegs(study, stages, findings);
        CheckKept(study, stages, findings);
        if (graph is null || findings.Count > 0) return (null, findings);
        IReadOnlyDictionary<string, string> kept = KeptParts.Parts(study);
        study = KeptParts.In(study);
        graph = StageGraph.Of(study.Network).Graph!;

        double[] flow = StageWeights.Flow(graph);
        ILookup<string, Source> sources = study.Sources.ToLookup(static s => s.Stage);
        Dictionary<string, SourceRule> rules = (study.Rules ?? []).ToDictionary(static r => r.Stage);
        var options = new StageOption[graph.Count][];
        bool pass = limits?.Any(static l => l.Measure == Measure.KitInTime) == true;
        for (int i = 0; i < graph.Count; i++)
        {
            Stage stage = graph.Stages[i];
            options[i] = sources.Contains(stage.Name) ? [.. StageOption.Of([.. sources[stage.Name]], flow[i], rules.GetValueOrDefault(stage.Name))] : [new(new("", stage.Name, stage.Cost, stage.Days, DaysSpread: stage.DaysSpread))];
            if (options[i].Length == 0)
                findings.Add(new(new("sources"), "no-source", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"None of the {sources[stage.Name].Count()} sources of '{stage.Name}' can do {flow[i]:0.###} units a day."), "Add a source, raise what one may do, or let the stage have two."));
            if (pass && graph.After[i].Length > 0) options[i] = [.. options[i], .. options[i].Where(o => o.DaysSpread == 0 || !policy.Stock.Spread).Select(static o => o with { Holds = false })];       // a time that spreads is always covered
            if (options[i].Length > MostOptions) findings.Add(new(new("sources"), "too-many", $"'{stage.Name}' has {options[i].Length} choices of sources.", $"Keep them to {MostOptions}."));
        }
        if (findings.Count > 0) return (null, findings);
        var ways = new Ways(study.Legs);
        LegChoices[][] legs = [.. Enumerable.Range(0, graph.Count).Select(j => graph.After[j].Select(k => LegChoices.Of(options[j], options[k], (a, b) => kept.ContainsKey(graph.Stages[j].Name) && a.Place != b.Place ? null : ways.Between(a, graph.Stages[j].Name, b, graph.Stages[k].Name))).ToArray())];      // what waits where it is used is used there
        for (int j = 0; j < graph.Count; j++)
            for (int a = 0; a < legs[j].Length; a++)
                if (legs[j][a].PerUnit.Cast<double>().All(double.IsInfinity))
                    findings.Add(new(new("legs"), "no-leg", $"No leg leads from any place of '{graph.Stages[j].Name}' to any of '{graph.Stages[graph.After[j][a]].Name}'.", "Add one, or correct the places."));
        return findings.Count > 0 ? (null, findings) : (new(graph, options, legs, policy) { Kept = kept }, []);
    }

    private static void CheckSources(SourcingStudy study, HashSet<string> stages, List<Finding> findings)
    {
        var known = new HashSet<(string, string)>();
        for (int i = 0; i < study.Sources.Count; i++)
        {
            Source s = study.Sources[i];
            if (!stages.Contains(s.Stage)) Wrong("stage", "unknown-key", $"There is no stage '{s.Stage}'.", "Add it to the stages or correct the source.");
            if (s.Name.Length == 0) Wrong("source", "missing", $"A source of '{s.Stage}' has no name.", "Name it.");
            else if (!known.Add((s.Stage, s.Name))) Wrong("source", "duplicate-key", $"'{s.Stage}' has source '{s.Name}' twice.", "Name each once.");
            if (!Number(s.Cost)) Wrong("cost", "range", $"'{s.Name}' adds a cost of {s.Cost}.", "Give 0 or more.");
            if (!Number(s.Days)) Wrong("days", "range", $"'{s.Name}' takes {s.Days} days.", "Give 0 or more.");
            if (!Number(s.DaysSpread)) Wrong("days_spread", "range", $"The days of '{s.Name}' spread by {s.DaysSpread}.", "Give 0 or more.");
            if (s.MostPerDay is { } most && !(most > 0 && double.IsFinite(most))) Wrong("most_per_day", "range", $"'{s.Name}' does at most {most} a day.", "Give more than 0, or leave it empty.");
            if (!Number(s.LeastPerDay)) Wrong("least_per_day", "range", $"'{s.Name}' asks for {s.LeastPerDay} a day.", "Give 0 or more.");
            if (s.LeastPerDay > s.MostPerDay) Wrong("least_per_day", "range", $"'{s.Name}' asks for {s.LeastPerDay} a day and does at most {s.MostPerDay}.", "Ask for no more than it does.");
            if (!Number(s.OneOff)) Wrong("one_off", "range", $"'{s.Name}' costs {s.OneOff} once.", "Give 0 or more.");
            if (s.Hours is { } hours && !Number(hours)) Wrong("hours", "range", $"'{s.Name}' takes {hours} hours of work.", "Give 0 or more, or leave it empty.");
            if (s.Co2 is { } co2 && !Number(co2)) Wrong("co2", "range", $"'{s.Name}' causes {co2} kg of CO2.", "Give 0 or more, or leave it empty.");

            void Wrong(string column, string rule, string what, string cure) => findings.Add(new(new("sources", i + 2, column), rule, what, cure));
        }
        foreach (SourceRule r in study.Rules ?? [])
        {
            if (!stages.Contains(r.Stage)) findings.Add(new(new("stages"), "unknown-key", $"There is no stage '{r.Stage}' to have two sources.", "Add it to the stages."));
            if (r.MostSources is not (1 or 2)) findings.Add(new(new("stages"), "range", $"'{r.Stage}' may have {r.MostSources} sources.", "Give 1 or 2."));
            if (!(r.LeastShare is > 0 and <= 0.5)) findings.Add(new(new("stages"), "range", $"Each of two sources of '{r.Stage}' has at least {r.LeastShare}.", "Give a share above 0, at most 0.5."));
        }
    }

    private static void CheckLegs(SourcingStudy study, HashSet<string> stages, List<Finding> findings)
    {
        HashSet<string> places = [.. study.Sources.Select(static s => s.Place)];
        var known = new HashSet<(string, string, string?, string?)>();
        for (int i = 0; i < study.Legs.Count; i++)
        {
            Leg l = study.Legs[i];
            foreach (var (column, place) in (ReadOnlySpan<(string, string)>)[("from", l.From), ("to", l.To)])
                if (place.Length == 0 || !places.Contains(place)) Wrong(column, "unknown-key", $"No source is at place '{place}'.", "Correct the place, or add a source there.");
            foreach (var (column, stage) in (ReadOnlySpan<(string, string?)>)[("from_stage", l.FromStage), ("to_stage", l.ToStage)])
                if (stage is not null && !stages.Contains(stage)) Wrong(column, "unknown-key", $"There is no stage '{stage}'.", "Add it to the stages or correct the leg.");
            if (!known.Add((l.From, l.To, l.FromStage, l.ToStage))) Wrong("from", "duplicate-key", $"The leg from '{l.From}' to '{l.To}' stands twice for the same stages.", "Keep one.");
            if (!Number(l.PerUnit)) Wrong("per_unit", "range", $"A unit costs {l.PerUnit} on the way.", "Give 0 or more.");
            if (!Number(l.Rate)) Wrong("rate", "range", $"A duty of {l.Rate} of the value.", "Give 0 or more, such as 0.025 for 2.5 %.");
            if (!Number(l.Days)) Wrong("days", "range", $"{l.Days} days on the way.", "Give 0 or more.");
            if (l.Co2 is { } co2 && !Number(co2)) Wrong("co2", "range", $"{co2} kg of CO2 on the way.", "Give 0 or more, or leave it empty.");

            void Wrong(string column, string rule, string what, string cure) => findings.Add(new(new("legs", i + 2, column), rule, what, cure));
        }
    }

    private static void CheckKept(SourcingStudy study, HashSet<string> stages, List<Finding> findings)
    {
        HashSet<string> sourced = [.. study.Sources.Select(static s => s.Stage)];
        for (int l = 0; l < study.Network.Links.Count; l++)
        {
            StageLink link = study.Network.Links[l];
            if (!link.Kept) continue;
            if (!sourced.Contains(link.To)) findings.Add(new(new("links", l + 2, "kept"), "no-place", $"'{link.From}' cannot wait where '{link.To}' is done: no source says where that is.", "Give it a source with a place."));
            if (study.Rules?.Any(r => r.Stage == link.To && r.MostSources > 1) == true) findings.Add(new(new("links", l + 2, "kept"), "two-sources", $"'{link.From}' cannot wait where '{link.To}' is done while that may be at two places at once.", "Give that stage one source at a time, or do not keep this link's parts."));
            if (stages.Contains(KeptParts.Name(link))) findings.Add(new(new("links", l + 2, "kept"), "duplicate-key", $"There is a stage '{KeptParts.Name(link)}' already.", "Name it otherwise, or do not keep this link's parts."));
        }
    }

    private static bool Number(double x) => x >= 0 && double.IsFinite(x);
}
