using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Simulating;

public sealed class ReadyCheckTests
{
    private static readonly PlanPolicy s_policy = new() { Samples = 128 };

    /// <summary>One machine, three lots behind each other, wear stated and failures in between.</summary>
    private static Snapshot World()
    {
        Snapshot small = SmallWorld.Make();
        Lot lot = small.The<Lot>();
        ProductionRun run = small.The<ProductionRun>();
        return small.Apply(
        [
            new WorldEvent.Removed(TableKind.For(small.The<Maintenance>()), "W1", "not here"),
            new WorldEvent.Put(small.The<Machine>() with { BetweenFailuresHours = 60, RepairP50Hours = 10, RepairP90Hours = 30 }), new WorldEvent.Put(small.The<MachineReport>() with { RemainingP10Hours = 8, RemainingP50Hours = 20 }),
            .. Enumerable.Range(2, 2).SelectMany(n => (WorldEvent[])[new WorldEvent.Put(lot with { Key = $"LOT-{n}", State = LotState.Planned }),
                new WorldEvent.Put(run with { Key = $"R{n}", Lot = $"LOT-{n}", Produced = 0, Status = OrderStatus.Approved, Start = SmallWorld.T + Duration.FromHours(6 * n) })]),
        ]).World;
    }

    [Fact]
    public void Lots_are_made_by_the_stated_deciles_as_often_as_stated_at_every_look()
    {
        ReadyStatement[] said = Said(World(), 2000, [0, 1]);
        foreach (int days in (int[])[0, 1])
            Assert.All(ReadyCheck.Score(said.Where(s => s.Days == days)), d => Assert.True(Math.Abs(d.Gap.Value) <= 0.04, $"after {days} days {d}"));
        Assert.True(said.Count(static s => s.Days == 1) > 1500);
    }

    // Two hours a piece, three of fifteen left after a day: the part of the next one that is done is most of what nobody knows. Forecast as not begun they come by the first decile in 60 %, as half done
    // by the ninth in 66 %; what is left of the gap is the rate, on which the count so far is no word here.
    [Fact]
    public void Lots_of_few_and_slow_pieces_are_made_as_often_as_stated_though_only_whole_pieces_are_counted()
    {
        Snapshot small = World();
        ProductionRun run = small.ProductionRuns.First();
        Snapshot slow = small.Apply(
        [
            .. small.ProductionRuns.Skip(1).Select(static r => new WorldEvent.Removed(TableKind.For(r), r.Id, "one is enough")),
            new WorldEvent.Put(run with { Quantity = new(15, "EA"), Produced = 0 }),
            new WorldEvent.Put(small.The<MachineReport>() with { RatePerHour = 0.5m, RemainingP10Hours = null, RemainingP50Hours = null }), new WorldEvent.Put(small.The<Machine>() with { BetweenFailuresHours = null }),
        ]).World;
        Assert.All(ReadyCheck.Score(Said(slow, 2000, [1])), static d => Assert.True(Math.Abs(d.Gap.Value) <= 0.09, $"{d}"));
    }

    private static ReadyStatement[] Said(Snapshot world, int futures, int[] looks) => [.. Enumerable.Range(1, futures).SelectMany(n => ReadyCheck.Play(world, SmallWorld.T, s_policy, (ulong)n, looks))];

    [Fact]
    public void The_same_seed_says_and_does_the_same_and_another_does_otherwise()
    {
        ReadyStatement one = ReadyCheck.Play(World(), SmallWorld.T, s_policy, 7, [0])[0], again = ReadyCheck.Play(World(), SmallWorld.T, s_policy, 7, [0])[0];
        Assert.Equal((one.Made, one.Lot), (again.Made, again.Lot));
        Assert.Equal(one.Deciles, again.Deciles);
        Assert.NotEqual(one.Made, ReadyCheck.Play(World(), SmallWorld.T, s_policy, 8, [0])[0].Made);
    }

    [Fact]
    public void A_decile_that_comes_too_often_does_not_hold()
    {
        Instant t = SmallWorld.T;
        IEnumerable<ReadyStatement> early = Enumerable.Range(1, 50).Select(n => new ReadyStatement((ulong)n, 0, "L", [.. Enumerable.Range(1, 9).Select(d => t + Duration.FromDays(d))], t));
        Assert.All(ReadyCheck.Score(early), static d => Assert.False(d.Holds));
    }
}
