using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>A stated chance and whether it came true.</summary>
public readonly record struct FailureOutcome(string Machine, double Chance, bool Failed);

/// <summary>One step of a reliability curve.</summary>
/// <param name="Stated">Mean stated chance.</param>
/// <param name="Failed">Share that failed, with the middle nine tenths of it when machines are drawn again.</param>
public readonly record struct Reliability(int Judgements, double Stated, double Failed, double Low, double High);

/// <summary>How good stated chances were.</summary>
/// <param name="Auc">Chance that one that failed was given a higher chance than one that did not (Hanley and McNeil 1982).</param>
/// <param name="Brier">Mean of (chance - outcome) squared (Brier 1950).</param>
/// <param name="BaseBrier">The same for the mean share, said of all.</param>
/// <param name="Curve">Steps of stated chances: below 1, 2, 5, 10, 20, 40, 60, 80 % and above; those that were never said are left out.</param>
public sealed record FailureScore(int Judgements, int Machines, double Share, double Auc, double Brier, double BaseBrier, ImmutableArray<Reliability> Curve)
{
    private const int Again = 200;
    private static readonly double[] s_borders = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, double.PositiveInfinity];

    /// <summary>Scores judgements; at least one.</summary>
    public static FailureScore Of(IReadOnlyList<FailureOutcome> outcomes)
    {
        FailureOutcome[] sorted = [.. outcomes.OrderBy(static o => o.Chance).ThenBy(static o => o.Machine, StringComparer.Ordinal)];
        int n = sorted.Length, failed = sorted.Count(static o => o.Failed);
        double share = failed / (double)n, brier = sorted.Average(static o => Math.Pow(o.Chance - (o.Failed ? 1 : 0), 2));
        string[] machines = [.. sorted.Select(static o => o.Machine).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var curve = new List<Reliability>();
        double from = double.NegativeInfinity;
        foreach (double to in s_borders)
        {
            FailureOutcome[] step = [.. sorted.Where(o => o.Chance >= from && o.Chance < to)];
            if (step.Length > 0) curve.Add(Step(step, machines));
            from = to;
        }
        return new(n, machines.Length, share, Ranked(sorted, failed), brier, share * (1 - share), [.. curve]);
    }

    private static double Ranked(FailureOutcome[] sorted, int failed)
    {
        double ranks = 0;
        for (int i = 0; i < sorted.Length;)
        {
            int end = i;
            while (end < sorted.Length && sorted[end].Chance == sorted[i].Chance) end++;
            for (int k = i; k < end; k++) ranks += sorted[k].Failed ? (i + end + 1) / 2.0 : 0; // ties share their mean rank
            i = end;
        }
        return failed == 0 || failed == sorted.Length ? double.NaN : (ranks - failed * (failed + 1.0) / 2) / (failed * (double)(sorted.Length - failed));
    }

    private static Reliability Step(FailureOutcome[] step, string[] machines)
    {
        var of = step.GroupBy(static o => o.Machine, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => (Failed: g.Count(static o => o.Failed), All: g.Count()), StringComparer.Ordinal);
        var draws = new Draws(1);
        var shares = new List<double>();
        for (int a = 0; a < Again; a++)
        {
            int failed = 0, all = 0;
            for (int m = 0; m < machines.Length; m++)
            {
                if (of.TryGetValue(machines[(int)(draws.Bits((ulong)a, m) % (ulong)machines.Length)], out var one)) (failed, all) = (failed + one.Failed, all + one.All);
            }
            if (all > 0) shares.Add(failed / (double)all);
        }
        shares.Sort();
        return new(step.Length, step.Average(static o => o.Chance), step.Count(static o => o.Failed) / (double)step.Length, shares[shares.Count / 20], shares[shares.Count - 1 - shares.Count / 20]);
    }
}
