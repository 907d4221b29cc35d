using Xunit;

namespace Homestretch.Tests;

public sealed class NormalTests
{
    // reference values: erfc and inverse normal of another implementation, printed with 17 digits
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.15865525393145707)]
    [InlineData(2.9, 0.0018658133003840378)]
    [InlineData(3.1, 0.00096760321321835621)]
    [InlineData(6, 9.865876450377012e-10)]
    [InlineData(20, 2.7536241186063314e-89)]
    [InlineData(-1.5, 0.93319279873114191)]
    public void The_upper_tail_agrees_with_reference_values(double x, double expected) =>
        Assert.InRange(Normal.UpperTail(x) / expected, 1 - 1e-11, 1 + 1e-11);

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.9, Normal.Z90)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.01, -2.3263478740408408)]
    [InlineData(1e-5, -4.2648907939228256)]
    [InlineData(1e-12, -7.0344838253011304)]
    [InlineData(1e-300, -37.0470962993612)]
    public void The_quantile_agrees_with_reference_values(double p, double expected) =>
        Assert.Equal(expected, Normal.Quantile(p), Math.Abs(expected) * 1e-12 + 1e-15);

    [Fact]
    public void The_quantile_undoes_the_distribution_function_to_nine_digits()
    {
        for (double x = -8; x <= 8; x += 0.0137)
            Assert.InRange(-Normal.Quantile(Normal.UpperTail(x)) - x, -Error(x), Error(x));

        // for negative x the upper tail is near 1 and carries only 16 digits of its distance from 1
        static double Error(double x) => x > 0 ? 1e-9 * x + 1e-12 : 1e-9 + 2e-16 / Normal.Density(x);
    }

    [Fact]
    public void Outside_zero_to_one_there_is_no_quantile()
    {
        Assert.Equal(double.NegativeInfinity, Normal.Quantile(0));
        Assert.Equal(double.PositiveInfinity, Normal.Quantile(1));
        Assert.True(double.IsNaN(Normal.Quantile(1.2)));
        Assert.True(double.IsNaN(Normal.Quantile(-0.1)));
        Assert.True(double.IsNaN(Normal.Quantile(double.NaN)));
    }

    [Fact]
    public void The_tables_stay_within_their_stated_error()
    {
        var draws = new Draws(5);
        for (int s = 0; s < 20_000; s++)
        {
            double p = Math.Max(Math.Pow(draws.Uniform(1, s), 1 + s % 12), 1.2e-16);
            Assert.Equal(Normal.Quantile(p), NormalTable.Quantile(p), 1e-9);
            Assert.Equal(Normal.Quantile(1 - p), NormalTable.Quantile(1 - p), 1e-9);
            double x = 16 * draws.Uniform(2, s) - 8;
            Assert.Equal(Normal.UpperTail(x), NormalTable.UpperTail(x), 1e-9);
        }
        Assert.Equal(0, NormalTable.Quantile(0.5));
    }

    [Fact]
    public void The_quantile_table_never_falls()
    {
        double before = double.NegativeInfinity;
        for (int i = 1; i < 200_000; i++)
        {
            double x = NormalTable.Quantile(i / 200_000.0);
            Assert.True(x > before);
            before = x;
        }
    }
}
