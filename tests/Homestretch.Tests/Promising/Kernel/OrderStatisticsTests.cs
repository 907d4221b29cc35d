using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed unsafe class OrderStatisticsTests
{
    private static readonly Gen<int[]> Rows = Gen.Int[1, 40].SelectMany(eights => Gen.Frequency(
        (3, Gen.Int[0, Futures.Never].Array[8 * eights]), (1, Gen.Int[0, 3].Array[8 * eights])));

    [Fact]
    public void Quantiles_equal_their_definition() => Rows.Sample(row =>
    {
        int[] scratch = new int[OrderStatistics.ScratchLength(row.Length)];
        row.CopyTo(scratch, 0);
        Quantiles expected = new(SlowTwin.Quantile(row, 50), SlowTwin.Quantile(row, 80), SlowTwin.Quantile(row, 90), SlowTwin.Quantile(row, 95));
        fixed (int* p = scratch) return OrderStatistics.Of(p, row.Length) == expected;
    });

    [Fact]
    public void Any_one_quantile_equals_its_definition() => Gen.Select(Rows, Gen.Int[1, 100]).Sample((row, percent) =>
    {
        int[] scratch = new int[OrderStatistics.ScratchLength(row.Length)];
        row.CopyTo(scratch, 0);
        fixed (int* p = scratch) return OrderStatistics.Of(p, row.Length, percent) == SlowTwin.Quantile(row, percent);
    });

    [Fact]
    public void Counting_equals_counting() => Gen.Select(Rows, Gen.Int[0, Futures.Never]).Sample((row, x) =>
    {
        fixed (int* p = row) return OrderStatistics.CountAtMost(p, row.Length, x) == row.Count(v => v <= x);
    });

    [Fact]
    public void A_quantile_of_any_number_of_samples_is_what_sorting_gives() =>
        Gen.Select(Gen.OneOf(Gen.Int[-5, 5], Gen.Int).Array[1, 70], Gen.Double[0.001, 1]).Sample((samples, p) =>
            OrderStatistics.Quantile(samples, p) == samples.Order().ElementAt((int)Math.Ceiling(p * samples.Length - 1e-9) - 1));

    [Fact]
    public void Counting_up_to_a_value_is_what_looking_at_each_gives() =>
        Gen.Select(Gen.Int[-9, 9].Array[1, 70], Gen.Int[-10, 10]).Sample((samples, x) =>
            OrderStatistics.CountUpTo(samples, x) == samples.Count(s => s <= x));

    [Fact]
    public void The_ends_of_the_number_line_are_samples_like_others() =>
        Assert.Equal([int.MinValue, int.MinValue, 0, int.MaxValue], Enumerable.Range(1, 4).Select(static rank => OrderStatistics.Quantile([0, int.MinValue, int.MaxValue, int.MinValue], rank / 4.0)));

    [Fact]
    public void A_percentage_is_refused_with_a_hint() =>
        Assert.Contains("Maybe", Assert.Throws<ArgumentOutOfRangeException>(static () => OrderStatistics.Quantile([1], 90)).Message);
}
