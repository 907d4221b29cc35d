using Homestretch.Learning;
using Xunit;

namespace Homestretch.Solvers.Tests;

public sealed class LightGbmTextTests
{
    private static readonly string s_model = Boosting.Train(RandomRows.Make(300, 2, true), new(BoostingGoal.Chance, Trees: 5, Leaves: 4, LeastRows: 5));

    [Theory]
    [InlineData("tree\n", "bush\n", "model-text")]
    [InlineData("end of trees", "end of tres", "model-text")]
    [InlineData("version=v4", "version=v3", "model-version")]
    [InlineData("num_class=1", "num_class=3", "model-outputs")]
    [InlineData("binary sigmoid:1", "poisson", "model-objective")]
    [InlineData("num_cat=0", "num_cat=2", "model-categories")]
    [InlineData("is_linear=0", "is_linear=1", "model-linear")]
    [InlineData("split_feature=", "split_feature=9 ", "tree-shape")]
    [InlineData("leaf_value=", "leaf_value=x ", "model-number")]
    [InlineData("left_child=1", "left_child=0", "tree-child")]
    [InlineData("leaf_value=", "leaf_value=nan ", "tree-shape")]
    [InlineData("feature_names=age load heat", "feature_names=age age heat", "forest-features")]
    public void A_damaged_model_is_refused_with_its_reason(string from, string to, string rule)
    {
        Assert.Contains(from, s_model);
        var (forest, findings) = LightGbmText.Read(s_model.Replace(from, to, StringComparison.Ordinal), new("model.txt"));
        Assert.Null(forest);
        Assert.Contains(findings, f => f.Rule == rule);
    }

    [Fact]
    public void A_model_cut_off_anywhere_is_refused()
    {
        int whole = s_model.IndexOf("end of trees", StringComparison.Ordinal);
        for (int length = 0; length < whole; length += 97)
        {
            var (forest, findings) = LightGbmText.Read(s_model[..length], new("model.txt"));
            Assert.Null(forest);
            Assert.NotEmpty(findings);
        }
    }

    [Fact]
    public void Labels_that_are_all_one_give_a_tree_of_one_leaf()
    {
        BoostingRows rows = RandomRows.Make(100, 2, false);
        string text = Boosting.Train(rows with { Labels = [.. Enumerable.Repeat(4f, 100)] }, new(BoostingGoal.Mean), TestContext.Current.CancellationToken);
        var (forest, findings) = LightGbmText.Read(text, new("model.txt"));
        Assert.Empty(findings);
        Assert.Equal(4, forest!.Predict(new float[5]));
    }
}
