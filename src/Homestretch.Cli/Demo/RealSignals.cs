using System.Globalization;
using System.Reflection;

namespace Homestretch.Cli.Demo;

/// <summary>The real measurements that give the demonstration its shape; sources in Signals/README.md.</summary>
internal static class RealSignals
{
    /// <summary>Vibration of four bearings, mean absolute g, one row every ten minutes until bearing 1 failed.</summary>
    public static IReadOnlyList<(double Minutes, double[] Bearings)> Bearings { get; } =
        [.. Rows("bearings.csv").Select(static r => (Number(r[0]), r[1..].Select(Number).ToArray()))];

    /// <summary>Sensors T30, T50, Ps30, phi, bypass ratio of a turbofan, one row a cycle until it failed.</summary>
    public static IReadOnlyDictionary<int, double[][]> Engines { get; } = Rows("engines.csv").GroupBy(static r => (int)Number(r[0]))
        .ToDictionary(static g => g.Key, static g => g.Select(static r => r[2..].Select(Number).ToArray()).ToArray());

    /// <summary>Days late of real deliveries by mode, ascending; negative is early.</summary>
    public static IReadOnlyDictionary<string, int[]> DaysLate { get; } = Rows("deliveries.csv").GroupBy(static r => r[0])
        .ToDictionary(static g => g.Key, static g => g.Select(static r => (int)Number(r[2])).Order().ToArray(), StringComparer.Ordinal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Homestretch.Cli.Demo.Signals.{file}")
            ?? throw new InvalidOperationException($"The resource {file} is missing.\nMaybe it is no longer listed in the project file.");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { Length: > 0 } line) yield return line.Split(',');
    }
}

/// <summary>How late a leg is, shaped by real deliveries of its mode and scaled to the lane.</summary>
internal static class Lateness
{
    /// <summary>Duration of a leg in days at a uniform draw. Half the real deliveries were on their day or before, so the median
    /// stays the lane's P50; the real 95th percentile is laid on the lane's (lognormal) 95th percentile.</summary>
    /// <param name="u">In (0, 1).</param>
    public static double Days(string mode, double p50, double p90, double u)
    {
        int[] late = RealSignals.DaysLate[mode];
        double unit = Math.Max(At(late, 0.95), 1), room = Lognormal.At(p50, p90, 1.6448536269514722) - p50;
        return Math.Max(0.4 * p50, p50 + room * Math.Clamp(At(late, u) / unit, -1, 3));
    }

    /// <summary>Real deliveries name four modes; road and rail follow trucks.</summary>
    public static string ModeOf(World.Mode mode) => mode switch
    {
        World.Mode.Sea => "ocean",
        World.Mode.Air => "air",
        World.Mode.Courier => "air-charter",
        World.Mode.Rail or World.Mode.Road or World.Mode.None => "truck",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a mode of transport."),
    };

    /// <summary>The p-quantile, linear between order statistics (Hyndman and Fan 1996, definition 7).</summary>
    private static double At(int[] sorted, double p)
    {
        double at = p * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[^1];
    }
}
