using System.Globalization;

namespace Homestretch;

/// <summary>An amount of an item in a unit of measure (UN/ECE Rec 20 style code as people write it: EA, KG, M).
/// Amounts of different units never compare or add.</summary>
public readonly record struct Quantity(decimal Value, string Unit)
{
    public static Quantity operator +(Quantity a, Quantity b) => new(a.Value + b.In(a.Unit), a.Unit);
    public static Quantity operator -(Quantity a, Quantity b) => new(a.Value - b.In(a.Unit), a.Unit);

    /// <summary>The amount, which must already be in <paramref name="unit"/>.</summary>
    /// <exception cref="InvalidOperationException">Another unit.</exception>
    public decimal In(string unit) => unit == Unit ? Value
        : throw new InvalidOperationException($"{this} is not in {unit}.\nMaybe the item's unit of measure was changed after this record was made.");

    public override string ToString() => $"{Value.ToString("0.###", CultureInfo.InvariantCulture)} {Unit}";
}

/// <summary>An amount of money in minor units (cents) of an ISO 4217 currency. Currencies never mix.</summary>
public readonly record struct Money(long Minor, string Currency)
{
    public static Money operator +(Money a, Money b) => a.Currency == b.Currency ? a with { Minor = a.Minor + b.Minor }
        : throw new InvalidOperationException($"{a} and {b} do not add.\nMaybe one needs converting at a dated rate first.");
    public static Money operator *(Money a, decimal times) => a with { Minor = (long)decimal.Round(a.Minor * times, MidpointRounding.ToEven) };

    /// <summary>The amount in major units, for display.</summary>
    public decimal Major => Minor / 100m;
    public override string ToString() => $"{Major.ToString("#,0.00", CultureInfo.InvariantCulture)} {Currency}";
}

/// <summary>A part of a whole, in [0, 1].</summary>
public readonly record struct Share : IComparable<Share>
{
    public Share(double value)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A share lies in [0, 1].\nMaybe this is a percentage: divide it by 100.");
        Value = value;
    }

    public double Value { get; }
    public int CompareTo(Share other) => Value.CompareTo(other.Value);
    public static bool operator <(Share a, Share b) => a.Value < b.Value;
    public static bool operator >(Share a, Share b) => a.Value > b.Value;
    public static bool operator <=(Share a, Share b) => a.Value <= b.Value;
    public static bool operator >=(Share a, Share b) => a.Value >= b.Value;
    public override string ToString() => Value.ToString("P1", CultureInfo.InvariantCulture);
}
