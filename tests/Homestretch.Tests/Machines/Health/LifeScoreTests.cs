using Homestretch.Machines.Health;
using Xunit;

namespace Homestretch.Tests.Machines.Health;

public sealed class LifeScoreTests
{
    private static LifeOutcome Told(string unit, double expected, double truth, double low = 0, double high = 125) =>
        new(unit, new(expected, [.. Enumerable.Repeat(expected, 7)], low, high, 125), truth);

    [Fact]
    public void The_score_costs_more_for_too_much_than_for_too_little()
    {
        // Saxena et al. 2008, eq. 4: d = 10 costs e - 1, d = -13 costs e - 1
        LifeScore score = LifeScore.Of([Told("1", 60, 50), Told("2", 37, 50)]);
        Assert.Equal(2 * (Math.E - 1), score.Score, 1e-12);
        Assert.Equal(Math.Sqrt((100 + 169) / 2.0), score.Rmse, 1e-12);
        Assert.Equal(11.5, score.MeanAbsolute, 1e-12);
    }

    [Fact]
    public void Truth_is_held_to_the_cap_except_where_raw_is_said()
    {
        LifeScore score = LifeScore.Of([Told("1", 125, 145, 110)]);
        Assert.Equal(0, score.Rmse);
        Assert.Equal(20, score.RawRmse);
        Assert.Equal(1, score.Coverage);
        Assert.True(double.IsNaN(score.Below[3]));
    }

    [Fact]
    public void Coverage_counts_judgements_and_its_interval_draws_machines()
    {
        var outcomes = Enumerable.Range(0, 40).SelectMany(u => Enumerable.Range(0, 10).Select(_ => Told($"{u}", 50, u < 36 ? 50 : 90, 40, 60))).ToList();
        LifeScore score = LifeScore.Of(outcomes);
        Assert.Equal(0.9, score.Coverage, 1e-12);
        Assert.InRange(score.CoverageLow, 0.75, 0.86);
        Assert.InRange(score.CoverageHigh, 0.94, 1);
        Assert.Equal(0.9, score.Below[0], 1e-12);
    }

    [Fact]
    public void Stated_quantiles_rise_and_stay_between_nothing_and_the_cap()
    {
        var errors = new LifeErrors([0.2, 0.8], [.. Enumerable.Range(0, 16).Select(static i => i % 8 == 7 ? -2.0 : i % 8 - 3)]);
        foreach (double expected in new[] { 0, 0.1, 0.2, 0.5, 0.9, 1 })
        {
            LifeLeft left = LifeModel.Said(expected, 0.2, errors, 100);
            Assert.Equal(left.Quantiles.Order(), left.Quantiles);
            Assert.InRange(left.Quantiles[0], 0, 100);
            Assert.InRange(left.High, left.Low, 100);
            Assert.Equal(100 * expected, left.Expected, 1e-9);
            Assert.Equal(left.P50, left.Quantiles[3]);
        }
    }
}
