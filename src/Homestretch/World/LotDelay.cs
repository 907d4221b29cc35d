using NodaTime;

namespace Homestretch.World;

/// <summary>What the delay model in force says of a delivery to come, beside what its lane's history says: two quantile functions of its delay, from before anything was heard of the lot
/// itself. Made by the hub and the brand owner's alone; the planner takes it as the law of the lot's way, and the lot's evidence conditions it.</summary>
/// <remarks>A delay counts days against the day on which the purchase is due; early is negative. The lot is named by its key only: the hub takes the row away when the lot has come.</remarks>
/// <param name="Lot">Key of the lot.</param>
/// <param name="Model">What people read, such as 'Homestretch delay model v3'.</param>
/// <param name="Due">When the purchase was due when this was said.</param>
/// <param name="Said">When it was said.</param>
/// <param name="P50Days">By the model, as misses and hits have moved its levels, so that as many come by it as it says.</param>
/// <param name="UsualP50Days">By the pooled history of the lane.</param>
public sealed record LotDelay(string Lot, Key<Party> Party, string Model, Instant Due, Instant Said,
    decimal P25Days, decimal P50Days, decimal P80Days, decimal P90Days, decimal P95Days, decimal P98Days,
    decimal UsualP25Days, decimal UsualP50Days, decimal UsualP80Days, decimal UsualP90Days, decimal UsualP95Days, decimal UsualP98Days) : IRecord<LotDelay>
{
    /// <summary>Levels of both quantile functions.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.25, 0.5, 0.8, 0.9, 0.95, 0.98];

    public static string TableName => "lot_delays";
    public static string TableDoc => "Quantiles of a delivery's delay by the delay model in force, beside those of its lane's history. The hub makes them day by day; leave the file out to begin with none.";
    public string Id => Lot;

    /// <summary>By the model, at <see cref="Levels"/>.</summary>
    public IReadOnlyList<decimal> Days => [P25Days, P50Days, P80Days, P90Days, P95Days, P98Days];

    /// <summary>By the lane's history, at <see cref="Levels"/>.</summary>
    public IReadOnlyList<decimal> Usual => [UsualP25Days, UsualP50Days, UsualP80Days, UsualP90Days, UsualP95Days, UsualP98Days];

    public static LotDelay Shape(Fields f, LotDelay? x) => new(
        f.Text("lot", x?.Lot, "Lot."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("model", x?.Model, "Model and version that says so."),
        f.Moment("due", x?.Due, "When the purchase was due when it was said; days count against that day."),
        f.Moment("said", x?.Said, "When it was said."),
        f.Number("p25_days", x?.P25Days, "By the model: days that a quarter does not exceed."),
        f.Number("p50_days", x?.P50Days, "The same, a half."),
        f.Number("p80_days", x?.P80Days, "80 %."),
        f.Number("p90_days", x?.P90Days, "90 %."),
        f.Number("p95_days", x?.P95Days, "95 %."),
        f.Number("p98_days", x?.P98Days, "98 %."),
        f.Number("usual_p25_days", x?.UsualP25Days, "By the lane's history: days that a quarter does not exceed."),
        f.Number("usual_p50_days", x?.UsualP50Days, "The same, a half."),
        f.Number("usual_p80_days", x?.UsualP80Days, "80 %."),
        f.Number("usual_p90_days", x?.UsualP90Days, "90 %."),
        f.Number("usual_p95_days", x?.UsualP95Days, "95 %."),
        f.Number("usual_p98_days", x?.UsualP98Days, "98 %."));
}
