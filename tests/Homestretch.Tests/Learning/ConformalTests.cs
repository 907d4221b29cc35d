using CsCheck;
using Homestretch.Learning;
using Xunit;

namespace Homestretch.Tests.Learning;

public sealed class ConformalTests
{
    [Fact]
    public void The_correction_is_the_miss_at_its_rank()
    {
        Assert.Equal(1, Conformal.Correction([5, 0, -2, 1], 0.5));
        Assert.Equal(5, Conformal.Correction([5, 0, -2, 1], 0.8));
        Assert.Equal(double.PositiveInfinity, Conformal.Correction([5, 0, -2, 1], 0.9));
        Assert.Equal(9, Conformal.Correction([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.9)); // not 10 by rounding
        Assert.Equal(double.PositiveInfinity, Conformal.Correction([], 0.5));
    }

    // n + 1 exchangeable misses: the new one is held with a chance in [level, level + 1 / (n + 1)]
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_new_row_is_held_as_often_as_wanted_whatever_the_model(double level)
    {
        const int Rows = 30, Trials = 20_000;
        var draws = new Draws(3);
        int held = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            double[] misses = [.. Enumerable.Range(0, Rows + 1).Select(i => Math.Pow(draws.Normal((ulong)trial, i), 3))];
            if (misses[^1] <= Conformal.Correction(misses.AsSpan(..^1), level)) held++;
        }
        Assert.InRange(held / (double)Trials, level - 0.01, level + 1.0 / (Rows + 1) + 0.01);
    }
}

public sealed class AdaptiveLevelTests
{
    [Fact]
    public void A_miss_asks_for_more_and_a_hit_for_a_little_less()
    {
        var level = new AdaptiveLevel(0.9, 0.02);
        Assert.Equal(0.918, level.After(false).Asked, 1e-12);
        Assert.Equal(0.898, level.After(true).Asked, 1e-12);
        Assert.Equal(0.9, Enumerable.Range(0, 10).Aggregate(level, static (l, i) => l.After(i > 0)).Asked, 1e-12);
    }

    // the world's spread doubles half way: a fixed level falls short, the adaptive one comes back
    [Fact]
    public void It_holds_what_is_wanted_when_the_world_drifts()
    {
        var draws = new Draws(1);
        var level = new AdaptiveLevel(0.9, 0.02);
        int held = 0, heldFixed = 0;
        const int N = 4000;
        for (int i = 0; i < N; i++)
        {
            double truth = draws.Normal(1, i) * (i < N / 2 ? 1 : 2);
            bool hit = truth <= Normal.Quantile(Math.Clamp(level.Asked, 0.001, 0.999));
            held += hit ? 1 : 0;
            heldFixed += truth <= Normal.Z90 ? 1 : 0;
            level = level.After(hit);
        }
        Assert.InRange(held / (double)N, 0.89, 0.91);
        Assert.True(heldFixed / (double)N < 0.85);
    }

    [Fact]
    public void It_never_runs_away() => Gen.Bool.Array[0, 500].Sample(hits =>
        Assert.InRange(hits.Aggregate(new AdaptiveLevel(0.95, 0.05), static (l, hit) => l.After(hit)).Asked, -AdaptiveLevel.Slack, 1 + AdaptiveLevel.Slack));
}
