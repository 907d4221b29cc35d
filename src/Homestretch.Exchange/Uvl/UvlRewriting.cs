using Homestretch.Products.Features;

namespace Homestretch.Exchange.Uvl;

/// <summary>Rewrites the constraints of a model.</summary>
internal static class UvlRewriting
{
    /// <summary>sum(a, b) names an attribute and a feature in either order; after this the attribute is the attribute.</summary>
    public static FeatureModel Aligned(FeatureModel model)
    {
        var features = model.Features().Select(static f => f.Name).ToHashSet(StringComparer.Ordinal);
        return Rewritten(model, static f => f, e => e is Expression.Aggregate { Below: { } second } over && !features.Contains(second.Name) && features.Contains(over.Attribute.Name)
            ? over with { Below = over.Attribute, Attribute = second } : e, static r => r);
    }

    /// <summary>A model with its features, values and the features its conditions name changed.</summary>
    public static FeatureModel Rewritten(FeatureModel model, Func<Feature, Feature> feature, Func<Expression, Expression> value, Func<Reference, Reference> condition)
    {
        return model with { Root = Of(model.Root), Rules = [.. model.Rules.Select(Said)] };

        Feature Of(Feature f) => feature(f with
        {
            Attributes = [.. f.Attributes.Select(a => a.Value is AttributeValue.Rules rules ? a with { Value = new AttributeValue.Rules([.. rules.All.Select(Said)]) } : a)],
            Groups = [.. f.Groups.Select(g => g with { Features = [.. g.Features.Select(Of)] })],
        });

        Rule Said(Rule rule) => rule with { Constraint = Condition(rule.Constraint) };

        Constraint Condition(Constraint c) => c switch
        {
            Constraint.Named named => new Constraint.Named(condition(named.Feature)),
            Constraint.Not not => new Constraint.Not(Condition(not.Of)),
            Constraint.Both both => both with { Left = Condition(both.Left), Right = Condition(both.Right) },
            Constraint.Compared compared => compared with { Left = Value(compared.Left), Right = Value(compared.Right) },
            _ => c,
        };

        Expression Value(Expression e) => value(e is Expression.Calculated sum ? sum with { Left = Value(sum.Left), Right = Value(sum.Right) } : e);
    }
}
