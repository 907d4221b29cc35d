using Homestretch.Machines;
using Homestretch.Promising;
using Homestretch.Server.Ingest;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Ingest;

public sealed class MachineChangesTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 11, 24, 9, 0);
    private static readonly PlanPolicy s_policy = new() { Samples = 64 };

    /// <summary>A machine finishes a lot within a span, so the span's rate is a small part of its own; then it stands until the next run.</summary>
    [Fact]
    public void A_machine_that_stands_between_two_runs_moves_no_lot_by_the_rate_of_its_last_span()
    {
        Snapshot world = Told(Company(), Says(s_t, MachineState.Running, 12));
        var (before, _) = Ready(world, "NEXT");
        Instant done = s_t + Duration.FromHours(1), set = done + Duration.FromHours(6);
        world = world.Apply([Put(world.ProductionRuns["R1"] with { Status = OrderStatus.Completed, Produced = 100 }), Put(world.Lots["NOW"] with { State = LotState.Made, Ready = done })]).World;
        foreach (MachineReading[] readings in (MachineReading[][])[Says(done, MachineState.Idle, 0.04), Says(done + Duration.FromHours(1), MachineState.Idle, 0), Says(set, MachineState.Changeover, 0), Says(set + Duration.FromHours(1), MachineState.Running, 12)])
        {
            world = Told(world, readings);
            Assert.Equal(12, world.MachineReports["M"].RatePerHour);
            var (p50, p90) = Ready(world, "NEXT");
            Assert.InRange((p50 - before).TotalHours, -12, 12);
            Assert.InRange((p90 - p50).TotalHours, 0, 24);
        }
    }

    [Fact]
    public void A_machine_that_runs_slower_says_so() =>
        Assert.Equal(4, Told(Told(Company(), Says(s_t, MachineState.Running, 12)), Says(s_t + Duration.FromHours(1), MachineState.Running, 4)).MachineReports["M"].RatePerHour);

    [Fact]
    public void Rejects_are_told_with_the_count_and_stay_unknown_while_the_machine_does_not_say()
    {
        MachineReading[] Counts(long good, long? bad) => [new(s_t, ReadingKind.Lot, double.NaN, "NOW"), new(s_t, ReadingKind.Produced, good), .. bad is { } b ? [new MachineReading(s_t, ReadingKind.Rejected, b)] : (MachineReading[])[]];
        Assert.Equal((91, null), Run(Told(Company(), Counts(91, null))));
        Assert.Equal((91, 4), Run(Told(Company(), Counts(91, 4))));
        Assert.Equal((88, 3), Run(Told(Company(), Counts(88, 3)))); // a fiftieth of the lot
        static (decimal, decimal?) Run(Snapshot world) => (world.ProductionRuns["R1"].Produced, world.ProductionRuns["R1"].Rejected);
    }

    private static (Instant P50, Instant P90) Ready(Snapshot world, string lot) => Plan.Make(world, s_t, s_policy).StepEnds(lot)[0];

    private static MachineReading[] Says(Instant at, MachineState state, double rate) => [new(at, ReadingKind.Rate, rate), new(at, ReadingKind.State, double.NaN, Words.Of(state))];

    private static Snapshot Told(Snapshot world, MachineReading[] readings)
    {
        MachineReport? last = world.MachineReports.Find("M");
        MachineTwin known = last is null ? MachineTwin.Unknown : MachineTwin.Unknown with { State = last.State, Since = last.Since, AsOf = last.AsOf, RatePerHour = (double?)last.RatePerHour };
        Applied applied = world.Apply([.. MachineChanges.Of(world, world.Machines["M"], known.Fold(readings, readings[0].At, 12), readings[0].At)]);
        Assert.Empty(applied.Findings);
        return applied.World;
    }

    /// <summary>One machine at 12 an hour: 12 pieces left of a lot, then 600 of the next.</summary>
    private static Snapshot Company() => Snapshot.Of([
        new Party("MC", "Brand", PartyKind.Brand, "US"), new Party("S", "Supplier", PartyKind.Supplier, "TW"),
        new Site("H", "MC", "Hub", SiteKind.Hub, "", "US", "Etc/UTC", null, null), new Site("P", "S", "Plant", SiteKind.Plant, "", "TW", "Etc/UTC", null, null),
        new Item("FRAME", "MC", "Frame", ItemKind.SubAssembly, "frame", "EA", 1, null),
        new Lane("SEA", "MC", "By sea", "P", "H"), new LaneStep("SEA", 1, "MC", StepKind.Leg, Mode.Sea, null, "H", 10, 12, null, null),
        new Lot("NOW", "S", null, "FRAME", "", new(100, "EA"), "SEA", LotState.Making, s_t, 1, null), new Lot("NEXT", "S", null, "FRAME", "", new(600, "EA"), "SEA", LotState.Planned, s_t, 1, null),
        new Machine("M", "S", "P", "Cell", "", 12, 4000, 8, 24),
        new ProductionRun("R1", "S", "M", "NOW", new(100, "EA"), 88, s_t - Duration.FromDays(1), OrderStatus.Confirmed, s_t),
        new ProductionRun("R2", "S", "M", "NEXT", new(600, "EA"), 0, s_t, OrderStatus.Approved, s_t),
    ]);

    private static WorldEvent Put(IRecord record) => new WorldEvent.Put(record);
}
