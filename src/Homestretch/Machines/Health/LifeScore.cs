using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>One judgement and what came true.</summary>
/// <param name="Truth">What the machine really had left.</param>
public readonly record struct LifeOutcome(string Unit, LifeLeft Said, double Truth);

/// <summary>How good judgements were. Truth is held to the cap but where 'raw' is said: beyond it nothing is told apart.</summary>
/// <param name="Rmse">Root mean square of expected - min(truth, cap).</param>
/// <param name="RawRmse">Root mean square of expected - truth.</param>
/// <param name="MeanAbsolute">Mean of |expected - min(truth, cap)|.</param>
/// <param name="Score">Sum of exp(d / 10) - 1 for d &gt;= 0 and exp(-d / 13) - 1 below, d = expected - min(truth, cap), cycles: Saxena et al., PHM 2008,
/// eq. 4. Lower is better; saying too much costs more.</param>
/// <param name="Coverage">Share of truths inside the interval [low, high].</param>
/// <param name="CoverageLow">With <paramref name="CoverageHigh"/> the middle nine tenths of the coverage when machines are drawn again.</param>
/// <param name="Width">Mean width of the interval.</param>
/// <param name="Below">For each of <see cref="LifeLeft.Levels"/>: share of truths at or below that quantile, among judgements whose quantile is below
/// the cap; NaN when there are none.</param>
public sealed record LifeScore(int Judgements, int Units, double Rmse, double RawRmse, double MeanAbsolute, double Score, double Coverage, double CoverageLow, double CoverageHigh, double Width, ImmutableArray<double> Below)
{
    private const int Again = 400;

    /// <summary>Scores judgements; at least one.</summary>
    public static LifeScore Of(IReadOnlyList<LifeOutcome> outcomes)
    {
        double squares = 0, raw = 0, absolute = 0, score = 0, width = 0;
        double[] below = new double[LifeLeft.Levels.Length], told = new double[LifeLeft.Levels.Length];
        var units = new List<(int Held, int All)>();
        string? last = null;
        foreach (LifeOutcome o in outcomes)
        {
            double truth = Math.Min(o.Truth, o.Said.Cap), d = o.Said.Expected - truth;
            (squares, raw, absolute) = (squares + d * d, raw + (o.Said.Expected - o.Truth) * (o.Said.Expected - o.Truth), absolute + Math.Abs(d));
            score += Math.Exp(d < 0 ? -d / 13 : d / 10) - 1;
            width += o.Said.High - o.Said.Low;
            for (int i = 0; i < below.Length; i++)
            {
                if (o.Said.Quantiles[i] >= o.Said.Cap) continue;
                told[i]++;
                below[i] += truth <= o.Said.Quantiles[i] ? 1 : 0;
            }
            bool held = truth >= o.Said.Low && truth <= o.Said.High;
            if (o.Unit != last) units.Add(default);
            last = o.Unit;
            units[^1] = (units[^1].Held + (held ? 1 : 0), units[^1].All + 1);
        }
        int n = outcomes.Count;
        var (low, high) = Drawn(units);
        return new(n, units.Count, Math.Sqrt(squares / n), Math.Sqrt(raw / n), absolute / n, score, units.Sum(static u => u.Held) / (double)n, low, high, width / n, [.. below.Select((b, i) => b / told[i])]);
    }

    /// <summary>Bootstrap by machine (Efron 1979): judgements of one machine are not independent.</summary>
    private static (double Low, double High) Drawn(List<(int Held, int All)> units)
    {
        var draws = new Draws(1);
        double[] shares = new double[Again];
        for (int a = 0; a < Again; a++)
        {
            int held = 0, all = 0;
            for (int u = 0; u < units.Count; u++)
            {
                var drawn = units[(int)(draws.Bits((ulong)a, u) % (ulong)units.Count)];
                (held, all) = (held + drawn.Held, all + drawn.All);
            }
            shares[a] = held / (double)all;
        }
        Array.Sort(shares);
        return (shares[Again / 20], shares[Again - 1 - Again / 20]);
    }
}
