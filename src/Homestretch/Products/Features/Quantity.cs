namespace Homestretch.Products.Features;

/// <summary>A comparison whose values have become sums over variables: each register adds up what the variables that hold give it.</summary>
/// <param name="Gifts">In the order of variables, each once.</param>
/// <param name="Holds">Whether the comparison holds for given registers.</param>
/// <param name="Line">When the comparison is "sum over all registers, plus this, compared with 0" and nothing else; null otherwise.</param>
internal sealed record Quantity(int Registers, IReadOnlyList<Gift> Gifts, Func<Register[], bool> Holds, Linear? Line);

/// <summary>What one variable gives when it holds.</summary>
internal sealed record Gift(int Variable, IReadOnlyList<(int Register, Register Value)> Gives);

/// <summary>A number that gifts add to, or a text that a gift sets.</summary>
internal readonly record struct Register(Rational Number, string? Text = null)
{
    public Register With(Register gift) => new(Number + gift.Number, gift.Text ?? Text);
}

/// <summary>Weights of registers, what is added to them, and how the sum is compared with 0.</summary>
internal sealed record Linear(IReadOnlyList<Rational> Weights, Rational Constant, Comparison Comparison)
{
    public bool Holds(Rational sum) => Holds(Comparison, sum.Sign);

    /// <summary>Does a comparison hold when left is less than (-1), equal to (0) or greater than (1) right?</summary>
    public static bool Holds(Comparison comparison, int sign) => comparison switch
    {
        Comparison.Equal => sign == 0,
        Comparison.NotEqual => sign != 0,
        Comparison.Less => sign < 0,
        Comparison.LessOrEqual => sign <= 0,
        Comparison.Greater => sign > 0,
        _ => sign >= 0,
    };
}
