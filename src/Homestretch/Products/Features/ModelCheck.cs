namespace Homestretch.Products.Features;

/// <summary>What is wrong with a feature model although each line of it can be read: names, types, numbers; and levels it does not include.</summary>
public static class ModelCheck
{
    /// <summary>All that is wrong with names, types and numbers.</summary>
    /// <param name="source">File the model was read from.</param>
    /// <param name="complete">Are all its features known? If not, unknown names are not told.</param>
    public static IReadOnlyList<Finding> Findings(FeatureModel model, string source, bool complete = true)
    {
        var check = new Check(model, source, complete);
        check.Tree();
        foreach (Rule rule in model.AllRules()) check.Constraint(rule.Constraint);
        return check.Found;
    }

    /// <summary>Constructs of levels that the model does not include, each level once.</summary>
    public static IReadOnlyList<Finding> Levels(FeatureModel model, string source)
    {
        var found = new List<Finding>();
        LevelCheck.Findings(model, source, found);
        return found;
    }

    internal static Place At(string source, Written at) => at.Line == 0 ? new(source) : new(at.Source ?? source, at.Line, $"column {at.Column}");

    private sealed class Check(FeatureModel model, string source, bool complete)
    {
        /// <summary>Unknown names for which near ones are looked up; where more are unknown, a part of the model is missing.</summary>
        private const int MostLookedUp = 50;

        private readonly Vocabulary _names = new(model);
        private int _unknown;

        public List<Finding> Found { get; } = [];

        public void Tree()
        {
            var first = new Dictionary<string, Feature>(StringComparer.Ordinal);
            foreach (Feature feature in model.Features())
            {
                if (!first.TryAdd(feature.Name, feature))
                    Say(feature.At, "duplicate-feature", $"The name {ConstraintText.Quoted(feature.Name)} is taken already: {first[feature.Name].At}.", "Give one of them another name.");
                if (feature.Instances is { } instances) Order(instances, feature.At);
                Attributes(feature, feature.Attributes);
                foreach (Group group in feature.Groups) if (group.Cardinality is { } cardinality) Order(cardinality, group.At);
            }
        }

        public void Constraint(Constraint constraint)
        {
            foreach (Constraint leaf in constraint.Leaves())
            {
                if (leaf is Constraint.Named named) Condition(named.Feature);
                else if (leaf is Constraint.Compared compared) Comparison(compared);
            }
        }

        private void Order(Cardinality cardinality, Written at)
        {
            if (cardinality.Most < cardinality.Least) Say(at, "cardinality-order", $"{cardinality} asks for at least {cardinality.Least} and at most {cardinality.Most}.", "Write the smaller number first.");
        }

        private void Attributes(Feature feature, IReadOnlyList<FeatureAttribute> attributes)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (FeatureAttribute attribute in attributes)
            {
                if (attribute.Value is not AttributeValue.Rules && !seen.Add(attribute.Name))
                    Say(attribute.At, "duplicate-attribute", $"{ConstraintText.Quoted(feature.Name)} has the attribute {attribute.Name} twice.", "Keep one of them.");
                if (attribute.Value is AttributeValue.Nested nested) Attributes(feature, nested.Attributes);
            }
        }

        private void Condition(Reference named)
        {
            if (_names.FeatureOf(named.Name) is not null) return;
            if (_names.AttributeOf(named.Name) is not { } attribute) Unknown(named, "feature", _names.Features);
            else if (attribute.Value is not (AttributeValue.Truth or AttributeValue.Nothing))
                Say(named.At, "not-a-condition", $"{named} is a value, not something that holds or does not.", $"Compare it, as in {named} == 1.");
        }

        private void Comparison(Constraint.Compared compared)
        {
            FeatureKind? left = TypeOf(compared.Left), right = TypeOf(compared.Right);
            if (left is null || right is null) return;
            if (left != right)
                Say(PlaceOf(compared), "number-and-text", $"{compared} compares a number with a text.", "Compare two numbers or two texts.");
            else if (left == FeatureKind.String && compared.Comparison is not (Features.Comparison.Equal or Features.Comparison.NotEqual))
                Say(PlaceOf(compared), "text-order", $"{compared} asks which text is greater.", "Texts are compared by == and != only, and their lengths by len.");
        }

