using Homestretch.Products.Compiling;

namespace Homestretch.Products.Features;

/// <summary>A rule of the model, in words, and what it forbids.</summary>
internal sealed record StatedRule(string Text, Written At, IReadOnlyList<int[]> Clauses);

/// <summary>Something to choose: a feature, an instance of one, or a class of a typed feature's values.</summary>
internal sealed record Choosable(string Name, int Slot, int Variable, ValueClass? Value);

/// <summary>A feature model as clauses: as many models as the feature model has configurations.</summary>
internal sealed record Translated(Slots Slots, IReadOnlyList<Choosable> Choosables, IReadOnlyList<StatedRule> Rules, IReadOnlyList<int[]> Definitions, int Variables)
{
    public Formula Formula() => new(Variables, [.. Definitions, .. Rules.SelectMany(static r => r.Clauses)]);
}

/// <summary>Translates feature models into clauses.</summary>
/// <remarks>Batory 2005 for tree and constraints. Cardinalities and comparisons become decision diagrams whose nodes are defined both ways, so that
/// the number of models stays (Sundermann and others 2023 show what happens otherwise).</remarks>
internal sealed class Translation
{
    /// <summary>At most one of more than so many is a diagram, no longer a clause for each pair.</summary>
    private const int MostPairs = 60;

    private readonly FeatureModel _model;
    private readonly string _source;
    private readonly List<Finding> _found;
    private readonly Vocabulary _names;
    private readonly Slots _slots;
    private readonly Clauses _clauses;
    private readonly List<StatedRule> _rules = [];
    private readonly List<Choosable> _choosables = [];
    private readonly Dictionary<string, IReadOnlyList<ValueClass>> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int[]> _values = [];

    private Translation(FeatureModel model, string source, Slots slots, List<Finding> found)
    {
        (_model, _source, _slots, _found) = (model, source, slots, found);
        _names = new(model);
        _clauses = new(slots.All.Count);
    }

    /// <summary>Null when findings say why the model cannot be decided exactly.</summary>
    public static Translated? Of(FeatureModel model, string source, List<Finding> found)
    {
        int before = found.Count;
        if (Slots.Of(model, source, found) is not { } slots) return null;
        var translation = new Translation(model, source, slots, found);
        translation.Values();
        if (found.Count > before) return null;
        translation.Tree();
        foreach (Rule rule in model.AllRules()) translation.Add(rule);
        if (found.Count > before) return null;
        return new(slots, translation._choosables, translation._rules, translation._clauses.Definitions, translation._clauses.Variables);
    }

    private string Name(int slot) => ConstraintText.Quoted(_slots.All[slot].Feature.Name) + (_slots.All[slot].Number > 1 ? $" #{_slots.All[slot].Number}" : "");

    private void Values()
    {
        var comparisons = new Dictionary<string, List<Terms>>(StringComparer.Ordinal);
        foreach (Rule rule in _model.AllRules())
            foreach (int instance in Instances(rule) ?? [])
                foreach (Constraint.Compared compared in rule.Constraint.Leaves().OfType<Constraint.Compared>())
                {
                    var terms = Terms.Of(compared, _names, _slots, Math.Max(1, instance));
                    if (terms.Typed.Count == 0) continue;
                    if (terms.Typed.Count > 1)
                        Refuse(rule, "values-compared", $"{compared} sets values of {string.Join(" and ", terms.Typed.Select(t => Name(t.Slot)).Distinct())} against each other.", "Compare one typed feature at a time with numbers, texts and attributes.");
                    else if (terms.Line is null && !Texts(compared))
                        Refuse(rule, "not-linear", $"{compared} multiplies, divides or averages the value of {Name(terms.Typed[0].Slot)}.", "Write it as a weighted sum of values.");
                    else if (comparisons.TryGetValue(terms.Typed[0].Feature.Name, out var all)) all.Add(terms);
                    else comparisons.Add(terms.Typed[0].Feature.Name, [terms]);
                }
        foreach (Feature feature in _model.Features().Where(static f => f.Kind != FeatureKind.Boolean))
        {
            IReadOnlyList<ValueClass>? classes = ValueClasses.Of(feature, comparisons.GetValueOrDefault(feature.Name) ?? []);
            if (classes is not null) _classes[feature.Name] = classes;
            else _found.Add(new(ModelCheck.At(_source, feature.At), "too-many-values", $"The constraints tell more than {ValueClasses.Most} values of {ConstraintText.Quoted(feature.Name)} apart.", "Compare it with fewer numbers."));
        }
    }

    private bool Texts(Constraint.Compared compared) => compared.Left.Leaves().Concat(compared.Right.Leaves()).All(l => l is Expression.Text
        || l is Expression.ValueOf v && (_names.FeatureOf(v.Of.Name) is { } f ? f.Kind == FeatureKind.String : _names.AttributeOf(v.Of.Name)?.Value is AttributeValue.Text));

