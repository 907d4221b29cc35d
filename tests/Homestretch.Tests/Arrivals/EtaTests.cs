using CsCheck;
using Homestretch.Arrivals;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals;

public sealed class EtaTests
{
    private static readonly Instant _t = Instant.FromUtc(2026, 3, 2, 0, 0);
    private const double Day = 86_400;

    private static int[] Forecast(double days, double sd)
    {
        var draws = new Draws(6);
        return [.. Enumerable.Range(0, 20_000).Select(s => (int)(Day * Math.Max(0, days + sd * draws.Normal(1, s))))];
    }

    private static Eta Says(string source, double days, double error, double bias = 0, double age = 0) =>
        new(source, _t - Duration.FromDays(age), _t + Duration.FromDays(days), error, bias);

    private static (double Centre, double Spread) Blended(int[] samples, params Eta[] etas)
    {
        EtaBlend.Shift(samples, _t, etas);
        var sorted = samples.Order().ToArray();
        return (sorted[10_000] / Day, (sorted[16_826] - sorted[3_174]) / 2 / Day);
    }

    // docs/formulas/arrivals.md, example 4
    [Fact]
    public void An_estimate_as_good_as_the_forecast_meets_it_half_way()
    {
        var (centre, spread) = Blended(Forecast(10, 3), Says("carrier", 16, 3));
        Assert.Equal(13, centre, 0.1);
        Assert.Equal(2.12, spread, 0.06);
    }

    [Fact]
    public void Bias_is_taken_off_and_only_the_latest_word_of_a_source_counts()
    {
        var plain = Blended(Forecast(10, 3), Says("carrier", 16, 3));
        Assert.Equal(plain, Blended(Forecast(10, 3), Says("carrier", 14, 3, bias: -2), Says("carrier", 99, 0.1, age: 2)));
    }

    [Fact]
    public void Samples_keep_their_ranks_and_never_fall_before_t() =>
        Gen.Select(Gen.Double[0, 30], Gen.Double[0.1, 9], Gen.Int[0, 90 * 86_400].Array[5, 200]).Sample((days, error, samples) =>
        {
            var moved = samples.ToArray();
            EtaBlend.Shift(moved, _t, [Says("a", days, error), Says("b", days + 3, error)]);
            int[] order = [.. Enumerable.Range(0, samples.Length).OrderBy(s => samples[s])];
            Assert.All(order.Zip(order.Skip(1)), pair => Assert.True(moved[pair.First] <= moved[pair.Second]));
            Assert.All(moved, m => Assert.InRange(m, 0, Horizon.Far));
        });

    /// <summary>An estimate of day 10 by an unsure source, and no end by day 12: as good as drawing from the blend what lies after day 12.</summary>
    [Fact]
    public void An_estimate_that_has_passed_unmet_leaves_what_the_blend_puts_later()
    {
        int[] free = Forecast(14, 4), held = Forecast(14, 4);
        EtaBlend.Shift(free, _t, [Says("carrier", 10, 4)]);
        EtaBlend.Shift(held, _t, [Says("carrier", 10, 4)], (int)(12 * Day));
        int[] later = [.. free.Where(static x => x >= 12 * Day).Order()];
        foreach (double p in (double[])[0.1, 0.5, 0.9])
            Assert.Equal(later[(int)(p * later.Length)] / Day, held.Order().ElementAt((int)(p * held.Length)) / Day, 0.02);
    }

    // a leg of 36 days of which its carrier said on day 20 that it would take 40, still running on day 62: of 256 samples one or two reach so far
    [Fact]
    public void A_step_that_has_outlasted_nearly_all_of_its_blend_is_drawn_from_what_is_left_of_it()
    {
        Instant began = _t - Duration.FromDays(62);
        var leg = new ArrivalStep(5, StageTime.Of(36, 48), [], new Progress.Running(began, _t), Etas: [new("carrier", began + Duration.FromDays(20), began + Duration.FromDays(40), 5)]);
        int[] few = Drawn(256), many = Drawn(400_000);
        Assert.True(few.Distinct().Count() > 200, $"{few.Distinct().Count()} different ends of 256");
        foreach (double p in (double[])[0.25, 0.5, 0.75, 0.9]) Assert.Equal(At(many, p), At(few, p), 0.25 * At(many, p) + 0.05);
        Assert.All(few, static s => Assert.True(s >= 0));

        int[] Drawn(int samples)
        {
            var sampler = new ArrivalSampler(_t, new Draws(3), samples);
            int[] ends = new int[samples];
            sampler.Sample(sampler.Prepare([leg], began), ends);
            return ends;
        }
        static double At(int[] ends, double p) => ends.Order().ElementAt((int)(p * ends.Length)) / (double)Day;
    }

    [Fact]
    public void The_order_of_sources_does_not_matter()
    {
        Eta a = Says("a", 12, 1), b = Says("b", 15, 4);
        Assert.Equal(Blended(Forecast(10, 3), a, b), Blended(Forecast(10, 3), b, a));
    }

    [Fact]
    public void With_right_errors_the_blended_interval_is_met_as_stated()
    {
        var draws = new Draws(12);
        int met = 0;
        const int worlds = 1000;
        for (int w = 0; w < worlds; w++)
        {
            double truth = 20 + 3 * draws.Normal(1, w);
            int[] samples = [.. Enumerable.Range(0, 4000).Select(s => (int)(Day * (20 + 3 * draws.Normal(2, s))))];
            EtaBlend.Shift(samples, _t, [Says("a", truth + 2 * draws.Normal(3, w), 2), Says("b", truth + 4 * draws.Normal(4, w), 4)]);
            Array.Sort(samples);
            if (truth * Day <= samples[3599]) met++;
        }
        Assert.InRange(met / (double)worlds, 0.9 - 0.03, 0.9 + 0.03);
    }

