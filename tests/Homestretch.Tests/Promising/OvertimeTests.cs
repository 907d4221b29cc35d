using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Promising;

/// <summary>A line that works from 8 to 16 on weekdays. T is a Tuesday.</summary>
public sealed class OvertimeTests
{
    private static readonly Snapshot s_world = Company([new AssemblyLine("L", "MC", "H", "Line", "day"), .. Enumerable.Range(1, 5).Select(static d => (IRecord)new Shift("day", (IsoDayOfWeek)d, new(8, 0), new(16, 0), "MC"))]);

    [Fact]
    public void It_opens_the_line_before_and_after_its_shift_and_on_a_day_that_is_closed()
    {
        Snapshot world = s_world.Put(Over(0, 6, 8), Over(0, 15, 18), Over(4, 9, 12), new Closure("day", Day(1), "MC", "Fair"), Over(1, 22, 2));
        Assert.Equal([(6.0, 18.0), (46.0, 50.0), (56.0, 64.0), (80.0, 88.0), (105.0, 108.0)], Open(world, 5));
    }

    [Fact]
    public void A_plan_that_is_told_of_it_is_the_plan_made_anew()
    {
        Snapshot world = s_world.Put(Shelf("FRAME", 20), Shelf("MOTOR", 20), Order("A", 1, 12), Order("B", 1, 3)).Planned();
        Plan plan = Plan.Make(world, T, Policy);
        Applied applied = world.Apply([new WorldEvent.Put(Over(0, 16, 23))]);
        plan.Advance(applied.World, applied.Touched);
        Assert.Equal(Plan.Make(applied.World, T, Policy).Forecasts, plan.Forecasts);
        Assert.True(plan.Of(new Key<OrderLine>("B"))!.AsDated!.Dates.P90 < world.Of("B").AsDated!.Dates.P90);
    }

    private static LocalDate Day(int after) => T.InUtc().Date.PlusDays(after);
    private static Overtime Over(int day, int opens, int closes) => new("day", Day(day), new(opens, 0), new(closes, 0), "MC", "");

    private static IEnumerable<(double, double)> Open(Snapshot world, int days) =>
        Plan.Make(world, T, Policy).OpenTime("L", T, T + Duration.FromDays(days)).Select(static o => ((o.From - T).TotalHours, (o.To - T).TotalHours));
}
