using Homestretch.Promising;

namespace Homestretch.Buffering;

/// <summary>Chooses one hub's buffers on one set of futures, and how strict to be there on a second.</summary>
/// <remarks>What is chosen on a sample does better on that sample than on others: the optimiser finds its luck. So the share to reach in the first set is raised until the second, on which nothing else is
/// chosen, reaches the target; what is said of the choice is counted on a third.</remarks>
internal sealed class BufferFit
{
    private const long Unit = 1_000_000;      // a level's cost is counted in millionths of a minor unit
    private const int Rounds = 10;

    private readonly HubKits _hub;
    private readonly BufferPolicy _policy;
    private readonly Prices _prices;
    private readonly int[][] _fit, _tune;
    private readonly double[] _fixed;      // seconds, of parts whose cost is unknown
    private readonly double _step;
    private readonly CancellationToken _cancel;

    public BufferFit(HubKits hub, BufferPolicy policy, Prices prices, int[][] fit, int[][] tune, CancellationToken cancel)
    {
        (_hub, _policy, _prices, _fit, _tune, _cancel) = (hub, policy, prices, fit, tune, cancel);
        _step = Seconds.OfDays(policy.StepDays);
        double even = 1 - (1 - policy.Target) / Math.Max(1, PartsInKit);
        _fixed = [.. hub.Parts.Select((p, i) => p.Buy is null || prices.PerDay[i] is not null ? 0 : Up(Promising.Kernel.OrderStatistics.Quantile(fit[i], even)))];
    }

    /// <summary>Parts in an average kit.</summary>
    public double PartsInKit => _hub.Kinds.Sum(static k => k.Parts.Length * (double)k.Units) / _hub.Units;

    /// <summary>Whether buffers (seconds) reach the target on the second set.</summary>
    public bool Reaches(double[] buffers)
    {
        _cancel.ThrowIfCancellationRequested();
        return KitsCounted.Of(_hub, _tune, buffers).Whole >= _policy.Target;
    }

    /// <returns>Seconds by part, the share of kits whole where they were chosen and the part of their cost that could at most be saved; null when no buffers reach the target.</returns>
    public (double[] Buffers, double FitWhole, double Gap)? Least(IEnumerable<double[]> starts)
    {
        int[][] begin = [.. starts.Select(Levels)];
        double strict = _policy.Target;
        for (int round = 0; round < Rounds && strict < 1; round++)
        {
            BufferProblem problem = Problem(strict);
            if (BufferSolving.Of(problem, begin, _policy.Cuts / 20, _cancel) is not { } quick) return null;
            double[] buffers = Buffers(quick.Levels);
            double reached = KitsCounted.Of(_hub, _tune, buffers).Whole;
            if (reached < _policy.Target)
            {
                strict += Math.Max(_policy.Target - reached, 1.0 / problem.Total);
                continue;
            }
            if (quick.Proven || BufferSolving.Of(problem, [.. begin, quick.Levels], _policy.Cuts, _cancel) is not { } best) return (buffers, Share(problem, quick.Levels), quick.Gap);
            double[] better = Buffers(best.Levels);
            return Reaches(better) ? (better, Share(problem, best.Levels), best.Gap) : (buffers, Share(problem, quick.Levels), (quick.Cost - best.Bound) / (double)Math.Max(1, quick.Cost));
        }
        return null;
    }

    private static double Share(BufferProblem problem, int[] levels) => problem.Covered(levels) / (double)problem.Total;

    /// <summary>The sample problem: each future asks for one of the kinds of kits, in proportion.</summary>
    private BufferProblem Problem(double share)
    {
        int most = (int)(_policy.MostDays / _policy.StepDays);
        var futures = new (int, int)[_fit.Max(static r => r.Length)][];
        for (int s = 0; s < futures.Length; s++)
        {
            var asked = new List<(int, int)>();
            foreach (int i in _hub.Kinds[KindOf(s)].Parts)
            {
                double late = _fit[i][s];
                if (_prices.PerDay[i] is null) late = late > _fixed[i] ? double.PositiveInfinity : 0;
                if (late > 0) asked.Add((i, late > most * _step ? most + 1 : (int)Math.Ceiling(late / _step)));
            }
            futures[s] = [.. asked];
        }
        long[] cost = [.. _prices.PerDay.Select(p => Math.Max(1, (long)((p ?? 0) * (double)_policy.StepDays * Unit)))];
        int[] weight = new int[futures.Length], tops = new int[cost.Length];
        Array.Fill(weight, 1);
        for (int i = 0; i < tops.Length; i++) tops[i] = _prices.PerDay[i] is null ? 0 : most;
        return new(cost, tops, futures, weight, (long)Math.Ceiling(share * futures.Length - 1e-9));
    }

    /// <summary>Kinds spread evenly over the futures: places of multiples of the golden section (Kronecker sequence).</summary>
    private int KindOf(int future)
    {
        double at = (unchecked((ulong)(future + 1) * 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53)) * _hub.Units;
        int kind = 0;
        for (long below = _hub.Kinds[0].Units; at >= below && kind < _hub.Kinds.Count - 1; below += _hub.Kinds[kind].Units) kind++;
        return kind;
    }

    private double Up(double seconds) => Math.Max(0, Math.Ceiling(seconds / _step) * _step);
    private int[] Levels(double[] seconds) => [.. seconds.Select((s, i) => _prices.PerDay[i] is null ? 0 : Math.Min((int)(_policy.MostDays / _policy.StepDays), (int)Math.Ceiling(s / _step)))];
    private double[] Buffers(int[] levels) => [.. levels.Select((l, i) => _prices.PerDay[i] is null ? _fixed[i] : l * _step)];
}
