using System.Numerics;
using Homestretch.Products.Features;

namespace Homestretch.Tests.Products;

/// <summary>All configurations of a small model, by trying every set of features against the meaning of the model written out plainly.</summary>
internal sealed class Enumeration
{
    private readonly FeatureModel _model;
    private readonly List<(Feature Feature, int Number, int Parent, GroupKind Group)> _places = [];
    private readonly Dictionary<(string, int), int> _at = [];
    private readonly Dictionary<string, string> _repeated = [];
    private readonly List<object[]> _values = [];
    private readonly List<int> _valued = [];

    public Enumeration(FeatureModel model)
    {
        _model = model;
        Place(model.Root, 0, -1, GroupKind.Mandatory, null);
        for (int set = 0; set < 1 << _places.Count; set++)
        {
            bool[] there = [.. Enumerable.Range(0, _places.Count).Select(p => (set >> p & 1) != 0)];
            if (Tree(there)) Trees.Add(there);
        }
    }

    /// <summary>Names of what can be there, as the product names them.</summary>
    public IReadOnlyList<string> Names => [.. _places.Select(static p => p.Number > 1 ? $"{p.Feature.Name} #{p.Number}" : p.Feature.Name)];

    private List<bool[]> Trees { get; } = [];

    /// <summary>Configurations of a model without typed features.</summary>
    public List<bool[]> All() => [.. Trees.Where(t => Holds(t, []))];

    /// <summary>Configurations where values that no comparison of the model ever tells apart are one, each as its features.</summary>
    public List<bool[]> AllWithClasses()
    {
        Classes();
        var all = new List<bool[]>();
        foreach (bool[] tree in Trees)
        {
            int[] typed = [.. _valued.Where(v => tree[v])];
            int combinations = typed.Aggregate(1, (n, v) => n * _values[v].Length);
            for (int c = 0; c < combinations; c++)
            {
                var given = new Dictionary<int, object>();
                int left = c;
                foreach (int v in typed) { given[v] = _values[v][left % _values[v].Length]; left /= _values[v].Length; }
                if (Holds(tree, given)) all.Add(tree);
            }
        }
        return all;
    }

    private void Place(Feature feature, int number, int parent, GroupKind group, string? repeated)
    {
        int times = feature.Instances?.Most ?? 1;
        bool own = times > 1;
        for (int n = 1; n <= times; n++)
        {
            int at = _places.Count, which = own ? n : number;
            _places.Add((feature, which, parent, group));
            _at[(feature.Name, which)] = at;
            if (own || repeated is not null) _repeated[feature.Name] = repeated ?? feature.Name;
            foreach (Group g in feature.Groups) foreach (Feature below in g.Features) Place(below, which, at, g.Kind, own ? feature.Name : repeated);
        }
    }

    private int At(string name, int instance) => _at.TryGetValue((name, instance), out int at) || _at.TryGetValue((name, 0), out at) ? at : _at[(name, 1)];

    private bool Tree(bool[] there)
    {
        if (!there[0]) return false;
        for (int p = 0; p < there.Length; p++)
        {
            var (feature, number, parent, _) = _places[p];
            if (parent >= 0 && there[p] && !there[parent]) return false;
            if (feature.Instances is { Most: > 1 } many)
            {
                int times = Enumerable.Range(1, many.Most!.Value).Count(n => there[At(feature.Name, n)]);
                if (number > 1 && there[p] && !there[At(feature.Name, number - 1)]) return false;
                if (times > 0 && times < many.Least) return false;
            }
            if (!there[p]) continue;
            foreach (Group group in feature.Groups)
            {
                int taken = group.Features.Count(f => there[At(f.Name, Math.Max(1, number))]), all = group.Features.Count;
                bool fits = group.Kind switch
                {
                    GroupKind.Mandatory => group.Features.All(f => f.Instances is { Least: 0 } || there[At(f.Name, Math.Max(1, number))]),
                    GroupKind.Optional => true,
                    GroupKind.Or => taken > 0,
                    GroupKind.Alternative => taken == 1,
                    _ => taken >= group.Cardinality!.Least && taken <= (group.Cardinality.Most ?? all),
                };
                if (!fits) return false;
            }
        }
        return true;
    }

