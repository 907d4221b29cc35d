using Homestretch.Cutting.Kernel;
using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Cutting.Sourcing;

/// <summary>Betters a choice by taking other options, one stage at a time and two that are near, until none makes it cheaper. What misses a limit is charged, the more the longer it is missed.</summary>
internal sealed class OptionExchange
{
    /// <summary>A limit is met when it is missed by no more than this share.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Charge for missing a limit wholly, as a share of the cost, at first; by how much it grows, and how often.</summary>
    private const double Charge = 0.02, Growth = 4;
    private const int Growths = 8;

    /// <summary>Most pairs of options that are tried together.</summary>
    private const int MostPairs = 60_000;

    private readonly SourcingProblem _p;
    private readonly IReadOnlyList<Bounded> _limits;
    private readonly CancellationToken _cancel;
    private readonly PlacementProblem _placement;
    private readonly PlacementDescent _descent;
    private readonly int[][] _near;
    private readonly (int A, int B)[] _pairs;
    private double _charge;

    public OptionExchange(SourcingProblem p, IReadOnlyList<Bounded> limits, CancellationToken cancel)
    {
        (_p, _limits, _cancel, _placement) = (p, limits, cancel, p.Placement());
        _descent = new(_placement);
        _near = [.. Enumerable.Range(0, p.Count).Select(i => (int[])[i, .. p.Graph.Before[i], .. p.Graph.After[i]])];
        int[] free = [.. Enumerable.Range(0, p.Count).Where(i => p.Options[i].Length > 1)];
        double options = free.Sum(i => p.Options[i].Length);
        _pairs = options * options / 2 <= MostPairs ? [.. free.SelectMany((a, k) => free.Skip(k + 1).Select(b => (a, b)))]
            : limits.Count == 0 ? [] : [.. free.SelectMany(a => p.Graph.After[a].Where(b => p.Options[b].Length > 1).Select(b => (a, b)))];
    }

    /// <summary>What a choice costs with its stock placed well, and by how much it misses limits in all.</summary>
    public (double Cost, double Missed) Whole(int[] options, int[] inbound)
    {
        double certain = _p.Write(options, _placement);
        return double.IsInfinity(certain) ? (certain, 0) : (certain + _descent.Run(inbound), Missed(options));
    }

    /// <summary>Betters options and inbound times in place.</summary>
    /// <returns>What they cost; infinite when limits are still missed.</returns>
    public double Run(int[] options, int[] inbound)
    {
        var (cost, missed) = Whole(options, inbound);
        if (double.IsInfinity(cost)) return cost;
        (double Cost, int[] Options, int[] Inbound)? allowed = null;
        _charge = Charge * cost;
        for (int growth = 0; growth <= Growths && !_cancel.IsCancellationRequested; growth++, _charge *= Growth)
        {
            if (Allowed(cost, missed)) Allow();
            double score = cost + _charge * missed;
            do
            {
                while (Single(options, inbound, ref score) && !_cancel.IsCancellationRequested) { }
            }
            while (Pair(options, inbound, ref score) && !_cancel.IsCancellationRequested);
            (cost, missed) = Whole(options, inbound);
            if (missed <= Tolerance) break;
        }
        if (Allowed(cost, missed)) Allow();
        if (allowed is not { } best) return double.PositiveInfinity;
        best.Options.CopyTo(options, 0);
        best.Inbound.CopyTo(inbound, 0);
        return best.Cost;

        // what was allowed is kept: charged for missing a limit, a choice may leave what is allowed and not come back
        void Allow()
        {
            if (!(cost >= allowed?.Cost)) allowed = (cost, [.. options], [.. inbound]);
        }
    }

    /// <summary>Whether a choice meets all limits, and can be.</summary>
    public bool Allowed(double cost, double missed) => missed <= Tolerance && cost < _p.Stuck;

    private double Missed(int[] options)
    {
        double missed = 0;
        foreach (Bounded limit in _limits)
            if (limit.Missed(options) is > Tolerance and var by) missed += by;
        return missed;
    }

    private bool Single(int[] options, int[] inbound, ref double score)
    {
        bool changed = false;
        for (int i = 0; i < options.Length && !_cancel.IsCancellationRequested; i++)
        {
            int was = options[i], best = was;
            int[]? kept = null;
            for (int x = 0; x < _p.Options[i].Length; x++)
            {
                options[i] = x;
                if (x != was && Try(options, inbound, _near[i], ref score) is { } times) (best, kept) = (x, times);
            }
            options[i] = best;
            changed |= Keep(inbound, kept);
        }
        return changed;
    }

    /// <summary>The first pair of stages that are cheaper with two other options.</summary>
    private bool Pair(int[] options, int[] inbound, ref double score)
    {
        foreach (var (a, b) in _pairs)
        {
            if (_cancel.IsCancellationRequested) return false;
            var (wasA, wasB) = (options[a], options[b]);
            for (int x = 0; x < _p.Options[a].Length; x++)
                for (int y = 0; x != wasA && y < _p.Options[b].Length; y++)
                {
                    if (y == wasB) continue;
                    (options[a], options[b]) = (x, y);
                    if (Try(options, inbound, [.. _near[a], .. _near[b]], ref score) is { } times) return Keep(inbound, times);
                }
            (options[a], options[b]) = (wasA, wasB);
        }
        return false;
    }

    /// <summary>Inbound times under which the options score better; null when they do not.</summary>
    private int[]? Try(int[] options, int[] inbound, int[] near, ref double score)
    {
        double certain = _p.Write(options, _placement);
        if (certain >= score || certain + _charge * Missed(options) is var known && known >= score) return null;
        int[] tried = [.. inbound];
        double found = known + _descent.Run(tried, near);
        if (found >= score - 1e-9 * Math.Abs(score)) return null;
        score = found;
        return tried;
    }

    private static bool Keep(int[] inbound, int[]? times)
    {
        times?.CopyTo(inbound, 0);
        return times is not null;
    }
}
