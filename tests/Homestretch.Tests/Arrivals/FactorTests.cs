using CsCheck;
using Homestretch.Arrivals;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals;

public sealed class FactorTests
{
    private static readonly Instant _t = Instant.FromUtc(2026, 3, 20, 0, 0);
    private static readonly Instant _begin = Instant.FromUtc(2026, 3, 2, 0, 0);
    private static readonly StageTime _time = StageTime.Of(10, 14);
    private const ulong Port = 77, Carrier = 78;

    private static FactorEvidence Finished(ulong key, double score, params FactorLoading[] loadings) =>
        new(key, _time, loadings, _begin, _begin + Duration.FromDays(_time.Quantile(Normal.Cdf(score))));

    // docs/formulas/arrivals.md, example 3: conjugate normal, mean = v l x / (1 - l^2), v = 1 / (1 + n l^2 / (1 - l^2))
    [Fact]
    public void One_factor_a_step_is_updated_exactly()
    {
        var posterior = FactorPosterior.Of([.. Enumerable.Range(0, 4).Select(i => Finished((ulong)i, 1.5, new FactorLoading(Port, 0.6)))]);
        var (mean, deviation) = posterior.Of(Port, _begin);
        double precision = 1 + 4 * 0.36 / 0.64;
        Assert.Equal(4 * 0.6 * 1.5 / 0.64 / precision, mean, 1e-4);
        Assert.Equal(1 / Math.Sqrt(precision), deviation, 1e-9);
        Assert.Equal(1.7308, mean, 1e-4);
        Assert.Equal(0.5547, deviation, 1e-4);
    }

    [Fact]
    public void Late_steps_raise_and_early_ones_lower_a_factor_and_evidence_never_widens_it() =>
        Gen.Select(Gen.Double[-3, 3], Gen.Double[0.05, 0.95], Gen.Double[0.05, 0.3]).Sample((score, own, other) =>
        {
            var posterior = FactorPosterior.Of([Finished(1, score, new(Port, own * 0.95), new(Carrier, other))]);
            var (mean, deviation) = posterior.Of(Port, _begin);
            Assert.True(mean * score >= -1e-9);
            Assert.InRange(deviation, 0, 1);
            Assert.Equal((0, 1), posterior.Of(Port, _begin + Duration.FromDays(31)));
        });

    [Fact]
    public void Lots_aboard_one_leg_are_one_piece_of_evidence()
    {
        var one = Finished(1, 2, new FactorLoading(Port, 0.7));
        Assert.Equal(FactorPosterior.Of([one]).Of(Port, _begin), FactorPosterior.Of([one, one, one]).Of(Port, _begin));
    }

    [Fact]
    public void The_order_of_evidence_does_not_matter() =>
        Gen.Double[-2, 2].Array[6].Sample(scores =>
        {
            FactorEvidence[] evidence = [.. scores.Select((x, i) => Finished((ulong)i, x, new(Port, 0.5), new(Carrier, 0.4)))];
            FactorPosterior forward = FactorPosterior.Of(evidence), backward = FactorPosterior.Of(evidence.Reverse());
            Assert.All(new[] { Port, Carrier }, f => Assert.Equal(forward.Of(f, _begin), backward.Of(f, _begin)));
        });

    [Fact]
    public void A_duration_within_a_mass_scores_its_middle()
    {
        var onTime = StageTime.Of(10, 14, 0.6);
        Assert.Equal(Normal.Quantile(0.3), FactorPosterior.Score(onTime, 10), 1e-9);
        Assert.Equal(4, FactorPosterior.Score(onTime, 1e6));
    }

    [Fact]
    public void A_month_that_ran_late_makes_the_lots_still_coming_later()
    {
        var late = FactorPosterior.Of([Finished(1, 2, new FactorLoading(Port, 0.7)), Finished(2, 2.2, new FactorLoading(Port, 0.7))]);
        ArrivalStep step = new(9, _time, [new(Port, 0.7)], new Progress.Running(_begin, _begin));
        Assert.True(Mean(late) > Mean(FactorPosterior.Nothing) + 86_400);

        double Mean(FactorPosterior posterior)
        {
            var sampler = new ArrivalSampler(_begin + Duration.FromHours(1), new Draws(4), 4000, posterior);
            var arrivals = new int[4000];
            sampler.Sample(sampler.Prepare([step], _t), arrivals);
            return arrivals.Average();
        }
    }