    private void Tree()
    {
        State($"{Name(0)} is the whole product", _model.Root.At, [[0]]);
        for (int slot = 0; slot < _slots.All.Count; slot++)
        {
            Slot own = _slots.All[slot];
            _choosables.Add(new(own.Name, slot, slot, null));
            if (own.Parent >= 0) State($"{Name(slot)} is part of {Name(own.Parent)}", own.Feature.At, [[2 * own.Parent, 2 * slot + 1]]);
            if (own.Number > 1 && _slots.Repeated.GetValueOrDefault(own.Feature.Name)?.Name == own.Feature.Name)
            {
                int before = _slots[own.Feature, own.Number - 1], first = _slots[own.Feature, 1];
                _clauses.Definitions.Add([2 * before, 2 * slot + 1]);
                if (own.Number <= own.Feature.Instances!.Least) State($"{Name(first)} is there at least {own.Feature.Instances.Least} times", own.Feature.At, [[2 * slot, 2 * first + 1]]);
            }
            if (own.Feature.Kind != FeatureKind.Boolean) Value(slot);
            foreach (Group group in own.Feature.Groups) Below(slot, group);
        }
    }

    private void Value(int slot)
    {
        IReadOnlyList<ValueClass> classes = _classes[_slots.All[slot].Feature.Name];
        if (classes.Count < 2)
        {
            _values[slot] = [slot];
            return;
        }
        int[] variables = [.. classes.Select(_ => _clauses.NewVariable())];
        for (int c = 0; c < variables.Length; c++)
        {
            _choosables.Add(new($"{_slots.All[slot].Name}: {classes[c].Name}", slot, variables[c], classes[c]));
            _clauses.Definitions.Add([2 * slot, 2 * variables[c] + 1]);
            for (int d = 0; d < c; d++) _clauses.Definitions.Add([2 * variables[d] + 1, 2 * variables[c] + 1]);
        }
        _clauses.Definitions.Add([2 * slot + 1, .. variables.Select(static v => 2 * v)]);
        _values[slot] = variables;
    }

    private void Below(int parent, Group group)
    {
        int number = _slots.All[parent].Number;
        int[] below = [.. group.Features.Select(f => _slots[f, f.Instances is null || number > 0 ? number : 1])];
        string names = string.Join(", ", below.Select(Name)), above = Name(parent);
        int no = 2 * parent + 1;
        switch (group.Kind)
        {
            case GroupKind.Mandatory:
                for (int i = 0; i < below.Length; i++)
                    if (group.Features[i].Instances is not { Least: 0 }) State($"{Name(below[i])} is mandatory in {above}", group.Features[i].At, [[no, 2 * below[i]]]);
                break;
            case GroupKind.Or:
                State($"{above} takes at least one of {names}", group.At, [[no, .. below.Select(static b => 2 * b)]]);
                break;
            case GroupKind.Alternative:
                State($"{above} takes exactly one of {names}", group.At, [[no, .. below.Select(static b => 2 * b)], .. Between(no, below, new(0, 1))]);
                break;
            case GroupKind.Cardinality:
                Cardinality many = group.Cardinality!;
                string words = many.Most is not { } most ? $"at least {many.Least}" : many.Least == most ? $"exactly {most}" : $"{many.Least} to {most}";
                State($"{above} takes {words} of {names}", group.At, Between(no, below, many));
                break;
        }
    }

    private static IEnumerable<int[]> AtMostOne(int[] variables)
    {
        for (int j = 1; j < variables.Length; j++)
            for (int i = 0; i < j; i++) yield return [2 * variables[i] + 1, 2 * variables[j] + 1];
    }

    private List<int[]> Between(int no, int[] below, Cardinality many)
    {
        int least = Math.Max(0, many.Least), most = Math.Min(many.Most ?? below.Length, below.Length);
        if (least > below.Length || most < least) return [[no]];
        var clauses = new List<int[]>();
        if (least == 1) clauses.Add([no, .. below.Select(static b => 2 * b)]);
        else if (least == below.Length) clauses.AddRange(below.Select(b => (int[])[no, 2 * b]));
        else if (least > 1) AtLeast(least, Comparison.GreaterOrEqual);
        if (most == 1 && below.Length <= MostPairs) clauses.AddRange(AtMostOne(below));
        else if (most == 0) clauses.AddRange(below.Select(static b => (int[])[2 * b + 1]));
        else if (most < below.Length) AtLeast(most, Comparison.LessOrEqual);
        return clauses;

        void AtLeast(int bound, Comparison comparison)
        {
            Gift[] ones = [.. below.Order().Select(static b => new Gift(b, [(0, new Register(Rational.One))]))];
            int literal = Diagram.Literal(new(1, ones, static _ => false, new([Rational.One], -(Rational)bound, comparison)), _clauses) ?? Clauses.True;
            if (literal != Clauses.True) clauses.Add(literal == Clauses.False ? [no] : [no, literal]);
        }
    }

