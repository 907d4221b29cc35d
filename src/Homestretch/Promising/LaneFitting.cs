using Homestretch.Arrivals;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Learns the times of lane steps from executed shipments, with partial pooling: own executions -> like steps (kind, mode, country) -> the stated time.</summary>
/// <remarks>F = (n F_own + 10 F_base) / (n + 10), F_base = (N F_like + 50 F_stated) / (N + 50): posterior means of Dirichlet processes (Ferguson 1973). n and N count
/// executions with weight 2^(-age / 180 days); F_like are times over their own stated medians, times this step's. The fit is the median and the 90th percentile of F. An execution
/// counts once twice its stated 90th percentile has passed since its begin: what ended first would be the fast ones; one that still runs by then counts as ended at t.
/// Example: docs/formulas/arrivals.md.</remarks>
public static class LaneFitting
{
    /// <summary>Fewest own executions of a step that is fitted.</summary>
    public const int LeastCount = 3;

    /// <summary>Weight of like steps and of the stated time, in executions.</summary>
    public const double OwnPull = 10, LikePull = 50;

    private const double HalfLifeDays = 180;
    private static readonly Duration s_memory = Duration.FromDays(3 * 365);

    private sealed record Execution(Key<Shipment> Shipment, Instant Begin, double Days, double Weight);

    /// <summary>The fits that change at t, as events; none where nothing new was executed.</summary>
    public static IReadOnlyList<WorldEvent> Due(Snapshot world, Instant t)
    {
        var executed = new SortedDictionary<string, List<Execution>>(StringComparer.Ordinal);
        foreach (Shipment shipment in world.Shipments) Executed(world, shipment, t, executed);
        var like = new SortedDictionary<string, List<(double Ratio, double Weight)>>(StringComparer.Ordinal);
        foreach (LaneStep step in world.LaneSteps)
        {
            if (!executed.TryGetValue(step.Id, out var own)) continue;
            if (!like.TryGetValue(Likeness(world, step), out var all)) like.Add(Likeness(world, step), all = []);
            all.AddRange(own.Select(e => (e.Days / (double)step.P50Days, e.Weight)));
        }
        var events = new List<WorldEvent>();
        foreach (LaneStep step in world.LaneSteps)
        {
            if (!executed.TryGetValue(step.Id, out var own) || own.Count < LeastCount) continue;
            LaneFit fit = Fitted(step, own, like[Likeness(world, step)]);
            if (world.LaneFits.Find(fit.Id) is not { } last || last.Version != fit.Version) events.Add(new WorldEvent.Put(fit));
        }
        return events;
    }

    /// <summary>A step's time: as fitted, else as stated.</summary>
    internal static StageTime Time(Snapshot world, LaneStep step) =>
        Learns(step) && world.LaneFits.Find(step.Id) is { } fit ? StageTime.OfLane((double)fit.P50Days, (double)fit.P90Days, (double?)step.OnTime) : Stated(step);

    private static StageTime Stated(LaneStep step) => StageTime.OfLane((double)step.P50Days, (double)step.P90Days, (double?)step.OnTime);

    /// <summary>Waits for scheduled departures follow their schedule, and what always takes the same time, or none, has nothing to learn.</summary>
    private static bool Learns(LaneStep step) => !(step is { Kind: StepKind.Wait, EveryDays: not null }) && step.P50Days > 0 && step.P90Days > step.P50Days;

    private static string Likeness(Snapshot world, LaneStep step) => $"{step.Kind}|{step.Mode}|{world.Sites.Find(step.To)?.Country}";

    private static void Executed(Snapshot world, Shipment shipment, Instant t, SortedDictionary<string, List<Execution>> executed)
    {
        Milestone[] actuals = [.. world.Milestones.StartingWith($"{shipment.Key}|").Where(m => m.Classifier == Classifier.Actual && m.Reported <= t && m.At <= t)];
        Instant? before = null;
        foreach (LaneStep step in world.LaneSteps.StartingWith($"{shipment.Lane}|"))
        {
            Instant? begin = Lots.LotWay.Actual(Array.FindAll(actuals, m => m.Sequence == step.Sequence), Edge.Begin) ?? before;
            Instant? end = Lots.LotWay.Actual(Array.FindAll(actuals, m => m.Sequence == step.Sequence), Edge.End);
            before = end;
            if (begin is not { } began || !Learns(step) || began + Duration.FromDays(2 * (double)step.P90Days) > t || t - began > s_memory) continue;
            if (end is null && Lots.LotWay.Next(actuals, step.Sequence) is not null) continue; // it has ended, nobody knows when
            Instant ended = end ?? t;
            if (ended <= began || Closed(world, step, began, ended)) continue;
            if (!executed.TryGetValue(step.Id, out var all)) executed.Add(step.Id, all = []);
            all.Add(new(shipment.Key, began, (ended - began).TotalDays, Math.Pow(2, -(t - ended).TotalDays / HalfLifeDays)));
        }
    }

    /// <summary>What a voyage took while a passage was closed is no word on its usual time.</summary>
    private static bool Closed(Snapshot world, LaneStep step, Instant begin, Instant end) =>
        step is { Kind: StepKind.Leg, Mode: Mode.Sea } && world.PassageClosures.Any(c => c.From < end && !(c.Until <= begin));

    private static LaneFit Fitted(LaneStep step, List<Execution> own, List<(double Ratio, double Weight)> like)
    {
        StageTime stated = Stated(step);
        double n = own.Sum(static e => e.Weight), m = like.Sum(static e => e.Weight), median = (double)step.P50Days, ownShare = n / (n + OwnPull), likeShare = m / (m + LikePull);
        double most = Math.Max(stated.Quantile(0.97), own.Max(static e => e.Days));
        double p50 = Quantile(0.5), p90 = Math.Max(p50, Quantile(0.9));
        string[] words = [step.P50Days.ToString(System.Globalization.CultureInfo.InvariantCulture), step.P90Days.ToString(System.Globalization.CultureInfo.InvariantCulture),
            .. own.SelectMany(static e => (string[])[e.Shipment.Value, $"{e.Begin.ToUnixTimeTicks()}", $"{Math.Round(e.Days, 6)}"])];
        return new(step.Lane, step.Sequence, step.Party, own.Count, own.Min(static e => e.Begin), own.Max(static e => e.Begin + Duration.FromDays(e.Days)),
            decimal.Round((decimal)ownShare, 4), decimal.Round((decimal)p50, 4), decimal.Round((decimal)p90, 4), StableHash.Of(words).ToString("x16", System.Globalization.CultureInfo.InvariantCulture));

        double Quantile(double level)
        {
            double low = 0, high = most;
            for (int i = 0; i < 50; i++)
            {
                double middle = (low + high) / 2;
                if (Chance(middle) >= level) high = middle;
                else low = middle;
            }
            return high;
        }

        double Chance(double days)
        {
            double mine = 0, others = 0;
            foreach (Execution e in own) mine += e.Days <= days ? e.Weight : 0;
            foreach (var (ratio, weight) in like) others += ratio * median <= days ? weight : 0;
            return ownShare * mine / n + (1 - ownShare) * (likeShare * others / m + (1 - likeShare) * stated.Cdf(days));
        }
    }
}
