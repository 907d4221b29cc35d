using System.Collections.Immutable;
using Homestretch.Learning;

namespace Homestretch.Machines.Health;

/// <summary>A trained model of the life left of one kind of machine: features from a <see cref="HealthTrack"/> and the wear of past
/// machines, trees and networks blended, and intervals measured on machines that training had not seen. Equal bits for equal readings on any
/// machine; safe for many threads; a judgement allocates only what it returns.</summary>
/// <param name="Cap">Life beyond which nothing is told apart; above 0.</param>
/// <param name="CycleLength">Age between two places of a curve, over <see cref="WearCurves.Step"/>.</param>
/// <param name="Trees">Expected life left, as a share of the cap.</param>
/// <param name="Networks">The same; their mean is taken.</param>
/// <param name="NetworkShare">The networks' share in the blend, in [0, 1].</param>
/// <param name="Spread">Mean absolute error to expect, as a share of the cap, from <see cref="LifeOpinions.DoubtNames"/>.</param>
public sealed record LifeModel(SensorNames Names, OperatingConditions Conditions, WearDirections Directions, WearCurves Levels, WearCurves Drifts,
    double Cap, double CycleLength, Forest Trees, ImmutableArray<Network> Networks, double NetworkShare, Forest Spread, LifeErrors Errors)
{
    /// <summary>Smallest spread that is believed, as a share of the cap.</summary>
    public const double LeastSpread = 0.004;

    /// <summary>Names of the features, in their order, of a machine with these used sensors.</summary>
    public static ImmutableArray<string> Features(IReadOnlyList<string> sensors, int directions) => LifeRow.Names(sensors, directions);

    /// <summary>Names of the features that the spread is told from.</summary>
    public static ImmutableArray<string> SpreadFeatures => LifeOpinions.DoubtNames;

    /// <summary>A track for one machine of this kind.</summary>
    public HealthTrack Track() => new(Conditions, Directions);

    /// <summary>What the machine has left; null while its track knows too little.</summary>
    public LifeLeft? Judge(HealthTrack track)
    {
        if (!track.Known) return null;
        Span<float> row = stackalloc float[LifeRow.Width(track.Channels)];
        LifeRow.Write(track, Levels, Drifts, -1, row);
        return Judge(row);
    }

    /// <summary>What a row of features tells.</summary>
    internal LifeLeft Judge(ReadOnlySpan<float> row)
    {
        LifeOpinions opinions = Opinions(row);
        double expected = opinions.Blend(NetworkShare);
        Span<float> doubts = stackalloc float[LifeOpinions.Doubts];
        opinions.Doubt(expected, row, doubts);
        return Said(expected, Math.Max(LeastSpread, Spread.Predict(doubts)), Errors, Cap);
    }

    /// <summary>The quantiles and the interval around what is expected.</summary>
    internal static LifeLeft Said(double expected, double spread, LifeErrors errors, double cap)
    {
        Span<double> told = stackalloc double[LifeErrors.Width];
        for (int i = 0; i < told.Length; i++) told[i] = cap * Math.Clamp(expected + spread * errors.At(expected, i), 0, 1);
        for (int i = 1; i < told.Length - 1; i++) told[i] = Math.Max(told[i], told[i - 1]);
        return new(cap * expected, [.. told[..^1]], Math.Min(told[^1], told[^2]), told[^2], cap);
    }

    /// <summary>What trees and networks say of a row.</summary>
    internal LifeOpinions Opinions(ReadOnlySpan<float> row) => LifeOpinions.Of(Trees, Networks.AsSpan(), row);
}
