using Homestretch.Learning;
using Xunit;

namespace Homestretch.Tests.Learning;

public sealed class NetworkTests
{
    private static readonly Draws s_draws = new(2);

    private static Network Random(int features, int first, int second) =>
        new([.. Enumerable.Repeat(1f, features)], [.. Enumerable.Repeat(2f, features)], first, second, [.. Enumerable.Range(0, Network.Size(features, first, second)).Select(static i => (float)s_draws.Normal(1, i))]);

    [Fact]
    public void Lanes_give_the_bits_of_plain_loops()
    {
        Network network = Random(7, 32, 16);
        float[] row = [.. Enumerable.Range(0, 7).Select(static i => (float)(3 * s_draws.Normal(2, i)))];
        float[] x = [.. row.Select(static v => Math.Clamp((v - 1) / 2, -5, 5))];
        int at = 0;
        foreach (int width in new[] { 32, 16 }) x = Layer(x, width);
        float sum = network.Weights[at + 16];
        for (int j = 0; j < 16; j++) sum += network.Weights[at + j] * x[j];
        Assert.Equal(sum, network.Predict(row));

        float[] Layer(float[] input, int width)
        {
            float[] output = new float[width];
            for (int j = 0; j < width; j++)
            {
                float s = network.Weights[at + input.Length * width + j];
                for (int i = 0; i < input.Length; i++) s += network.Weights[at + i * width + j] * input[i];
                output[j] = s / MathF.Sqrt(1 + s * s);
            }
            at += (input.Length + 1) * width;
            return output;
        }
    }

    [Fact]
    public void An_unknown_feature_counts_as_its_mean()
    {
        Network network = Random(3, 16, 16);
        Assert.Equal(network.Predict([1, 4, 1]), network.Predict([float.NaN, 4, float.NaN]));
        Assert.NotEqual(network.Predict([1, 4, 1]), network.Predict([1, 5, 1]));
        Assert.Throws<ArgumentException>(() => network.Predict([1, 2]));
    }
}
