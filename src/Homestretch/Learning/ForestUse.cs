namespace Homestretch.Learning;

/// <summary>How much of a model looks at a feature.</summary>
/// <param name="Splits">Share of the splits of all trees that ask it, in (0, 1].</param>
public sealed record ForestUse(string Feature, double Splits)
{
    /// <summary>The features that forests ask most, most first, ties by name.</summary>
    /// <param name="most">At most so many.</param>
    /// <remarks>A count of splits and not of gain: it says what a model looks at, not what it owes to it. Example: two trees of 'a, b' and 'a': a 0.67, b 0.33.</remarks>
    public static IReadOnlyList<ForestUse> Of(IEnumerable<Forest> forests, int most)
    {
        var splits = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (Forest forest in forests)
        {
            foreach (TreeNode node in forest.Parts.Trees.SelectMany(static t => t.Nodes)) splits[forest.Features[node.Feature]] = splits.GetValueOrDefault(forest.Features[node.Feature]) + 1;
        }
        double all = splits.Values.Sum();
        return [.. splits.OrderByDescending(static s => s.Value).ThenBy(static s => s.Key, StringComparer.Ordinal).Take(most).Select(s => new ForestUse(s.Key, s.Value / all))];
    }
}
