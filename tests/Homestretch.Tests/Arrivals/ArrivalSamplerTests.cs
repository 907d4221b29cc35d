using CsCheck;
using Homestretch.Arrivals;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals;

public sealed class ArrivalSamplerTests
{
    private const int S = 20_000;
    private static readonly Instant _t = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static readonly Progress _ahead = new Progress.Ahead();
    private static readonly ulong _port = StableHash.Of("place", "", "USSAV");

    private static ArrivalStep Step(string name, double p50, double p90, double weight = 0, Progress? progress = null, ulong? factor = null) =>
        new(StableHash.Of("leg", "acme", name), StageTime.Of(p50, p90), weight == 0 ? [] : [new(factor ?? _port, weight)], progress ?? _ahead);

    private static ArrivalSampler Sampler(int samples = S, ulong seed = 11, FactorPosterior? posterior = null) => new(_t, new Draws(seed), samples, posterior);

    private static int[] Arrivals(ArrivalSampler sampler, params ArrivalStep[] steps)
    {
        var arrivals = new int[sampler.Samples];
        sampler.Sample(sampler.Prepare(steps, _t), arrivals);
        return arrivals;
    }

    private static double[] Scores(int[] arrivals, StageTime time) => [.. arrivals.Select(a => Normal.Quantile(Math.Clamp(time.Cdf(a / 86_400.0), 1e-9, 1 - 1e-9)))];

