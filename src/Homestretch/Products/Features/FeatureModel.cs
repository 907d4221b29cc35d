namespace Homestretch.Products.Features;

/// <summary>What a product can be: features in a tree, and constraints across it. The form is UVL's.</summary>
/// <param name="Namespace">Empty when the model names none.</param>
/// <param name="Levels">The language levels the model declares, such as Arithmetic.*; empty: any.</param>
/// <param name="Imports">Models it takes features from; empty once they are taken in.</param>
/// <remarks>Benavides, Sundermann, Feichtinger, Galindo, Rabiser and Thum 2025 describe UVL; Kang and others 1990 feature models.</remarks>
public sealed record FeatureModel(string Namespace, IReadOnlyList<string> Levels, IReadOnlyList<Imported> Imports, Feature Root, IReadOnlyList<Rule> Rules)
{
    /// <summary>All features, each before those below it, in the order written.</summary>
    public IEnumerable<Feature> Features()
    {
        var open = new Stack<Feature>([Root]);
        while (open.TryPop(out Feature? feature))
        {
            yield return feature;
            foreach (Group group in feature.Groups.Reverse())
                foreach (Feature below in group.Features.Reverse()) open.Push(below);
        }
    }
}

/// <summary>Where something stands in the text it was read from: line and column from 1; 0 when it was not read.</summary>
/// <param name="Source">The imported file it stands in; null: the model's own.</param>
public readonly record struct Written(int Line, int Column, string? Source = null)
{
    public override string ToString() => (Source, Line) switch { (_, 0) => "", (null, _) => $"line {Line}", _ => $"{Source}, line {Line}" };
}

/// <summary>Another model whose features this one uses.</summary>
/// <param name="Model">Its name, with dots for folders.</param>
/// <param name="Alias">What its features are called by here.</param>
public sealed record Imported(string Model, string Alias, Written At);

/// <summary>What a feature's value is, beside being in or out.</summary>
public enum FeatureKind { Boolean, Integer, Real, String }

/// <summary>One feature.</summary>
/// <param name="Name">Unique in the model; features of an imported model have its alias and a dot before.</param>
/// <param name="Instances">How often it may be there when it is there; null: once.</param>
public sealed record Feature(string Name, FeatureKind Kind, Cardinality? Instances, IReadOnlyList<FeatureAttribute> Attributes, IReadOnlyList<Group> Groups, Written At);

/// <summary>How many: at least and at most; null: no upper limit.</summary>
public sealed record Cardinality(int Least, int? Most)
{
    public override string ToString() => Most == Least ? $"[{Least}]" : Most is int most ? $"[{Least}..{most}]" : $"[{Least}..*]";
}

/// <summary>How many features of a group go with their parent.</summary>
public enum GroupKind { Mandatory, Optional, Or, Alternative, Cardinality }

/// <summary>Features below one parent that are chosen together.</summary>
/// <param name="Cardinality">For <see cref="GroupKind.Cardinality"/> only.</param>
public sealed record Group(GroupKind Kind, Cardinality? Cardinality, IReadOnlyList<Feature> Features, Written At);

/// <summary>What a feature says of itself: a value by name, or constraints that come with it.</summary>
/// <param name="Name">"constraint" or "constraints" when the value holds constraints.</param>
public sealed record FeatureAttribute(string Name, AttributeValue Value, Written At);

/// <summary>The value of an attribute.</summary>
public abstract record AttributeValue
{
    private AttributeValue() { }

    /// <summary>The attribute is only named.</summary>
    public sealed record Nothing : AttributeValue;

    public sealed record Truth(bool Value) : AttributeValue;

    public sealed record Number(decimal Value) : AttributeValue;

    public sealed record Text(string Value) : AttributeValue;

    public sealed record List(IReadOnlyList<AttributeValue> Values) : AttributeValue;

    public sealed record Nested(IReadOnlyList<FeatureAttribute> Attributes) : AttributeValue;

    /// <summary>Rules that hold whether or not the feature is there, as those below "constraints" do.</summary>
    public sealed record Rules(IReadOnlyList<Rule> All) : AttributeValue;
}

/// <summary>A constraint and where it was written.</summary>
public sealed record Rule(Constraint Constraint, Written At);
