using Homestretch.Learning;
using Homestretch.Machines.Health;

namespace Homestretch.Solvers.Lives;

/// <summary>How a model of failure within a horizon is fitted.</summary>
/// <param name="HorizonHours">How far ahead it looks.</param>
/// <param name="EveryHours">Hours between two judgements that are learned from.</param>
public sealed record FailureFitOptions(double HorizonHours = 72, double EveryHours = 12, int Folds = 5, int Trees = 150, ulong Seed = 1);

/// <summary>A fitted model and how its chances held on machines that were held out, of trees and of the curve that makes them hold.</summary>
public sealed record FailureFitted(FailureModel Model, FailureScore HeldOut);

/// <summary>Fits a <see cref="FailureModel"/>: each machine is held out once; what trees then said and what came makes the chances hold (isotonic regression); trees of all machines are kept.</summary>
public static class FailureFit
{
    private const int FewestMachines = 10, FewestFailures = 20;

    private sealed record Rows(List<float> Values, List<float> Labels, List<string> Machines);

    /// <summary>What keeps logs from being fitted; empty when nothing does.</summary>
    public static IReadOnlyList<Finding> Check(IReadOnlyList<MachineLog> logs, Place place)
    {
        var findings = new List<Finding>();
        int failures = logs.Sum(static l => l.Lines.Count(static x => x.Kind == LogKind.Failure));
        if (logs.Count < FewestMachines) findings.Add(new(place, "failure-machines", $"There are {logs.Count} machines.", $"Give logs of at least {FewestMachines}."));
        if (failures < FewestFailures) findings.Add(new(place, "failure-few", $"There are {failures} failures.", $"Give logs with at least {FewestFailures}, or watch for anomalies instead."));
        return findings;
    }

    public static FailureFitted Fit(IReadOnlyList<MachineLog> logs, FailureFitOptions options, CancellationToken stop = default)
    {
        if (Check(logs, new("logs")) is [var first, ..]) throw new ArgumentException($"{first}\nMaybe the logs were not checked first.", nameof(logs));
        LogNames names = LogNames.Of(logs);
        var draws = new Draws(options.Seed);
        MachineLog[] order = [.. logs.OrderBy(l => draws.Bits(StableHash.Of("fold", l.Machine), 0)).ThenBy(static l => l.Machine, StringComparer.Ordinal)];
        var said = new List<(string Machine, int Fold, double Said, bool Failed)>();
        for (int f = 0; f < options.Folds; f++)
        {
            int part = f;
            Forest trees = Trees(RowsOf(order.Where((_, i) => i % options.Folds != part), names, options), names, options, stop);
            Rows held = RowsOf(order.Where((_, i) => i % options.Folds == part), names, options);
            for (int r = 0; r < held.Labels.Count; r++) said.Add((held.Machines[r], f, trees.Predict(Row(held, r, trees.Features.Count)), held.Labels[r] > 0));
        }
        var outcomes = new List<FailureOutcome>();
        for (int f = 0; f < options.Folds; f++)
        {
            var (from, to) = Isotonic([.. said.Where(s => s.Fold != f).Select(static s => (s.Said, s.Failed))]);
            outcomes.AddRange(said.Where(s => s.Fold == f).Select(s => new FailureOutcome(s.Machine, FailureModel.Calibrated(s.Said, from, to), s.Failed)));
        }
        var (allFrom, allTo) = Isotonic([.. said.Select(static s => (s.Said, s.Failed))]);
        return new(new(names, options.HorizonHours, Trees(RowsOf(order, names, options), names, options, stop), [.. allFrom], [.. allTo]), FailureScore.Of(outcomes));
    }

    /// <summary>Judgements of logs by a model, every so many hours, with what came.</summary>
    public static IReadOnlyList<FailureOutcome> Judged(FailureModel model, IReadOnlyList<MachineLog> logs, FailureFitOptions options)
    {
        Rows rows = RowsOf(logs, model.Names, options with { HorizonHours = model.HorizonHours });
        return [.. Enumerable.Range(0, rows.Labels.Count).Select(r => new FailureOutcome(rows.Machines[r], FailureModel.Calibrated(model.Trees.Predict(Row(rows, r, model.Trees.Features.Count)), model.Said.AsSpan(), model.Held.AsSpan()), rows.Labels[r] > 0))];
    }

    private static ReadOnlySpan<float> Row(Rows rows, int row, int width) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows.Values).Slice(row * width, width);

    private static Forest Trees(Rows rows, LogNames names, FailureFitOptions options, CancellationToken stop)
    {
        string text = Boosting.Train(new(FailureTrack.Features(names), [.. rows.Values], [.. rows.Labels]),
            new(BoostingGoal.Chance, Trees: options.Trees, Rate: 0.05, Leaves: 12, LeastRows: 40, RowShare: 0.6, FeatureShare: 0.5, L2: 5, Seed: (int)(options.Seed & 0xFFFF)), stop);
        var (forest, findings) = LightGbmText.Read(text, new("trees"));
        return forest ?? throw new InvalidOperationException($"{findings[0]}\nMaybe the library is of another version.");
    }

    /// <summary>Judgements from a week after a log's begin until a horizon before its end: later ones have not shown what comes.</summary>
    private static Rows RowsOf(IEnumerable<MachineLog> logs, LogNames names, FailureFitOptions options)
    {
        var rows = new Rows([], [], []);
        float[] row = new float[FailureTrack.Features(names).Length];
        foreach (MachineLog log in logs)
        {
            var track = new FailureTrack(names);
            double[] failures = [.. log.Lines.Where(static l => l.Kind == LogKind.Failure).Select(static l => l.Hours)];
            int next = 0;
            double begin = log.Lines.Length > 0 ? log.Lines[0].Hours : 0;
            for (double now = begin + 168; now + options.HorizonHours <= log.Until; now += options.EveryHours)
            {
                for (; next < log.Lines.Length && log.Lines[next].Hours <= now; next++) track.Add(log.Lines[next]);
                track.Write(now, row);
                rows.Values.AddRange(row);
                rows.Labels.Add(failures.Any(f => f > now && f <= now + options.HorizonHours) ? 1 : 0);
                rows.Machines.Add(log.Machine);
            }
        }
        return rows;
    }

    /// <summary>Pool adjacent violators (Ayer et al. 1955), as points of a rising line: the middle of each pool, no nearer to 0 and 1 than one judgement more on the other side would be.</summary>
    private static (double[] From, double[] To) Isotonic((double Said, bool Failed)[] points)
    {
        var pools = new List<(double Said, double Failed, double Count)>();
        // pools of fifty to begin with: steps between single judgements are chance
        foreach ((double Said, bool Failed)[] some in points.OrderBy(static p => p.Said).Chunk(50))
        {
            pools.Add((some.Sum(static p => p.Said), some.Count(static p => p.Failed), some.Length));
            while (pools.Count > 1 && pools[^2].Failed / pools[^2].Count >= pools[^1].Failed / pools[^1].Count)
            {
                pools[^2] = (pools[^2].Said + pools[^1].Said, pools[^2].Failed + pools[^1].Failed, pools[^2].Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }
        var rising = new List<(double From, double To)>();
        foreach (var (said, failed, count) in pools)
        {
            if (rising.Count == 0 || said / count > rising[^1].From) rising.Add((said / count, (failed + 0.5) / (count + 1)));
        }
        for (int i = 1; i < rising.Count; i++) rising[i] = (rising[i].From, Math.Max(rising[i].To, rising[i - 1].To));
        return ([.. rising.Select(static r => r.From)], [.. rising.Select(static r => r.To)]);
    }
}
