using System.Text.Json;
using Homestretch.Learning;

namespace Homestretch.Exchange.Models;

/// <summary>A forest inside a model file: names of its features and, tree by tree, one list a column. A node's rule is twice its
/// rule for missing values, plus one where they go left.</summary>
public static class DelayTreesJson
{
    public static void Write(Utf8JsonWriter to, Forest forest)
    {
        to.WriteStartObject();
        to.WriteString("output", forest.Parts.Output == ForestOutput.Chance ? "chance" : "value");
        List(to, "features", forest.Features, static (w, f) => w.WriteStringValue(f));
        to.WriteStartArray("trees");
        foreach (TreeParts tree in forest.Parts.Trees)
        {
            to.WriteStartObject();
            List(to, "feature", tree.Nodes, static (w, n) => w.WriteNumberValue(n.Feature));
            List(to, "threshold", tree.Nodes, static (w, n) => Number(w, n.Threshold));
            List(to, "rule", tree.Nodes, static (w, n) => w.WriteNumberValue((int)n.Missing * 2 + (n.DefaultLeft ? 1 : 0)));
            List(to, "left", tree.Nodes, static (w, n) => w.WriteNumberValue(n.Left));
            List(to, "right", tree.Nodes, static (w, n) => w.WriteNumberValue(n.Right));
            List(to, "value", tree.Nodes, static (w, n) => w.WriteNumberValue(n.Value));
            List(to, "leaf", tree.Leaves, static (w, v) => w.WriteNumberValue(v));
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }

    /// <summary>Reads a forest. Null, after its findings were added to the reading, when anything is wrong.</summary>
    public static Forest? Read(ModelReading? from)
    {
        if (from is null) return null;
        int before = from.Findings.Count;
        string output = from.Text("output");
        if (output is not ("chance" or "value" or "")) from.Add([new(from.Place, "model-value", $"The output '{output}' is neither 'chance' nor 'value'.", "Fit the model again with this program.")]);
        var parts = new ForestParts(from.Texts("features"), output == "chance" ? ForestOutput.Chance : ForestOutput.Value, [.. from.Objects("trees").Select(Tree)]);
        if (from.Findings.Count > before) return null;
        var (forest, findings) = Forest.Of(parts, from.Place);
        from.Add(findings);
        return forest;
    }

    private static TreeParts Tree(ModelReading tree)
    {
        int[] feature = tree.Counts("feature"), rule = tree.Counts("rule"), left = tree.Counts("left"), right = tree.Counts("right");
        double[] threshold = tree.Numbers("threshold"), value = tree.Numbers("value"), leaf = tree.Numbers("leaf");
        if (new[] { rule.Length, left.Length, right.Length, threshold.Length, value.Length }.Any(n => n != feature.Length))
        {
            tree.Add([new(tree.Place, "tree-shape", "A tree's lists differ in length.", "Take the original file.")]);
            return new([], leaf);
        }
        return new([.. feature.Select((f, i) => new TreeNode(f, threshold[i], (MissingRule)(rule[i] >> 1), (rule[i] & 1) != 0, left[i], right[i], value[i]))], leaf);
    }

    private static void Number(Utf8JsonWriter to, double value)
    {
        if (double.IsFinite(value)) to.WriteNumberValue(value);
        else to.WriteStringValue(value > 0 ? "inf" : "-inf");
    }

    private static void List<T>(Utf8JsonWriter to, string name, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
    {
        to.WriteStartArray(name);
        foreach (T value in values) write(to, value);
        to.WriteEndArray();
    }
}
