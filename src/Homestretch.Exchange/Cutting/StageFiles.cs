using System.Globalization;
using Homestretch.Cutting;
using Homestretch.Exchange.Csv;

namespace Homestretch.Exchange.Cutting;

/// <summary>Reads a product network from two CSV files, in our columns or in those of the 38 published real chains.</summary>
/// <remarks>S. Willems: Data set: Real-world multiechelon supply chains used for inventory optimization, M&amp;SOM 10 (2008) 19-23. Of its columns the discrete stage times, places and depths are not read.</remarks>
public static class StageFiles
{
    private sealed record Named(string Ours, string Published, bool Needed);

    private static readonly Named[] s_stages =
    [
        new("stage", "Stage Name", true), new("cost", "stageCost", true), new("days", "stageTime", true), new("days_spread", "stdDev stageTime", false), new("demand", "avgDemand", false),
        new("demand_spread", "stdDevDemand", false), new("service_level", "serviceLevel", false), new("most_days", "maxServiceTime", false),
    ];

    private static readonly Named[] s_links = [new("from", "sourceStage", true), new("to", "destinationStage", true), new("quantity", "quantity", false)];

    /// <summary>The network, or all that keeps the files from being read. Rules of the network itself are checked where it is placed.</summary>
    public static (StageNetwork? Network, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> stages, string stagesName, ReadOnlySpan<byte> links, string linksName)
    {
        var findings = new List<Finding>();
        var read = new List<Stage>();
        foreach (Row row in Rows(CsvText.Read(stages, stagesName, findings), stagesName, s_stages, findings))
        {
            if (row.Text("stage") is { Length: > 0 } name) read.Add(new(name, row.Needed("cost"), row.Needed("days"), row.Number("days_spread") ?? 0, row.Number("demand"), row.Number("demand_spread"), row.Number("service_level"), row.Number("most_days")));
            else row.Wrong("stage", "missing", "The stage has no name.", "Name it.");
        }
        var joined = new List<StageLink>();
        foreach (Row row in Rows(CsvText.Read(links, linksName, findings), linksName, s_links, findings)) joined.Add(new(row.Text("from"), row.Text("to"), row.Number("quantity") ?? 1));
        return findings.Count > 0 ? (null, findings) : (new(read, joined), []);
    }

    private static IEnumerable<Row> Rows(IReadOnlyList<CsvRecord> records, string source, Named[] columns, List<Finding> findings)
    {
        if (records.Count == 0)
        {
            if (findings.All(f => f.Place.Source != source)) findings.Add(new(new(source), "empty", "The file has no header.", $"Begin with {string.Join(',', columns.Where(static c => c.Needed).Select(static c => c.Ours))}."));
            yield break;
        }
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < records[0].Cells.Count; k++)
            if (columns.FirstOrDefault(c => c.Ours == records[0].Cells[k] || c.Published == records[0].Cells[k]) is { } known && !places.TryAdd(known.Ours, k))
                findings.Add(new(new(source, records[0].Line, known.Ours), "duplicate-column", $"Column '{records[0].Cells[k]}' stands twice.", "Keep one."));
        Named[] missing = [.. columns.Where(c => c.Needed && !places.ContainsKey(c.Ours))];
        foreach (Named column in missing) findings.Add(new(new(source, records[0].Line, column.Ours), "missing-column", $"There is no column '{column.Ours}' ('{column.Published}' in the published form).", "Add it."));
        if (missing.Length > 0) yield break;
        foreach (CsvRecord record in records.Skip(1)) yield return new(record, source, places, findings);
    }

    private readonly record struct Row(CsvRecord Record, string Source, Dictionary<string, int> Places, List<Finding> Findings)
    {
        public string Text(string column) => Places.TryGetValue(column, out int at) && at < Record.Cells.Count ? Record.Cells[at] : "";

        public double? Number(string column)
        {
            if (Text(column) is not { Length: > 0 } text) return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;
            Wrong(column, "number", $"'{text}' is no number.", "Write it with a point, such as 12.5.");
            return null;
        }

        public double Needed(string column)
        {
            int before = Findings.Count;
            double? value = Number(column);
            if (value is null && Findings.Count == before) Wrong(column, "missing", $"The {column} of '{Text("stage")}' is not given.", "Give a number; nothing is taken for it.");
            return value ?? 0;
        }

        public void Wrong(string column, string rule, string what, string cure) => Findings.Add(new(new(Source, Record.Line, column), rule, what, cure));
    }
}
