using System.Globalization;
using Homestretch.Learning;

namespace Homestretch.Solvers;

/// <summary>LightGBM's model text (version v4) read into the core's forest. One output, numerical splits, constant leaves; what
/// else the format can hold is refused with a finding.</summary>
public static class LightGbmText
{
    /// <summary>Reads a model. Null, with findings, when anything in it is not understood.</summary>
    public static (Forest? Forest, IReadOnlyList<Finding> Findings) Read(string text, Place place)
    {
        var findings = new List<Finding>();
        List<Section> sections = Split(text, place);
        if (sections is not [{ Line: 1 } head, ..] || head.Name != "tree" || sections[^1].Name != "end of trees")
        {
            findings.Add(new(place, "model-text", "This is no whole LightGBM model: it begins with 'tree' and its trees end with 'end of trees'.", "Take the original file; it may have been cut off."));
            return (null, findings);
        }
        Head(head, findings);
        ForestOutput output = Output(head, findings);
        string[] features = head.Words("feature_names");
        if (findings.Count > 0) return (null, findings);
        var trees = new List<TreeParts>();
        foreach (Section section in sections[1..^1])
        {
            if (Tree(section, findings) is { } tree) trees.Add(tree);
        }
        return findings.Count > 0 ? (null, findings) : Forest.Of(new(features, output, trees), place);
    }

    private static void Head(Section head, List<Finding> findings)
    {
        void Must(bool holds, string rule, string what)
        {
            if (!holds) findings.Add(new(head.Place, rule, what, "Train the model with this program."));
        }
        Must(head.Value("version") == "v4", "model-version", $"The model text has version '{head.Value("version")}', not 'v4'.");
        Must(head.Value("num_class") == "1" && head.Value("num_tree_per_iteration") == "1", "model-outputs", "The model has more than one output.");
        Must(!head.Has("average_output"), "model-average", "The model averages its trees.");
    }

    private static ForestOutput Output(Section head, List<Finding> findings)
    {
        string objective = head.Value("objective");
        switch (objective.Split(' ')[0])
        {
            case "regression" or "regression_l1" or "quantile" or "huber" or "fair" when !objective.Contains("sqrt", StringComparison.Ordinal):
                return ForestOutput.Value;
            case "binary" when objective == "binary sigmoid:1":
                return ForestOutput.Chance;
            default:
                findings.Add(new(head.Place, "model-objective", $"The objective '{objective}' is not known here.", "Train for a mean, a median, a quantile or a chance."));
                return default;
        }
    }

    private static TreeParts? Tree(Section tree, List<Finding> findings)
    {
        int before = findings.Count;
        if (tree.Value("num_cat") is not ("0" or "")) findings.Add(new(tree.Place, "model-categories", "A tree splits by categories.", "Give categories as numbers and train again."));
        if (tree.Value("is_linear") is not ("0" or "")) findings.Add(new(tree.Place, "model-linear", "A tree has linear leaves.", "Train without linear_tree."));
        double[] leaves = Numbers("leaf_value");
        bool single = leaves.Length <= 1;
        double[] features = single ? [] : Numbers("split_feature"), thresholds = single ? [] : Numbers("threshold"), decisions = single ? [] : Numbers("decision_type"),
            left = single ? [] : Numbers("left_child"), right = single ? [] : Numbers("right_child"), values = single ? [] : Numbers("internal_value");
        int n = features.Length;
        if (new[] { thresholds, decisions, left, right, values }.Any(a => a.Length != n)) findings.Add(new(tree.Place, "tree-shape", "The tree's lists differ in length.", "Take the original file; it may be damaged."));
        if (findings.Count > before) return null;
        var nodes = new TreeNode[n];
        for (int i = 0; i < n; i++)
        {
            int decision = (int)decisions[i];
            // bit 0: by category; bit 1: missing goes left; bits 2 and 3: what is missing
            if ((decision & 1) != 0) findings.Add(new(tree.Place, "model-categories", $"Node {i} splits by categories.", "Give categories as numbers and train again."));
            nodes[i] = new((int)features[i], thresholds[i], (MissingRule)(decision >> 2 & 3), (decision & 2) != 0, (int)left[i], (int)right[i], values[i]);
        }
        return new(nodes, leaves);

        double[] Numbers(string name)
        {
            string[] words = tree.Words(name);
            double[] numbers = new double[words.Length];
            for (int i = 0; i < words.Length; i++)
            {
                if (words[i] is "inf" or "-inf") // a threshold between all known values and the unknown
                {
                    numbers[i] = words[i] == "inf" ? double.PositiveInfinity : double.NegativeInfinity;
                    continue;
                }
                if (double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) continue;
                findings.Add(new(tree.Place, "model-number", $"'{words[i]}' in {name} is no number.", "Take the original file; it may be damaged."));
                break;
            }
            return numbers;
        }
    }

    /// <summary>The head, each tree, and the line that ends them; what follows (importances, parameters) is not needed.</summary>
    private static List<Section> Split(string text, Place place)
    {
        var sections = new List<Section>();
        int line = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            line++;
            if (raw.IsEmpty) continue;
            int equals = raw.IndexOf('=');
            string name = (equals < 0 ? raw : raw[..equals]).ToString(), value = equals < 0 ? "" : raw[(equals + 1)..].ToString();
            if (sections.Count == 0 || name is "Tree" or "end of trees") sections.Add(new(name, line, place with { Line = line }, new(StringComparer.Ordinal)));
            else sections[^1].Lines[name] = value;
            if (name == "end of trees") break;
        }
        return sections;
    }

    private sealed record Section(string Name, int Line, Place Place, Dictionary<string, string> Lines)
    {
        public bool Has(string name) => Lines.ContainsKey(name);
        public string Value(string name) => Lines.GetValueOrDefault(name, "");
        public string[] Words(string name) => Value(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
