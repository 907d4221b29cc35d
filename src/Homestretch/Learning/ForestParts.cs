namespace Homestretch.Learning;

/// <summary>What the sum over the trees means.</summary>
public enum ForestOutput
{
    /// <summary>The value itself: days, a share, a score.</summary>
    Value,

    /// <summary>The log-odds of a chance: p = 1 / (1 + e^-sum).</summary>
    Chance,
}

/// <summary>Which feature values count as missing at a node. A NaN where it does not count as missing is read as 0.</summary>
public enum MissingRule
{
    /// <summary>None: every value is compared.</summary>
    None,

    /// <summary>Values within 1e-35 of 0, and NaN.</summary>
    Zero,

    /// <summary>NaN.</summary>
    NaN,
}

/// <summary>One inner node: a value goes left when it is at most the threshold, and by the default side when it is missing.</summary>
/// <param name="Feature">Index of the feature looked at.</param>
/// <param name="Threshold">No NaN; infinite where known and unknown values part.</param>
/// <param name="Left">Where to go: an inner node of the same tree, always a later one, or the complement (~) of a leaf.</param>
/// <param name="Right">The same for the other side.</param>
/// <param name="Value">What the training rows that came here had on average; used by explanations only.</param>
public readonly record struct TreeNode(int Feature, double Threshold, MissingRule Missing, bool DefaultLeft, int Left, int Right, double Value = 0);

/// <summary>One tree: inner nodes from the root on, and the leaves' values. A tree of one leaf has no nodes.</summary>
public sealed record TreeParts(IReadOnlyList<TreeNode> Nodes, IReadOnlyList<double> Leaves);

/// <summary>A trained forest as plain data, as it is read from and written to files; <see cref="Forest.Of"/> checks it.</summary>
/// <param name="Features">Names of the features in their order; a model is used only on features of these names.</param>
public sealed record ForestParts(IReadOnlyList<string> Features, ForestOutput Output, IReadOnlyList<TreeParts> Trees);
