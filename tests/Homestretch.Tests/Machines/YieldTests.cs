using Homestretch.Arrivals;
using Homestretch.Machines;
using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Machines;

public sealed class YieldTests
{
    private static readonly Instant s_t = SmallWorld.T;

    [Fact]
    public void It_is_known_from_enough_counts_and_unknown_otherwise()
    {
        Assert.Equal(0.9, Yield.Of(90, 10)!.Value.Value, 1e-12);
        Assert.Equal(1, Yield.Of(30, 0)!.Value.Value);
        Assert.All((Share?[])[Yield.Of(90, null), Yield.Of(20, 9), Yield.Of(0, 40), Yield.Of(90, double.NaN)], Assert.Null);
    }

    // docs/formulas/arrivals.md, example 11: P(0) = 0.9^2 = 0.81, P(1) = 2 * 0.81 * 0.1 = 0.162, P(2) = 3 * 0.81 * 0.01 = 0.0243
    [Fact]
    public void Rejects_before_so_many_good_pieces_are_negative_binomial()
    {
        double[] us = [0.5, 0.809, 0.811, 0.971, 0.973, 0.996, 0.997];
        Assert.Equal([0, 0, 1, 1, 2, 2, 3], us.Select(static u => Yield.Rejects(2, new Share(0.9), u)));
        Assert.Equal(0, Yield.Rejects(2, new Share(1), 0.999));
        Assert.InRange(Yield.Rejects(1, new Share(3e-9), 0.9), 2e8, 2e9);      // a word that nobody should believe ends too
        foreach (var (good, y) in new[] { (40.0, 0.8), (400.0, 0.8), (3.0, 0.05), (2000.0, 0.9) })    // the second and fourth as normal
        {
            double[] drawn = [.. Enumerable.Range(0, 20_000).Select(k => Yield.Rejects(good, new Share(y), (k + 0.5) / 20_000))];
            double mean = good * (1 - y) / y, variance = mean / y, got = drawn.Average();
            Assert.Equal(1, got / mean, 0.01);
            Assert.Equal(1, drawn.Sum(x => (x - got) * (x - got)) / drawn.Length / variance, 0.03);
            Assert.Equal(drawn.Order(), drawn);
            Assert.All(us, u => Assert.True(Yield.Rejects(good + 1, new Share(y), u) >= Yield.Rejects(good, new Share(y), u)));
        }
    }

    [Fact]
    public void A_known_yield_widens_the_ready_date_around_the_same_mean()
    {
        int[] Ready(Share? yield, int pieces)
        {
            var outlook = new MachineOutlook(99, MachineState.Running, s_t, s_t, 10, 0, new Life.Unknown(), StageTime.Of(1, 2), new StageTime.Constant(0.25), [], Yield: yield);
            var ready = new int[4000];
            ReadyDate.Sample(outlook, s_t, new Draws(17), [new MachineWork(pieces)], ready);
            return ready;
        }
        Assert.All(Ready(null, 8), static r => Assert.Equal(2880, r));
        Assert.All(Ready(new Share(1), 8), static r => Assert.Equal(2880, r));
        foreach (int pieces in (int[])[8, 800])
        {
            int[] drawn = Ready(new Share(0.8), pieces);
            double mean = drawn.Average(), deviation = Math.Sqrt(drawn.Sum(r => (r - mean) * (r - mean)) / drawn.Length);
            Assert.Equal(1, mean / (pieces * 360), 0.01);
            Assert.Equal(1, deviation / (Math.Sqrt(pieces * 0.2) * 360), 0.05);   // sd of n + R is sqrt(n (1 - y))/y, each at y * 360 s
        }
    }

    [Fact]
    public void Where_no_rate_is_measured_rejects_make_the_nominal_one_less_and_untold_ones_change_nothing()
    {
        Snapshot world = SmallWorld.Make().Apply([new WorldEvent.Put(SmallWorld.Make().The<MachineReport>() with { RatePerHour = null })]).World;
        ProductionRun run = world.The<ProductionRun>();
        MachineOutlook Of(decimal? rejected, decimal? measured)
        {
            Snapshot told = world.Apply([new WorldEvent.Put(run with { Rejected = rejected }), new WorldEvent.Put(world.The<MachineReport>() with { RatePerHour = measured })]).World;
            return new Making(Links.Of(told), s_t, new Draws(1)).OnMachine(told, told.The<Machine>(), told.The<MachineReport>(), [told.The<ProductionRun>()]).Outlook;
        }
        Assert.Equal((12, null), (Of(null, null).PiecesPerHour, Of(null, null).Yield));
        Assert.Equal((12 * 0.8, 0.8), (Of(10, null).PiecesPerHour, Of(10, null).Yield!.Value.Value));     // 40 good, 10 rejected
        Assert.Equal((11.5, 0.8), (Of(10, 11.5m).PiecesPerHour, Of(10, 11.5m).Yield!.Value.Value));
    }
}
