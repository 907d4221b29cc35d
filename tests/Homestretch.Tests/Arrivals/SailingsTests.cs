using CsCheck;
using Homestretch.Arrivals;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals;

public sealed class SailingsTests
{
    private static readonly Instant _t = Instant.FromUtc(2026, 3, 2, 0, 0);
    private static readonly Draws _draws = new(8);
    private const int Day = 86_400;

    private static Timetable On(double[] days, double? every = null, double cutOff = 0, double rolled = 0) =>
        new(new Sailings(5, [.. days.Select(d => _t + Duration.FromDays(d))], every, cutOff, rolled), _t);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 3)]
    [InlineData(3.1, 10)]
    [InlineData(17.5, 24)]      // beyond the list: every 7 days
    public void A_lot_leaves_with_the_first_departure_it_makes(double ready, double leaves) =>
        Assert.Equal((int)(leaves * Day), On([3, 10, 17], 7).Leaves((int)(ready * Day), -Horizon.Far, 1, _draws, 0));

    [Fact]
    public void The_cut_off_counts() => Assert.Equal(10 * Day, On([3, 10], null, 2).Leaves(Day + 1, -Horizon.Far, 1, _draws, 0));

    [Fact]
    public void Seen_waiting_after_a_departure_it_takes_the_next() => Assert.Equal(3 * Day, On([-2, 3]).Leaves(-5 * Day, -Day, 1, _draws, 0));

    [Fact]
    public void Without_a_later_departure_it_is_beyond_any_plan() => Assert.Equal(Horizon.Far, On([3]).Leaves(4 * Day, -Horizon.Far, 1, _draws, 0));

    [Fact]
    public void It_agrees_with_a_plain_search_through_the_departures() =>
        Gen.Select(Gen.Int[1, 30].Array[1, 6], Gen.Int[1, 20], Gen.Int[-50, 200], Gen.Int[0, 4]).Sample((gaps, every, ready, cutOff) =>
        {
            double[] days = [.. gaps.Select((_, i) => (double)gaps[..(i + 1)].Sum() - 20)];
            var all = days.Concat(Enumerable.Range(1, 400).Select(k => days[^1] + k * every));
            Assert.Equal((int)all.First(d => d >= ready + cutOff) * Day, On(days, every, cutOff).Leaves(ready * Day, -Horizon.Far, 1, _draws, 0));
        });

    [Fact]
    public void Later_ready_never_leaves_earlier() =>
        Gen.Select(Gen.Int[-20, 100], Gen.Int[0, 30], Gen.Int[0, 500]).Sample((ready, more, s) =>
        {
            var timetable = On([], 7, 1, 0.2);
            Assert.True(timetable.Leaves(ready * Day, -Horizon.Far, 3, _draws, s) <= timetable.Leaves((ready + more) * Day, -Horizon.Far, 3, _draws, s));
        });

    [Fact]
    public void A_rhythm_of_unknown_phase_waits_evenly_and_alike_for_all_lots_on_it()
    {
        var timetable = On([], 7);
        double[] waits = [.. Enumerable.Range(0, 10_000).Select(s => timetable.Leaves(50 * Day, -Horizon.Far, 1, _draws, s) / (double)Day - 50)];
        Assert.All(waits, w => Assert.InRange(w, 0, 7));
        Assert.InRange(waits.Average(), 3.5 - 0.1, 3.5 + 0.1);
        Assert.InRange(waits.Count(w => w < 0.7) / 10_000.0, 0.085, 0.115);
        Assert.Equal(timetable.Leaves(50 * Day, -Horizon.Far, 1, _draws, 9), timetable.Leaves(50 * Day, -Horizon.Far, 2, _draws, 9));
    }

    /// <summary>Five of seven days waited: a sailing within the other two, whatever the phase; after nine it was left behind and anything goes.</summary>
    [Fact]
    public void A_lot_that_has_waited_part_of_an_interval_waits_evenly_for_the_rest_of_it()
    {
        var timetable = On([], 7);
        double[] rest = [.. Enumerable.Range(0, 10_000).Select(s => timetable.Leaves(-5 * Day, -1, 1, _draws, s) / (double)Day)];
        Assert.All(rest, r => Assert.InRange(r, 0, 2));
        Assert.InRange(rest.Average(), 0.97, 1.03);
        Assert.All(Enumerable.Range(0, 1000), s => Assert.InRange(timetable.Leaves(-9 * Day, -1, 1, _draws, s), 0, 7 * Day));
    }

    [Fact]
    public void One_in_five_left_behind_takes_the_next_and_so_on()
    {
        var timetable = On([3], 7, 0, 0.2);
        int[] leaves = [.. Enumerable.Range(0, 20_000).Select(s => timetable.Leaves(0, -Horizon.Far, 1, _draws, s) / Day)];
        Assert.InRange(leaves.Count(d => d == 3) / 20_000.0, 0.79, 0.81);
        Assert.InRange(leaves.Count(d => d == 10) / 20_000.0, 0.15, 0.17);
        Assert.InRange(leaves.Count(d => d == 17) / 20_000.0, 0.027, 0.037);
    }

    [Fact]
    public void A_lot_on_its_way_to_the_port_waits_for_the_sailing_it_reaches_in_each_sample()
    {
        var sampler = new ArrivalSampler(_t, _draws, 2000);
        ArrivalStep drive = new(1, StageTime.Of(4, 8), [], new Progress.Ahead());
        ArrivalStep sail = new(2, new StageTime.Constant(0), [], new Progress.Ahead(), new Sailings(5, [_t + Duration.FromDays(5), _t + Duration.FromDays(12)]));
        int[] arrivals = new int[2000], ends = new int[4000];
        sampler.Sample(sampler.Prepare([drive, sail], _t), [], arrivals, ends);
        for (int s = 0; s < 2000; s++)
            Assert.Equal(ends[s] <= 5 * Day ? 5 * Day : ends[s] <= 12 * Day ? 12 * Day : Horizon.Far, arrivals[s]);
    }
}
