using System.Globalization;
using System.Numerics;

namespace Homestretch.Products.Features;

/// <summary>A fraction, exact: models compare sums and means of decimal numbers, and a comparison must not hang on rounding.</summary>
internal readonly record struct Rational : IComparable<Rational>
{
    private readonly BigInteger _above, _belowLessOne;

    private Rational(BigInteger above, BigInteger below)
    {
        BigInteger shared = BigInteger.GreatestCommonDivisor(above, below) * below.Sign;
        (_above, _belowLessOne) = (above / shared, below / shared - 1);
    }

    /// <summary>Kept less one, so that the default is 0 / 1.</summary>
    private BigInteger Below => _belowLessOne + 1;

    public static Rational Zero => default;

    public static Rational One { get; } = new(1, 1);

    public bool IsWhole => _belowLessOne.IsZero;

    public int Sign => _above.Sign;

    public static implicit operator Rational(int number) => new(number, 1);

    public static Rational Of(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        BigInteger digits = (new BigInteger(unchecked((uint)bits[2])) << 64) + (new BigInteger(unchecked((uint)bits[1])) << 32) + unchecked((uint)bits[0]);
        return new(bits[3] < 0 ? -digits : digits, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    public static Rational operator +(Rational a, Rational b) => new(a._above * b.Below + b._above * a.Below, a.Below * b.Below);

    public static Rational operator -(Rational a, Rational b) => new(a._above * b.Below - b._above * a.Below, a.Below * b.Below);

    public static Rational operator -(Rational a) => Zero - a;

    public static Rational operator *(Rational a, Rational b) => new(a._above * b._above, a.Below * b.Below);

    /// <summary>Throws when <paramref name="b"/> is 0.</summary>
    public static Rational operator /(Rational a, Rational b) => b.Sign == 0 ? throw new DivideByZeroException() : new(a._above * b.Below, a.Below * b._above);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public Rational Floor() => new(BigInteger.Divide(_above - (_above.Sign < 0 ? _belowLessOne : 0), Below), 1);

    public Rational Ceiling() => -(-this).Floor();

    public int CompareTo(Rational other) => (_above * other.Below).CompareTo(other._above * Below);

    /// <summary>As a decimal number where that is exact, else as a fraction.</summary>
    public override string ToString()
    {
        BigInteger below = Below, above = _above;
        int places = 0;
        for (; places < 28 && !BigInteger.Remainder(BigInteger.Pow(10, places), below).IsZero; places++) { }
        if (places == 28) return $"{above.ToString(CultureInfo.InvariantCulture)}/{below.ToString(CultureInfo.InvariantCulture)}";
        string digits = BigInteger.Abs(above * BigInteger.Pow(10, places) / below).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return (above.Sign < 0 ? "-" : "") + (places == 0 ? digits : $"{digits[..^places]}.{digits[^places..]}");
    }
}
