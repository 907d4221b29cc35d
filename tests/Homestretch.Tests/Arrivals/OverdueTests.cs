using Homestretch.Arrivals;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals;

/// <summary>A leg of 36 days (P90 48) of which nobody has said anything since it left.</summary>
public sealed class OverdueTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 0, 0);
    private static readonly StageTime s_leg = StageTime.OfLane(36, 48, null), s_kind = StageTime.Of(36, 48);

    [Fact]
    public void Silence_past_the_ninetieth_percentile_moves_the_end_away_and_makes_it_less_sure_day_by_day()
    {
        (double Left, double Width)[] days = [.. new[] { 48.5, 52, 56, 60, 66, 75 }.Select(Remains)];
        Assert.All(days.Zip(days.Skip(1)), static d => Assert.True(d.Second.Left > d.First.Left && d.Second.Width > d.First.Width, $"{d.First} then {d.Second}"));
        Assert.True(Remains(66).Width > Remains(0).Width);            // less sure than on the day it left
    }

    [Fact]
    public void Within_its_ninetieth_percentile_a_step_is_conditioned_as_it_always_was()
    {
        int[] samples = Drawn(40);
        double survival = s_kind.Survival(40);
        foreach (double p in (double[])[0.1, 0.5]) Assert.Equal(s_kind.QuantileUpper(survival * (1 - p)), 40 + At(samples, p), 0.15);
    }

    /// <summary>docs/formulas/arrivals.md, example 9: 60 days gone, S = 0.0114, H = 2.17; the median becomes Q at S = 0.1 exp(-(1.543 * 0.5^(-1/4) - 1) / 0.25).</summary>
    [Fact]
    public void What_is_left_of_an_overdue_step_follows_the_formula()
    {
        double survival = s_kind.Survival(60), stretch = 1 + 0.25 * Math.Log(0.1 / survival);
        foreach (double p in (double[])[0.1, 0.5, 0.9])
        {
            double exact = s_kind.QuantileUpper(0.1 * Math.Exp((1 - stretch * Math.Pow(1 - p, -0.25)) / 0.25));
            Assert.Equal(exact - 60, At(Drawn(60), p), 0.05 * (exact - 60) + 0.05);
        }
        Assert.Equal(65.87, s_kind.QuantileUpper(0.1 * Math.Exp((1 - stretch * Math.Pow(0.5, -0.25)) / 0.25)), 0.05);
        Assert.Equal(0.0114, survival, 0.0002);
    }

    [Fact]
    public void An_overdue_sample_keeps_its_rank_and_none_ends_before_what_is_known()
    {
        int[] calm = Drawn(40), late = Drawn(60);
        int[] order = [.. Enumerable.Range(0, calm.Length).OrderBy(s => calm[s])];
        Assert.All(order.Zip(order.Skip(1)), pair => Assert.True(late[pair.First] <= late[pair.Second] + 2));    // ranks of equal seconds are any order's
        Assert.All(late, static second => Assert.True(second >= -1));
    }

    // one law from the first day on: of steps drawn when they begin, those that run on end by what is said of them then, as often as it says
    [Theory]
    [InlineData(30)]
    [InlineData(50)]
    [InlineData(58)]
    public void What_is_said_of_a_step_that_runs_on_is_kept_by_those_that_do(double elapsed)
    {
        const int many = 200_000;
        var sampler = new ArrivalSampler(s_t, new Draws(17), many);
        int[] whole = new int[many];
        sampler.Sample(sampler.Prepare([new ArrivalStep(2, s_leg, [], new Progress.Ahead())], s_t), whole);
        double[] running = [.. whole.Select(static second => second / 86_400.0).Where(days => days > elapsed)];
        foreach (double p in (double[])[0.2, 0.5, 0.9])
        {
            double said = At(Drawn(elapsed), p), came = running.Count(days => days - elapsed <= said) / (double)running.Length;
            Assert.InRange(came, p - 0.03, p + 0.03);
        }
    }

    private static (double Left, double Width) Remains(double elapsed)
    {
        int[] samples = Drawn(elapsed);
        return (At(samples, 0.5), At(samples, 0.9) - At(samples, 0.1));
    }

    private static int[] Drawn(double elapsed)
    {
        var sampler = new ArrivalSampler(s_t, new Draws(3), 4096);
        int[] samples = new int[4096];
        sampler.Sample(sampler.Prepare([new ArrivalStep(1, s_leg, [], new Progress.Running(s_t - Duration.FromDays(elapsed), s_t))], s_t), samples);
        return samples;
    }

    private static double At(int[] samples, double p) => samples.Order().ElementAt((int)(p * samples.Length)) / 86_400.0;
}