        /// <summary>Real for a number, String for a text, null when it was said to be wrong.</summary>
        private FeatureKind? TypeOf(Expression expression)
        {
            switch (expression)
            {
                case Expression.Number: return FeatureKind.Real;
                case Expression.Text: return FeatureKind.String;
                case Expression.ValueOf value: return TypeOf(value.Of);
                case Expression.Applied applied:
                    FeatureKind? of = TypeOf(applied.To), wanted = applied.Function == ValueFunction.Length ? FeatureKind.String : FeatureKind.Real;
                    if (of is not null && of != wanted)
                        Say(applied.To.At, "wrong-argument", $"{applied} needs a {(wanted == FeatureKind.String ? "text" : "number")}.", $"Give a {(wanted == FeatureKind.String ? "String feature or a text attribute" : "number attribute or an Integer or Real feature")}.");
                    return of is null ? null : FeatureKind.Real;
                case Expression.Aggregate over: return TypeOf(over);
                case Expression.Calculated sum:
                    FeatureKind? left = TypeOf(sum.Left), right = TypeOf(sum.Right);
                    if (left == FeatureKind.String || right == FeatureKind.String)
                    {
                        Say(PlaceOf(sum), "text-in-arithmetic", $"{sum} calculates with a text.", "Calculate with numbers only.");
                        return null;
                    }
                    return left is null || right is null ? null : FeatureKind.Real;
                default: throw new System.Diagnostics.UnreachableException();
            }
        }

        private FeatureKind? TypeOf(Reference named)
        {
            if (_names.FeatureOf(named.Name) is { } feature)
            {
                if (feature.Kind != FeatureKind.Boolean) return feature.Kind == FeatureKind.String ? FeatureKind.String : FeatureKind.Real;
                Say(named.At, "no-value", $"{named} is there or not; it has no value.", $"Name one of its attributes, as in {named}.price, or declare it Integer, Real or String.");
                return null;
            }
            if (_names.AttributeOf(named.Name) is { } attribute)
            {
                if (attribute.Value is AttributeValue.Number) return FeatureKind.Real;
                if (attribute.Value is AttributeValue.Text) return FeatureKind.String;
                Say(named.At, "no-value", $"The attribute {named} holds neither a number nor a text.", "Give it a number or a text in quotes '...'.");
                return null;
            }
            Unknown(named, "feature or attribute", _names.Features.Concat(_names.Attributes));
            return null;
        }

        private FeatureKind? TypeOf(Expression.Aggregate over)
        {
            if (over.Below is { } below && _names.FeatureOf(below.Name) is null) Unknown(below, "feature", _names.Features);
            if (_names.FeatureOf(over.Attribute.Name) is { } feature && over.Below is null)
            {
                if (feature.Kind is FeatureKind.Integer or FeatureKind.Real) return FeatureKind.Real;
                Say(over.Attribute.At, "no-value", $"{over.Attribute} is no number, so {over} has nothing to add up.", "Name an attribute that holds numbers.");
                return null;
            }
            var carriers = _names.Carriers(over.Attribute.Name);
            if (carriers.Count == 0) Unknown(over.Attribute, "attribute", _names.AttributeNames);
            foreach (var (carrier, value) in carriers)
                if (value is not AttributeValue.Number)
                    Say(over.Attribute.At, "no-value", $"{over} needs numbers, but {carrier.Name}.{over.Attribute.Name} ({carrier.At}) is none.", "Give it a number.");
            return carriers.Count == 0 ? null : FeatureKind.Real;
        }

        private void Unknown(Reference named, string kind, IEnumerable<string> known)
        {
            if (!complete) return;
            string? near = ++_unknown > MostLookedUp ? null : known.Select(k => (Name: k, Distance: Spelling.Distance(k, named.Name))).Where(k => k.Distance <= Math.Max(1, named.Name.Length / 4))
                .OrderBy(static k => k.Distance).ThenBy(static k => k.Name, StringComparer.Ordinal).Select(static k => k.Name).FirstOrDefault();
            Say(named.At, "unknown-name", $"There is no {kind} {named}.", near is null ? "Add it to the features, or correct the name." : $"Maybe {ConstraintText.Quoted(near)} is meant.");
        }

        private static Written PlaceOf(Constraint.Compared compared) => PlaceOf(compared.Left) is { Line: > 0 } left ? left : PlaceOf(compared.Right);

        private static Written PlaceOf(Expression expression) => expression.Leaves().Select(static e => e switch
        {
            Expression.ValueOf v => v.Of.At,
            Expression.Applied a => a.To.At,
            Expression.Aggregate a => a.Attribute.At,
            _ => default,
        }).FirstOrDefault(static w => w.Line > 0);

        private void Say(Written at, string rule, string what, string cure) => Found.Add(new(At(source, at), rule, what, cure));
    }
}