    private void Add(Rule rule)
    {
        foreach (int instance in Instances(rule) ?? [])
        {
            List<int[]> clauses = _clauses.Of(rule.Constraint, true, leaf => Literal(rule, leaf, instance));
            if (instance > 0 && Inside(rule) is { } repeated) clauses = [.. clauses.Select(c => (int[])[2 * _slots[repeated, instance] + 1, .. c])];
            State(rule.Constraint + (instance > 1 ? $" (instance {instance})" : ""), rule.At, clauses);
        }
    }

    private int Literal(Rule rule, Constraint leaf, int instance)
    {
        if (leaf is Constraint.Named named)
        {
            if (_names.FeatureOf(named.Feature.Name) is { } feature) return 2 * _slots[feature, _slots.Repeated.GetValueOrDefault(feature.Name)?.Name == feature.Name ? 1 : Math.Max(1, instance)];
            var (carrier, value) = _names.AttributeOf(named.Feature.Name)!.Value;
            return value is AttributeValue.Truth { Value: false } ? Clauses.False : 2 * _slots[carrier, Math.Max(1, instance)];
        }
        var terms = Terms.Of((Constraint.Compared)leaf, _names, _slots, Math.Max(1, instance));
        var gifts = new SortedDictionary<int, List<(int, Register)>>();
        foreach (Gift gift in terms.Gifts) gifts.Add(gift.Variable, [.. gift.Gives]);
        foreach (TypedRegister typed in terms.Typed)
        {
            IReadOnlyList<ValueClass> classes = _classes[typed.Feature.Name];
            for (int c = 0; c < classes.Count; c++)
            {
                if (!gifts.TryGetValue(_values[typed.Slot][c], out var gives)) gifts.Add(_values[typed.Slot][c], gives = []);
                gives.Add((typed.Register, classes[c].Given(typed.Taken)));
            }
        }
        var quantity = new Quantity(terms.Registers, [.. gifts.Select(static g => new Gift(g.Key, g.Value))], terms.Holds, terms.Line);
        if (Diagram.Literal(quantity, _clauses) is { } literal) return literal;
        Refuse(rule, "comparison-too-large", $"{leaf} can come to more than {Diagram.MostStates} different sums.", "Use fewer features or rounder numbers in it.");
        return Clauses.True;
    }

    /// <summary>The instances of a repeated feature for which a rule is said: 0 alone for a rule that names nothing inside one; null after a refusal.</summary>
    private int[]? Instances(Rule rule)
    {
        Feature[] inside = [.. Named(rule.Constraint).Distinct()];
        if (inside.Length == 0) return [0];
        if (inside.Length == 1) return [.. Enumerable.Range(1, inside[0].Instances!.Most!.Value)];
        Refuse(rule, "several-instances", $"{rule.Constraint} names features inside {string.Join(" and ", inside.Select(static f => ConstraintText.Quoted(f.Name)))}, which are repeated each by itself.", "Name features inside one repeated feature only.");
        return null;
    }

    private Feature? Inside(Rule rule) => Named(rule.Constraint).FirstOrDefault();

    /// <summary>The repeated features inside which a constraint names something; their attributes and being there are their own.</summary>
    private IEnumerable<Feature> Named(Constraint constraint)
    {
        foreach (Constraint leaf in constraint.Leaves())
        {
            IEnumerable<(string Name, bool Value)> names = leaf is Constraint.Named named ? [(named.Feature.Name, false)]
                : ((Constraint.Compared)leaf).Left.Leaves().Concat(((Constraint.Compared)leaf).Right.Leaves()).Select(static l => l switch
                {
                    Expression.ValueOf v => (v.Of.Name, true),
                    Expression.Applied a => (a.To.Name, true),
                    _ => ("", false),
                });
            foreach (var (name, value) in names)
            {
                Feature? direct = _names.FeatureOf(name), feature = direct ?? _names.AttributeOf(name)?.Feature;
                if (feature is null || !_slots.Repeated.TryGetValue(feature.Name, out Feature? repeated)) continue;
                if (repeated.Name != feature.Name || value && direct is not null) yield return repeated;
            }
        }
    }

    private void State(string text, Written at, IEnumerable<int[]> clauses) => _rules.Add(new(text, at, [.. clauses.Select(static c => c.Distinct().Order().ToArray()).Where(static c => !Simplified.Tautology(c))]));

    private void Refuse(Rule rule, string name, string what, string cure)
    {
        var finding = new Finding(ModelCheck.At(_source, rule.At), name, what, cure);
        if (!_found.Contains(finding)) _found.Add(finding);
    }
}
