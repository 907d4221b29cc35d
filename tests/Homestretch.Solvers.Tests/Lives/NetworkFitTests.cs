using Homestretch.Learning;
using Homestretch.Solvers.Lives;
using Xunit;

namespace Homestretch.Solvers.Tests.Lives;

public sealed class NetworkFitTests
{
    private static readonly Draws s_draws = new(6);

    private static BoostingRows Waves(int count, ulong key)
    {
        float[] values = [.. Enumerable.Range(0, 3 * count).Select(i => (float)(4 * s_draws.Uniform(key, i) - 2))];
        return new(["a", "b", "c"], values, [.. Enumerable.Range(0, count).Select(r => (float)(0.5 + 0.4 * Math.Sin(2 * values[3 * r]) * values[3 * r + 1] + 0.02 * s_draws.Normal(key + 1, r)))]);
    }

    private static double Error(Network network, BoostingRows rows) => Math.Sqrt(Enumerable.Range(0, rows.Count).Average(r => Math.Pow(network.Predict(rows.Values.AsSpan(3 * r, 3)) - rows.Labels[r], 2)));

    [Fact]
    public void It_learns_a_product_of_two_features_and_leaves_out_the_third()
    {
        Network network = NetworkFit.Train(Waves(4000, 10), new(Rounds: 40, Decay: 0.02), TestContext.Current.CancellationToken);
        Assert.True(Error(network, Waves(1000, 20)) < 0.06);
        Assert.InRange(Math.Abs(network.Predict([0.5f, 1, -2]) - network.Predict([0.5f, 1, 2])), 0, 0.1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        BoostingRows rows = Waves(500, 30);
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));

        float[] Weights(ulong seed) => [.. NetworkFit.Train(rows, new(Rounds: 3, Seed: seed), TestContext.Current.CancellationToken).Weights];
    }

    [Fact]
    public void Eigenvectors_give_the_matrix_again()
    {
        double[,] a = { { 4, 1, -2 }, { 1, 3, 0.5 }, { -2, 0.5, 1 } };
        var (values, vectors) = Eigen.Of(a);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) Assert.Equal(a[i, j], Enumerable.Range(0, 3).Sum(k => vectors[i, k] * values[k] * vectors[j, k]), 1e-12);
        }
        Assert.True(values[0] >= values[1] && values[1] >= values[2]);
        Assert.Equal(8, values.Sum(), 1e-12);
    }
}
