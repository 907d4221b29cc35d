using System.Globalization;
using NodaTime;

namespace Homestretch.World;

/// <summary>How long one unit of a family really takes on a line, as finished units have it: the planner takes it instead of the routing's minutes. Made by the hub, day by day, like <see cref="LaneFit"/>; the
/// journal keeps those before it. It says nothing of who worked.</summary>
/// <param name="Count">Finished units that it was learned from.</param>
/// <param name="From">When the first of them was begun.</param>
/// <param name="Until">When the last of them was done.</param>
/// <param name="OwnShare">Weight of what was measured in [0, 1]; the rest is the routing's.</param>
/// <param name="MinutesPerUnit">Open time of the line that one unit takes, minutes: what was measured and what is stated, by that weight.</param>
/// <param name="Measured">Median of what was measured, minutes.</param>
/// <param name="P10">Tenth percentile of what was measured, minutes.</param>
/// <param name="P90">90th percentile of what was measured, minutes.</param>
/// <param name="Stated">The routing's minutes then.</param>
/// <param name="Steps">Median minutes of each step of work, as 010=3.5; 020=12.25.</param>
/// <param name="Version">Hash of what it was learned from: the same units and the same stated time give the same.</param>
public sealed record WorkPace(Key<Item> Family, Key<AssemblyLine> Line, Key<Party> Party, int Count, Instant From, Instant Until, decimal OwnShare, decimal MinutesPerUnit, decimal Measured, decimal P10, decimal P90,
    decimal Stated, string Steps, string Version) : IRecord<WorkPace>
{
    public static string TableName => "work_paces";
    public static string TableDoc => "How long one unit of a family takes on a line as finished units have it, in place of the routing's minutes. The hub learns it day by day; leave the file out to begin with what is stated.";
    public string Id => $"{Family}|{Line}";

    /// <summary>Usual minutes by step; null: the text is no such list, or has more than a million of them.</summary>
    public IReadOnlyDictionary<string, decimal>? StepMinutes()
    {
        var minutes = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (string one in Steps.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = one.LastIndexOf('=');
            if (at <= 0 || !decimal.TryParse(one[(at + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) || value > 1_000_000 || !minutes.TryAdd(one[..at], value)) return null;
        }
        return minutes;
    }

    public static WorkPace Shape(Fields f, WorkPace? x) => new(
        f.Ref("family", x?.Family, "Product family."),
        f.Ref("line", x?.Line, "Assembly line."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Whole("count", x?.Count, "Finished units that it was learned from."),
        f.Moment("from", x?.From, "When the first of them was begun."),
        f.Moment("until", x?.Until, "When the last of them was done."),
        f.Number("own_share", x?.OwnShare, "Weight of what was measured, 0 to 1; the rest is the routing's."),
        f.Number("minutes_per_unit", x?.MinutesPerUnit, "Open time of the line that one unit takes, minutes; the plan takes it."),
        f.Number("measured", x?.Measured, "Median of what was measured, minutes."),
        f.Number("p10", x?.P10, "Tenth percentile of what was measured, minutes."),
        f.Number("p90", x?.P90, "90th percentile of what was measured, minutes."),
        f.Number("stated", x?.Stated, "The routing's minutes then."),
        f.Text("steps", x?.Steps, "Median minutes of each step of work, as 010=3.5; 020=12.25.", ""),
        f.Text("version", x?.Version, "Hash of what it was learned from."));
}