    private bool Holds(bool[] there, Dictionary<int, object> values) => _model.AllRules().All(r => Instances(r.Constraint).All(i =>
        i > 0 && !there[At(Inside(r.Constraint)!, i)] || Holds(r.Constraint, there, values, Math.Max(1, i))));

    private IEnumerable<int> Instances(Constraint constraint) => Inside(constraint) is { } repeated
        ? Enumerable.Range(1, _model.Features().Single(f => f.Name == repeated).Instances!.Most!.Value) : [0];

    private string? Inside(Constraint constraint) => constraint.Leaves().OfType<Constraint.Named>().Select(n => _repeated.TryGetValue(n.Feature.Name, out string? r) && r != n.Feature.Name ? r : null).FirstOrDefault(static r => r is not null);

    /// <summary>Can the model be said at all: no constraint names features inside two repeated ones?</summary>
    public bool Sayable => _model.AllRules().All(r => r.Constraint.Leaves().OfType<Constraint.Named>().Select(n => _repeated.TryGetValue(n.Feature.Name, out string? f) && f != n.Feature.Name ? f : null).OfType<string>().Distinct().Count() < 2);

    private bool Holds(Constraint c, bool[] there, Dictionary<int, object> values, int instance) => c switch
    {
        Constraint.Named n => there[_repeated.GetValueOrDefault(n.Feature.Name) == n.Feature.Name ? At(n.Feature.Name, 1) : At(n.Feature.Name, instance)],
        Constraint.Not n => !Holds(n.Of, there, values, instance),
        Constraint.Both { Connective: Connective.And } b => Holds(b.Left, there, values, instance) && Holds(b.Right, there, values, instance),
        Constraint.Both { Connective: Connective.Or } b => Holds(b.Left, there, values, instance) || Holds(b.Right, there, values, instance),
        Constraint.Both { Connective: Connective.Implies } b => !Holds(b.Left, there, values, instance) || Holds(b.Right, there, values, instance),
        Constraint.Both b => Holds(b.Left, there, values, instance) == Holds(b.Right, there, values, instance),
        Constraint.Compared x => Compared(x, there, values),
        _ => throw new InvalidOperationException(),
    };

    private bool Compared(Constraint.Compared x, bool[] there, Dictionary<int, object> values)
    {
        object? left = Value(x.Left, there, values), right = Value(x.Right, there, values);
        if (left is Gone || right is Gone || left is string || right is string)
            return left is string a && right is string b && a == b == (x.Comparison == Comparison.Equal) || !(left is string && right is string) && x.Comparison == Comparison.NotEqual;
        if (left is null || right is null) return false;
        int sign = ((Fraction)left).Minus((Fraction)right).Sign;
        return x.Comparison switch { Comparison.Equal => sign == 0, Comparison.NotEqual => sign != 0, Comparison.Less => sign < 0, Comparison.LessOrEqual => sign <= 0, Comparison.Greater => sign > 0, _ => sign >= 0 };
    }

    private sealed record Gone;

    private readonly record struct Fraction(BigInteger Above, BigInteger Below)
    {
        public static Fraction Of(decimal number) => new((BigInteger)(number * 1000), 1000);
        public int Sign => Above.Sign * Below.Sign;
        public Fraction Plus(Fraction other) => new(Above * other.Below + other.Above * Below, Below * other.Below);
        public Fraction Minus(Fraction other) => Plus(new(-other.Above, other.Below));
        public Fraction Times(Fraction other) => new(Above * other.Above, Below * other.Below);
        public Fraction Over(Fraction other) => new(Above * other.Below, Below * other.Above);
        public Fraction Rounded(bool up)
        {
            for (int n = -1000; ; n++)
                if (Minus(new(n, 1)).Sign < 0) return new(up && Minus(new(n - 1, 1)).Sign > 0 ? n : n - 1, 1);
        }
    }

