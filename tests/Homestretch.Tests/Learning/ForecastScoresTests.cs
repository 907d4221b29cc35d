using CsCheck;
using Homestretch.Learning;
using Xunit;

namespace Homestretch.Tests.Learning;

public sealed class ForecastScoresTests
{
    // docs/forecasting.md, the scores
    [Fact]
    public void The_examples_of_the_documentation_hold()
    {
        Assert.Equal(0.875, ForecastScores.Auc([0.1, 0.4, 0.4, 0.8], [false, false, true, true]));
        Assert.Equal(0.125, ForecastScores.Brier([0.5, 0], [true, false]));
        Assert.Equal(9, ForecastScores.Pinball(0.9, 10, 20));
        Assert.Equal(1, ForecastScores.Pinball(0.9, 20, 10), 1e-12);
        Assert.Equal(2 / 3.0, ForecastScores.Coverage([1, 2, 3], [1, 3, 2]));
        Assert.Equal(2 / 3.0, ForecastScores.MeanAbsolute([1, 2, 3], [1, 3, 2]));
    }

    private static readonly Gen<(int Score, bool Came)[]> s_rows = Gen.Select(Gen.Int[0, 6], Gen.Bool).Array[2, 40].Where(static a => a.Any(static r => r.Item2) && a.Any(static r => !r.Item2));

    [Fact]
    public void The_area_is_the_share_of_pairs_in_the_right_order() => s_rows.Sample(rows =>
    {
        double won = 0, pairs = 0;
        foreach (var yes in rows.Where(static r => r.Came))
        {
            foreach (var no in rows.Where(static r => !r.Came)) (won, pairs) = (won + (yes.Score > no.Score ? 1 : yes.Score == no.Score ? 0.5 : 0), pairs + 1);
        }
        Assert.Equal(won / pairs, Auc(rows), 1e-12);
        Assert.Equal(1 - won / pairs, Auc([.. rows.Select(static r => (-r.Score, r.Came))]), 1e-12);
    });

    [Fact]
    public void One_kind_alone_has_no_area() => Assert.Equal(double.NaN, ForecastScores.Auc([1, 2], [true, true]));

    [Fact]
    public void No_number_for_all_has_less_pinball_loss_than_their_quantile() => Gen.Select(Gen.Int[-30, 60].Array[1, 50], Gen.Int[1, 19]).Sample((truths, twentieths) =>
    {
        double level = twentieths / 20.0;
        double[] truth = [.. truths.Select(static t => (double)t)], sorted = [.. truth.Order()];
        double quantile = sorted[(int)Math.Ceiling(level * truth.Length - 1e-9) - 1];
        double least = Enumerable.Range(-30, 91).Min(x => Loss(x));
        Assert.Equal(least, Loss(quantile), 1e-9);

        double Loss(double x) => ForecastScores.Pinball(level, Array.ConvertAll(truth, _ => x), truth);
    });

    private static double Auc((int Score, bool Came)[] rows) => ForecastScores.Auc([.. rows.Select(static r => (double)r.Score)], [.. rows.Select(static r => r.Came)]);
}
