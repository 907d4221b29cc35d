using System.Runtime.InteropServices;

namespace Homestretch.Learning;

/// <summary>Trained trees, evaluated: the one evaluator in server, command line and edge. The same features give the same
/// bits on any machine, and the bits that LightGBM's own prediction gives: comparisons of doubles, and a sum in the order of the trees.</summary>
/// <remarks>A walk through a tree takes the left child when x &lt;= threshold (LightGBM 4.7, src/io/tree.cpp, NumericalDecision).
/// All nodes lie in one array; a row allocates nothing. Safe for many threads at once.</remarks>
public sealed class Forest
{
    /// <summary>Values this near to 0 are zero where zero counts as missing (LightGBM's kZeroThreshold, a float).</summary>
    private const double Zero = 1e-35f;

    private readonly Node[] _nodes;
    private readonly double[] _leaves, _values;
    private readonly int[] _firstNode, _firstLeaf;

    private Forest(ForestParts parts)
    {
        Parts = parts;
        int nodes = parts.Trees.Sum(static t => t.Nodes.Count), leaf = 0, node = 0;
        (_nodes, _values, _leaves) = (new Node[nodes], new double[nodes], new double[nodes + parts.Trees.Count]);
        (_firstNode, _firstLeaf) = (new int[parts.Trees.Count], new int[parts.Trees.Count]);
        for (int t = 0; t < parts.Trees.Count; t++)
        {
            TreeParts tree = parts.Trees[t];
            // a tree of one leaf begins at that leaf
            (_firstNode[t], _firstLeaf[t]) = (tree.Nodes.Count == 0 ? ~leaf : node, leaf);
            for (int i = 0; i < tree.Nodes.Count; i++)
            {
                TreeNode n = tree.Nodes[i];
                _nodes[node + i] = new(n.Threshold, n.Feature, Child(n.Left, node, leaf), Child(n.Right, node, leaf), n.Missing, n.DefaultLeft);
                _values[node + i] = n.Value;
            }
            for (int i = 0; i < tree.Leaves.Count; i++) _leaves[leaf + i] = tree.Leaves[i];
            (node, leaf) = (node + tree.Nodes.Count, leaf + tree.Leaves.Count);
        }

        static int Child(int child, int node, int leaf) => child >= 0 ? node + child : ~(leaf + ~child);
    }

    /// <summary>The forest as plain data, as it was given.</summary>
    public ForestParts Parts { get; }

    /// <summary>Names of the features, in the order that a row gives them.</summary>
    public IReadOnlyList<string> Features => Parts.Features;

    /// <summary>Checks and lays out a forest. Null, with findings, when anything is wrong with it.</summary>
    public static (Forest? Forest, IReadOnlyList<Finding> Findings) Of(ForestParts parts, Place place) =>
        ForestRules.Check(parts, place) is { Count: > 0 } findings ? (null, findings) : (new Forest(parts), []);

    /// <summary>What the forest says of one row: the sum, or the chance where it is one.</summary>
    /// <param name="features">One value a feature, NaN where unknown.</param>
    public double Predict(ReadOnlySpan<float> features) => Output(Sum(features));

    /// <summary>The sum over the trees, before it is made a chance.</summary>
    public double Sum(ReadOnlySpan<float> features)
    {
        Checked(features);
        double sum = 0;
        foreach (int first in _firstNode) sum += _leaves[~Walk(first, features)];
        return sum;
    }

    /// <summary>What each feature moved, in the unit of <see cref="Sum"/>: along each walk, the step from a node's value to its
    /// child's is the feature's that was asked (Saabas 2014). The parts and the value returned, where all rows begin, add up to the sum
    /// but for the digits in which node values were written.</summary>
    /// <param name="moved">One value a feature; overwritten.</param>
    public double Explain(ReadOnlySpan<float> features, Span<double> moved)
    {
        Checked(features);
        if (moved.Length != Features.Count) throw new ArgumentException($"There are {Features.Count} features and room for {moved.Length}.", nameof(moved));
        moved.Clear();
        double begin = 0;
        foreach (int first in _firstNode)
        {
            double at = ValueOf(first);
            begin += at;
            for (int n = first; n >= 0;)
            {
                int next = Step(_nodes[n], features);
                double to = ValueOf(next);
                moved[_nodes[n].Feature] += to - at;
                (n, at) = (next, to);
            }
        }
        return begin;
    }

    private double Output(double sum) => Parts.Output switch
    {
        ForestOutput.Value => sum,
        ForestOutput.Chance => 1 / (1 + Math.Exp(-sum)),
    };

    private double ValueOf(int node) => node >= 0 ? _values[node] : _leaves[~node];

    private int Walk(int node, ReadOnlySpan<float> features)
    {
        while (node >= 0) node = Step(_nodes[node], features);
        return node;
    }

    private static int Step(in Node node, ReadOnlySpan<float> features)
    {
        double x = features[node.Feature];
        if (double.IsNaN(x) && node.Missing != MissingRule.NaN) x = 0;
        bool missing = node.Missing switch
        {
            MissingRule.None => false,
            MissingRule.Zero => x is >= -Zero and <= Zero,
            MissingRule.NaN => double.IsNaN(x),
        };
        return (missing ? node.DefaultLeft : x <= node.Threshold) ? node.Left : node.Right;
    }

    private void Checked(ReadOnlySpan<float> features)
    {
        if (features.Length != Features.Count)
            throw new ArgumentException($"The forest looks at {Features.Count} features and was given {features.Length}.\nMaybe the model is of another version: compare the names.", nameof(features));
    }

    /// <summary>32 bytes; children are indices of all nodes, or complements of indices of all leaves.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Node(double Threshold, int Feature, int Left, int Right, MissingRule Missing, bool DefaultLeft);
}
