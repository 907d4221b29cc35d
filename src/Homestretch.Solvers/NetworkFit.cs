using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Homestretch.Learning;

namespace Homestretch.Solvers;

/// <summary>How a small network is trained.</summary>
/// <param name="First">Width of the first hidden layer, a multiple of 16.</param>
/// <param name="Second">Width of the second, likewise.</param>
/// <param name="Rounds">Times every row is seen.</param>
/// <param name="Rate">Adam's step at its largest; it falls to 0 along a cosine.</param>
/// <param name="Decay">Share of a weight that a step of size 1 takes away (decoupled decay).</param>
/// <param name="Noise">Standard deviation of what is added to each standardised feature while training.</param>
/// <param name="Batch">Rows a step.</param>
public sealed record NetworkOptions(int First = 32, int Second = 16, int Rounds = 20, double Rate = 3e-3, double Decay = 0.8, double Noise = 0, int Batch = 64, ulong Seed = 1);

/// <summary>Trains a <see cref="Network"/> on squared errors by Adam (Kingma and Ba 2015, with the decoupled decay of Loshchilov and Hutter 2019).
/// One thread, draws by key, sums in the order of the rows: the same rows, options and seed give the same bits on any machine.</summary>
public static class NetworkFit
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Tiny = 1e-8;

    /// <param name="rows">Labels should be of order 1.</param>
    public static Network Train(BoostingRows rows, NetworkOptions options, CancellationToken stop = default)
    {
        rows.Check();
        int features = rows.Features.Count, count = rows.Count, h1 = options.First, h2 = options.Second, size = Network.Size(features, h1, h2);
        float[] means = new float[features], spreads = new float[features], inputs = Standardised(rows, means, spreads);
        var draws = new Draws(options.Seed);
        float[] weights = Begin(features, h1, h2, draws), slopes = new float[size], momentum = new float[size], squares = new float[size];
        float[] x = new float[features], a1 = new float[h1], a2 = new float[h2], d1 = new float[h1], d2 = new float[h2];
        int w2 = (features + 1) * h1, w3 = w2 + (h1 + 1) * h2, steps = options.Rounds * ((count + options.Batch - 1) / options.Batch), step = 0;
        int[] order = [.. Enumerable.Range(0, count)];
        double[] noise = new double[4096];
        draws.Normals(StableHash.Of("noise"), noise);
        float[] blur = [.. noise.Select(z => (float)(z * options.Noise))];
        double mean = 0;
        foreach (float label in rows.Labels) mean += label / count;
        weights[^1] = (float)mean;
        for (int round = 0; round < options.Rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            ulong key = StableHash.Join(StableHash.Of("order"), (ulong)round);
            for (int i = count - 1; i > 0; i--)
            {
                int other = (int)(draws.Bits(key, i) % (ulong)(i + 1));
                (order[i], order[other]) = (order[other], order[i]);
            }
            for (int begin = 0; begin < count; begin += options.Batch)
            {
                int end = Math.Min(count, begin + options.Batch);
                Array.Clear(slopes);
                for (int b = begin; b < end; b++)
                {
                    int row = order[b];
                    int offset = (int)(draws.Bits(StableHash.Join(key, 7), row) & 4095);
                    for (int i = 0; i < features; i++) x[i] = inputs[row * features + i] + blur[(offset + i) & 4095];
                    Network.Layer(x, weights, a1);
                    Network.Layer(a1, weights.AsSpan(w2), a2);
                    float sum = weights[w3 + h2];
                    for (int j = 0; j < h2; j++) sum += weights[w3 + j] * a2[j];
                    float error = (sum - rows.Labels[row]) * (rows.Weights?[row] ?? 1) / (end - begin);
                    Back(weights, slopes, x, a1, a2, d1, d2, w2, w3, error);
                }
                step++;
                double rate = options.Rate * 0.5 * (1 + Math.Cos(Math.PI * step / steps)) * Math.Min(1, step / 50.0);
                Adam(weights, slopes, momentum, squares, (float)rate, (float)(rate * options.Decay), step);
            }
        }
        return new([.. means], [.. spreads], h1, h2, ImmutableCollectionsMarshal.AsImmutableArray(weights));
    }

    private static float[] Standardised(BoostingRows rows, float[] means, float[] spreads)
    {
        int features = means.Length;
        float[] inputs = new float[rows.Count * features];
        for (int f = 0; f < features; f++)
        {
            double sum = 0, squares = 0, seen = 0;
            for (int r = 0; r < rows.Count; r++)
            {
                double v = rows.Values[r * features + f];
                if (double.IsFinite(v)) (sum, squares, seen) = (sum + v, squares + v * v, seen + 1);
            }
            double mean = seen > 0 ? sum / seen : 0, spread = seen > 0 ? Math.Sqrt(Math.Max(0, squares / seen - mean * mean)) : 0;
            (means[f], spreads[f]) = ((float)mean, spread > 1e-6 ? (float)spread : 1);
            for (int r = 0; r < rows.Count; r++)
            {
                float z = (rows.Values[r * features + f] - means[f]) / spreads[f];
                inputs[r * features + f] = float.IsNaN(z) ? 0 : Math.Clamp(z, -Network.Reach, Network.Reach);
            }
        }
        return inputs;
    }

    private static float[] Begin(int features, int h1, int h2, Draws draws)
    {
        float[] weights = new float[Network.Size(features, h1, h2)];
        int at = 0;
        foreach (var (inputs, outputs) in new[] { (features, h1), (h1, h2), (h2, 1) })
        {
            double spread = 1 / Math.Sqrt(inputs);
            for (int i = 0; i < inputs * outputs; i++) weights[at + i] = (float)(spread * draws.Normal(StableHash.Of("begin"), at + i));
            at += (inputs + 1) * outputs;
        }
        return weights;
    }

    /// <summary>Adds one row's slopes. The slope of a = s / sqrt(1 + s^2) is (1 - a^2)^1.5.</summary>
    private static void Back(float[] weights, float[] slopes, float[] x, float[] a1, float[] a2, float[] d1, float[] d2, int w2, int w3, float error)
    {
        int h1 = a1.Length, h2 = a2.Length;
        for (int j = 0; j < h2; j++)
        {
            slopes[w3 + j] += error * a2[j];
            d2[j] = error * weights[w3 + j] * Slope(a2[j]);
        }
        slopes[w3 + h2] += error;
        for (int i = 0; i < h1; i++)
        {
            float sum = 0;
            int row = w2 + i * h2;
            for (int j = 0; j < h2; j++) sum += weights[row + j] * d2[j];
            AddScaled(slopes.AsSpan(row, h2), d2, a1[i]);
            d1[i] = sum * Slope(a1[i]);
        }
        AddScaled(slopes.AsSpan(w2 + h1 * h2, h2), d2, 1);
        for (int i = 0; i < x.Length; i++) AddScaled(slopes.AsSpan(i * h1, h1), d1, x[i]);
        AddScaled(slopes.AsSpan(x.Length * h1, h1), d1, 1);

        static float Slope(float a)
        {
            float left = 1 - a * a;
            return left * MathF.Sqrt(left);
        }
    }

    private static void AddScaled(Span<float> sums, ReadOnlySpan<float> values, float factor)
    {
        ref float to = ref MemoryMarshal.GetReference(sums);
        ref float from = ref MemoryMarshal.GetReference(values);
        for (int j = 0; j < sums.Length; j += Vector<float>.Count)
            (Vector.LoadUnsafe(ref to, (nuint)j) + Vector.LoadUnsafe(ref from, (nuint)j) * factor).StoreUnsafe(ref to, (nuint)j);
    }

    private static void Adam(float[] weights, float[] slopes, float[] momentum, float[] squares, float rate, float decay, int step)
    {
        float c1 = (float)(1 / (1 - Math.Pow(Beta1, step))), c2 = (float)(1 / (1 - Math.Pow(Beta2, step)));
        const float b1 = (float)Beta1, b2 = (float)Beta2, tiny = (float)Tiny;
        for (int i = 0; i < weights.Length; i++)
        {
            float g = slopes[i], m = momentum[i] = b1 * momentum[i] + (1 - b1) * g, v = squares[i] = b2 * squares[i] + (1 - b2) * g * g;
            weights[i] -= rate * (m * c1) / (MathF.Sqrt(v * c2) + tiny) + decay * weights[i];
        }
    }
}
