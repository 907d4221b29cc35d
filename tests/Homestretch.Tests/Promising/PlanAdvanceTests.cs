using Homestretch.Promising;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

public sealed class PlanAdvanceTests
{
    private static readonly PlanPolicy s_policy = new() { Samples = 64 };

    [Fact]
    public void A_plan_advanced_equals_the_plan_made_anew()
    {
        for (int seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            Snapshot world = World();
            Plan plan = Plan.Make(world, SmallWorld.T, s_policy);
            int moves = 0;
            for (int step = 0; step < 12; step++)
            {
                Forecast[] before = [.. plan.Forecasts];
                Applied applied = world.Apply([Change(world, random), Change(world, random)]);
                Assert.Empty(applied.Findings);
                IReadOnlyList<Moved> moved = plan.Advance(world = applied.World, applied.Touched);
                Plan made = Plan.Make(world, SmallWorld.T, s_policy);
                AssertSame(made, plan);
                Assert.Equal(before.Zip(plan.Forecasts).Where(static f => f.First != f.Second).Select(static f => f.Second), moved.Select(static m => m.After));
                moves += moved.Count;
            }
            Assert.True(moves > 0);
        }
    }

    private static void AssertSame(Plan expected, Plan actual)
    {
        Assert.All(expected.Forecasts, static f => Assert.IsType<Forecast.Dated>(f));
        Assert.Equal(expected.Forecasts, actual.Forecasts);
        foreach (OrderLine order in expected.World.OrderLines)
        {
            Assert.Equal(expected.DateSamples(order.Key), actual.DateSamples(order.Key));
            Assert.Equal(expected.Explain(order.Key)!.Reasons, actual.Explain(order.Key)!.Reasons);
        }
        foreach (Lot lot in expected.World.Lots)
        {
            Assert.Equal(expected.Of(lot.Key), actual.Of(lot.Key));
            Assert.Equal(expected.HeldBy(lot.Key), actual.HeldBy(lot.Key));
        }
    }

    /// <summary>Four lots, two on their way and two on one machine, and twelve orders that draw on them over a week of shifts.</summary>
    private static Snapshot World()
    {
        Snapshot small = SmallWorld.Make();
        BomLine wax = small.BomLines.First(static b => b.Item == "WX-1");
        Peg waxed = small.Pegs.First(static p => p.Item == "WX-1");
        List<WorldEvent> events = [new WorldEvent.Removed(TableKind.For(wax), wax.Id, "no wax"), new WorldEvent.Removed(TableKind.For(waxed), waxed.Id, "no wax")];
        Put(small.The<Routing>() with { MinutesPerUnit = 100 });
        Put(small.The<Shipment>() with { Key = "SH-3" });
        foreach (IsoDayOfWeek day in (IsoDayOfWeek[])[IsoDayOfWeek.Monday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday])
            Put(small.The<Shift>() with { Weekday = day });
        for (int n = 2; n <= 4; n++)
        {
            Key<Shipment>? shipment = n == 3 ? new Key<Shipment>("SH-3") : default(Key<Shipment>?);
            Put(small.The<Lot>() with { Key = $"LOT-{n}", Shipment = shipment, State = n == 3 ? LotState.Made : LotState.Making, Ready = SmallWorld.T + Duration.FromDays(n - 3) });
        }
        Put(small.The<ProductionRun>() with { Key = "R2", Lot = "LOT-2" });
        for (int n = 2; n <= 12; n++)
        {
            string order = $"SO-{n}/1";
            Instant start = SmallWorld.T + Duration.FromDays(30) + Duration.FromHours(6 * n);
            Put(small.The<OrderLine>() with { Key = order });
            Put(small.The<Build>() with { Key = order, OrderLine = order, Start = start, End = start + Duration.FromHours(4), Status = n % 4 == 0 ? OrderStatus.Confirmed : OrderStatus.Approved });
            Put(small.The<Peg>() with { Build = order, Supply = $"lot:LOT-{1 + n % 4}" });
        }
        Applied applied = small.Apply(events);
        Assert.Empty(applied.Findings);
        return applied.World;

        void Put(IRecord record) => events.Add(new WorldEvent.Put(record));
    }

    private static WorldEvent Change(Snapshot world, Random random)
    {
        IRecord record = random.Next(12) switch
        {
            <= 3 => Word(random),
            <= 6 => world.Lots.ElementAt(random.Next(4)) with { Ready = Day(random, -5, 30), ReadyP90Days = random.Next(9) },
            7 => world.The<MachineReport>() with { State = (MachineState)random.Next(5), Since = Day(random, -2, 0), RatePerHour = random.Next(2, 20) },
            8 => world.ProductionRuns.ElementAt(random.Next(2)) with { Produced = random.Next(100) },
            9 => world.ProductionRuns.ElementAt(random.Next(2)) with { Lot = $"LOT-{random.Next(1, 5)}" },
            10 => world.The<Maintenance>() with { To = Day(random, 1, 9) },
            _ => world.Builds.ElementAt(random.Next(12)) with { Start = Day(random, 20, 40), End = Day(random, 41, 42) },
        };
        return new WorldEvent.Put(record);
    }

    /// <summary>An estimate or an actual, known at the epoch or only after it.</summary>
    private static Milestone Word(Random random)
    {
        bool actual = random.Next(2) == 0;
        Instant at = actual ? Day(random, -30, 0) : Day(random, 1, 40);
        return new(random.Next(2) == 0 ? "SH-1" : "SH-3", random.Next(1, 3), (Edge)random.Next(2), actual ? Classifier.Actual : Classifier.Estimated,
            "TW1", "MC", at, Instant.Max(Day(random, -3, 3), actual ? at : SmallWorld.T - Duration.FromDays(3)));
    }

    private static Instant Day(Random random, int from, int to) => SmallWorld.T + Duration.FromHours(random.Next(24 * from, 24 * to));
}
