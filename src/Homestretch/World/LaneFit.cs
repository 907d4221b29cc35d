using NodaTime;

namespace Homestretch.World;

/// <summary>What executed shipments say of a lane step's time: the planner takes it instead of the stated one. Made by the hub, day by day; each carries the window
/// of what it was learned from, and the journal keeps those before it.</summary>
/// <param name="Count">The step's own executions in the window.</param>
/// <param name="From">Begin of the first execution.</param>
/// <param name="Until">End of the last.</param>
/// <param name="OwnShare">Weight of the step's own history in [0, 1]; the rest is borrowed from like steps and from the stated time.</param>
/// <param name="P50Days">Median, days.</param>
/// <param name="P90Days">90th percentile, days.</param>
/// <param name="Version">Hash of what it was learned from: the same executions and the same stated time give the same.</param>
public sealed record LaneFit(Key<Lane> Lane, int Sequence, Key<Party> Party, int Count, Instant From, Instant Until, decimal OwnShare, decimal P50Days, decimal P90Days, string Version) : IRecord<LaneFit>
{
    public static string TableName => "lane_fits";
    public static string TableDoc => "A lane step's time as executed shipments have it, in place of the stated one. The hub learns it day by day; leave the file out to begin with what is stated.";
    public string Id => $"{Lane}|{Sequence:00}";

    public static LaneFit Shape(Fields f, LaneFit? x) => new(
        f.Ref("lane", x?.Lane, "Lane."),
        f.Whole("sequence", x?.Sequence, "Step of the lane."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Whole("count", x?.Count, "Executions of the step that it was learned from."),
        f.Moment("from", x?.From, "Begin of the first of them."),
        f.Moment("until", x?.Until, "End of the last of them."),
        f.Number("own_share", x?.OwnShare, "Weight of the step's own history, 0 to 1; the rest is borrowed."),
        f.Number("p50_days", x?.P50Days, "Median duration, days."),
        f.Number("p90_days", x?.P90Days, "90th percentile of the duration, days."),
        f.Text("version", x?.Version, "Hash of what it was learned from."));
}
