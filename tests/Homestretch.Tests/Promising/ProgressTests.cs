using Homestretch.Promising;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>What is under way at the epoch, as the plan takes it.</summary>
public sealed class ProgressTests
{
    private static readonly Instant s_t = SmallWorld.T;
    private static readonly PlanPolicy s_policy = new() { Samples = 64 };

    /// <summary>A report at noon that the wait had ended the day before says nothing of what the ship did this morning; an estimate of her arrival does.</summary>
    [Fact]
    public void A_report_on_one_step_is_no_word_on_the_next_and_an_estimate_of_its_end_is()
    {
        Snapshot world = SmallWorld.Make();
        Milestone sailed = world.The<Milestone>() with { Sequence = 1, Classifier = Classifier.Actual, At = s_t - Duration.FromDays(4), Reported = s_t };
        Milestone guess = world.The<Milestone>() with { Reported = s_t - Duration.FromHours(2) };
        Lot lot = world.The<Lot>() with { State = LotState.Shipped, Ready = s_t - Duration.FromDays(8) };
        world = world.With([new WorldEvent.Put(lot), new WorldEvent.Put(sailed), new WorldEvent.Removed(TableKind.For(guess), guess.Id, "nobody guesses")]);
        Assert.Equal(s_t - s_policy.ReportingDelay, Seen(world, lot));
        Assert.Equal(guess.Reported, Seen(world.With([new WorldEvent.Put(guess)]), lot));
    }

    /// <summary>No unit of it is recorded. Begun an hour before closing with four hours of work: three are left for tomorrow, whatever the hours of the night.</summary>
    [Fact]
    public void A_begun_build_goes_first_and_has_its_open_time_before_it()
    {
        Snapshot small = SmallWorld.Make();
        Instant evening = Instant.FromUtc(2026, 12, 1, 19, 0), morning = Instant.FromUtc(2026, 12, 8, 11, 30), end = morning + Duration.FromHours(3), t = Instant.FromUtc(2026, 12, 2, 0, 0);
        Build begun = small.The<Build>() with { Start = evening, End = end, Status = OrderStatus.Confirmed };
        OrderLine other = small.The<OrderLine>() with { Key = "SO-2/1" };
        List<WorldEvent> events =
        [
            new WorldEvent.Put(small.The<Routing>() with { MinutesPerUnit = 120 }), new WorldEvent.Put(begun), new WorldEvent.Put(other),
            new WorldEvent.Put(begun with { Key = "SO-2/1", OrderLine = other.Key, Start = evening - Duration.FromDays(7), End = evening, Status = OrderStatus.Approved }),
        ];
        events.AddRange(small.Pins.Select(static p => new WorldEvent.Removed(TableKind.For(p), p.Id, "free")));
        events.AddRange(small.Pegs.Select(static p => new WorldEvent.Removed(TableKind.For(p), p.Id, "laid anew")));
        events.AddRange(small.BomLines.Where(static b => b.Item == "WX-1").Select(static b => new WorldEvent.Removed(TableKind.For(b), b.Id, "no wax")));
        events.AddRange(Floor(small).Select(static r => new WorldEvent.Removed(TableKind.For(r), r.Id, "not recorded")));
        foreach (string order in (string[])["SO-1/1", "SO-2/1"]) events.Add(new WorldEvent.Put(new Peg(order, "FR-1", "stock:GVL|FR-1||", "MC", new(2, "EA"))));
        Applied applied = small.Apply(events);
        Assert.Empty(applied.Findings);
        Plan plan = Plan.Make(applied.World, t, s_policy);
        Assert.Equal(end, plan.BuildEnd("SO-1/1", 0.5));
        Assert.Equal(end + Duration.FromHours(4), plan.BuildEnd("SO-2/1", 0.5));
    }

    private static IEnumerable<IRecord> Floor(Snapshot world) => [.. world.WorkPaces, .. world.FirmwareReleases, .. world.UnitSteps, .. world.UnitParts, .. world.Units];

    private static Instant? Seen(Snapshot world, Lot lot) => Plan.Make(world, s_t, s_policy).WayOf(lot.Key).Single(static s => s.Sequence == 2).Seen;
}
