namespace Homestretch.Products.Features;

/// <summary>Language levels: a model that declares some keeps to them.</summary>
/// <remarks>Boolean with group-cardinality, Arithmetic with feature-cardinality and aggregate-function, Type with string-constraints; each
/// higher level holds those below.</remarks>
internal static class LevelCheck
{
    public static readonly IReadOnlyList<string> Majors = ["Boolean", "Arithmetic", "Type"];

    /// <summary>Each minor level and its major.</summary>
    public static readonly IReadOnlyList<(string Minor, string Major)> Minors =
        [("group-cardinality", "Boolean"), ("feature-cardinality", "Arithmetic"), ("aggregate-function", "Arithmetic"), ("string-constraints", "Type")];

    public static void Findings(FeatureModel model, string source, List<Finding> found)
    {
        if (model.Levels.Count == 0) return;
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (level, at) in Used(model))
            if (!model.Levels.Any(l => Holds(l, level)) && said.Add(level))
                found.Add(new(ModelCheck.At(source, at), "level-not-included", $"This is of the level {level}, which the model does not include.", $"Add {level} below include, or write it without."));
    }

    private static bool Holds(string declared, string used)
    {
        string[] has = declared.Split('.'), needs = used.Split('.');
        int above = Majors.ToList().IndexOf(has[0]), below = Majors.ToList().IndexOf(needs[0]);
        if (needs.Length == 1) return above >= below;
        return above == below && has.Length == 2 && (has[1] == "*" || has[1] == needs[1]);
    }

    private static IEnumerable<(string Level, Written At)> Used(FeatureModel model)
    {
        foreach (Feature feature in model.Features())
        {
            if (feature.Kind != FeatureKind.Boolean) yield return ("Type", feature.At);
            if (feature.Instances is not null) yield return ("Arithmetic.feature-cardinality", feature.At);
            foreach (Group group in feature.Groups) if (group.Kind == GroupKind.Cardinality) yield return ("Boolean.group-cardinality", group.At);
        }
        foreach (Rule rule in model.AllRules())
            foreach (Constraint.Compared compared in rule.Constraint.Leaves().OfType<Constraint.Compared>())
            {
                Expression[] leaves = [.. compared.Left.Leaves(), .. compared.Right.Leaves()];
                bool text = leaves.Any(static l => l is Expression.Text or Expression.Applied { Function: ValueFunction.Length });
                yield return (text ? "Type.string-constraints" : "Arithmetic", rule.At);
                if (leaves.Any(static l => l is Expression.Aggregate)) yield return ("Arithmetic.aggregate-function", rule.At);
            }
    }
}
