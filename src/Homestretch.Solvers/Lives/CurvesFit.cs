using Homestretch.Machines.Health;

namespace Homestretch.Solvers.Lives;

/// <summary>Makes the tables of <see cref="WearCurves"/> from machines that failed.</summary>
internal static class CurvesFit
{
    /// <summary>More machines than this are not compared: of a larger fleet those are taken that stand evenly in the order of their lives.</summary>
    public const int MostCurves = 100;

    /// <summary>A place a machine never reached; far from every look, and its square still a number.</summary>
    private const float Far = 1e9f;

    private const int Young = 10;

    /// <summary>Which units have a curve, in the order of their curves.</summary>
    public static int[] Chosen(FailureHistory fleet)
    {
        int[] all = [.. Enumerable.Range(0, fleet.Units.Length)];
        if (all.Length <= MostCurves) return all;
        int[] byLife = [.. all.OrderBy(u => fleet.Units[u].Cycles[^1]).ThenBy(static u => u)];
        return [.. Enumerable.Range(0, MostCurves).Select(i => byLife[(int)((long)i * (all.Length - 1) / (MostCurves - 1))]).Order()];
    }

    /// <param name="smoothing">Neighbouring readings on each side that a place of a curve is the mean of.</param>
    public static WearCurves Fit(FailureHistory fleet, int[] chosen, OperatingConditions conditions, WearDirections directions, bool fromEarly, double perCycle, int smoothing = 4)
    {
        int statistics = WearCurves.StatisticsOf(directions.Count);
        float[] table = new float[chosen.Length * statistics * WearCurves.Places];
        for (int c = 0; c < chosen.Length; c++)
        {
            UnitHistory unit = fleet.Units[chosen[c]];
            float[] looks = Looks(unit, conditions, directions, fromEarly, statistics);
            for (int p = 0; p < WearCurves.Places; p++)
            {
                double age = unit.Cycles[^1] - p * WearCurves.Step * perCycle;
                int near = Nearest(unit, age), from = Math.Max(near - smoothing, Young), to = Math.Min(near + smoothing, unit.Count - 1);
                bool reached = age >= unit.Cycles[0] && near >= Young && from <= to;
                for (int s = 0; s < statistics; s++)
                {
                    double sum = 0;
                    for (int r = from; reached && r <= to; r++) sum += looks[r * statistics + s];
                    table[(c * statistics + s) * WearCurves.Places + p] = reached ? (float)(sum / (to - from + 1)) : Far;
                }
            }
        }
        float[] turn = Turn(table, chosen.Length, statistics);
        for (int c = 0; c < chosen.Length; c++)
        {
            for (int p = 0; p < WearCurves.Places; p++) Turned(table, turn, c, p, statistics);
        }
        return new([.. table], [.. turn], statistics, fromEarly);
    }

    /// <summary>Makes differences between machines at the same place of their lives have covariance 1 (Mahalanobis), so that what tells machines apart
    /// weighs less than what tells places apart.</summary>
    private static float[] Turn(float[] table, int curves, int statistics)
    {
        double[,] within = new double[statistics, statistics];
        double count = 0;
        double[] mean = new double[statistics];
        for (int p = 0; p < WearCurves.Places; p++)
        {
            int[] there = [.. Enumerable.Range(0, curves).Where(c => table[c * statistics * WearCurves.Places + p] < Far)];
            if (there.Length < 2) continue;
            for (int s = 0; s < statistics; s++)
            {
                mean[s] = 0;
                foreach (int c in there) mean[s] += table[(c * statistics + s) * WearCurves.Places + p] / there.Length;
            }
            count += there.Length - 1;
            foreach (int c in there)
            {
                for (int s = 0; s < statistics; s++)
                {
                    double x = table[(c * statistics + s) * WearCurves.Places + p] - mean[s];
                    for (int q = 0; q < statistics; q++) within[s, q] += x * (table[(c * statistics + q) * WearCurves.Places + p] - mean[q]);
                }
            }
        }
        for (int s = 0; s < statistics; s++)
        {
            for (int q = 0; q < statistics; q++) within[s, q] = within[s, q] / Math.Max(1, count) + (s == q ? 1 : 0); // noise of the look itself
        }
        var (values, vectors) = Eigen.Of(within);
        float[] turn = new float[statistics * statistics];
        for (int s = 0; s < statistics; s++)
        {
            for (int q = 0; q < statistics; q++) turn[s * statistics + q] = (float)(vectors[q, s] / Math.Sqrt(values[s]));
        }
        return turn;
    }

    private static void Turned(float[] table, float[] turn, int curve, int place, int statistics)
    {
        if (table[curve * statistics * WearCurves.Places + place] == Far) return;
        double[] was = [.. Enumerable.Range(0, statistics).Select(s => (double)table[(curve * statistics + s) * WearCurves.Places + place])];
        for (int s = 0; s < statistics; s++)
        {
            double sum = 0;
            for (int q = 0; q < statistics; q++) sum += turn[s * statistics + q] * was[q];
            table[(curve * statistics + s) * WearCurves.Places + place] = (float)sum;
        }
    }

    private static float[] Looks(UnitHistory unit, OperatingConditions conditions, WearDirections directions, bool fromEarly, int statistics)
    {
        var track = new HealthTrack(conditions, directions);
        float[] looks = new float[unit.Count * statistics];
        for (int r = 0; r < unit.Count; r++)
        {
            track.Add(unit.Cycles[r], unit.Reading(r));
            WearCurves.Look(track, fromEarly, looks.AsSpan(r * statistics, statistics));
        }
        return looks;
    }

    private static int Nearest(UnitHistory unit, double age)
    {
        int at = unit.Cycles.AsSpan().BinarySearch(age);
        if (at >= 0) return at;
        int above = Math.Min(~at, unit.Count - 1);
        return above > 0 && age - unit.Cycles[above - 1] < unit.Cycles[above] - age ? above - 1 : above;
    }
}
