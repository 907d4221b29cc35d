namespace Homestretch.Products.Features;

/// <summary>What must hold of the features taken together.</summary>
public abstract record Constraint
{
    private Constraint() { }

    /// <summary>A feature is there.</summary>
    public sealed record Named(Reference Feature) : Constraint;

    public sealed record Not(Constraint Of) : Constraint;

    public sealed record Both(Connective Connective, Constraint Left, Constraint Right) : Constraint;

    public sealed record Compared(Comparison Comparison, Expression Left, Expression Right) : Constraint;

    public sealed override string ToString() => ConstraintText.Of(this);
}

/// <summary>How two constraints are joined, the tightest first.</summary>
public enum Connective { And, Or, Implies, Equivalent }

/// <summary>How two values are compared.</summary>
public enum Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>A number or a text that follows from the features taken.</summary>
public abstract record Expression
{
    private Expression() { }

    public sealed record Number(decimal Value) : Expression;

    public sealed record Text(string Value) : Expression;

    /// <summary>The value of a typed feature, or of a feature's attribute.</summary>
    public sealed record ValueOf(Reference Of) : Expression;

    public sealed record Calculated(Operator Operator, Expression Left, Expression Right) : Expression;

    /// <summary>Over the attribute of all features taken that have it.</summary>
    /// <param name="Below">Only the features below this one; null: all. UVL writes it before the attribute or after, told apart by which is a feature's name.</param>
    public sealed record Aggregate(AggregateFunction Function, Reference? Below, Reference Attribute) : Expression;

    /// <summary>A function of one value.</summary>
    public sealed record Applied(ValueFunction Function, Reference To) : Expression;

    public sealed override string ToString() => ConstraintText.Of(this);
}

public enum Operator { Add, Subtract, Multiply, Divide }

/// <summary>Over many features: their sum, or their mean (0 when there is none).</summary>
public enum AggregateFunction { Sum, Average }

/// <summary>Of one value: the length of a text, a number rounded down, a number rounded up.</summary>
public enum ValueFunction { Length, Floor, Ceiling }

/// <summary>A name in a constraint: a feature, or a feature and its attribute, with dots between the parts.</summary>
public sealed record Reference(string Name, Written At)
{
    /// <summary>Where it stands does not tell names apart.</summary>
    public bool Equals(Reference? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    public override string ToString() => ConstraintText.Quoted(Name);
}
