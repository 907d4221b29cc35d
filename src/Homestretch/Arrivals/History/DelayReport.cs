namespace Homestretch.Arrivals.History;

/// <summary>One forecast's scores in a report.</summary>
/// <param name="Name">The model, or a baseline.</param>
public sealed record Judged(string Name, DelayScores Scores);

/// <summary>How forecasts did on a lane.</summary>
public sealed record LaneJudged(string Lane, IReadOnlyList<Judged> Forecasts);

/// <summary>How stated delays did against deliveries that they had not seen, beside what costs nothing.</summary>
/// <param name="Overall">The model first, then the baselines.</param>
/// <param name="Lanes">Lanes with lines to judge, most lines first.</param>
/// <param name="StatedByTrees">Lines stated by trees; the others by the pooled history of lanes.</param>
/// <param name="Open">Lines that have not been delivered and are not judged.</param>
public sealed record DelayReport(IReadOnlyList<Judged> Overall, IReadOnlyList<LaneJudged> Lanes, int StatedByTrees, int Open)
{
    /// <summary>Judges what was stated for lines of a book.</summary>
    public static DelayReport Of(DeliveryBook book, IReadOnlyDictionary<int, StatedDelay> stated)
    {
        var baselines = new DelayBaselines(book);
        (string Name, Func<int, StatedDelay> Says)[] forecasts =
        [
            ("model", line => stated[line]), ("own history", baselines.OwnHistory), ("trust the schedule", baselines.Schedule), ("one number for all", baselines.Constant),
        ];
        int[] judged = [.. stated.Keys.Where(l => book.Deliveries[l].Delay is not null).Order()];
        var rows = forecasts.Select(f => (f.Name, Rows: judged.ToDictionary(static l => l, l => (book.Deliveries[l], f.Says(l))))).ToList();
        Judged[] Scores(int[] lines) => lines.Length == 0 ? [] : [.. rows.Select(f => new Judged(f.Name, DelayScores.Of([.. lines.Select(l => f.Rows[l])])))];
        return new(Scores(judged), [.. judged.GroupBy(l => book.Deliveries[l].Lane).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Select(g => new LaneJudged(g.Key, Scores([.. g])))], judged.Count(l => stated[l].Source == DelaySource.Trees), stated.Count - judged.Length);
    }
}
