using Homestretch.Promising;
using Homestretch.Promising.Lots;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

public sealed class MakingTests
{
    private const int S = 4096;
    private static readonly Instant s_t = SmallWorld.T;

    private static double[] Days(Snapshot world, Lot lot, Instant t)
    {
        int[] ready = new int[S];
        new Making(Links.Of(world), t, new Draws(5)).Fill(world, lot, ready);
        return [.. ready.Select(static r => r / (double)Seconds.Day).Order()];
    }

    /// <summary>Of those that would be made by now none is left; the others are spread as before.</summary>
    [Fact]
    public void A_lot_past_its_stated_date_is_as_late_as_those_are_that_are_late()
    {
        Snapshot world = SmallWorld.Make().With([new WorldEvent.Removed(TableKind.For(SmallWorld.Make().The<ProductionRun>()), "R1", "no machine")]);
        Lot lot = world.The<Lot>() with { Ready = s_t, ReadyP90Days = 3 };
        double[] before = Days(world, lot, s_t), after = Days(world, lot, s_t + Duration.FromDays(2));
        double[] late = [.. before.Where(static d => d > 2).Select(static d => d - 2)];
        foreach (double p in (double[])[0.1, 0.5, 0.9]) Assert.InRange(after[(int)(p * S)], 0.85 * late[(int)(p * late.Length)] - 0.02, 1.15 * late[(int)(p * late.Length)] + 0.02);
    }

    [Fact]
    public void A_machine_makes_its_runs_one_after_another_and_none_before_its_planned_start()
    {
        Snapshot world = SmallWorld.Make();
        Lot second = world.The<Lot>() with { Key = "LOT-2", State = LotState.Planned };
        ProductionRun behind = world.The<ProductionRun>() with { Key = "R2", Lot = "LOT-2", Produced = 0, Start = s_t, Status = OrderStatus.Approved };
        world = world.Apply([new WorldEvent.Put(second), new WorldEvent.Put(behind)]).World;
        double[] first = Days(world, world.The<Lot>(), s_t), queued = Days(world, second, s_t);
        Assert.True(queued[S / 2] > first[S / 2] + 100 / 11.5 / 24 - 0.01);
        Snapshot later = world.Apply([new WorldEvent.Put(behind with { Start = s_t + Duration.FromDays(20) })]).World;
        Assert.True(Days(later, second, s_t)[0] >= 20);
    }

    /// <summary>60 pieces left at 11.5 an hour are five hours and more of work: those that begin at 09:00 UTC, 17:00 in Taichung, are done the next day where the plant closes at 18:00.</summary>
    [Fact]
    public void A_plants_shifts_and_closures_stop_its_machines_and_what_runs_now_runs_on_until_closing()
    {
        Snapshot small = SmallWorld.Make(), world = small.Apply([new WorldEvent.Removed(TableKind.For(small.The<Maintenance>()), "W1", "not here"), new WorldEvent.Put(small.The<Machine>() with { BetweenFailuresHours = null }),
            new WorldEvent.Put(small.The<MachineReport>() with { RemainingP10Hours = null, RemainingP50Hours = null }), .. Enumerable.Range(1, 7).Select(static d => new WorldEvent.Put(new Shift("TXG", (IsoDayOfWeek)d, new(8, 0), new(18, 0), "TW1")))]).World;
        double open = 60 / 11.5 / 24, next = Days(world, world.The<Lot>(), s_t)[S / 2];
        Assert.InRange(Days(small.Apply([new WorldEvent.Put(small.The<Maintenance>() with { Status = OrderStatus.Cancelled }), new WorldEvent.Put(world.The<Machine>()), new WorldEvent.Put(world.The<MachineReport>())]).World, small.The<Lot>(), s_t)[S / 2], open - 0.01, open + 0.01);
        Assert.InRange(next, 15 / 24.0 + open - 1 / 24.0 - 0.01, 15 / 24.0 + open - 1 / 24.0 + 0.01);      // an hour today, the rest from 08:00
        Snapshot holiday = world.Apply([new WorldEvent.Put(new Closure("TXG", new(2026, 11, 25), "TW1", "holiday"))]).World;
        Assert.InRange(Days(holiday, world.The<Lot>(), s_t)[S / 2], next + 1 - 0.01, next + 1 + 0.01);
        Assert.InRange(Days(world, world.The<Lot>(), s_t + Duration.FromHours(2))[S / 2], open - 0.01 - 2 / 24.0, open + 0.01);     // it works on in the evening
    }
}
