using Homestretch.Promising;
using Homestretch.Tests.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>How long a unit really takes, learned from finished units: 30 minutes are stated, the line is always open unless shifts are put.</summary>
public sealed class PaceFittingTests
{
    private static readonly Instant s_t = FloorCompany.T;

    /// <summary>A build of a given number of units that is over.</summary>
    private static Build Over(string key, int quantity = 1) => new(key, "MC", "S4", "L1", quantity, s_t - Duration.FromDays(2), s_t - Duration.FromDays(1), OrderStatus.Completed);

    /// <summary>Two steps, at a third and at all of the minutes but one, then done.</summary>
    private static TimedUnit Unit(string serial, Instant begun, double minutes, string? build = null)
    {
        Instant At(double share) => begun + Duration.FromSeconds(Math.Round(60 * minutes * share));
        return new(serial, build ?? serial, "BIKE", "L1", begun, At(1), [("010", At(1 / 3.0)), ("020", At(0.9))]);
    }

    private static Snapshot World(params IRecord[] more) => new FloorCompany(more: more).World;
    private static WorkPace? Pace(Snapshot world, IEnumerable<TimedUnit> units, Instant? t = null) => PaceFitting.Due(world, units, t ?? s_t).Select(static e => (WorkPace)((WorldEvent.Put)e).Record).SingleOrDefault();
    private static TimedUnit[] Ten(double minutes) => [.. Enumerable.Range(0, 10).Select(i => Unit($"B{i}", s_t - Duration.FromHours(10 - i) - Duration.FromMinutes(minutes), minutes))];
    private static IRecord[] Builds(int count) => [.. Enumerable.Range(0, count).Select(static i => Over($"B{i}"))];

    /// <summary>Ten units of 24 minutes, all done within the last ten hours: n = 9.9912, own share 0.4998, 27.0013 minutes.</summary>
    [Fact]
    public void Ten_units_weigh_as_much_as_what_is_stated()
    {
        WorkPace pace = Pace(World(Builds(10)), Ten(24))!;
        double n = Enumerable.Range(0, 10).Sum(static i => Math.Pow(2, -(10 - i) / 24.0 / 180)), share = n / (n + 10);
        Assert.Equal((10, (decimal)Math.Round(share, 4), 24m, 24m, 24m, 30m), (pace.Count, pace.OwnShare, pace.Measured, pace.P10, pace.P90, pace.Stated));
        Assert.Equal((decimal)Math.Round(share * 24 + (1 - share) * 30, 4), pace.MinutesPerUnit);
        Assert.Equal((0.4998m, 27.0013m, "010=8; 020=13.6"), (pace.OwnShare, pace.MinutesPerUnit, pace.Steps));
    }

    [Fact]
    public void Four_units_are_too_few_and_one_that_stood_about_moves_nothing()
    {
        Assert.Null(Pace(World(Builds(4)), Ten(24)[..4]));
        TimedUnit[] units = [.. Ten(24)[..9], Unit("B9", s_t - Duration.FromHours(2), 90)];
        Assert.Equal((10, 24m, 27.0013m), Pace(World(Builds(10)), units) is { } pace ? (pace.Count, pace.Measured, pace.MinutesPerUnit) : default);
    }

    /// <summary>An hour of open time and more between two records, a build of which a unit is not on record, no step, all told at once: nobody knows how long it took.</summary>
    [Fact]
    public void What_nobody_knows_says_nothing()
    {
        Snapshot world = World([.. Builds(10), Over("TWO", 2)]);
        TimedUnit[] five = Ten(24)[..5];
        TimedUnit long1 = Unit("B5", s_t - Duration.FromHours(9), 200), lone = Unit("L", s_t - Duration.FromHours(4), 24, "TWO"), bare = Ten(24)[6] with { Steps = [] }, late = Unit("B7", s_t - Duration.FromHours(3), 1);
        Assert.Equal(5, Pace(world, [.. five, long1, lone, bare, late])!.Count);
        Assert.Equal(7, Pace(world, [.. five, lone, Unit("M", s_t - Duration.FromHours(4) + Duration.FromMinutes(24), 24, "TWO")])!.Count);
        Assert.Null(Pace(world, five, s_t + PaceFitting.Memory + Duration.FromDays(1)));
    }

    /// <summary>Begun half an hour before the line closes, done 10 minutes after it opens again: 40 minutes. Two units in work at once have 20 each of the 40 that the line had.</summary>
    [Fact]
    public void Only_open_time_counts_and_units_in_work_at_once_share_it()
    {
        Instant evening = Instant.FromUtc(2026, 11, 23, 20, 30), morning = Instant.FromUtc(2026, 11, 24, 11, 40);        // Greenville: 15:30 and 6:40
        IRecord[] shifts = [.. Enumerable.Range(1, 5).Select(static d => new Shift("day", (IsoDayOfWeek)d, new(6, 30), new(16, 0), "MC"))];
        TimedUnit Night(int i) => new($"B{i}", $"B{i}", "BIKE", "L1", evening, morning, [("010", evening + Duration.FromMinutes(10)), ("020", morning)]);
        Instant start(int i) => evening - Duration.FromDays(7 * i);
        TimedUnit Week(int i) => Night(i) with { Begun = start(i), Done = start(i) + (morning - evening), Steps = [("010", start(i) + Duration.FromMinutes(10)), ("020", start(i) + (morning - evening))] };
        Snapshot world = World([.. Builds(10), .. shifts]);
        // in October Greenville has summer time: the same instants lie an hour later in the shift, so only weeks after 1 November are taken
        TimedUnit[] alone = [Week(0), Week(1), Week(2)], pairs = [.. alone, .. alone.Select((u, i) => u with { Serial = $"B{5 + i}", Build = $"B{5 + i}" })];
        Assert.Equal((6, 20m), Pace(world, pairs) is { } both ? (both.Count, both.Measured) : default);
        TimedUnit[] five = [.. alone, .. Enumerable.Range(3, 2).Select(i => Unit($"B{i}", Instant.FromUtc(2026, 11, 20 - i, 15, 0), 40))];
        Assert.Equal(40m, Pace(world, five)!.Measured);
    }

