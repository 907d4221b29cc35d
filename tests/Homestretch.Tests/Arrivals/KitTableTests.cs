using Homestretch.Arrivals;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals;

/// <summary>The worked example for which this product is built: eight lanes, lognormal door to hub, one common factor. Plan each lane on its mean and a kit in
/// forty is whole on the day. docs/formulas/promising.md, example 1.</summary>
public sealed class KitTableTests
{
    private const int S = 100_000;
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 0, 0);

    /// <summary>P50 and P90 in days, and the loading of the common factor.</summary>
    private static readonly (string Name, double P50, double P90, double Loading)[] s_lanes =
    [
        ("VN", 45, 58, 0.5), ("TW", 43, 54, 0.5), ("KR", 41, 53, 0.5), ("CN south", 44, 56, 0.5), ("CN east", 32, 42, 0.15), ("JP", 29, 38, 0.15), ("HU", 30, 38, 0.5), ("MX", 6, 9, 0),
    ];

    private static readonly int[][] s_arrivals = Drawn();

    [Theory, InlineData(0, 0.024, 0.002), InlineData(0.9, 0.48, 0.01), InlineData(0.99, 0.93, 0.005)]
    public void Of_kits_planned_lane_by_lane_so_many_are_whole_on_the_day(double quantile, double whole, double give)
    {
        double[] planned = Planned(quantile);
        int kits = Enumerable.Range(0, S).Count(s => Enumerable.Range(0, s_lanes.Length).All(l => Lateness(l, s, planned) <= 0));
        Assert.Equal(whole, kits / (double)S, give);
    }

    [Fact]
    public void At_P90_the_part_that_gates_a_late_kit_may_be_any()
    {
        double[] planned = Planned(0.9);
        int[] gates = new int[s_lanes.Length];
        int late = 0;
        for (int s = 0; s < S; s++)
        {
            int last = Enumerable.Range(0, s_lanes.Length).MaxBy(l => Lateness(l, s, planned));
            if (Lateness(last, s, planned) <= 0) continue;
            gates[last]++;
            late++;
        }
        Assert.All(gates[..7], g => Assert.InRange(g / (double)late, 0.08, 0.2));
        Assert.InRange(gates[7] / (double)late, 0.02, 0.2);
    }

    [Fact]
    public void Each_lane_keeps_its_own_quantiles_whatever_it_shares() => Assert.All(Enumerable.Range(0, s_lanes.Length), static l =>
    {
        int[] sorted = [.. s_arrivals[l].Order()];
        Assert.Equal(s_lanes[l].P50, sorted[S / 2 - 1] / 86_400.0, s_lanes[l].P50 * 0.01);
        Assert.Equal(s_lanes[l].P90, sorted[S * 9 / 10 - 1] / 86_400.0, s_lanes[l].P90 * 0.01);
    });

    private static double Lateness(int lane, int sample, double[] planned) => s_arrivals[lane][sample] - planned[lane] * 86_400;

    /// <summary>Days at a quantile; at 0 the mean, P50 exp(sigma^2 / 2).</summary>
    private static double[] Planned(double quantile) => [.. s_lanes.Select(l =>
    {
        double sigma = Math.Log(l.P90 / l.P50) / Normal.Z90;
        return quantile == 0 ? l.P50 * Math.Exp(sigma * sigma / 2) : StageTime.Of(l.P50, l.P90).Quantile(quantile);
    })];

    private static int[][] Drawn()
    {
        var sampler = new ArrivalSampler(s_t, new Draws(5), S);
        return [.. s_lanes.Select(l =>
        {
            int[] arrivals = new int[S];
            FactorLoading[] loadings = l.Loading > 0 ? [new(StableHash.Of("factor", "", "sea"), l.Loading)] : [];
            sampler.Sample(sampler.Prepare([new ArrivalStep(StableHash.Of("lane", "", l.Name), StageTime.Of(l.P50, l.P90), loadings, new Progress.Ahead())], s_t), arrivals);
            return arrivals;
        })];
    }
}
