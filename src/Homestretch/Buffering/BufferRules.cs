namespace Homestretch.Buffering;

/// <summary>The two rules of thumb that buffers are compared with. Seconds; never below 0, which is the plan's own date.</summary>
internal static class BufferRules
{
    /// <summary>One quantile of every part's lateness.</summary>
    /// <param name="rising">One row a part, sorted.</param>
    /// <param name="at">Place in the row.</param>
    public static double[] Uniform(int[][] rising, int at) => [.. rising.Select(r => r.Length == 0 ? 0 : Math.Max(0.0, r[at]))];

    /// <summary>Mean + z sigma of each part's lateness: safety lead time under a normal lead time.</summary>
    public static double[] Classic(int[][] late, double z) => [.. late.Select(r => r.Length == 0 ? 0 : Math.Max(0, Mean(r) + z * Deviation(r)))];

    /// <summary>The z with which so many independent parts are all there as often as the target asks: Phi(z)^parts = target.</summary>
    public static double Z(double target, double parts) => Normal.Quantile(Math.Pow(target, 1 / Math.Max(1, parts)));

    /// <summary>The first of a rising row of choices that is good enough; null when the last is not.</summary>
    public static T? First<T>(int count, Func<int, T> choice, Func<T, bool> enough) where T : class
    {
        if (!enough(choice(count - 1))) return null;
        int low = 0, high = count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (enough(choice(middle))) high = middle;
            else low = middle + 1;
        }
        return choice(low);
    }

    private static double Mean(int[] row)
    {
        double sum = 0;
        foreach (int x in row) sum += x;
        return sum / row.Length;
    }

    private static double Deviation(int[] row)
    {
        double mean = Mean(row), squares = 0;
        foreach (int x in row) squares += (x - mean) * (x - mean);
        return Math.Sqrt(squares / Math.Max(1, row.Length - 1));
    }
}