    private static double Correlation(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Average() - a.Average() * b.Average();

    private static double Share(int[] arrivals, double days) => arrivals.Count(a => a <= days * 86_400) / (double)arrivals.Length;

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_step_keeps_its_marginal_whatever_its_loading(double weight)
    {
        var step = Step("a", 45, 58, weight);
        var arrivals = Arrivals(Sampler(), step);
        foreach (double p in new[] { 0.1, 0.5, 0.8, 0.9, 0.95 })
            Assert.InRange(Share(arrivals, step.Time.Quantile(p)), p - 5 * Math.Sqrt(p * (1 - p) / S), p + 5 * Math.Sqrt(p * (1 - p) / S));
    }

    [Fact]
    public void Two_lots_on_one_factor_correlate_by_the_product_of_their_loadings()
    {
        var sampler = Sampler();
        ArrivalStep a = Step("a", 45, 58, 0.8), b = Step("b", 20, 30, 0.5), c = Step("c", 20, 30);
        double[] x = Scores(Arrivals(sampler, a), a.Time), y = Scores(Arrivals(sampler, b), b.Time), z = Scores(Arrivals(sampler, c), c.Time);
        Assert.InRange(Correlation(x, y), 0.40 - 0.03, 0.40 + 0.03);
        Assert.InRange(Correlation(x, z), -0.03, 0.03);
    }

    [Fact]
    public void A_factor_of_another_month_is_another_factor()
    {
        var sampler = Sampler();
        ArrivalStep first = Step("a", 10, 14, 0.9), second = Step("b", 10, 14, 0.9);
        int[] march = Arrivals(sampler, first), june = new int[S];
        sampler.Sample(sampler.Prepare([second], Instant.FromUtc(2026, 6, 2, 0, 0)), june);
        int offset = june.Min() - march.Min();
        Assert.InRange(Correlation(Scores(march, first.Time), [.. june.Select(a => (a - offset) / 86_400.0 / 5)]), -0.05, 0.05);
    }

    [Fact]
    public void Lots_aboard_one_leg_share_its_draw()
    {
        var sampler = Sampler(500);
        Assert.Equal(Arrivals(sampler, Step("vessel", 30, 36)), Arrivals(sampler, Step("vessel", 30, 36)));
    }

    [Fact]
    public void An_inserted_lot_redraws_no_other_and_order_does_not_matter() =>
        Gen.Select(Gen.Double[1, 50], Gen.Double[0, 1], Gen.Int[1, 600]).Sample((p50, weight, samples) =>
        {
            ArrivalStep[] one = [Step("one", p50, p50 * 1.4, weight), Step("one receive", 1, 2, 0.3)], two = [Step("two", 12, 20, weight)];
            ArrivalSampler alone = Sampler(samples), crowd = Sampler(samples);
            Arrivals(crowd, two);
            Assert.Equal(Arrivals(alone, one), Arrivals(crowd, one));
            Assert.Equal(Arrivals(crowd, two), Arrivals(alone, two));
        }, iter: 30);

    [Fact]
    public void More_samples_leave_the_first_ones_as_they_were() =>
        Assert.Equal(Arrivals(Sampler(700), Step("a", 9, 13, 0.4))[..300], Arrivals(Sampler(300), Step("a", 9, 13, 0.4)));

    // Slepian 1962: at fixed marginals, more correlation between lots raises P(kit)
    [Fact]
    public void Correlation_between_lots_raises_the_chance_of_a_whole_kit() =>
        Gen.Select(Gen.Double[0, 0.6], Gen.Double[0.3, 0.39], Gen.ULong).Sample((low, more, seed) =>
        {
            Assert.True(Kit(low + more) > Kit(low) - 0.005);

            double Kit(double weight)
            {
                var sampler = Sampler(4000, seed);
                int[][] lots = [.. Enumerable.Range(0, 5).Select(i => Arrivals(sampler, Step($"lot {i}", 30, 40, weight)))];
                return Enumerable.Range(0, 4000).Count(s => lots.All(lot => lot[s] <= 40 * 86_400)) / 4000.0;
            }
        }, iter: 25);

    [Fact]
    public void Correlation_between_the_steps_of_one_lot_widens_it()
    {
        int[] loose = Arrivals(Sampler(), Step("a", 20, 26), Step("b", 20, 26)), tied = Arrivals(Sampler(), Step("a", 20, 26, 0.9), Step("b", 20, 26, 0.9));
        Assert.True(Spread(tied) > 1.2 * Spread(loose));

        static double Spread(int[] a) => a.Order().ElementAt(S * 9 / 10) - a.Order().ElementAt(S / 10);
    }

    [Fact]
    public void A_running_step_is_conditioned_on_the_latest_evidence()
    {
        var running = Step("a", 45, 58, 0.5, new Progress.Running(_t - Duration.FromDays(55), _t - Duration.FromDays(5)));
        var quiet = running with { ReportingDelay = Duration.FromDays(30) };
        double[] p = [0.2, 0.5, 0.9];
        foreach (double u in p)
        {
            double end = running.Time.QuantileAfter(55, u) - 55, endQuiet = running.Time.QuantileAfter(50, u) - 55;
            Assert.InRange(Share(Arrivals(Knowing(running, 55), running), end), u - 0.015, u + 0.015);
            Assert.InRange(Share(Arrivals(Knowing(running, 50), quiet), Math.Max(0, endQuiet)), u - 0.015, endQuiet <= 0 ? 1 : u + 0.015);
        }

        // that it still runs has told something of its factor too
        static ArrivalSampler Knowing(ArrivalStep step, double days) => Sampler(posterior: FactorPosterior.Of([new(step.Event, step.Time, step.Loadings, _t - Duration.FromDays(55), _t - Duration.FromDays(55 - days), Finished: false)]));
    }

    [Fact]
    public void Time_passing_without_an_arrival_never_makes_a_sample_earlier_and_keeps_its_rank()
    {
        var began = _t - Duration.FromDays(40);
        int[] early = Ends(40), late = Ends(44);
        for (int s = 0; s < 2000; s++) Assert.True(late[s] + 4 * 86_400 >= early[s] - 60);
        Assert.Equal(Ranks(early), Ranks(late));

        int[] Ends(int days)
        {
            var sampler = new ArrivalSampler(began + Duration.FromDays(days), new Draws(3), 2000);
            return Arrivals(sampler, Step("a", 45, 58, 0, new Progress.Running(began, began + Duration.FromDays(days))));
        }
        static int[] Ranks(int[] a) => [.. Enumerable.Range(0, a.Length).OrderBy(s => a[s]).ThenBy(s => s).Take(100)];
    }

    [Fact]
    public void Nothing_unfinished_arrives_before_t_or_beyond_far() =>
        Gen.Select(Gen.Double[0.1, 4000], Gen.Double[1.01, 3], Gen.Int[0, 200], Gen.Int[0, 300]).Sample((p50, ratio, begun, seen) =>
        {
            var running = Step("a", p50, Math.Min(p50 * ratio, 5000), 0.3, new Progress.Running(_t - Duration.FromDays(begun), _t - Duration.FromDays(Math.Min(seen, begun))));
            Assert.All(Arrivals(Sampler(64), running, Step("b", 5, 7)), a => Assert.InRange(a, 0, Horizon.Far));
        });

    [Fact]
    public void What_is_done_is_over_and_the_next_step_counts_from_there()
    {
        var done = Step("a", 45, 58, 0, new Progress.Done(_t - Duration.FromDays(1)));
        var next = new ArrivalStep(7, new StageTime.Constant(3), [], _ahead);
        Assert.All(Arrivals(Sampler(10), Step("never reported", 9, 12), done, next), a => Assert.Equal(2 * 86_400, a));
        Assert.All(Arrivals(Sampler(10), done), a => Assert.Equal(-86_400, a));
    }

    [Fact]
    public void A_running_step_of_unknown_begin_gets_no_credit_for_time_passed()
    {
        var unknown = Step("a", 10, 14, 0, new Progress.Running(null, _t));
        Assert.Equal(Arrivals(Sampler(100), Step("a", 10, 14)), Arrivals(Sampler(100), unknown));
    }

    [Fact]
    public void A_step_that_has_refuted_its_distribution_is_due_now_and_named()
    {
        var sampler = Sampler(50);
        var stuck = new ArrivalStep(1, new StageTime.Constant(3), [], new Progress.Running(_t - Duration.FromDays(9), _t));
        Assert.Equal(1, sampler.Prepare([Step("a", 4, 5), stuck], _t).OverdueStep);
        Assert.All(Arrivals(sampler, stuck), a => Assert.Equal(0, a));
        Assert.Null(sampler.Prepare([Step("a", 4, 5)], _t).OverdueStep);
    }

    [Fact]
    public void A_step_that_would_end_while_closed_ends_at_the_next_opening()
    {
        int[] opens = [.. Enumerable.Range(0, 60).Select(d => d * 86_400 + 8 * 3600)], closes = [.. opens.Select(o => o + 8 * 3600)];
        var arrivals = Arrivals(Sampler(500), Step("customs", 3, 6) with { Open = new OpenTimes(opens, closes) });
        Assert.All(arrivals, a => Assert.InRange(a % 86_400, 8 * 3600, 16 * 3600 - 1));
        Assert.Contains(arrivals, a => a % 86_400 == 8 * 3600);
    }

    [Fact]
    public void A_drawn_ready_time_moves_every_sample_by_itself()
    {
        var sampler = Sampler(300);
        var lot = sampler.Prepare([new ArrivalStep(1, new StageTime.Constant(2), [], _ahead)], _t);
        int[] ready = [.. Enumerable.Range(0, 300).Select(s => s * 100)], arrivals = new int[300], ends = new int[300];
        sampler.Sample(lot, ready, arrivals, ends);
        Assert.Equal(ready.Select(r => r + 172_800), arrivals);
        Assert.Equal(arrivals, ends);
    }

    [Fact]
    public void Bad_steps_are_findings()
    {
        var wrong = Step("a", 5, 4, 0, new Progress.Done(_t + Duration.FromDays(1))) with
        {
            Loadings = [new(1, 0.8), new(2, 0.7)], ReportingDelay = Duration.FromDays(-1), Etas = [new Eta("carrier", _t, _t, 0)],
            Departures = new Sailings(1, [], null, -1, 1),
        };
        string[] rules = [.. wrong.Check(_t, new Place("lots.csv", 2)).Select(f => f.Rule)];
        Assert.Equal(["p90-above-p50", "some-departure", "cut-off", "rolled-share", "loadings-at-most-one", "delay-not-negative", "done-not-after-t", "eta-error"], rules);
        Assert.Empty(Step("a", 4, 5, 1).Check(_t, default));
    }

    // run the suite with DOTNET_EnableAVX2=0 and DOTNET_EnableHWIntrinsic=0 too: the value must not change
    [Fact]
    public void The_bits_are_the_same_at_every_vector_width()
    {
        var running = Step("a", 45, 58, 0.5, new Progress.Running(_t - Duration.FromDays(50), _t));
        ArrivalStep[] way = [running with { Loadings = [new(_port, 0.5), new(8, 0.3)] }, Step("b", 3, 6, 0.7) with { Departures = new Sailings(4, [], 7, 1, 0.1) }];
        ulong all = Arrivals(Sampler(1003), way).Aggregate(0UL, (h, a) => StableHash.Join(h, (ulong)a));
        Assert.Equal("e0931fdcbe9571c2", $"{all:x16}");
    }

    // DESIGN 1 and 8: plan each lane on its mean, 90th and 99th percentile
    [Fact]
    public void The_worked_example_of_eight_lanes_comes_out_at_2_48_and_93_percent()
    {
        (string Name, double P50, double P90, double Weight)[] lanes = [("VN", 45, 58, 0.5), ("TW", 43, 54, 0.5), ("KR", 41, 53, 0.5),
            ("CN south", 44, 56, 0.5), ("CN east", 32, 42, 0.15), ("JP", 29, 38, 0.15), ("HU", 30, 38, 0.5), ("MX", 6, 9, 0)];
        const int draws = 100_000;
        var sampler = Sampler(draws, seed: 2026);
        int[][] arrivals = [.. lanes.Select(l => Arrivals(sampler, Step(l.Name, l.P50, l.P90, l.Weight)))];
        Assert.InRange(Kit(l => Mean(l.P50, l.P90)), 0.020, 0.028);
        Assert.InRange(Kit(l => l.P90), 0.47, 0.49);
        Assert.InRange(Kit(l => StageTime.Of(l.P50, l.P90).Quantile(0.99)), 0.92, 0.94);

        double Kit(Func<(string, double P50, double P90, double), double> plannedDays)
        {
            int[] planned = [.. lanes.Select(l => (int)(plannedDays(l) * 86_400))];
            return Enumerable.Range(0, draws).Count(s => lanes.Index().All(l => arrivals[l.Index][s] <= planned[l.Index])) / (double)draws;
        }
        static double Mean(double p50, double p90) => p50 * Math.Exp(Math.Pow(Math.Log(p90 / p50) / Normal.Z90, 2) / 2);
    }

    /// <summary>A leg whose end is told a day late, then a dock that tells at once: against plain rejection. The leg has run 1.5 days, so it lasts over
    /// half a day, and both together over 1.5 days.</summary>
    [Fact]
    public void A_step_that_may_have_ended_unheard_has_not_ended_so_early_that_the_lot_would_be_here()
    {
        ArrivalStep leg = Step("leg", 1.2, 2.2), dock = Step("dock", 0.7, 1.2);
        Instant began = _t - Duration.FromHours(36);
        int[] arrivals = Arrivals(Sampler(), leg with { ReportingDelay = Duration.FromDays(1), Progress = new Progress.Running(began, began) }, dock);
        Assert.All(arrivals, static a => Assert.True(a >= 0));
        var draws = new Draws(99);
        double[] plain = [.. Enumerable.Range(0, 200_000).Select(s => (Leg: leg.Time.Quantile(draws.Uniform(1, s)), Dock: dock.Time.Quantile(draws.Uniform(2, s))))
            .Where(static x => x.Leg > 0.5 && x.Leg + x.Dock > 1.5).Select(static x => x.Leg + x.Dock - 1.5).Order()];
        foreach (double p in (double[])[0.1, 0.25, 0.5, 0.75, 0.9]) Assert.InRange(Share(arrivals, plain[(int)(p * plain.Length)]), p - 0.015, p + 0.015);
    }
}
