using System.Collections.Immutable;
using Homestretch.Learning;

namespace Homestretch.Machines.Health;

/// <summary>A trained model of the chance that a machine of one kind fails within a horizon. Equal bits for equal logs on any machine; safe for many threads.</summary>
/// <param name="HorizonHours">Above 0.</param>
/// <param name="Trees">A chance, before it is made to hold.</param>
/// <param name="Said">Chances that trees say, rising, with the share of machines not seen in training that then failed in <paramref name="Held"/>: linear between two, constant beyond the ends.</param>
public sealed record FailureModel(LogNames Names, double HorizonHours, Forest Trees, ImmutableArray<double> Said, ImmutableArray<double> Held)
{
    /// <summary>A track for one machine of this kind.</summary>
    public FailureTrack Track() => new(Names);

    /// <summary>The chance that the machine fails within the horizon from <paramref name="now"/> on; null before its first line.</summary>
    /// <param name="now">Hours, not before the track's last line.</param>
    public double? Judge(FailureTrack track, double now)
    {
        if (double.IsNaN(track.Now)) return null;
        Span<float> row = stackalloc float[Trees.Features.Count];
        track.Write(now, row);
        return Calibrated(Trees.Predict(row), Said.AsSpan(), Held.AsSpan());
    }

    internal static double Calibrated(double said, ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        int above = 0;
        while (above < from.Length && from[above] < said) above++;
        if (above == 0) return to[0];
        if (above == from.Length) return to[^1];
        return to[above - 1] + (to[above] - to[above - 1]) * (said - from[above - 1]) / (from[above] - from[above - 1]);
    }
}
