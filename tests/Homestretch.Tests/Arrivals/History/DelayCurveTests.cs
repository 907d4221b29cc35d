using CsCheck;
using Homestretch.Arrivals.History;
using Xunit;

namespace Homestretch.Tests.Arrivals.History;

public sealed class DelayCurveTests
{
    private static readonly DelayCurve s_curve = new([-10, 0, 0, 4.2, 9, 20]);

    [Theory]
    [InlineData(0.1, -10, -10)]
    [InlineData(0.5, 0, 0)]
    [InlineData(0.85, 2.1, 3)] // half way from P80 to P90, and up to the whole day
    [InlineData(0.9, 4.2, 5)]
    [InlineData(1.04, 20, 20)]
    public void Quantiles_are_straight_between_the_knots_and_stated_in_the_next_whole_day(double level, double days, int whole)
    {
        Assert.Equal(days, s_curve.Quantile(level), 1e-12);
        Assert.Equal(whole, s_curve.Whole(level));
    }

    [Fact]
    public void A_rounding_error_is_no_day() => Assert.Equal(5, new DelayCurve([0, 0, 0, 5.0000000001, 9, 20]).Whole(0.9));

    [Fact]
    public void The_chance_takes_in_the_whole_mass_at_a_value()
    {
        Assert.Equal(0, s_curve.Cdf(-11));
        Assert.Equal(0.25 + 0.25 * 0.9, s_curve.Cdf(-1), 1e-12);
        Assert.Equal(0.8, s_curve.Cdf(0), 1e-12);
        Assert.Equal(1, s_curve.Cdf(20));
    }

    private static readonly Gen<DelayCurve> s_curves = Gen.Double[-50, 100].Array[DelayCurve.Knots.Count].Select(static d => new DelayCurve(d));

    [Fact]
    public void Neither_quantile_nor_chance_ever_falls_and_they_are_each_others_inverse() => Gen.Select(s_curves, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((curve, a, b) =>
    {
        Assert.True(curve.Quantile(Math.Min(a, b)) <= curve.Quantile(Math.Max(a, b)));
        double x = curve.Quantile(a), y = curve.Quantile(b);
        Assert.True(curve.Cdf(Math.Min(x, y)) <= curve.Cdf(Math.Max(x, y)));
        if (a is > 0.26 and < 0.97) Assert.True(curve.Cdf(x + 1e-9) >= a - 1e-6);
    });
}
