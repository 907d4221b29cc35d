namespace Homestretch.Products.Features;

/// <summary>What is taken of a typed feature's value.</summary>
internal enum Taken { Value, Length, Floor, Ceiling }

/// <summary>A register that a typed feature's value fills.</summary>
internal sealed record TypedRegister(Feature Feature, int Slot, Taken Taken, int Register);

/// <summary>A comparison with its names resolved: registers, what fills them, and how to judge them.</summary>
internal sealed class Terms
{
    private readonly Vocabulary _names;
    private readonly Slots _slots;
    private readonly int _instance;
    private readonly SortedDictionary<int, List<(int Register, Register Value)>> _gifts = [];

    private Terms(Vocabulary names, Slots slots, int instance) => (_names, _slots, _instance) = (names, slots, instance);

    public int Registers { get; private set; }

    public List<TypedRegister> Typed { get; } = [];

    /// <summary>What the variables of features give, without the values of typed features.</summary>
    public IEnumerable<Gift> Gifts => _gifts.Select(static g => new Gift(g.Key, g.Value));

    /// <summary>The texts written in a comparison of texts.</summary>
    public List<string> Constants { get; } = [];

    /// <summary>The comparison as a weighted sum; null when it is none, as for texts.</summary>
    public Linear? Line { get; private init; }

    public Func<Register[], bool> Holds { get; private init; } = static _ => false;

    /// <param name="instance">The instance of the repeated feature that names inside it mean.</param>
    public static Terms Of(Constraint.Compared compared, Vocabulary names, Slots slots, int instance)
    {
        var terms = new Terms(names, slots, instance);
        if (IsText(compared.Left, names))
        {
            Func<Register[], string?> one = terms.Text(compared.Left), other = terms.Text(compared.Right);
            bool equal = compared.Comparison == Comparison.Equal;
            return terms.With(null, r => (one(r) is { } a && a == other(r)) == equal);
        }
        Func<Register[], Rational?> left = terms.Number(compared.Left, out Form? leftForm), right = terms.Number(compared.Right, out Form? rightForm);
        Linear? line = null;
        if (leftForm is not null && rightForm is not null)
        {
            Form form = leftForm.Plus(rightForm.Times(-1));
            line = new([.. Enumerable.Range(0, terms.Registers).Select(r => form.Weights.GetValueOrDefault(r))], form.Constant, compared.Comparison);
        }
        return terms.With(line, r => left(r) is { } a && right(r) is { } b && Linear.Holds(compared.Comparison, a.CompareTo(b)));
    }

    private Terms With(Linear? line, Func<Register[], bool> holds)
    {
        var bound = new Terms(_names, _slots, _instance) { Line = line, Holds = holds, Registers = Registers };
        foreach (var (variable, gives) in _gifts) bound._gifts.Add(variable, gives);
        bound.Typed.AddRange(Typed);
        bound.Constants.AddRange(Constants);
        return bound;
    }

    private static bool IsText(Expression expression, Vocabulary names) => expression is Expression.Text
        || expression is Expression.ValueOf v && (names.FeatureOf(v.Of.Name) is { } f ? f.Kind == FeatureKind.String : names.AttributeOf(v.Of.Name)?.Value is AttributeValue.Text);

    private Func<Register[], string?> Text(Expression expression)
    {
        if (expression is Expression.Text text)
        {
            Constants.Add(text.Value);
            return _ => text.Value;
        }
        int register = Read(((Expression.ValueOf)expression).Of, Taken.Value);
        return r => r[register].Text;
    }

