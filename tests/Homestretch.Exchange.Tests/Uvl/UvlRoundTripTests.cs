using System.Collections;
using System.Globalization;
using CsCheck;
using Homestretch.Exchange.Uvl;
using Homestretch.Products.Features;
using Homestretch.Tests.Products;
using Xunit;

namespace Homestretch.Exchange.Tests.Uvl;

public sealed class UvlRoundTripTests
{
    [Fact]
    public void What_is_written_reads_as_the_same_model()
    {
        Gen.Int.Sample(static seed =>
        {
            var random = new Random(seed);
            FeatureModel model = RandomModel.Of(random, new(1 + random.Next(14), 5, Attributes: true, Typed: true, Repeated: true));
            model = model with { Namespace = random.Next(3) == 0 ? "a.name space" : "", Levels = random.Next(3) == 0 ? ["Type.*", "Arithmetic.*", "Boolean.*"] : [], Root = Dressed(model.Root, random) };
            UvlRead read = UvlReader.Read("m.uvl", UvlWriter.Write(model));
            Assert.Empty(read.Findings);
            Assert.Equal(Told(model), Told(read.Model!));
        }, iter: 3000);
    }

    /// <summary>Attributes of every form, and constraints as attributes.</summary>
    private static Feature Dressed(Feature feature, Random random)
    {
        List<FeatureAttribute> attributes = [.. feature.Attributes];
        if (random.Next(3) == 0) attributes.Add(new("a b", Value(random, 2), default));
        if (random.Next(3) == 0) attributes.Add(new("or", Value(random, 2), default));
        var self = new Rule(new Constraint.Named(new(feature.Name, default)), default);
        if (random.Next(5) == 0) attributes.Add(new("constraint", new AttributeValue.Rules([self]), default));
        if (random.Next(5) == 0) attributes.Add(new("constraints", new AttributeValue.Rules(random.Next(2) == 0 ? [] : [self, self]), default));
        return feature with { Attributes = attributes, Groups = [.. feature.Groups.Select(g => g with { Features = [.. g.Features.Select(f => Dressed(f, random))] })] };
    }

    private static AttributeValue Value(Random random, int depth) => random.Next(depth == 0 ? 4 : 6) switch
    {
        0 => new AttributeValue.Nothing(),
        1 => new AttributeValue.Truth(random.Next(2) == 0),
        2 => new AttributeValue.Number(random.Next(-1000, 1000) / 100m),
        3 => new AttributeValue.Text("it. says \"so\""),
        4 => new AttributeValue.List([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value(random, depth - 1) is var v && v is AttributeValue.Nothing ? new AttributeValue.Truth(true) : v)]),
        _ => new AttributeValue.Nested([.. Enumerable.Range(0, random.Next(3)).Select(n => new FeatureAttribute($"n{n}", Value(random, depth - 1), default))]),
    };

    /// <summary>All that a model says, by reflection, without where it was written.</summary>
    private static string Told(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Told))}]",
        _ when value.GetType().IsPrimitive || value is Enum => value.ToString()!,
        _ => $"{value.GetType().Name}({string.Join(", ", value.GetType().GetProperties().Where(static p => p.Name is not ("At" or "EqualityContract")).Select(p => $"{p.Name}: {Told(p.GetValue(value))}"))})",
    };

    [Fact]
    public void A_model_differs_from_one_with_another_name_or_number()
    {
        FeatureModel model = RandomModel.Of(new Random(1), new(6, 3, Attributes: true));
        Assert.NotEqual(Told(model), Told(model with { Namespace = "other" }));
        Assert.NotEqual(Told(model), Told(model with { Root = model.Root with { Instances = new(1, 3) } }));
    }
}
