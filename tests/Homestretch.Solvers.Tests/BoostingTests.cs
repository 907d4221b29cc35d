using Homestretch.Learning;
using Xunit;

namespace Homestretch.Solvers.Tests;

public sealed class BoostingTests
{
    private static readonly Place s_here = new("model.txt");

    private static string Train(BoostingRows rows, BoostingOptions options) => Boosting.Train(rows, options, TestContext.Current.CancellationToken);

    private static Forest Read(string text)
    {
        var (forest, findings) = LightGbmText.Read(text, s_here);
        Assert.Empty(findings);
        return forest!;
    }

    [Theory]
    [InlineData(BoostingGoal.Quantile, false)]
    [InlineData(BoostingGoal.Quantile, true)]
    [InlineData(BoostingGoal.Chance, false)]
    [InlineData(BoostingGoal.Chance, true)]
    [InlineData(BoostingGoal.Mean, false)]
    [InlineData(BoostingGoal.Median, false)]
    public void The_core_predicts_the_bits_that_LightGBM_predicts(BoostingGoal goal, bool zeroIsMissing)
    {
        string text = Train(RandomRows.Make(1500, 5, goal == BoostingGoal.Chance), new(goal, 0.9, 80, FeatureShare: 0.6, RowShare: 0.7, ZeroIsMissing: zeroIsMissing));
        Forest forest = Read(text);
        float[] rows = RandomRows.Values(3000, 77);
        double[] raw = NativePrediction.Of(text, rows, RandomRows.Names.Length, NativeBoosting.Raw, zeroIsMissing), normal = NativePrediction.Of(text, rows, RandomRows.Names.Length, NativeBoosting.Normal, zeroIsMissing);
        for (int r = 0; r < raw.Length; r++)
        {
            var row = rows.AsSpan(r * RandomRows.Names.Length, RandomRows.Names.Length);
            Assert.Equal(BitConverter.DoubleToInt64Bits(raw[r]), BitConverter.DoubleToInt64Bits(forest.Sum(row)));
            Assert.Equal(BitConverter.DoubleToInt64Bits(normal[r]), BitConverter.DoubleToInt64Bits(forest.Predict(row)));
        }
        Assert.True(raw.Distinct().Count() > 1000);
        Assert.Equal(RandomRows.Names, forest.Features);
        var missing = forest.Parts.Trees.SelectMany(static t => t.Nodes).Select(static n => n.Missing).ToHashSet();
        Assert.Contains(zeroIsMissing ? MissingRule.Zero : MissingRule.NaN, missing);
    }

    [Fact]
    public void Where_training_saw_nothing_missing_an_unknown_value_is_read_as_zero()
    {
        BoostingRows rows = RandomRows.Make(800, 3, false);
        rows = rows with { Values = [.. rows.Values.Select(static v => float.IsFinite(v) ? v : 1)] };
        string text = Train(rows, new(BoostingGoal.Mean, Trees: 20));
        Forest forest = Read(text);
        Assert.All(forest.Parts.Trees.SelectMany(static t => t.Nodes), static n => Assert.Equal(MissingRule.None, n.Missing));
        float[] unknown = [float.NaN, float.NaN, float.NaN, float.NaN, float.NaN];
        Assert.Equal(forest.Sum(new float[5]), forest.Sum(unknown));
        Assert.Equal(Assert.Single(NativePrediction.Of(text, unknown, 5, NativeBoosting.Raw, false)), forest.Sum(unknown));
    }

    [Fact]
    public void The_same_rows_options_and_seed_give_the_same_text()
    {
        BoostingOptions options = new(BoostingGoal.Quantile, 0.8, 30, RowShare: 0.5, FeatureShare: 0.5);
        BoostingRows rows = RandomRows.Make(600, 1, false);
        string text = Train(rows, options);
        Assert.Equal(text, Train(rows, options));
        Assert.NotEqual(text, Train(rows, options with { Seed = 2 }));
    }

    [Fact]
    public void A_higher_level_states_more_and_covers_its_share_of_the_training_rows()
    {
        BoostingRows rows = RandomRows.Make(4000, 9, false) with { Weights = null };
        foreach (double level in new[] { 0.5, 0.8, 0.9 })
        {
            Forest forest = Read(Train(rows, new(BoostingGoal.Quantile, level, 60, Leaves: 8)));
            int covered = Enumerable.Range(0, rows.Count).Count(r => rows.Labels[r] <= forest.Predict(rows.Values.AsSpan(r * 5, 5)));
            Assert.InRange(covered / (double)rows.Count, level - 0.03, level + 0.03);
        }
    }

    [Fact]
    public void A_feature_that_may_only_rise_lowers_no_chance()
    {
        BoostingRows rows = RandomRows.Make(3000, 4, true);
        Forest forest = Read(Train(rows, new(BoostingGoal.Chance, Trees: 60, Rising: [1, 0, 0, 0, 0])));
        for (int r = 0; r < 200; r++)
        {
            float[] row = rows.Values[(r * 5)..(r * 5 + 5)];
            double last = 0;
            for (row[0] = -3; row[0] < 3; row[0] += 0.1f)
            {
                double chance = forest.Predict(row);
                Assert.True(chance >= last);
                last = chance;
            }
        }
    }

    [Fact]
    public void What_each_feature_moved_adds_up()
    {
        BoostingRows rows = RandomRows.Make(2000, 6, false);
        Forest forest = Read(Train(rows, new(BoostingGoal.Mean, Trees: 50)));
        double[] moved = new double[5];
        for (int r = 0; r < 100; r++)
        {
            var row = rows.Values.AsSpan(r * 5, 5);
            double begin = forest.Explain(row, moved);
            Assert.Equal(forest.Sum(row), begin + moved.Sum(), 1e-2);
        }
    }

    [Fact]
    public void Rows_that_teach_nothing_and_options_out_of_range_are_our_mistake()
    {
        BoostingRows rows = RandomRows.Make(50, 1, false);
        Assert.Throws<ArgumentException>(() => Train(rows, new(BoostingGoal.Chance)));
        Assert.Throws<ArgumentException>(() => Train(rows with { Labels = [.. rows.Labels[1..], float.NaN] }, new(BoostingGoal.Mean)));
        Assert.Throws<ArgumentException>(() => Train(rows with { Labels = rows.Labels[1..] }, new(BoostingGoal.Mean)));
        Assert.Throws<ArgumentException>(() => Train(rows with { Features = ["a b", "b", "c", "d", "e"] }, new(BoostingGoal.Mean)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Train(rows, new(BoostingGoal.Quantile, 1)));
    }
}
