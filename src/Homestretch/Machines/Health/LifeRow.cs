using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>The features a life is told from, in their one order.</summary>
internal static class LifeRow
{
    private const int PerChannel = 8;

    /// <summary>Features of a machine with so many channels: age, eight a channel, and what the two comparisons with the past tell.</summary>
    public static int Width(int channels) => 1 + PerChannel * channels + 2 * WearCurves.Told;

    /// <summary>Names of the features.</summary>
    /// <param name="sensors">Names of the sensors that are used.</param>
    public static ImmutableArray<string> Names(IReadOnlyList<string> sensors, int directions)
    {
        IEnumerable<string> channels = sensors.Concat(Enumerable.Range(1, directions).Select(static k => $"wear{k}"));
        string[] of = ["mean5", "mean20", "drift10", "drift40", "smooth", "slope20", "slope40", "early"], told = ["like", "alike", "spread", "nearest"];
        return ["age", .. channels.SelectMany(c => of.Select(f => $"{c}_{f}")), .. told.Select(static t => $"level_{t}"), .. told.Select(static t => $"drift_{t}")];
    }

    /// <summary>Writes the row of a machine as it is now.</summary>
    /// <param name="except">A curve of the past that is this machine itself; -1: none.</param>
    public static void Write(HealthTrack track, WearCurves levels, WearCurves drifts, int except, Span<float> row)
    {
        row[0] = (float)track.Age;
        int at = 1;
        for (int c = 0; c < track.Channels; c++, at += PerChannel)
        {
            double early = track.Base(c), ten = track.Mean(c, 0, 10), twenty = track.Mean(c, 0, 20);
            row[at] = (float)track.Mean(c, 0, 5);
            row[at + 1] = (float)twenty;
            row[at + 2] = (float)(ten - early);
            row[at + 3] = (float)(track.Mean(c, 0, 40) - early);
            row[at + 4] = (float)track.Smooth(c);
            row[at + 5] = (float)(ten - track.Mean(c, 10, 10));
            row[at + 6] = (float)(twenty - track.Mean(c, 20, 20));
            row[at + 7] = (float)early;
        }
        Span<float> look = stackalloc float[levels.Statistics];
        WearCurves.Look(track, false, look);
        levels.Compare(look, except, row.Slice(at, WearCurves.Told));
        WearCurves.Look(track, true, look);
        drifts.Compare(look, except, row.Slice(at + WearCurves.Told, WearCurves.Told));
    }
}
