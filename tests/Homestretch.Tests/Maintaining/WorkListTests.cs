using Homestretch.Promising;
using Homestretch.Tests.Promising;
using Homestretch.Maintaining;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Maintaining;

/// <summary>Two cells make frames, ten days before they can be at the hub; each order waits for one lot. A stops soon and nobody minds, B lives longer and is promised.</summary>
public sealed class WorkListTests
{
    private static readonly PlanPolicy s_policy = new() { Samples = 256 };

    private static Snapshot Company(decimal? between = 1000) => Workshop.Company(
        Shelf("MOTOR", 20),
        new Lot("LOT-A", "S1", null, "FRAME", "", new(10, "EA"), "SEA", LotState.Making, T + Duration.FromDays(5), 1, null),
        new Lot("LOT-B", "S1", null, "FRAME", "", new(10, "EA"), "SEA", LotState.Making, T + Duration.FromDays(5), 1, null),
        Cell("A", between), Cell("B", between), Report("A", 10, 30), Report("B", 40, 70), Run("A", 60), Run("B", 60),
        Order("NOBODY", 90, 5), Order("DEAR", 17, 5) with { Price = new Money(500_000, "USD") })
        .Planned().Put(new Peg("NOBODY", "FRAME", "lot:LOT-A", "MC", new(5, "EA")), new Peg("DEAR", "FRAME", "lot:LOT-B", "MC", new(5, "EA")))
        .Put(new Promise("DEAR", 1, "MC", T + Duration.FromDays(16), new(0.9), T, "ada", ""), new Promise("NOBODY", 1, "MC", T + Duration.FromDays(90), new(0.9), T, "ada", ""));

    private static Machine Cell(string key, decimal? between) => new(key, "S1", "P", $"Cell {key}", "", 1, between, 100, 200);
    private static MachineReport Report(string key, decimal p10, decimal p50) => new(key, "S1", MachineState.Running, T, "", 1, p10, p50, T);
    private static ProductionRun Run(string key, decimal pieces) => new($"R-{key}", "S1", key, $"LOT-{key}", new(pieces, "EA"), 0, T, OrderStatus.Confirmed, T);
    private static WorkList List(Snapshot world, UpkeepPolicy? how = null) => WorkList.Of(world, T, s_policy, how, TestContext.Current.CancellationToken);

    private static Snapshot Own(Snapshot world)
    {
        foreach (string order in (string[])["NOBODY", "DEAR"])
            foreach (Peg peg in world.Pegs.StartingWith($"{order}|").Where(static p => p.Item == "FRAME").ToList())
                if (peg.Supply != (order == "DEAR" ? "lot:LOT-B" : "lot:LOT-A")) world = Workshop.Apply(world, [new WorldEvent.Removed(TableKind.For(peg), peg.Id, "the other lot")]);
        return world;
    }

    [Fact]
    public void The_machine_that_promises_hang_on_comes_before_the_one_that_fails_sooner()
    {
        WorkList list = List(Own(Company()));
        Assert.Equal(["B", "A"], list.Machines.Select(static m => m.Machine.Value));
        MachineUpkeep b = list.Machines[0], a = list.Machines[1];
        Assert.True(b.WaitingCosts > 0.2, $"{b.WaitingCosts}");
        Assert.Null(a.Best);
        Assert.True(a.FailsFirst > b.FailsFirst);
        Assert.True(a.Life!.P50Hours < b.Life!.P50Hours && a.Life.P10Hours < a.Life.P50Hours && a.Life.P50Hours < a.Life.P90Hours);
        Assert.Equal((1, 1), (a.Promises, b.Promises));
        Assert.True(b.Best!.From - T < Duration.FromHours(40));        // before it is likely to fail
        Assert.Equal([new Money((long)Math.Round(b.WaitingCosts * 500_000), "USD")], b.Best.Gain.Money);
    }

    [Fact]
    public void A_failure_is_at_stake_and_no_slot_wins_more_than_that_by_much()
    {
        MachineUpkeep b = List(Own(Company())).Machines[0];
        Assert.InRange(b.WaitingCosts, 0.1, b.AtStake!.Promises + 1e-9);
    }

    [Fact]
    public void Without_wear_there_is_no_slot_worth_its_stop()
    {
        Snapshot world = Own(Company(60)).Put(Report("A", 1, 1) with { RemainingP10Hours = null, RemainingP50Hours = null }, Report("B", 1, 1) with { RemainingP10Hours = null, RemainingP50Hours = null });
        WorkList list = List(world);
        Assert.All(list.Machines, static m => Assert.Null(m.Best));
        Assert.All(list.Machines, static m => Assert.Equal(LifeSource.MeanBetweenFailures, m.Life!.Source));
        Assert.True(list.Machines[0].AtStake!.Promises > 0.1);        // what cannot be mended by a service is still said
    }

    [Fact]
    public void A_planned_stop_is_moved_a_confirmed_one_stays()
    {
        var stop = new Maintenance("W1", "S1", "B", T + Duration.FromDays(9), T + Duration.FromDays(9.5), OrderStatus.Approved, "bearing");
        Snapshot world = Own(Company()).Put(stop);
        MachineUpkeep b = List(world).Machines.Single(static m => m.Machine == "B");
        Assert.Equal(stop, b.Planned);
        Assert.All(b.Slots, static s => Assert.Equal(12, (s.To - s.From).TotalHours));
        Assert.Equal(stop with { From = b.Best!.From, To = b.Best.To }, PlannedWork.In(world.Machines["B"], b.Planned, b.Best.From, b.Best.To));
        MachineUpkeep fixedStop = List(world.Put(stop with { Status = OrderStatus.Confirmed })).Machines.Single(static m => m.Machine == "B");
        Assert.Null(fixedStop.Planned);
        Assert.All(fixedStop.Slots, s => Assert.False(s.From < stop.To && s.To > stop.From));
        Assert.Equal("SVC-B-20261124T0400", PlannedWork.In(world.Machines["B"], fixedStop.Planned, T + Duration.FromHours(4), T + Duration.FromHours(10)).Id);
    }

    [Fact]
    public void Of_a_machine_that_never_reported_nothing_is_said_and_it_is_not_hidden()
    {
        Snapshot world = Workshop.Apply(Own(Company()), [new WorldEvent.Removed(TableKind.Named("machine_reports")!, "B", "unplugged")]);
        WorkList list = List(world);
        MachineUpkeep b = list.Machines[0];
        Assert.Equal(("B", MachineState.NoData, 1), (b.Machine.Value, b.State, b.Promises));
        Assert.Null(b.AtStake);
        Assert.Empty(b.Slots);
    }

    [Fact]
    public void A_crew_goes_where_an_hour_wins_most_and_stays_within_its_hours()
    {
        Snapshot world = Own(Company());
        CrewJob job = Assert.Single(Crew.Of(world, T, s_policy, Duration.FromHours(24), cancel: TestContext.Current.CancellationToken));
        Assert.Equal("B", job.Machine.Value);
        Assert.Empty(Crew.Of(world, T, s_policy, Duration.FromHours(5), cancel: TestContext.Current.CancellationToken));
        // with its work done, nothing waits
        Assert.All(List(world.Put(job.Work)).Machines, static m => Assert.True(m.WaitingCosts < 0.06));
    }
}
