using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Exchange.Csv;
using Homestretch.Exposure;

namespace Homestretch.Exchange.Cutting;

/// <summary>Reads a product network from CSV files, in our columns or in those of the 38 published real chains, and the sources of its stages.</summary>
/// <remarks>S. Willems: Data set: Real-world multiechelon supply chains used for inventory optimization, M&amp;SOM 10 (2008) 19-23. Of its columns the discrete stage times, places and depths are not read.</remarks>
public static class StageFiles
{
    private static readonly Named[] s_stages =
    [
        new("stage", true, "Stage Name"), new("cost", true, "stageCost"), new("days", true, "stageTime"), new("days_spread", false, "stdDev stageTime"), new("demand", false, "avgDemand"),
        new("demand_spread", false, "stdDevDemand"), new("service_level", false, "serviceLevel"), new("most_days", false, "maxServiceTime"), new("most_sources", false), new("least_share", false),
    ];

    private static readonly Named[] s_links = [new("from", true, "sourceStage"), new("to", true, "destinationStage"), new("quantity", false), new("kept", false)];

    private static readonly Named[] s_sources =
    [
        new("stage", true), new("source", true), new("cost", true), new("days", true), new("place", false), new("party", false), new("country", false), new("most_per_day", false), new("least_per_day", false), new("one_off", false),
        new("hours", false), new("co2", false), new("days_spread", false),
    ];

    private static readonly Named[] s_legs = [new("from", true), new("to", true), new("per_unit", true), new("rate", true), new("days", true), new("from_stage", false), new("to_stage", false), new("co2", false)];

    private static readonly Named[] s_knowHow = [new("stage", true), new("weight", false), new("tied_to", false), new("inferred_from", false), new("chance", false)];

    /// <summary>What there is to know of stages: a weight of a stage, a weight of what lies between it and another, or the chance to infer it from another. Null with findings when a row says none of these.</summary>
    public static (StageKnowHow? KnowHow, IReadOnlyList<Finding> Findings) ReadKnowHow(NamedBytes file, StageNetwork network)
    {
        var findings = new List<Finding>();
        Dictionary<string, int> places = network.Stages.Select(static (s, i) => (s.Name, i)).DistinctBy(static x => x.Name).ToDictionary(static x => x.Name, static x => x.i, StringComparer.Ordinal);
        double[] weights = new double[places.Count];
        var ties = new List<Tie>();
        var clues = new List<Clue>();
        foreach (NamedRow row in NamedRow.All(CsvText.Read(file.Bytes.Span, file.Name, findings), file.Name, s_knowHow, findings))
        {
            int? stage = Place(row, "stage"), tied = Place(row, "tied_to"), from = Place(row, "inferred_from");
            double? weight = row.Number("weight"), chance = row.Number("chance");
            if (weight < 0) row.Wrong("weight", "range", $"A weight of {weight}.", "Give 0 or more.");
            if (chance is < 0 or > 1) row.Wrong("chance", "range", $"A chance of {chance}.", "Give 0 to 1.");
            if (stage is { } i && (tied == i || from == i)) row.Wrong("stage", "itself", $"'{row.Text("stage")}' stands with itself.", "Name another stage.");
            if (stage is not { } own || tied == own || from == own) continue;
            if (from is { } other && chance is { } c && weight is null) clues.Add(new(own, other, Math.Clamp(c, 0, 1)));
            else if (tied is { } second && weight is { } u && chance is null) ties.Add(new(own, second, Math.Max(0, u)));
            else if (row.Text("tied_to").Length == 0 && row.Text("inferred_from").Length == 0 && weight is { } v) weights[own] += Math.Max(0, v);
            else row.Wrong("weight", "row", $"The row says nothing of '{row.Text("stage")}'.", "Give a weight, a weight with tied_to, or inferred_from with a chance.");
        }
        return findings.Count > 0 ? (null, findings) : (new(ExposureGraph.Of(weights, ties, clues), [.. network.Stages.Select(static s => s.Name).Distinct()]), []);

        int? Place(NamedRow row, string column)
        {
            if (row.Text(column) is not { Length: > 0 } name) return null;
            if (places.TryGetValue(name, out int at)) return at;
            row.Wrong(column, "unknown-key", $"There is no stage '{name}'.", "Add it to the stages or correct the row.");
            return null;
        }
    }