    private object? Value(Expression e, bool[] there, Dictionary<int, object> values)
    {
        switch (e)
        {
            case Expression.Number n: return Fraction.Of(n.Value);
            case Expression.Text t: return t.Value;
            case Expression.ValueOf v: return Read(v.Of.Name, there, values);
            case Expression.Applied f:
                object? of = Read(f.To.Name, there, values);
                return f.Function switch { ValueFunction.Length => Fraction.Of(of is string s ? s.Length : 0), ValueFunction.Floor => ((Fraction)of).Rounded(false), _ => (object)((Fraction)of).Rounded(true) };
            case Expression.Aggregate a:
                Fraction[] all = [.. Enumerable.Range(0, there.Length).Where(p => there[p] && (a.Below is null || Below(p, a.Below.Name)))
                    .SelectMany(p => _places[p].Feature.Attributes.Where(x => x.Name == a.Attribute.Name)).Select(static x => Fraction.Of(((AttributeValue.Number)x.Value).Value))];
                Fraction sum = all.Aggregate(Fraction.Of(0), static (x, y) => x.Plus(y));
                return a.Function == AggregateFunction.Sum || all.Length == 0 ? sum : sum.Over(new(all.Length, 1));
            case Expression.Calculated c:
                if (Value(c.Left, there, values) is not Fraction left || Value(c.Right, there, values) is not Fraction right) return null;
                return c.Operator switch { Operator.Add => left.Plus(right), Operator.Subtract => left.Minus(right), Operator.Multiply => left.Times(right), _ => right.Sign == 0 ? null : left.Over(right) };
            default: throw new InvalidOperationException();
        }
    }

    private bool Below(int place, string name)
    {
        for (; place >= 0; place = _places[place].Parent) if (_places[place].Feature.Name == name) return true;
        return false;
    }

    private object Read(string name, bool[] there, Dictionary<int, object> values)
    {
        int dot = name.LastIndexOf('.');
        int at = At(dot < 0 ? name : name[..dot], 1);
        Feature feature = _places[at].Feature;
        if (dot < 0) return there[at] && values.TryGetValue(at, out object? value) ? value : feature.Kind == FeatureKind.String ? new Gone() : Fraction.Of(0);
        AttributeValue held = feature.Attributes.First(a => a.Name == name[(dot + 1)..]).Value;
        return held is AttributeValue.Number n ? Fraction.Of(there[at] ? n.Value : 0) : there[at] ? ((AttributeValue.Text)held).Value : new Gone();
    }

    /// <summary>One value of each class: values are tried from a range wide and fine enough for the drawn constants, and kept when some comparison
    /// under some set of the other features tells them from all before.</summary>
    private void Classes()
    {
        Constraint.Compared[] comparisons = [.. _model.AllRules().SelectMany(static r => r.Constraint.Leaves()).OfType<Constraint.Compared>()];
        for (int p = 0; p < _places.Count; p++)
        {
            _values.Add([]);
            Feature feature = _places[p].Feature;
            if (feature.Kind == FeatureKind.Boolean) continue;
            _valued.Add(p);
            Constraint.Compared[] own = [.. comparisons.Where(c => c.Left.Leaves().Concat(c.Right.Leaves()).Any(l => l is Expression.ValueOf v && v.Of.Name == feature.Name || l is Expression.Applied a && a.To.Name == feature.Name))];
            object[] tried = feature.Kind switch
            {
                FeatureKind.Integer => [.. Enumerable.Range(-160, 321).Select(static n => (object)Fraction.Of(n))],
                FeatureKind.Real => [.. Enumerable.Range(-1280, 2561).Select(static n => (object)new Fraction(n, 8))],
                _ => ["ab", "x", "c d", .. Enumerable.Range(0, 15).Select(static n => (object)new string('q', n))],
            };
            var seen = new HashSet<string>();
            var sets = new List<bool[]>();
            for (int set = 0; set < 1 << _places.Count; set++) if ((set >> p & 1) != 0) sets.Add([.. Enumerable.Range(0, _places.Count).Select(q => (set >> q & 1) != 0)]);
            _values[p] = [.. tried.Where(value => seen.Add(string.Concat(own.SelectMany(c => sets.Select(s => Compared(c, s, new() { [p] = value }) ? '1' : '0')))))];
        }
    }
}
