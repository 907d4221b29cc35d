using Homestretch.Clearing;
using Homestretch.Cli.Demo;
using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Clearing;

/// <summary>What one way of releasing made of one world.</summary>
/// <param name="Listed">Kits that the list itself counts within the horizon; the plan in force has no list.</param>
/// <param name="Kits">Kits completed within the horizon, mean of the futures played.</param>
/// <param name="WeightedKits">The same by class: 4, 2, 1.</param>
/// <param name="Expected">Promises kept, as the plan with the list in it expects over its own futures.</param>
/// <param name="Kept">Promises kept of those that name a date within 28 days, mean of the futures played.</param>
/// <param name="KeptByClass">The same of class 1, 2, and 3 or lower.</param>
internal sealed record ComparedWay(int Listed, double Kits, double WeightedKits, double Expected, double Kept, IReadOnlyList<double> KeptByClass);

/// <param name="Promises">Promises that name a date within 28 days.</param>
/// <param name="Gap">Proven share by which a list could have more weighted kits than ours.</param>
internal sealed record ComparedWorld(int Seed, int OrderLines, double Promises, double Gap, ComparedWay InForce, ComparedWay Priority, ComparedWay Clear, double Milliseconds);

/// <summary>Worlds with shortages, in which the plan in force (re-planned after the shortages are known), plain priority and clear to build are laid over the same company and played
/// through the same futures.</summary>
internal sealed class ClearComparison(Instant start, ClearPolicy policy, int futures, int orderLines)
{
    private const int DaysPlayed = 28;
    private static readonly PlanPolicy s_plan = new() { Samples = 128 };

    public ComparedWorld Of(int seed)
    {
        Snapshot world = ShortWorld.Make(start, seed, orderLines);
        Snapshot inForce = ClearCommands.Applied(world, Plan.Propose(world, start, s_plan).Events);
        inForce = ClearCommands.Applied(inForce, Plan.Allocate(inForce, start, s_plan, Scope.Unpegged));
        Plan plan = Plan.Make(inForce, start, s_plan);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        ClearList list = ClearToBuild.Of(plan, policy);
        double milliseconds = watch.Elapsed.TotalMilliseconds;
        Snapshot byPriority = ClearCommands.Applied(inForce, ClearToBuild.ByPriority(plan, policy)), cleared = ClearCommands.Applied(inForce, list.Events);
        int within = inForce.OrderLines.Select(o => plan.Of(o.Key)?.AsDated).Count(d => d?.Promise is { } p && p.Date > start && p.Date <= start + Duration.FromDays(DaysPlayed));
        return new(seed, inForce.OrderLines.Count, within, list.Gap, Way(inForce, 0, seed), Way(byPriority, list.Priority.Builds, seed), Way(cleared, list.Score.Builds, seed), milliseconds);
    }

    private ComparedWay Way(Snapshot world, int listed, int seed)
    {
        double expected = Plan.Make(world, start, s_plan).Forecasts.OfType<Forecast.Dated>().Sum(static d => d.Kept?.Value ?? 0), kits = 0, weighted = 0, kept = 0;
        double[] byClass = new double[3];
        for (int future = 0; future < futures; future++)
        {
            var built = new Dictionary<string, Instant>(StringComparer.Ordinal);
            Played played = Simulation.Play(world, start, new SimulationPolicy { Plan = s_plan, Days = DaysPlayed, RenewBelow = 0 }, (ulong)(seed * 1_000 + future), told: events =>
            {
                foreach (WorldEvent e in events) if (e is WorldEvent.Put { Record: Build { Status: OrderStatus.Completed } b }) built.TryAdd(b.OrderLine.Value, b.End);
            });
            foreach (var (order, end) in built)
            {
                if (end > start + policy.Horizon) continue;
                kits++;
                weighted += world.OrderLines[order].Class switch { <= 1 => 4, 2 => 2, _ => 1 };
            }
            foreach (PlayedOrder o in played.Orders)
            {
                Promise first = o.Promises[^1];
                if (first.Date <= start || first.Date > start + Duration.FromDays(DaysPlayed) || !(o.Delivered <= first.Date)) continue;
                kept++;
                byClass[Math.Clamp(o.Order.Class, 1, 3) - 1]++;
            }
        }
        double n = Math.Max(1, futures);
        return new(listed, kits / n, weighted / n, expected, kept / n, [.. byClass.Select(c => c / n)]);
    }
}

/// <summary>The demonstration company with shortages nobody planned for: miscounted stock and lots that slip.</summary>
internal static class ShortWorld
{
    public static Snapshot Make(Instant start, int seed, int orderLines)
    {
        var draw = new Draw(seed);
        Snapshot world = Snapshot.Of(DemoCompany.Make(start, seed, orderLines));
        var events = new List<WorldEvent>();
        foreach (Stock stock in world.Stock)
        {
            if (stock.Status != StockStatus.Available || draw.At($"short {stock.Id}") > 0.6) continue;
            Item item = world.Items[stock.Item];
            decimal steps = Math.Floor(stock.Quantity.Value / item.Step * (decimal)(0.1 + 0.6 * draw.At($"left {stock.Id}")));
            events.Add(new WorldEvent.Put(stock with { Quantity = stock.Quantity with { Value = steps * item.Step } }));
        }
        foreach (Lot lot in world.Lots)
            if (lot.State is LotState.Planned or LotState.Making && draw.At($"slips {lot.Id}") < 0.3)
                events.Add(new WorldEvent.Put(lot with { Ready = lot.Ready + Duration.FromDays(5 + (int)(10 * draw.At($"days {lot.Id}"))) }));
        return ClearCommands.Applied(world, events);
    }
}
