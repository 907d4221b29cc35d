using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed class OrderStatisticsTests
{
    [Fact]
    public void The_quantile_is_what_sorting_gives() =>
        Gen.Select(Gen.OneOf(Gen.Int[-5, 5], Gen.Int).Array[1, 70], Gen.Double[0.001, 1]).Sample((samples, p) =>
            OrderStatistics.Quantile(samples, p) == samples.Order().ElementAt((int)Math.Ceiling(p * samples.Length - 1e-9) - 1));

    [Fact]
    public void Counting_up_to_a_value_is_what_looking_at_each_gives() =>
        Gen.Select(Gen.Int[-9, 9].Array[1, 70], Gen.Int[-10, 10]).Sample((samples, x) =>
            OrderStatistics.CountUpTo(samples, x) == samples.Count(s => s <= x));

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.33, 1)]
    [InlineData(1.0, 3)]
    public void The_documented_example_holds(double p, int expected) => Assert.Equal(expected, OrderStatistics.Quantile([3, 1, 2], p));

    [Fact]
    public void The_ends_of_the_number_line_are_samples_like_others() =>
        Assert.Equal([int.MinValue, int.MinValue, 0, int.MaxValue], Enumerable.Range(1, 4).Select(static rank => OrderStatistics.OfRank([0, int.MinValue, int.MaxValue, int.MinValue], rank)));

    [Fact]
    public void A_percentage_is_refused_with_a_hint() =>
        Assert.Contains("Maybe", Assert.Throws<ArgumentOutOfRangeException>(static () => OrderStatistics.Quantile([1], 90)).Message);
}
