using Homestretch.Cutting.Kernel;

namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>A limit over a problem's choices.</summary>
/// <param name="limit">The limit as it was given.</param>
internal abstract class Bounded(Limit limit)
{
    public Limit Limit => limit;

    /// <summary>By how much a choice misses the limit, as a share of what is at stake; 0 or less: met.</summary>
    public abstract double Missed(int[] options);

    /// <summary>The least of <see cref="Missed"/> that any choice of those left can have, or less.</summary>
    public abstract double LeastMissed(StagesLeft left);
}

/// <summary>A limit that is a sum over stages and links: at most 0. Its multiple can be charged to the choices, which makes the bound of what meets it.</summary>
/// <param name="stage">[stage][option].</param>
/// <param name="link">[stage][slot][option, option]; null: nothing.</param>
/// <param name="constant">What is there whatever is chosen.</param>
/// <param name="scale">What one unit of being missed is.</param>
internal sealed class SumLimit(Limit limit, double[][] stage, double[,]?[][]? link, double constant, double scale, StageGraph graph) : Bounded(limit)
{
    public double[][] Stage => stage;
    public double[,]?[][]? Link => link;
    public double Constant => constant;
    public double Scale => scale;

    public double Sum(int[] options)
    {
        double sum = constant;
        for (int i = 0; i < stage.Length; i++)
        {
            sum += stage[i][options[i]];
            for (int a = 0; link is not null && a < graph.After[i].Length; a++) sum += link[i][a]?[options[i], options[graph.After[i][a]]] ?? 0;
        }
        return sum;
    }

    public override double Missed(int[] options) => Sum(options) / scale;

    public override double LeastMissed(StagesLeft left) => Extreme(left, 1);

    /// <summary>The most of <see cref="Missed"/> that any choice of those left can have, or more.</summary>
    public double MostMissed(StagesLeft left) => -Extreme(left, -1);

    private double Extreme(StagesLeft left, double sign)
    {
        double sum = sign * constant;
        for (int i = 0; i < stage.Length; i++)
        {
            double least = double.PositiveInfinity;
            for (int x = 0; x < stage[i].Length; x++)
                if (left.Has(i, x)) least = Math.Min(least, sign * stage[i][x]);
            sum += least;
            for (int a = 0; link is not null && a < graph.After[i].Length; a++)
            {
                if (link[i][a] is not { } table) continue;
                double pair = double.PositiveInfinity;
                for (int x = 0; x < table.GetLength(0); x++)
                    for (int y = 0; y < table.GetLength(1); y++)
                        if (left.Has(i, x) && left.Has(graph.After[i][a], y)) pair = Math.Min(pair, sign * table[x, y]);
                sum += pair;
            }
        }
        return sum / scale;
    }
}

/// <summary>Concentration of value over countries.</summary>
/// <param name="value">[country][stage][option]: value added a day.</param>
internal sealed class ConcentrationLimit(Limit limit, double[][][] value) : Bounded(limit)
{
    /// <summary>By value.</summary>
    public static ConcentrationLimit OfValue(SourcingProblem p, Limit limit, SourcingStudy study) => new(limit, [.. Countries(p, study).Select(c => p.Value(s => study.CountryOf(s) == c))]);

    /// <summary>By stages that somebody does, each counted once.</summary>
    public static ConcentrationLimit OfParts(SourcingProblem p, Limit limit, SourcingStudy study) => new(limit, [.. Countries(p, study).Select(c => p.Parts(s => study.CountryOf(s) == c))]);

    /// <summary>What a choice measures.</summary>
    public double Of(int[] options)
    {
        double[] sums = [.. value.Select(v => v.Select((s, i) => s[options[i]]).Sum())];
        double all = sums.Sum();
        return all <= 0 ? 0 : sums.Sum(s => s / all * (s / all));
    }

    public override double Missed(int[] options) => Of(options) - Limit.Value;

    /// <summary>Each country has at least what is there in any case of the most there can be in all; what is left of 1 is spread where least is.</summary>
    public override double LeastMissed(StagesLeft left)
    {
        double most = 0, fewest = 0;
        for (int i = 0; i < value[0].Length; i++)
        {
            double dearest = 0, cheapest = double.PositiveInfinity;
            for (int x = 0; x < value[0][i].Length; x++)
                if (left.Has(i, x)) (dearest, cheapest) = (Math.Max(dearest, value.Sum(v => v[i][x])), Math.Min(cheapest, value.Sum(v => v[i][x])));
            (most, fewest) = (most + dearest, fewest + cheapest);
        }
        if (fewest <= 0) return -Limit.Value;       // where nothing is added nothing is concentrated
        double[] least = new double[value.Length];
        for (int c = 0; c < value.Length; c++)
            for (int i = 0; i < value[c].Length; i++)
            {
                double own = double.PositiveInfinity;
                for (int x = 0; x < value[c][i].Length; x++)
                    if (left.Has(i, x)) own = Math.Min(own, value[c][i][x]);
                least[c] += own / most;
            }
        Array.Sort(least);
        double free = 1 - least.Sum();
        for (int k = 1; k <= least.Length; k++)       // the k smallest are raised to one level
        {
            double level = (least[..k].Sum() + free) / k;
            if (k < least.Length && level > least[k]) continue;
            return k * level * level + least[k..].Sum(static s => s * s) - Limit.Value;
        }
        return -Limit.Value;
    }

    private static IEnumerable<string> Countries(SourcingProblem p, SourcingStudy study) => LimitRules.Sources(p).Select(study.CountryOf).Distinct().Order(StringComparer.Ordinal);
}