    // the whole path against the truth: factors drawn, steps run, the posterior must cover the drawn factor as stated
    [Fact]
    public void The_posterior_covers_the_true_factor_as_often_as_it_says()
    {
        var draws = new Draws(31);
        int inside = 0;
        const int worlds = 3000;
        for (int w = 0; w < worlds; w++)
        {
            double z = draws.Normal(1, w);
            var posterior = FactorPosterior.Of(Enumerable.Range(0, 5)
                .Select(i => Finished((ulong)i, 0.6 * z + 0.8 * draws.Normal((ulong)(10 + i), w), new FactorLoading(Port, 0.6))));
            var (mean, deviation) = posterior.Of(Port, _begin);
            if (Math.Abs(z - mean) <= Normal.Z90 * deviation) inside++;
        }
        Assert.InRange(inside / (double)worlds, 0.8 - 0.03, 0.8 + 0.03);
    }

    // twelve legs of one month, as on the day 10: which end first is no chance, so those that still run must speak as well
    [Fact]
    public void What_is_said_of_the_legs_that_still_run_is_kept_when_others_of_their_month_have_ended()
    {
        const int worlds = 1200, legs = 12;
        const double today = 10;
        var draws = new Draws(5);
        var said = new List<(double ByMedian, double ByP90)>();
        for (int w = 0; w < worlds; w++)
        {
            double z = draws.Normal(1, w);
            double[] ends = [.. Enumerable.Range(0, legs).Select(i => Ended(0.7 * z + Math.Sqrt(0.51) * draws.Normal((ulong)(10 + i), w)))];
            FactorEvidence[] begun = [.. ends.Select((days, i) => new FactorEvidence((ulong)i, _time, [new(Port, 0.7)], _begin, _begin + Duration.FromDays(Math.Min(days, today)), days <= today))];
            var sampler = new ArrivalSampler(_begin + Duration.FromDays(today), new Draws((ulong)w), 256, FactorPosterior.Of(begun));
            int[] arrivals = new int[256];
            for (int i = 0; i < legs; i++)
            {
                if (ends[i] <= today) continue;
                var running = new Progress.Running(_begin, _begin + Duration.FromDays(today));
                sampler.Sample(sampler.Prepare([new ArrivalStep((ulong)i, _time, [new(Port, 0.7)], running)], _begin), arrivals);
                Array.Sort(arrivals);
                said.Add(((ends[i] - today) * 86_400 <= arrivals[128] ? 1 : 0, (ends[i] - today) * 86_400 <= arrivals[230] ? 1 : 0));
            }
        }
        Assert.InRange(said.Average(static s => s.ByMedian), 0.47, 0.53);
        Assert.InRange(said.Average(static s => s.ByP90), 0.885, 0.915);

        static double Ended(double score) => new ScoreTable(_time).At(score) / 86_400.0;
    }

    [Fact]
    public void A_step_that_runs_on_raises_its_factor_and_says_little_while_it_is_young()
    {
        FactorPosterior young = Running(2), old = Running(18), none = FactorPosterior.Nothing;
        Assert.InRange(young.Of(Port, _begin).Mean, none.Of(Port, _begin).Mean, 0.01);
        Assert.True(old.Of(Port, _begin).Mean > 1 && old.Of(Port, _begin).Deviation < 0.9, $"{old.Of(Port, _begin)}");

        Assert.Equal((0, 1), Running(2, StageTime.Of(10, 14, 0.6)).Of(Port, _begin));             // none of its kind has ended by then

        static FactorPosterior Running(double days, StageTime? time = null) => FactorPosterior.Of([new(1, time ?? _time, [new(Port, 0.7)], _begin, _begin + Duration.FromDays(days), Finished: false)]);
    }
}