    [Fact]
    public void Rests_are_left_out()
    {
        TimedUnit[] units = Ten(44);
        FloorOperation Rest(FloorAct act, TimedUnit unit, int minute) => new($"D/{unit.Serial}{act}", "MC", "GVL", act, "D", "op-1", unit.Begun + Duration.FromMinutes(minute), s_t, "", "", "", null, "", "", unit.Build, unit.Serial, "", "", "", "", FloorAnswer.Accepted, 0, "", "");
        Snapshot world = World([.. Builds(10), .. units.SelectMany(u => new[] { Rest(FloorAct.Pause, u, 5), Rest(FloorAct.Resume, u, 25) })]);
        Assert.Equal(24m, Pace(world, units)!.Measured);
    }

    [Fact]
    public void The_same_units_and_minutes_give_the_same_and_change_nothing()
    {
        Snapshot world = World(Builds(10));
        IReadOnlyList<WorldEvent> due = PaceFitting.Due(world, Ten(24), s_t);
        Applied kept = world.Apply(due);
        Assert.Empty(kept.Findings);
        Assert.Empty(PaceFitting.Due(kept.World, Ten(24).Reverse(), s_t + Duration.FromDays(1)));
        Assert.NotEmpty(PaceFitting.Due(kept.World, Ten(23), s_t));
        Assert.NotEmpty(PaceFitting.Due(kept.World.With([new WorldEvent.Put(world.Routings.Single() with { MinutesPerUnit = 31 })]), Ten(24), s_t));
    }

    /// <summary>S2 is one unit and is the only one with a whole kit besides S1, of two: 3 x 27.0013 minutes on the line. A plan told of the pace is the plan made with it.</summary>
    [Fact]
    public void The_plan_takes_it_instead_of_what_is_stated()
    {
        Snapshot world = World(Builds(10));
        var policy = new PlanPolicy { Samples = 64 };
        Plan plan = Plan.Make(world, s_t, policy);
        Assert.Equal(s_t + Duration.FromMinutes(90), plan.BuildEnd("S2", 0.5));
        Applied told = world.Apply(PaceFitting.Due(world, Ten(24), s_t));
        plan.Advance(told.World, told.Touched);
        Plan anew = Plan.Make(told.World, s_t, policy);
        Assert.Equal(anew.Forecasts, plan.Forecasts);
        Assert.Equal(s_t + Duration.FromSeconds(Math.Ceiling(2 * 60 * 27.0013) + Math.Ceiling(60 * 27.0013)), plan.BuildEnd("S2", 0.5));
        // the routing says 20 from now on: 0.4998 x 24 + 0.5002 x 20, at once
        Applied stated = told.World.Apply([new WorldEvent.Put(told.World.Routings.Single() with { MinutesPerUnit = 20 })]);
        plan.Advance(stated.World, stated.Touched);
        Assert.Equal(s_t + Duration.FromSeconds(Math.Ceiling(2 * 60 * 21.9992) + Math.Ceiling(60 * 21.9992)), plan.BuildEnd("S2", 0.5));
    }

    /// <summary>One of two units in work; 010 usually takes 8 minutes of 24 and 020 takes 16, so with 010 passed a third of it is done. 015 is for another revision, 030 and 040 have no usual time: with them all four are alike.</summary>
    [Fact]
    public void Steps_weigh_what_they_usually_take()
    {
        IRecord? Two(IRecord r) => r is WorkStep { Step: not ("010" or "020") } ? null : r is WorkStep { Kind: WorkKind.Fit } step ? step with { Kind = WorkKind.Check } : r;
        Instant begun = s_t - Duration.FromHours(1);
        IRecord[] more = [new WorkPace("BIKE", "L1", "MC", 9, begun, begun, 0.5m, 24, 24, 24, 24, 30, "010=8; 020=16", "x"), new Unit("SN-1", "MC", "S1", "BIKE", "US", UnitState.Paused, begun, null, ""), new UnitStep("SN-1", "010", 1, "MC", YesNo.Yes, "", "", begun, "")];
        Instant? End(Func<IRecord, IRecord?> otherwise) => Plan.Make(new FloorCompany(r => otherwise(r is Build { Id: "S1" } b ? b with { Status = OrderStatus.Confirmed, Start = begun } : r)!, more).World, s_t, new() { Samples = 64 }).BuildEnd("S1", 0.5);
        Assert.Equal(s_t + Duration.FromMinutes(48 - 8), End(Two));
        Assert.Equal(s_t + Duration.FromMinutes(48 - 6), End(static r => r));
    }
}
