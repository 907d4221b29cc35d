using Homestretch.Learning;
using Xunit;

namespace Homestretch.Tests.Learning;

public sealed class ForestUseTests
{
    [Fact]
    public void The_features_asked_most_come_first_by_their_share_of_all_splits()
    {
        static TreeParts Tree(params int[] asked) => new([.. asked.Select((f, i) => new TreeNode(f, 1, MissingRule.None, true, ~i, i + 1 < asked.Length ? i + 1 : ~(i + 1)))], [.. new double[asked.Length + 1]]);
        var (forest, findings) = Forest.Of(new(["a", "b", "c"], ForestOutput.Value, [Tree(0, 1), Tree(0)]), new("test"));
        Assert.Empty(findings);
        Assert.Equal([("a", 2 / 3.0), ("b", 1 / 3.0)], ForestUse.Of([forest!], 5).Select(static u => (u.Feature, u.Splits)));
        Assert.Equal("a", Assert.Single(ForestUse.Of([forest!, forest!], 1)).Feature);
    }
}
