using Homestretch.Products.Features;

namespace Homestretch.Tests.Products;

/// <summary>Small feature models drawn from a seed.</summary>
internal sealed class RandomModel
{
    private readonly Random _random;
    private readonly Drawn _drawn;
    private readonly List<string> _features = [], _numbers = [], _texts = [], _typed = [], _strings = [], _repeated = [];
    private int _next;

    private RandomModel(Random random, Drawn drawn) => (_random, _drawn) = (random, drawn);

    /// <summary>What may be drawn.</summary>
    /// <param name="Plain">Only trees and conditions that need no variables of their own.</param>
    /// <param name="Flat">All features optional below the root.</param>
    public sealed record Drawn(int Features, int Rules, bool Attributes = false, bool Typed = false, bool Repeated = false, bool Plain = false, bool Flat = false);

    public static FeatureModel Of(Random random, Drawn drawn)
    {
        var model = new RandomModel(random, drawn);
        Feature root = model.Feature(0, drawn.Features - 1, out _, false);
        return new("", [], [], root, [.. Enumerable.Range(0, random.Next(drawn.Rules + 1)).Select(_ => new Rule(model.Constraint(3), default))]);
    }

    private Feature Feature(int depth, int room, out int used, bool inside)
    {
        int number = _next++;
        string name = number % 5 == 4 ? $"f {number}" : $"F{number}";
        _features.Add(name);
        FeatureKind kind = _drawn.Typed && number > 0 && _random.Next(3) == 0 ? (FeatureKind)_random.Next(1, 4) : FeatureKind.Boolean;
        if (kind != FeatureKind.Boolean && !inside) (kind == FeatureKind.String ? _strings : _typed).Add(name);
        Cardinality? instances = _drawn.Repeated && number > 0 && !inside && _random.Next(4) == 0 ? new(_random.Next(3), 1 + _random.Next(3)) : null;
        if (instances is { } many && many.Most < many.Least) instances = new(many.Most!.Value, many.Most);
        if (instances is not null) _typed.Remove(name);
        if (instances is not null) _strings.Remove(name);
        bool below = inside || instances is { Most: > 1 };
        var attributes = new List<FeatureAttribute>();
        if (_drawn.Attributes && _random.Next(2) == 0)
        {
            attributes.Add(new("price", new AttributeValue.Number(_random.Next(-4, 9) / 2m), default));
            if (!below) _numbers.Add($"{name}.price");
        }
        if (_drawn.Attributes && _random.Next(4) == 0)
        {
            attributes.Add(new("maker", new AttributeValue.Text(_random.Next(2) == 0 ? "ab" : "c d"), default));
            if (!below) _texts.Add($"{name}.maker");
        }
        used = 0;
        var groups = new List<Group>();
        while (used < room && depth < 4 && (depth == 0 || _random.Next(3) > 0))
        {
            int size = _drawn.Flat ? room : 1 + _random.Next(Math.Min(4, room - used));
            var features = new List<Feature>();
            for (int i = 0; i < size && used < room; i++)
            {
                used++;
                features.Add(Feature(depth + 1, _drawn.Flat ? 0 : _random.Next(room - used + 1), out int more, below));
                used += more;
            }
            var group = _drawn.Flat ? GroupKind.Optional : (GroupKind)_random.Next(_drawn.Plain ? 4 : 5);
            int least = _random.Next(features.Count + 1);
            groups.Add(new(group, group == GroupKind.Cardinality ? new(least, _random.Next(4) == 0 ? null : least + _random.Next(3)) : null, features, default));
        }
        return new(name, kind, instances, attributes, groups, default);
    }

    private Constraint Constraint(int depth)
    {
        if (_drawn.Flat || _drawn.Plain && _random.Next(2) == 0)
            return new Constraint.Both(Connective.Implies, new Constraint.Both(Connective.And, Some(), Some()), Some());
        if (depth == 0 || _random.Next(3) == 0)
            return !_drawn.Plain && (_drawn.Attributes || _drawn.Typed) && _random.Next(2) == 0 && Compared() is { } compared ? compared : new Constraint.Named(Name(_features));
        return _random.Next(4) == 0 ? new Constraint.Not(Constraint(depth - 1)) : new Constraint.Both((Connective)_random.Next(4), Constraint(depth - 1), Constraint(depth - 1));
    }

    private Constraint Some() => _random.Next(3) == 0 ? new Constraint.Not(new Constraint.Named(Name(_features))) : new Constraint.Named(Name(_features));

    private Constraint.Compared? Compared()
    {
        var comparison = (Comparison)_random.Next(6);
        if (_drawn.Typed && _strings.Count > 0 && _random.Next(3) == 0)
        {
            if (_random.Next(3) == 0) return new(comparison, new Expression.Applied(ValueFunction.Length, Name(_strings)), Number(0, 5));
            return new((Comparison)_random.Next(2), new Expression.ValueOf(Name(_strings)), _texts.Count > 0 && _random.Next(2) == 0 ? new Expression.ValueOf(Name(_texts)) : new Expression.Text(_random.Next(2) == 0 ? "ab" : "x"));
        }
        if (_drawn.Typed && _typed.Count > 0 && _random.Next(2) == 0)
        {
            Expression value = _random.Next(4) == 0 ? new Expression.Applied((ValueFunction)_random.Next(1, 3), Name(_typed)) : new Expression.ValueOf(Name(_typed));
            if (_random.Next(3) == 0) value = new Expression.Calculated(Operator.Multiply, new Expression.Number(((decimal[])[-2, -1, -0.5m, 0.5m, 2])[_random.Next(5)]), value);
            return _random.Next(2) == 0 && _numbers.Count > 0 ? new(comparison, new Expression.Calculated(Operator.Add, value, Sum(2)), Number(-3, 6)) : new(comparison, value, Number(-3, 6));
        }
        if (!_drawn.Attributes) return null;
        if (_texts.Count > 0 && _random.Next(5) == 0) return new((Comparison)_random.Next(2), new Expression.ValueOf(Name(_texts)), new Expression.Text("ab"));
        return new(comparison, Sum(2), _random.Next(2) == 0 ? Number(-4, 8) : Sum(1));
    }

    private Expression Sum(int depth)
    {
        int kind = _random.Next(depth == 0 ? 4 : 6);
        return kind switch
        {
            0 or 1 when _numbers.Count > 0 => new Expression.ValueOf(Name(_numbers)),
            2 when _numbers.Count > 0 => new Expression.Applied((ValueFunction)_random.Next(1, 3), Name(_numbers)),
            3 when _numbers.Count > 0 => new Expression.Aggregate((AggregateFunction)_random.Next(2), _random.Next(3) == 0 ? Name(_features) : null, new Reference("price", default)),
            4 or 5 => new Expression.Calculated((Operator)_random.Next(4), Sum(depth - 1), Sum(depth - 1)),
            _ => Number(-3, 5),
        };
    }

    private Expression.Number Number(int from, int to) => new(_random.Next(2 * from, 2 * to) / 2m);

    private Reference Name(List<string> names) => new(names[_random.Next(names.Count)], default);
}
