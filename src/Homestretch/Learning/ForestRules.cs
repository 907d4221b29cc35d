namespace Homestretch.Learning;

/// <summary>What must hold of a forest from outside, as findings; <see cref="Forest"/> trusts what passed.</summary>
internal static class ForestRules
{
    /// <summary>More findings than this help nobody mend a file.</summary>
    private const int Enough = 20;

    /// <summary>Everything wrong with the parts, at most 20 findings; empty when they can be evaluated.</summary>
    public static IReadOnlyList<Finding> Check(ForestParts parts, Place place)
    {
        var findings = new List<Finding>();
        if (parts.Features.Count == 0) findings.Add(new(place, "forest-features", "The model names no features.", "Train it again."));
        foreach (var twice in parts.Features.GroupBy(static f => f, StringComparer.Ordinal).Where(static g => g.Count() > 1))
            findings.Add(new(place, "forest-features", $"The feature '{twice.Key}' is named {twice.Count()} times.", "Give each feature its own name."));
        if (parts.Trees.Count == 0) findings.Add(new(place, "forest-empty", "The model has no trees.", "Train it again; it may have been cut off."));
        for (int t = 0; t < parts.Trees.Count && findings.Count < Enough; t++) Check(parts.Trees[t], t, parts.Features.Count, place, findings);
        return findings.Count <= Enough ? findings : findings[..Enough];
    }

    private static void Check(TreeParts tree, int t, int features, Place place, List<Finding> findings)
    {
        void Add(string rule, string what) => findings.Add(new(place, rule, $"Tree {t}: {what}", "The file is damaged or not what it says: take the original or train again."));

        if (tree.Leaves.Count != tree.Nodes.Count + 1)
        {
            Add("tree-shape", $"{tree.Nodes.Count} nodes and {tree.Leaves.Count} leaves; a tree has one leaf more than nodes.");
            return;
        }
        bool[] reachedNode = new bool[tree.Nodes.Count], reachedLeaf = new bool[tree.Leaves.Count];
        for (int n = 0; n < tree.Nodes.Count; n++)
        {
            TreeNode node = tree.Nodes[n];
            if (node.Feature < 0 || node.Feature >= features) Add("tree-feature", $"node {n} looks at feature {node.Feature} of {features}.");
            if (double.IsNaN(node.Threshold)) Add("tree-threshold", $"node {n} has the threshold {node.Threshold}.");
            if (!double.IsFinite(node.Value)) Add("tree-value", $"node {n} has the value {node.Value}.");
            if (!Enum.IsDefined(node.Missing)) Add("tree-missing", $"node {n} has the rule {(int)node.Missing} for missing values.");
            Reach(node.Left, n);
            Reach(node.Right, n);
        }
        for (int i = 0; i < tree.Leaves.Count; i++)
        {
            if (!double.IsFinite(tree.Leaves[i])) Add("tree-value", $"leaf {i} has the value {tree.Leaves[i]}.");
        }

        // every child is a later node or a leaf, and reached once: so no walk goes in a circle, and none is lost
        void Reach(int child, int from)
        {
            if (child >= 0 ? child <= from || child >= tree.Nodes.Count : ~child >= tree.Leaves.Count)
            {
                Add("tree-child", $"node {from} leads to {(child >= 0 ? $"node {child}" : $"leaf {~child}")}, which is not a later node or a leaf of it.");
                return;
            }
            ref bool reached = ref child >= 0 ? ref reachedNode[child] : ref reachedLeaf[~child];
            if (reached) Add("tree-child", $"two ways lead to {(child >= 0 ? $"node {child}" : $"leaf {~child}")}.");
            reached = true;
        }
    }
}
