using Homestretch.Machines.Health;
using Xunit;

namespace Homestretch.Tests.Machines.Health;

public sealed class FailureScoreTests
{
    [Fact]
    public void Ranks_errors_and_shares_are_as_computed_by_hand()
    {
        // pairs (failed, not): (0.9 > 0.5), (0.9 > 0.1), (0.5 = 0.5 counts half), (0.5 > 0.1): 3.5 of 4
        FailureScore score = FailureScore.Of([new("a", 0.9, true), new("a", 0.5, true), new("b", 0.5, false), new("b", 0.1, false)]);
        Assert.Equal(3.5 / 4, score.Auc, 1e-12);
        Assert.Equal((0.01 + 0.25 + 0.25 + 0.01) / 4, score.Brier, 1e-12);
        Assert.Equal(0.25, score.BaseBrier, 1e-12);
        Assert.Equal([1, 2, 1], score.Curve.Select(static c => c.Judgements));
        Assert.Equal([0, 0.5, 1], score.Curve.Select(static c => c.Failed));
    }

    [Fact]
    public void Without_failures_nothing_is_ranked() => Assert.True(double.IsNaN(FailureScore.Of([new("a", 0.1, false)]).Auc));

    [Fact]
    public void Chances_are_made_to_hold_between_the_points_that_were_measured()
    {
        Assert.Equal(0.1, FailureModel.Calibrated(0.05, [0.2, 0.6], [0.1, 0.5]));
        Assert.Equal(0.3, FailureModel.Calibrated(0.4, [0.2, 0.6], [0.1, 0.5]), 1e-12);
        Assert.Equal(0.5, FailureModel.Calibrated(0.9, [0.2, 0.6], [0.1, 0.5]));
    }
}
