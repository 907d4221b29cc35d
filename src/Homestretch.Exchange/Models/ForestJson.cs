using System.Text.Json;
using Homestretch.Learning;

namespace Homestretch.Exchange.Models;

/// <summary>A forest inside a model file: the names of its features, what its sum means, and each tree as lists of numbers.</summary>
internal static class ForestJson
{
    public static void Write(Utf8JsonWriter json, string name, Forest forest)
    {
        json.WriteStartObject(name);
        ModelWriting.Texts(json, "features", forest.Features);
        json.WriteString("output", forest.Parts.Output == ForestOutput.Chance ? "chance" : "value");
        json.WriteStartArray("trees");
        foreach (TreeParts tree in forest.Parts.Trees)
        {
            json.WriteStartObject();
            ModelWriting.Numbers(json, "feature", tree.Nodes.Select(static n => (double)n.Feature));
            ModelWriting.Numbers(json, "threshold", tree.Nodes.Select(static n => n.Threshold));
            ModelWriting.Numbers(json, "missing", tree.Nodes.Select(static n => (double)(2 * (int)n.Missing + (n.DefaultLeft ? 1 : 0))));
            ModelWriting.Numbers(json, "left", tree.Nodes.Select(static n => (double)n.Left));
            ModelWriting.Numbers(json, "right", tree.Nodes.Select(static n => (double)n.Right));
            ModelWriting.Numbers(json, "value", tree.Nodes.Select(static n => n.Value));
            ModelWriting.Numbers(json, "leaves", tree.Leaves);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The forest of that name; null after findings.</summary>
    public static Forest? Read(ModelReader from, string name)
    {
        ModelReader inside = from.Inside(name);
        string output = inside.Text("output");
        if (output is not ("value" or "chance")) inside.Fault("forest-output", $"'{output}' is neither 'value' nor 'chance'.");
        var features = inside.Texts("features");
        TreeParts[] trees = [.. inside.Each("trees").Select(Tree)];
        if (!from.Sound) return null;
        var (forest, findings) = Forest.Of(new(features, output == "chance" ? ForestOutput.Chance : ForestOutput.Value, trees), inside.Place);
        from.Add(findings);
        return forest;
    }

    private static TreeParts Tree(ModelReader tree)
    {
        var features = tree.Numbers("feature");
        int n = features.Length;
        var (thresholds, missing, left, right, values) = (tree.Numbers("threshold", n), tree.Numbers("missing", n), tree.Numbers("left", n), tree.Numbers("right", n), tree.Numbers("value", n));
        var nodes = new TreeNode[n];
        for (int i = 0; i < n; i++)
            nodes[i] = new(Whole(features[i]), thresholds[i], (MissingRule)(Whole(missing[i]) >> 1), (Whole(missing[i]) & 1) != 0, Whole(left[i]), Whole(right[i]), values[i]);
        return new(nodes, tree.Numbers("leaves"));

        int Whole(double value)
        {
            if (value == (int)value) return (int)value;
            tree.Fault("tree-number", $"{value} is no whole number.");
            return 0;
        }
    }
}