    /// <param name="form">The number as a weighted sum of registers, when it is one.</param>
    private Func<Register[], Rational?> Number(Expression expression, out Form? form)
    {
        switch (expression)
        {
            case Expression.Number number:
                Rational fixedly = Rational.Of(number.Value);
                form = new(fixedly, []);
                return _ => fixedly;
            case Expression.ValueOf value: return Register(Read(value.Of, Taken.Value), out form);
            case Expression.Applied applied: return Register(Read(applied.To, applied.Function switch { ValueFunction.Length => Taken.Length, ValueFunction.Floor => Taken.Floor, _ => Taken.Ceiling }), out form);
            case Expression.Aggregate { Function: AggregateFunction.Sum } sum: return Register(Sum(sum, out _), out form);
            case Expression.Aggregate mean:
                form = null;
                int total = Sum(mean, out int count);
                return r => r[count].Number.Sign == 0 ? Rational.Zero : r[total].Number / r[count].Number;
            case Expression.Calculated calculated:
                Func<Register[], Rational?> left = Number(calculated.Left, out Form? leftForm), right = Number(calculated.Right, out Form? rightForm);
                form = Form.Of(calculated.Operator, leftForm, rightForm);
                return calculated.Operator switch
                {
                    Operator.Add => r => left(r) + right(r),
                    Operator.Subtract => r => left(r) - right(r),
                    Operator.Multiply => r => left(r) * right(r),
                    _ => r => right(r) is { Sign: not 0 } below ? left(r) / below : null,
                };
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Func<Register[], Rational?> Register(int register, out Form form)
    {
        form = new(Rational.Zero, new() { [register] = Rational.One });
        return r => r[register].Number;
    }

    /// <summary>A register with the value of a typed feature or an attribute.</summary>
    private int Read(Reference named, Taken taken)
    {
        int register = Registers++;
        if (_names.FeatureOf(named.Name) is { } feature)
        {
            Typed.Add(new(feature, _slots[feature, _instance], taken, register));
            return register;
        }
        var (carrier, value) = _names.AttributeOf(named.Name)!.Value;
        Register given = value switch
        {
            AttributeValue.Text text when taken == Taken.Length => new(text.Value.Length),
            AttributeValue.Text text => new(Rational.Zero, text.Value),
            AttributeValue.Number number => new(Rounded(Rational.Of(number.Value), taken)),
            _ => default,
        };
        Give(_slots[carrier, _instance], register, given);
        return register;
    }

    public static Rational Rounded(Rational number, Taken taken) => taken switch { Taken.Floor => number.Floor(), Taken.Ceiling => number.Ceiling(), _ => number };

    private int Sum(Expression.Aggregate over, out int count)
    {
        int register = Registers++;
        count = over.Function == AggregateFunction.Average ? Registers++ : -1;
        if (over.Below is null && _names.FeatureOf(over.Attribute.Name) is { } typed)
        {
            foreach (int slot in _slots.Of(typed)) Typed.Add(new(typed, slot, Taken.Value, register));
            return register;
        }
        Feature? below = over.Below is { } named ? _names.FeatureOf(named.Name) : null;
        foreach (var (carrier, value) in _names.Carriers(over.Attribute.Name))
            foreach (int slot in _slots.Of(carrier))
            {
                if (below is not null && !Within(slot, below)) continue;
                Give(slot, register, new(Rational.Of(((AttributeValue.Number)value).Value)));
                if (count >= 0) Give(slot, count, new(Rational.One));
            }
        return register;
    }

    private bool Within(int slot, Feature above)
    {
        for (; slot >= 0; slot = _slots.All[slot].Parent) if (_slots.All[slot].Feature.Name == above.Name) return true;
        return false;
    }

    private void Give(int slot, int register, Register value)
    {
        if (!_gifts.TryGetValue(slot, out var gives)) _gifts.Add(slot, gives = []);
        gives.Add((register, value));
    }

    /// <summary>A weighted sum of registers and a constant.</summary>
    private sealed record Form(Rational Constant, Dictionary<int, Rational> Weights)
    {
        public static Form? Of(Operator operation, Form? left, Form? right) => (operation, left, right) switch
        {
            (_, null, _) or (_, _, null) => null,
            (Operator.Add, _, _) => left.Plus(right),
            (Operator.Subtract, _, _) => left.Plus(right.Times(-1)),
            (Operator.Multiply, { Weights.Count: 0 }, _) => right.Times(left.Constant),
            (Operator.Multiply, _, { Weights.Count: 0 }) => left.Times(right.Constant),
            (Operator.Divide, _, { Weights.Count: 0, Constant.Sign: not 0 }) => left.Times(Rational.One / right.Constant),
            _ => null,
        };

        public Form Plus(Form other)
        {
            var weights = new Dictionary<int, Rational>(Weights);
            foreach (var (register, weight) in other.Weights) weights[register] = weights.GetValueOrDefault(register) + weight;
            return new(Constant + other.Constant, weights);
        }

        public Form Times(Rational factor) => new(Constant * factor, Weights.ToDictionary(static w => w.Key, w => w.Value * factor));
    }
}
