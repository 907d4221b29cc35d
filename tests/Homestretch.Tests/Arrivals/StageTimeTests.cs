using CsCheck;
using Homestretch.Arrivals;
using Xunit;

namespace Homestretch.Tests.Arrivals;

public sealed class StageTimeTests
{
    private static readonly Gen<StageTime> _lognormal =
        Gen.Select(Gen.Double[0.5, 60], Gen.Double[1.02, 2.5]).Select((p50, ratio) => (StageTime)new StageTime.Lognormal(p50, p50 * ratio));
    private static readonly Gen<StageTime> _onTime =
        Gen.Select(Gen.Double[0, 0.85], Gen.Double[1, 40], Gen.Double[1.05, 2]).Select((share, p50, ratio) => StageTime.Of(p50, p50 * ratio, share));
    private static readonly Gen<StageTime> _table =
        Gen.Select(Gen.Double[0.01, 0.2].Array[3, 6], Gen.OneOf(Gen.Const(0.0), Gen.Double[0.1, 20]).Array[6], Gen.Double[-10, 10], Gen.Double[1.5, 6])
            .Select((steps, rises, first, index) => (StageTime)new StageTime.Table(
                [.. steps.Select((_, i) => steps[..(i + 1)].Sum() * 0.8)], [.. steps.Select((_, i) => first + rises[..i].Sum())], 3, index));
    private static readonly Gen<StageTime> _any = Gen.OneOf(_lognormal, _onTime, _table,
        Gen.Double[0, 50].Select(d => (StageTime)new StageTime.Constant(d)),
        Gen.Select(Gen.Double[0, 9], Gen.Double[10, 20]).Select((a, b) => (StageTime)new StageTime.Even(a, b)),
        Gen.Select(Gen.Double[0, 9], _lognormal).Select((a, rest) => (StageTime)new StageTime.Shifted(a, rest)));

    private static IReadOnlyList<Finding> Check(StageTime time) => StageTimeRules.Check(time, new Place("lanes.csv", 3));

    [Fact]
    public void The_quantile_is_the_least_value_that_a_share_does_not_exceed() =>
        Gen.Select(_any, Gen.Double[0.001, 0.999]).Sample((time, u) =>
        {
            Assert.Empty(Check(time));
            double x = time.Quantile(u);
            Assert.True(time.Cdf(x + 1e-6) >= u - 1e-6, $"F({x}) = {time.Cdf(x)} below {u}");
            Assert.True(time.Cdf(x - 1e-6) <= u + 1e-6, $"F just below {x} = {time.Cdf(x - 1e-6)} above {u}");
        });

    [Fact]
    public void Quantile_and_share_done_never_fall() =>
        Gen.Select(_any, Gen.Double[0.001, 0.999], Gen.Double[0.001, 0.999]).Sample((time, u, v) =>
        {
            if (u > v) (u, v) = (v, u);
            Assert.True(time.Quantile(u) <= time.Quantile(v));
            Assert.True(time.Cdf(time.Quantile(u)) <= time.Cdf(time.Quantile(v)));
            Assert.Equal(1, time.Cdf(time.Quantile(u)) + time.Survival(time.Quantile(u)), 1e-12);
        });

    [Fact]
    public void A_stated_median_and_90th_percentile_hold_with_and_without_mass_on_time()
    {
        Assert.All(new double?[] { null, 0, 0.3, 0.6, 0.85 }, share =>
        {
            var time = StageTime.Of(45, 58, share);
            Assert.Equal(45, time.Quantile(0.5), 1e-9);
            Assert.Equal(58, time.Quantile(0.9), 1e-9);
        });
        Assert.Equal(0.6, StageTime.Of(45, 58, 0.6).Cdf(45), 1e-12);
        Assert.Equal(0, StageTime.Of(45, 58, 0.6).Cdf(44.9));
    }

    // docs/formulas/arrivals.md, example 1
    [Fact]
    public void The_documented_lognormal_example_holds()
    {
        var vietnam = StageTime.Of(45, 58);
        Assert.Equal(66.34, vietnam.Quantile(0.975), 0.01);
        Assert.Equal(0.7027, vietnam.Cdf(50), 0.0001);
    }

    // docs/formulas/arrivals.md, example 2
    [Fact]
    public void One_still_running_is_drawn_from_what_is_left()
    {
        var time = StageTime.Of(45, 58);
        Assert.Equal(59.62, time.QuantileAfter(55, 0.5), 0.01);
        Gen.Select(_any, Gen.Double[0, 60], Gen.Double[0.001, 0.999]).Sample((any, elapsed, u) =>
        {
            double left = any.Survival(elapsed), x = any.QuantileAfter(elapsed, u);
            if (left < 1e-6) return;
            Assert.True(x >= elapsed - 1e-6 || any.Survival(elapsed) >= 1, $"{x} before {elapsed}");
            Assert.Equal(any.QuantileUpper(left * (1 - u)), x);
        });
    }

    [Fact]
    public void Knowing_that_it_runs_longer_never_makes_it_end_earlier() =>
        Gen.Select(_any, Gen.Double[0, 60], Gen.Double[0, 60], Gen.Double[0.001, 0.999]).Sample((time, a, b, u) =>
            time.QuantileAfter(Math.Min(a, b), u) <= time.QuantileAfter(Math.Max(a, b), u));

    [Fact]
    public void Wrong_statements_are_findings_with_a_cure()
    {
        StageTime[] wrong =
        [
            new StageTime.Constant(-1), new StageTime.Constant(double.NaN), new StageTime.Even(3, 3), new StageTime.Lognormal(5, 4),
            new StageTime.Lognormal(0, 4), StageTime.Of(45, 58, 0.95), StageTime.Of(5, 50, 0.1),
            new StageTime.Table([0.1, 0.1], [1, 2], 1, 2), new StageTime.Table([0.1, 0.2], [2, 1], 1, 2),
            new StageTime.Table([0.1, 0.2], [1], 1, 2), new StageTime.Table([], [], 1, 2), new StageTime.Table([0.1], [1], 1, 1),
            new StageTime.Shifted(1, new StageTime.Constant(-1)), new StageTime.Lognormal(10, 1e9),
        ];
        Assert.All(wrong, time => Assert.All(Check(time), f => Assert.NotEmpty(f.Cure)));
        Assert.All(wrong, time => Assert.NotEmpty(Check(time)));
    }

    [Fact]
    public void The_tabulation_stays_within_its_stated_error()
    {
        foreach (var (p50, p90) in new[] { (45.0, 58.0), (6, 9), (2, 6) })
        {
            var time = new StageTime.Lognormal(p50, p90);
            var table = new ScoreTable(time);
            double sigma = Math.Log(p90 / p50) / Normal.Z90, h = 1.0 / ScoreTable.CellsPerUnit;
            for (double x = -4; x < 4; x += 0.00713)
            {
                double exact = time.QuantileUpper(Normal.UpperTail(x)) * 86_400;
                Assert.InRange(table.At(x) - exact, -1.6, 1.6 + sigma * sigma * exact * h * h / 8 * 1.05);
            }
        }
    }

    [Fact]
    public void The_tabulation_never_falls() =>
        Gen.Select(_any, Gen.Double[-9, 9], Gen.Double[0, 0.1]).Sample((time, x, step) =>
        {
            var table = new ScoreTable(time);
            Assert.True(table.At(x) <= table.At(x + step));
        });
}
