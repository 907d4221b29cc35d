using Homestretch.Machines.Health;

namespace Homestretch.Solvers.Lives;

/// <summary>Finds the sensors that wear moves and the directions in which it stands out from noise (see <see cref="WearDirections"/>).</summary>
internal static class DirectionsFit
{
    private const int Late = 30, Most = 3;

    /// <summary>A sensor is used when late drift is this many times what noise alone would show; a direction likewise.</summary>
    private const double Stands = 2.5;

    /// <summary>Conditions with the sensors that wear moves, and directions; all sensors where wear moves none.</summary>
    public static (OperatingConditions Conditions, WearDirections Directions) Fit(FailureHistory fleet)
    {
        OperatingConditions all = ConditionsFit.Fit(fleet);
        var (noise, drift) = Moments(fleet, all);
        int n = all.Sensors.Length;
        int[] moved = [.. Enumerable.Range(0, n).Where(i => noise[i, i] > 0 && drift[i, i] > Stands * noise[i, i] * NoiseShare)];
        if (moved.Length == 0) moved = [.. Enumerable.Range(0, n)];
        OperatingConditions used = ConditionsFit.Fit(fleet, [.. moved.Select(i => all.Sensors[i])]);
        (noise, drift) = Moments(fleet, used);
        return (used, Directions(noise, drift));
    }

    /// <summary>Variance of (mean of the last ten - mean of the first fifteen) in units of the noise's.</summary>
    private const double NoiseShare = 1.0 / 10 + 1.0 / HealthTrack.Early;

    /// <summary>Covariance of noise, and second moment of drift over the last readings of each unit.</summary>
    private static (double[,] Noise, double[,] Drift) Moments(FailureHistory fleet, OperatingConditions conditions)
    {
        int n = conditions.Sensors.Length;
        double[,] noise = new double[n, n], drift = new double[n, n];
        double steps = 0, ends = 0;
        float[] now = new float[n], before = new float[n];
        foreach (UnitHistory unit in fleet.Units)
        {
            double[] early = new double[n], recent = new double[n];
            for (int r = 0; r < unit.Count; r++)
            {
                conditions.Normalise(unit.Reading(r), now);
                for (int i = 0; i < n; i++) now[i] = float.IsFinite(now[i]) ? Math.Clamp(now[i], -10, 10) : before[i];
                if (r > 0)
                {
                    steps++;
                    Outer(noise, i => now[i] - before[i], 0.5);
                }
                for (int i = 0; i < n; i++)
                {
                    if (r < HealthTrack.Early) early[i] += now[i] / HealthTrack.Early;
                    recent[i] = r == 0 ? now[i] : recent[i] + 0.18 * (now[i] - recent[i]); // variance of noise: 0.18 / 1.82, that of a mean of ten
                }
                if (r >= Math.Max(HealthTrack.Early, unit.Count - Late))
                {
                    ends++;
                    Outer(drift, i => recent[i] - early[i], 1);
                }
                (now, before) = (before, now);
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) (noise[i, j], drift[i, j]) = (noise[i, j] / Math.Max(1, steps), drift[i, j] / Math.Max(1, ends));
        }
        return (noise, drift);

        void Outer(double[,] sum, Func<int, double> x, double factor)
        {
            for (int i = 0; i < n; i++)
            {
                double xi = factor * x(i);
                for (int j = 0; j < n; j++) sum[i, j] += xi * x(j);
            }
        }
    }

    private static WearDirections Directions(double[,] noise, double[,] drift)
    {
        int n = noise.GetLength(0);
        for (int i = 0; i < n; i++) noise[i, i] += 1e-3 * noise[i, i] + 1e-6;
        var (values, vectors) = Eigen.Of(noise);
        double[,] white = new double[n, n]; // row k: an eigenvector over the root of its value
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++) white[k, i] = vectors[i, k] / Math.Sqrt(Math.Max(values[k], 1e-9));
        }
        double[,] signal = Product(Product(white, drift), Transposed(white));
        var (strengths, turned) = Eigen.Of(signal);
        int count = Math.Clamp(strengths.Count(s => s > Stands * NoiseShare), 1, Math.Min(Most, n));
        var weights = new List<float>();
        for (int k = 0; k < count; k++)
        {
            double[] w = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(m => turned[m, k] * white[m, i]))];
            double sign = w.MaxBy(Math.Abs) < 0 ? -1 : 1; // a vector's sign means nothing: one is chosen
            weights.AddRange(w.Select(x => (float)(sign * x)));
        }
        return new([.. weights], count);
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        int n = a.GetLength(0);
        double[,] c = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                for (int j = 0; j < n; j++) c[i, j] += a[i, k] * b[k, j];
            }
        }
        return c;
    }

    private static double[,] Transposed(double[,] a)
    {
        int n = a.GetLength(0);
        double[,] t = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) t[j, i] = a[i, j];
        }
        return t;
    }
}