    [Fact]
    public void A_step_s_estimates_move_its_end_and_all_that_follows()
    {
        var sampler = new ArrivalSampler(_t, new Draws(2), 1000);
        ArrivalStep leg = new(1, StageTime.Of(20, 26), [], new Progress.Ahead()), receive = new(2, new StageTime.Constant(2), [], new Progress.Ahead());
        int[] told = new int[1000], ends = new int[2000];
        sampler.Sample(sampler.Prepare([leg with { Etas = [Says("carrier", 40, 0.5)] }, receive], _t), [], told, ends);
        Assert.InRange(told.Average() / Day, 40, 42);
        Assert.All(Enumerable.Range(0, 1000), s => Assert.Equal(ends[s] + 2 * 86_400, told[s]));
    }

    private static EtaOutcome Was(string source, string lane, double ahead, double off) =>
        new(source, lane, _t, _t + Duration.FromDays(ahead), _t + Duration.FromDays(ahead - off));

    [Fact]
    public void The_scoreboard_measures_each_source_at_each_distance_and_doubts_the_new()
    {
        var board = new EtaScoreboard([.. Enumerable.Range(0, 200).Select(i => Was("carrier", "W", 2, i % 2 == 0 ? -1 : -3)), Was("carrier", "W", 20, 0), Was("carrier", "W", 21, 0)]);
        var near = board.Scores[0];
        Assert.Equal(("carrier", "", 3, 200), (near.Source, near.Lane, near.HorizonDays, near.Count));
        Assert.Equal(-2, near.BiasDays, 0.06);
        Assert.Equal(2, near.MeanAbsoluteDays, 1e-9);
        Assert.InRange(near.ErrorDays, 1, 1.7);
        Assert.InRange(board.Scores[1].ErrorDays, 3, 4.1);                              // right twice is no oracle
        Assert.Equal((2.2, 0), (board.Weigh("rumour", "W", _t, _t + Duration.FromDays(2)).Eta.ErrorDays, board.Weigh("rumour", "W", _t, _t + Duration.FromDays(2)).Record.Count));
        Assert.Equal(near.BiasDays, board.Weigh("carrier", "elsewhere", _t, _t + Duration.FromDays(1)).Eta.BiasDays);
    }

    /// <summary>A source whose errors are normal and many keeps its 80 % interval eight times in ten; one that is usually right and sometimes far off keeps it more often.</summary>
    [Fact]
    public void The_scoreboard_says_how_often_a_source_stays_within_its_interval()
    {
        var draws = new Draws(21);
        double Of(Func<int, double> off) => new EtaScoreboard([.. Enumerable.Range(0, 2_000).Select(i => Was("carrier", "W", 2, off(i)))]).Scores[0].Covered!.Value.Value;
        Assert.InRange(Of(i => 1 + 2 * draws.Normal(7, i)), 0.78, 0.82);
        Assert.InRange(Of(static i => i % 20 == 0 ? 20 : 0), 0.94, 0.96);
        EtaScore two = new EtaScoreboard([Was("carrier", "W", 2, 30), Was("carrier", "W", 2, 0)]).Scores[0];
        Assert.Equal(0.5, two.Covered!.Value.Value);                // the far one is judged by the other and the prior alone
    }

    [Fact]
    public void A_blend_tells_the_share_of_each_voice()
    {
        EtaBlended told = EtaBlend.Shift(Forecast(10, 3), _t, [Says("carrier", 16, 3), Says("supplier", 12, 6)])!;
        Assert.Equal(["carrier", "supplier"], told.Sources.Select(static s => s.Source));
        Assert.Equal(4 / 9.0, told.Sources[0].Share.Value, 0.01);   // weights 1/9, 1/36 and our own 1/9
        Assert.Equal(1 / 9.0, told.Sources[1].Share.Value, 0.01);
        Assert.Equal(4 / 9.0, told.OwnShare.Value, 0.01);
        Assert.Equal(10, told.OwnP50 / Day, 0.1);
        Assert.Null(EtaBlend.Shift([5, 5, 5], _t, [Says("carrier", 16, 3)]));
    }

    // docs/formulas/arrivals.md, example 8
    [Fact]
    public void A_source_s_score_on_a_lane_leans_on_its_score_everywhere()
    {
        var board = new EtaScoreboard([Was("carrier", "A", 10, 4), Was("carrier", "B", 10, -1)]);
        EtaScore all = board.Weigh("carrier", "C", _t, _t + Duration.FromDays(10)).Record, own = board.Weigh("carrier", "A", _t, _t + Duration.FromDays(10)).Record;
        Assert.Equal((2, 3 / 7.0), (all.Count, all.BiasDays));
        Assert.Equal(Math.Sqrt((25 / 7.0 * 25 / 7 + 10 / 7.0 * 10 / 7 + 5 * 9) / 7), all.ErrorDays, 1e-9);
        Assert.Equal((1, "A"), (own.Count, own.Lane));
        Assert.Equal((4 + 5 * 3 / 7.0) / 6, own.BiasDays, 1e-9);
    }
}
