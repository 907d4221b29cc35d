using Homestretch.Learning;
using Xunit;

namespace Homestretch.Tests.Learning;

public sealed class ForestTests
{
    /// <summary>Load above 2 gives 5, else heat decides between 1 and 3; then a tree of one leaf that adds a half.</summary>
    private static readonly ForestParts s_parts = new(["load", "heat"], ForestOutput.Value,
    [
        new([new(0, 2, MissingRule.NaN, false, 1, ~0, 3), new(1, 70, MissingRule.Zero, true, ~1, ~2, 2)], [5, 1, 3]),
        new([], [0.5]),
    ]);

    private static Forest Of(ForestParts parts)
    {
        var (forest, findings) = Forest.Of(parts, new("here"));
        Assert.Empty(findings);
        return forest!;
    }

    [Theory]
    [InlineData(3, 0, 5.5)]
    [InlineData(float.NaN, 0, 5.5)] // unknown load goes right
    [InlineData(2, 80, 3.5)] // at the threshold: left
    [InlineData(2, 0, 1.5)] // zero counts as unknown: left
    [InlineData(2, float.NaN, 1.5)]
    [InlineData(2, 70.5f, 3.5)]
    public void A_row_walks_down_every_tree(float load, float heat, double expected) => Assert.Equal(expected, Of(s_parts).Predict([load, heat]));

    [Fact]
    public void A_chance_is_the_logistic_of_the_sum()
    {
        Forest forest = Of(s_parts with { Output = ForestOutput.Chance });
        Assert.Equal(5.5, forest.Sum([3, 0]));
        Assert.Equal(1 / (1 + Math.Exp(-5.5)), forest.Predict([3, 0]));
    }

    [Fact]
    public void The_steps_along_a_walk_are_the_features_that_moved_it()
    {
        double[] moved = new double[2];
        Assert.Equal(3.5, Of(s_parts).Explain([1, 80], moved));
        Assert.Equal([-1, 1], moved);
    }

    [Fact]
    public void A_row_of_another_length_is_our_mistake() => Assert.Throws<ArgumentException>(() => Of(s_parts).Predict([1]));

    public static TheoryData<string, TreeParts> Broken => new()
    {
        { "tree-child", new([new(0, 2, default, false, 0, ~0), new(1, 1, default, false, ~1, ~2)], [5, 1, 3]) }, // to itself
        { "tree-child", new([new(0, 2, default, false, 1, ~0), new(1, 1, default, false, 0, ~2)], [5, 1, 3]) }, // back
        { "tree-child", new([new(0, 2, default, false, 1, 1), new(1, 1, default, false, ~1, ~2)], [5, 1, 3]) }, // two ways
        { "tree-child", new([new(0, 2, default, false, 7, ~0), new(1, 1, default, false, ~1, ~2)], [5, 1, 3]) },
        { "tree-child", new([new(0, 2, default, false, 1, ~0), new(1, 1, default, false, ~1, int.MinValue)], [5, 1, 3]) },
        { "tree-feature", new([new(2, 2, default, false, ~0, ~1)], [5, 1]) },
        { "tree-feature", new([new(-1, 2, default, false, ~0, ~1)], [5, 1]) },
        { "tree-threshold", new([new(0, double.NaN, default, false, ~0, ~1)], [5, 1]) },
        { "tree-missing", new([new(0, 2, (MissingRule)3, false, ~0, ~1)], [5, 1]) },
        { "tree-value", new([new(0, 2, default, false, ~0, ~1)], [5, double.PositiveInfinity]) },
        { "tree-shape", new([new(0, 2, default, false, ~0, ~1)], [5]) },
        { "tree-shape", new([], []) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_tree_gives_findings_and_no_forest(string rule, TreeParts tree)
    {
        var (forest, findings) = Forest.Of(s_parts with { Trees = [s_parts.Trees[0], tree] }, new("here"));
        Assert.Null(forest);
        Assert.Contains(findings, f => f.Rule == rule && f.What.StartsWith("Tree 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_forest_names_its_features_once_and_has_a_tree()
    {
        Assert.Equal(["forest-empty"], Forest.Of(s_parts with { Trees = [] }, new("here")).Findings.Select(static f => f.Rule));
        Assert.Equal(["forest-features"], Forest.Of(s_parts with { Features = ["load", "load"] }, new("here")).Findings.Select(static f => f.Rule));
    }
}
