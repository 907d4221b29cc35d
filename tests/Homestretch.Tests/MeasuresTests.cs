using CsCheck;
using Xunit;

namespace Homestretch.Tests;

public sealed class MeasuresTests
{
    [Fact]
    public void Quantities_add_in_one_unit_and_refuse_two()
    {
        Assert.Equal(new Quantity(3.5m, "KG"), new Quantity(1, "KG") + new Quantity(2.5m, "KG"));
        Assert.Equal(new Quantity(-1, "EA"), new Quantity(1, "EA") - new Quantity(2, "EA"));
        var e = Assert.Throws<InvalidOperationException>(static () => new Quantity(1, "KG") + new Quantity(1, "EA"));
        Assert.StartsWith("1 EA is not in KG.\nMaybe", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Money_adds_in_one_currency_and_refuses_two()
    {
        Assert.Equal(new Money(350, "USD"), new Money(100, "USD") + new Money(250, "USD"));
        Assert.Throws<InvalidOperationException>(static () => new Money(1, "USD") + new Money(1, "EUR"));
        Assert.Equal("1,234.50 USD", new Money(123450, "USD").ToString());
    }

    [Theory]
    [InlineData(5, 0.5, 2)]
    [InlineData(15, 0.5, 8)]
    [InlineData(-5, 0.5, -2)]
    public void Money_rounds_half_a_cent_to_even(long minor, double times, long expected) =>
        Assert.Equal(expected, (new Money(minor, "USD") * (decimal)times).Minor);

    [Theory]
    [InlineData(88)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_share_lies_between_nothing_and_all(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(value), () => new Share(value));

    [Fact]
    public void Shares_and_keys_order_as_their_values_do() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.String, Gen.String).Sample((a, b, s, t) =>
            (new Share(a) < new Share(b)) == (a < b) && (new Share(a) >= new Share(b)) == (a >= b)
            && (new Key<Quantity>(s) < new Key<Quantity>(t)) == (string.CompareOrdinal(s, t) < 0)
            && (new Key<Quantity>(s) >= new Key<Quantity>(t)) == (string.CompareOrdinal(s, t) >= 0));

    [Fact]
    public void A_finding_reads_as_one_line()
    {
        var finding = new Finding(new("lots.csv", 3, "quantity"), "number", "'x' is no number.", "Write digits.");
        Assert.Equal("lots.csv:3 (quantity): 'x' is no number. Write digits. [number]", finding.ToString());
        Assert.Equal(["lots.csv", "lots.csv:3", "lots.csv (quantity)"],
            [new Place("lots.csv").ToString(), new Place("lots.csv", 3).ToString(), new Place("lots.csv", 0, "quantity").ToString()]);
    }
}
