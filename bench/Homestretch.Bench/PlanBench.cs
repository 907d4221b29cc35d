using System.Diagnostics;
using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>Times the plan as a server uses it, on a company of a given number of order lines: made, moved to a new epoch, advanced by one
/// change of each kind with the forecasts of what moved, and asked for dates.</summary>
internal static class PlanBench
{
    private static readonly Instant s_t = ScaledCompany.T;

    internal static int Run(string[] args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0]) : 10_000, samples = args.Length > 1 ? int.Parse(args[1]) : 256, rounds = args.Length > 2 ? int.Parse(args[2]) : 40;
        var policy = new PlanPolicy { Samples = samples };
        Snapshot world = Timed("world made", () => ScaledCompany.Unplanned(orders));
        IReadOnlyList<WorldEvent> slots = Timed("Plan.Allocate", () => Plan.Allocate(world, s_t, policy, Scope.Unpegged));
        world = Timed("slots applied", () => Applied(world, slots).World);
        Plan plan = Timed("Plan.Make", () => Plan.Make(world, s_t, policy));
        plan = Timed("Plan.Make again", () => Plan.Make(world, s_t, policy));
        Pieces(world, policy);
        WorldEvent[] promises = [.. plan.Forecasts.OfType<Forecast.Dated>().Select(d => new WorldEvent.Put(new Promise(d.OrderLine, 1, "MC", d.Dates.P90, new(0.9), s_t, "", "")))];
        Applied promised = Timed("promises applied", () => Applied(world, promises));
        Timed("Advance: every order line promised", () => plan.Advance(promised.World, promised.Touched));
        Console.WriteLine($"{orders} order lines, {plan.World.Pegs.Count} pegs, {plan.World.Lots.Count} lots, {plan.World.AssemblyLines.Count} lines, {plan.Forecasts.Count(static f => f is Forecast.Dated)} dated, whole by their start on average {plan.Forecasts.OfType<Forecast.Dated>().Average(static d => d.Whole.Value):P0}, S = {samples}");
        new PlanBench.Changes(plan, orders, rounds).Run();
        for (int i = 0; i < 3; i++) plan = Timed("epoch moved 15 minutes", () => Next(plan, plan.Epoch + Duration.FromMinutes(15)));
        Console.WriteLine($"peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
        return 0;
    }

    /// <summary>What making a plan is made of.</summary>
    private static void Pieces(Snapshot world, PlanPolicy policy)
    {
        Links links = Timed("  links", () => Links.Of(world));
        PlanLayout layout = Timed("  net and lay out", () => PlanLayout.Of(world, links, s_t, policy));
        LotSampler sampler = Timed("  what is known", () => new LotSampler(world, links, new Lanes(world, policy.Sea), s_t, policy));
        Timed("  draw all lots", () => { new LotFutures(layout.Supplies, sampler, s_t, policy).DrawAll(world); return 0; });
        Timed("  kernel", () => Evaluation.Run(layout.Planned, layout.Supplies.Arrivals, layout.Ways.Outbounds, layout.Lines));
    }

    private static Plan Next(Plan plan, Instant t) => plan.At(t);

    private static Applied Applied(Snapshot world, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = world.Apply(events);
        return applied.Accepted ? applied : throw new InvalidOperationException(applied.Findings[0].ToString());
    }

    private static T Timed<T>(string what, Func<T> act)
    {
        long start = Stopwatch.GetTimestamp();
        T result = act();
        Console.WriteLine($"{what,-40}{Stopwatch.GetElapsedTime(start).TotalMilliseconds,12:F1} ms");
        return result;
    }

    /// <summary>One change after another, each applied to the world and advanced; only the advance is timed.</summary>
    private sealed class Changes(Plan plan, int orders, int rounds)
    {
        public void Run()
        {
            ProductionRun[] runs = [.. plan.World.ProductionRuns];
            Shipment[] shipments = [.. plan.World.Shipments];
            OrderLine[] lines = [.. plan.World.OrderLines];
            Advance("machine goes down", i => [Put(plan.World.MachineReports[runs[Spread(i, runs.Length)].Machine.Value] with { State = i % 2 == 0 ? MachineState.Down : MachineState.Running, Since = s_t, AsOf = s_t })]);
            Advance("estimate for a container", i => [Put(new Milestone(shipments[Spread(i, shipments.Length)].Key, 2, Edge.End, Classifier.Estimated, "MC", "MC", s_t + Duration.FromDays(12 + i % 9), s_t + Duration.FromMinutes(1)))]);
            Advance("promise changed", i => [Put(new Promise(lines[Spread(i, lines.Length)].Key, 2 + i, "MC", s_t + Duration.FromDays(70), new(0.9), s_t, "", ""))]);
            Explanations(lines);
            Quotes();
            Advance("quoted order placed", i => plan.Quote(ScaledCompany.Order(Spread(i, orders), orders, $"SX-{i:0000}")).Events);
            Advance("quantity changed", i => [Put(lines[Spread(i, lines.Length)] with { Quantity = 5 })]);
            Advance("build completed", i => Completed(lines[Spread(i + 7, lines.Length)]));
            Advance("three orders wait", i => [.. Enumerable.Range(0, 3).Select(k => Put(ScaledCompany.Order(Spread(i + k, orders), orders, $"SW-{i:0000}-{k}")))]);
            Advance("places them", _ => plan.Place());
        }

        private IReadOnlyList<WorldEvent> Completed(OrderLine order) => plan.Of(order.Key) is Forecast.Dated d && plan.World.Builds.Contains(d.Build.Id)
            ? [Put(plan.World.Builds[d.Build.Key] with { Status = OrderStatus.Completed }), Put(plan.World.OrderLines[order.Key] with { Status = OrderStatus.Completed })] : [];

        private void Quotes()
        {
            List<double> times = [];
            int possible = 0;
            for (int i = 0; i < rounds; i++)
            {
                OrderLine order = ScaledCompany.Order(Spread(i, orders), orders, $"SQ-{i:0000}");
                long start = Stopwatch.GetTimestamp();
                Quote quote = plan.Quote(order);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (quote.Possible) possible++;
            }
            Report($"quote ({possible} possible)", times, 0);
        }

        private void Explanations(OrderLine[] lines)
        {
            List<double> times = [];
            for (int i = 0; i < rounds; i++)
            {
                long start = Stopwatch.GetTimestamp();
                plan.Explain(lines[Spread(i, lines.Length)].Key);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            Report("explanation", times, 0);
        }

        private void Advance(string what, Func<int, IReadOnlyList<WorldEvent>> change)
        {
            List<double> times = [];
            int moved = 0;
            for (int i = 0; i < rounds; i++)
            {
                Applied applied = Applied(plan.World, change(i));
                long start = Stopwatch.GetTimestamp();
                moved += plan.Advance(applied.World, applied.Touched).Count;
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            Report(what, times, moved / rounds);
        }

        private static void Report(string what, List<double> times, int moved)
        {
            double first = times[0];
            times.Sort();
            Console.WriteLine($"{what,-40}p50 {times[times.Count / 2],9:F2}  p90 {times[times.Count * 9 / 10],9:F2}  worst {times[^1],9:F2}  first {first,9:F2} ms   moved {moved}");
        }

        private static int Spread(int i, int of) => (int)((uint)(i * 7_919) % (uint)of);
        private static WorldEvent Put(IRecord record) => new WorldEvent.Put(record);
    }
}
