using Homestretch.Machines.Health;

namespace Homestretch.Solvers.Lives;

/// <summary>Finds the conditions a fleet is run under by clustering its settings, and what each used sensor reads under each.</summary>
internal static class ConditionsFit
{
    private const int Most = 8, Rounds = 30, Sample = 2000;

    /// <summary>Clusters are taken when each reading is this much nearer to its own than to the next (silhouette); noise around one point reaches about 0.5.</summary>
    private const double Apart = 0.75;

    /// <param name="sensors">Sensors to keep; null: all that vary.</param>
    public static OperatingConditions Fit(FailureHistory fleet, int[]? sensors = null)
    {
        int settings = fleet.Names.Settings.Length, all = fleet.Names.Sensors.Length;
        float[] scale = Scale(fleet, settings), centres = settings == 0 ? [] : Centres(fleet, scale);
        int count = settings == 0 ? 1 : centres.Length / settings;
        var every = new OperatingConditions([.. scale], [.. centres], [.. new float[count * all]], [.. Enumerable.Repeat(1f, count * all)], [.. Enumerable.Range(0, all)]);
        double[] sums = new double[count * all], squares = new double[count * all], seen = new double[count * all], shift = new double[count * all];
        foreach (UnitHistory unit in fleet.Units)
        {
            for (int r = 0; r < unit.Count; r++)
            {
                ReadOnlySpan<float> reading = unit.Reading(r);
                int first = every.Nearest(reading[..settings]) * all;
                for (int i = 0; i < all; i++)
                {
                    double value = reading[settings + i];
                    if (!double.IsFinite(value)) continue;
                    int at = first + i;
                    if (seen[at]++ == 0) shift[at] = value; // sums about the first value keep their digits
                    sums[at] += value - shift[at];
                    squares[at] += (value - shift[at]) * (value - shift[at]);
                }
            }
        }
        double Mean(int at) => seen[at] == 0 ? 0 : sums[at] / seen[at];
        double Spread(int at) => seen[at] < 2 ? 0 : Math.Sqrt(Math.Max(0, squares[at] / seen[at] - Mean(at) * Mean(at)));
        int[] used = sensors ?? [.. Enumerable.Range(0, all).Where(i => Enumerable.Range(0, count).All(c => Spread(c * all + i) is var s && s > 1e-9 && s > 1e-6 * Math.Abs(shift[c * all + i])))];
        return every with
        {
            Sensors = [.. used],
            Means = [.. Enumerable.Range(0, count).SelectMany(c => used.Select(i => (float)(shift[c * all + i] + Mean(c * all + i))))],
            Spreads = [.. Enumerable.Range(0, count).SelectMany(c => used.Select(i => (float)Math.Max(1e-6, Spread(c * all + i))))],
        };
    }

    private static float[] Scale(FailureHistory fleet, int settings)
    {
        float[] scale = new float[settings];
        for (int i = 0; i < settings; i++)
        {
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            foreach (UnitHistory unit in fleet.Units)
            {
                for (int r = 0; r < unit.Count; r++)
                {
                    float value = unit.Reading(r)[i];
                    if (float.IsFinite(value)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
                }
            }
            scale[i] = high > low ? high - low : 1;
        }
        return scale;
    }

    private static float[] Centres(FailureHistory fleet, float[] scale)
    {
        int n = scale.Length, total = fleet.Units.Sum(static u => u.Count), every = Math.Max(1, total / Sample), seen = 0;
        var points = new List<float[]>();
        foreach (UnitHistory unit in fleet.Units)
        {
            for (int r = 0; r < unit.Count; r++)
            {
                if (seen++ % every == 0 && unit.Reading(r)[..n].ToArray() is var point && Array.TrueForAll(point, float.IsFinite)) points.Add([.. point.Select((x, i) => x / scale[i])]);
            }
        }
        if (points.Count < 2) return new float[n];
        List<float[]> best = Means(points, 1);
        double most = Apart;
        for (int count = 2; count <= Most; count++)
        {
            List<float[]> centres = Means(points, count);
            if (centres.Count < count) break;
            double silhouette = Silhouette(points, centres);
            if (silhouette > most + 0.01) (most, best) = (silhouette, centres);
        }
        return [.. best.SelectMany(c => c.Select((x, i) => x * scale[i]))];
    }

    /// <summary>Lloyd's rounds from centres that begin farthest apart; no draw, so the same data give the same centres.</summary>
    private static List<float[]> Means(List<float[]> points, int count)
    {
        int n = points[0].Length;
        var centres = new List<float[]> { points[0] };
        while (centres.Count < count)
        {
            float[] far = points.MaxBy(p => centres.Min(c => Distance(p, c)))!;
            if (centres.Min(c => Distance(far, c)) <= 0) break;
            centres.Add(far);
        }
        for (int round = 0; round < Rounds; round++)
        {
            double[] sums = new double[centres.Count * n];
            int[] members = new int[centres.Count];
            foreach (float[] point in points)
            {
                int own = Own(point, centres);
                members[own]++;
                for (int i = 0; i < n; i++) sums[own * n + i] += point[i];
            }
            for (int c = 0; c < centres.Count; c++)
            {
                if (members[c] > 0) centres[c] = [.. Enumerable.Range(0, n).Select(i => (float)(sums[c * n + i] / members[c]))];
            }
        }
        return centres;
    }

    /// <summary>Simplified silhouette: (b - a) / max(a, b) with a and b the distances to the nearest and the next centre, on average.</summary>
    private static double Silhouette(List<float[]> points, List<float[]> centres)
    {
        double sum = 0;
        foreach (float[] point in points)
        {
            double a = double.PositiveInfinity, b = double.PositiveInfinity;
            foreach (float[] centre in centres)
            {
                double distance = Math.Sqrt(Distance(point, centre));
                if (distance < a) (a, b) = (distance, a);
                else b = Math.Min(b, distance);
            }
            sum += b > 0 ? (b - a) / b : 0;
        }
        return sum / points.Count;
    }

    private static int Own(float[] point, List<float[]> centres)
    {
        int own = 0;
        for (int c = 1; c < centres.Count; c++)
        {
            if (Distance(point, centres[c]) < Distance(point, centres[own])) own = c;
        }
        return own;
    }

    private static double Distance(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (double)(a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
