using System.Text;
using Homestretch.Products.Features;

namespace Homestretch.Exchange.Uvl;

/// <summary>Writes feature models as UVL, so that reading gives the model again.</summary>
public static class UvlWriter
{
    public static string Write(FeatureModel model)
    {
        var text = new StringBuilder();
        if (model.Namespace.Length > 0) text.Append("namespace ").Append(ConstraintText.Quoted(model.Namespace)).Append("\n\n");
        Section(text, "include", model.Levels);
        Section(text, "imports", model.Imports.Select(static i => ConstraintText.Quoted(i.Model) + (i.Alias == i.Model ? "" : $" as {ConstraintText.Quoted(i.Alias)}")));
        text.Append("features\n");
        Feature(text, model.Root, 1);
        if (model.Rules.Count > 0) text.Append('\n');
        Section(text, "constraints", model.Rules.Select(static r => ConstraintText.Of(r.Constraint)));
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Section(StringBuilder text, string name, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length == 0) return;
        text.Append(name).Append('\n');
        foreach (string line in all) text.Append('\t').Append(line).Append('\n');
        text.Append('\n');
    }

    private static void Feature(StringBuilder text, Feature feature, int depth)
    {
        text.Append('\t', depth);
        if (feature.Kind != FeatureKind.Boolean) text.Append(feature.Kind).Append(' ');
        text.Append(ConstraintText.Quoted(feature.Name));
        if (feature.Instances is { } instances) text.Append(" cardinality ").Append(instances);
        if (feature.Attributes.Count > 0) Attributes(text.Append(' '), feature.Attributes);
        text.Append('\n');
        foreach (Group group in feature.Groups)
        {
            text.Append('\t', depth + 1).Append(group.Kind == GroupKind.Cardinality ? group.Cardinality!.ToString() : group.Kind.ToString().ToLowerInvariant()).Append('\n');
            foreach (Feature below in group.Features) Feature(text, below, depth + 2);
        }
    }

    private static void Attributes(StringBuilder text, IReadOnlyList<FeatureAttribute> attributes)
    {
        text.Append('{');
        for (int i = 0; i < attributes.Count; i++)
        {
            if (i > 0) text.Append(", ");
            FeatureAttribute attribute = attributes[i];
            if (attribute.Value is AttributeValue.Rules rules)
            {
                string[] said = [.. rules.All.Select(static r => ConstraintText.Of(r.Constraint))];
                text.Append(attribute.Name).Append(' ').Append(attribute.Name == "constraint" ? said[0] : $"[{string.Join(", ", said)}]");
            }
            else
            {
                text.Append(ConstraintText.Quoted(attribute.Name));
                if (attribute.Value is not AttributeValue.Nothing) Value(text.Append(' '), attribute.Value);
            }
        }
        text.Append('}');
    }

    private static void Value(StringBuilder text, AttributeValue value)
    {
        switch (value)
        {
            case AttributeValue.Truth truth: text.Append(truth.Value ? "true" : "false"); break;
            case AttributeValue.Number number: text.Append(ConstraintText.Of(number.Value)); break;
            case AttributeValue.Text said: text.Append('\'').Append(said.Value).Append('\''); break;
            case AttributeValue.Nested nested: Attributes(text, nested.Attributes); break;
            case AttributeValue.List list:
                text.Append('[');
                for (int i = 0; i < list.Values.Count; i++) Value(i > 0 ? text.Append(", ") : text, list.Values[i]);
                text.Append(']');
                break;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }
}
