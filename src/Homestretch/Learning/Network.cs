using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Homestretch.Learning;

/// <summary>A small trained network with two hidden layers and one output, evaluated: the same features give the same bits on any machine.</summary>
/// <param name="Means">One a feature: what stands for it when it is unknown.</param>
/// <param name="Spreads">One a feature, above 0. A feature x enters as (x - mean) / spread, held within 5 of 0.</param>
/// <param name="First">Width of the first hidden layer, a multiple of 16; <paramref name="Second"/> likewise.</param>
/// <param name="Weights">Features x First, First, First x Second, Second, Second x 1, 1: each layer's weights input by input, then its offsets.</param>
/// <remarks>Between layers a(x) = x / sqrt(1 + x^2), which needs no library function. Sums run lane by lane over a layer's units, so
/// the width of a register does not show.</remarks>
public sealed record Network(ImmutableArray<float> Means, ImmutableArray<float> Spreads, int First, int Second, ImmutableArray<float> Weights)
{
    internal const float Reach = 5;

    /// <summary>How many weights a network of this shape has.</summary>
    public static int Size(int features, int first, int second) => (features + 1) * first + (first + 1) * second + second + 1;

    /// <summary>What the network says of one row.</summary>
    /// <param name="features">One value a feature, NaN where unknown.</param>
    public float Predict(ReadOnlySpan<float> features)
    {
        if (features.Length != Means.Length)
            throw new ArgumentException($"The network looks at {Means.Length} features and was given {features.Length}.\nMaybe the model is of another version: compare the names.", nameof(features));
        Span<float> input = stackalloc float[features.Length], first = stackalloc float[First], second = stackalloc float[Second];
        for (int i = 0; i < input.Length; i++)
        {
            float x = (features[i] - Means[i]) / Spreads[i];
            input[i] = float.IsNaN(x) ? 0 : Math.Clamp(x, -Reach, Reach);
        }
        ReadOnlySpan<float> weights = Weights.AsSpan();
        Layer(input, weights, first);
        weights = weights[((input.Length + 1) * First)..];
        Layer(first, weights, second);
        weights = weights[((First + 1) * Second)..];
        float sum = weights[Second];
        for (int j = 0; j < Second; j++) sum += weights[j] * second[j];
        return sum;
    }

    /// <summary>One hidden layer.</summary>
    internal static void Layer(ReadOnlySpan<float> input, ReadOnlySpan<float> weights, Span<float> output)
    {
        int width = output.Length, lanes = Vector<float>.Count;
        ref float w = ref MemoryMarshal.GetReference(weights);
        for (int j = 0; j < width; j += lanes)
        {
            var sum = Vector.LoadUnsafe(ref w, (nuint)(input.Length * width + j));
            for (int i = 0; i < input.Length; i++) sum += Vector.LoadUnsafe(ref w, (nuint)(i * width + j)) * input[i];
            (sum / Vector.SquareRoot(Vector<float>.One + sum * sum)).CopyTo(output[j..]);
        }
    }
}