    /// <summary>The network, or all that keeps the files from being read. Rules of the network itself are checked where it is placed.</summary>
    public static (StageNetwork? Network, IReadOnlyList<Finding> Findings) Read(NamedBytes stages, NamedBytes links)
    {
        var findings = new List<Finding>();
        List<Stage> read = Stages(stages, [], findings).Stages;
        List<StageLink> joined = Links(links, findings);
        return findings.Count > 0 ? (null, findings) : (new(read, joined), []);
    }

    /// <summary>The network with the sources of its stages and the legs between their places. A stage with sources needs no cost and days of its own.</summary>
    /// <param name="legs">Null: nothing is on the way between any two places that are the same, and no others are joined.</param>
    public static (SourcingStudy? Study, IReadOnlyList<Finding> Findings) Read(NamedBytes stages, NamedBytes links, NamedBytes sources, NamedBytes? legs)
    {
        var findings = new List<Finding>();
        var ways = new List<Source>();
        foreach (NamedRow row in NamedRow.All(CsvText.Read(sources.Bytes.Span, sources.Name, findings), sources.Name, s_sources, findings))
            ways.Add(new(row.Text("stage"), row.Text("source"), row.Needed("cost"), row.Needed("days"), row.Text("place"), row.Text("party"), row.Text("country"), row.Number("most_per_day"), row.Number("least_per_day") ?? 0, row.Number("one_off") ?? 0,
                row.Number("hours"), row.Number("co2"), row.Number("days_spread") ?? 0));
        var (read, rules) = Stages(stages, [.. ways.Select(static s => s.Stage)], findings);
        List<StageLink> joined = Links(links, findings);
        var moves = new List<Leg>();
        if (legs is { } file)
            foreach (NamedRow row in NamedRow.All(CsvText.Read(file.Bytes.Span, file.Name, findings), file.Name, s_legs, findings))
                moves.Add(new(row.Text("from"), row.Text("to"), row.Needed("per_unit"), row.Needed("rate"), row.Needed("days"), Stage(row, "from_stage"), Stage(row, "to_stage"), row.Number("co2")));
        return findings.Count > 0 ? (null, findings) : (new(new(read, joined), ways, moves, rules), []);

        static string? Stage(NamedRow row, string column) => row.Text(column) is { Length: > 0 } stage ? stage : null;
    }

    /// <param name="sourced">Stages that have sources.</param>
    private static (List<Stage> Stages, List<SourceRule> Rules) Stages(NamedBytes file, HashSet<string> sourced, List<Finding> findings)
    {
        var stages = new List<Stage>();
        var rules = new List<SourceRule>();
        foreach (NamedRow row in NamedRow.All(CsvText.Read(file.Bytes.Span, file.Name, findings), file.Name, s_stages, findings))
        {
            if (row.Text("stage") is not { Length: > 0 } name)
            {
                row.Wrong("stage", "missing", "The stage has no name.", "Name it.");
                continue;
            }
            stages.Add(new(name, Own("cost"), Own("days"), row.Number("days_spread") ?? 0, row.Number("demand"), row.Number("demand_spread"), row.Number("service_level"), row.Number("most_days")));
            if (row.Number("most_sources") is { } most) rules.Add(new(name, (int)most, row.Number("least_share") ?? 0.2));

            double Own(string column) => sourced.Contains(name) ? row.Number(column) ?? 0 : row.Needed(column);
        }
        return (stages, rules);
    }

    private static bool Kept(NamedRow row)
    {
        string text = row.Text("kept");
        if (text is not ("" or "yes" or "no")) row.Wrong("kept", "choice", $"'{text}' is neither yes nor no.", "Write yes or no; empty: no.");
        return text == "yes";
    }

    private static List<StageLink> Links(NamedBytes file, List<Finding> findings)
    {
        var links = new List<StageLink>();
        foreach (NamedRow row in NamedRow.All(CsvText.Read(file.Bytes.Span, file.Name, findings), file.Name, s_links, findings)) links.Add(new(row.Text("from"), row.Text("to"), row.Number("quantity") ?? 1, Kept(row)));
        return links;
    }
}

/// <summary>A file's bytes and the name by which findings call it.</summary>
public readonly record struct NamedBytes(string Name, ReadOnlyMemory<byte> Bytes);
