using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>Sums of sensors in which wear stands out most from noise: with one way to fail the first tells nearly all, with
/// several ways a few do.</summary>
/// <param name="Weights">Direction after direction, one weight a used sensor; the noise of a direction has variance 1.</param>
/// <param name="Count">How many directions there are; at least one.</param>
/// <remarks>Generalised eigenvectors of M v = l N v: N covariance of noise (half that of differences of neighbouring readings), M second
/// moment of late drift from the machine's own early life; the largest l first. The discriminant analysis of Fisher (1936) with wear as the signal.</remarks>
public sealed record WearDirections(ImmutableArray<float> Weights, int Count)
{
    /// <summary>The directions' values of one normalised reading.</summary>
    internal void Project(ReadOnlySpan<float> normal, Span<float> projected)
    {
        for (int k = 0; k < Count; k++)
        {
            float sum = 0;
            for (int i = 0; i < normal.Length; i++) sum += Weights[k * normal.Length + i] * normal[i];
            projected[k] = sum;
        }
    }
}
