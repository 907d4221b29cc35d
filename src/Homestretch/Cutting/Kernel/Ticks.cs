namespace Homestretch.Cutting.Kernel;

/// <summary>The whole ticks in which a network's times are counted: the longest that all of them are multiples of.</summary>
internal readonly record struct Ticks(double Days, bool Rounded)
{
    /// <summary>The finest: a hundredth of a day where that is enough, else a thousandth, else rounded to a hundredth.</summary>
    private static readonly int[] s_parts = [1, 100, 1_000];

    /// <summary>Most ticks along the longest way: beyond it they are made longer, since what is told of a stage has one number for each.</summary>
    private const int Most = 20_000, MostSpread = 1_000;

    public static Ticks Of(StageGraph graph, bool spread = false) => Of([.. graph.Stages.Select(static s => s.Days), .. graph.Stages.Select(static s => s.MostDays).OfType<double>()], Longest(graph), spread);

    /// <param name="times">All times that are counted, days.</param>
    /// <param name="longest">Days along the longest way.</param>
    /// <param name="spread">Whether some time spreads: then each pair of times is looked at, and ticks are fewer.</param>
    public static Ticks Of(double[] times, double longest, bool spread = false)
    {
        Ticks exact = Exact(times);
        int most = spread ? MostSpread : Most;
        return longest <= most * exact.Days ? exact : new(longest / most, true);
    }

    /// <summary>Days along the longest way.</summary>
    private static double Longest(StageGraph graph)
    {
        double[] until = new double[graph.Count];
        for (int i = 0; i < graph.Count; i++) until[i] = graph.Stages[i].Days + graph.Before[i].Select(j => until[j]).DefaultIfEmpty(0).Max();
        return until.Max();
    }

    private static Ticks Exact(double[] times)
    {
        foreach (int parts in s_parts)
        {
            if (!times.All(t => Math.Abs(t * parts - Math.Round(t * parts)) < 1e-6)) continue;
            long common = times.Aggregate(0L, (a, t) => Common(a, (long)Math.Round(t * parts)));
            return new(Math.Max(1, common) / (double)parts, false);
        }
        return new(0.01, true);
    }

    public int Of(double days) => (int)Math.Min(int.MaxValue / 8, Math.Round(days / Days));

    private static long Common(long a, long b) => b == 0 ? a : Common(b, a % b);
}
