using System.Diagnostics;
using Homestretch.Branching;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>Times branches of a company of a given number of order lines, each promised its P90 date: a thousand changed facts of several kinds, planned and compared with the plan in force; at the end each is
/// proven equal to the changed world planned anew.</summary>
internal static class BranchBench
{
    private static readonly Instant s_t = ScaledCompany.T;

    /// <summary>Arguments: order lines, samples, facts, rounds; with a fifth, pieces too.</summary>
    internal static int Run(string[] args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0]) : 100_000, samples = args.Length > 1 ? int.Parse(args[1]) : 256, facts = args.Length > 2 ? int.Parse(args[2]) : 1_000, rounds = args.Length > 3 ? int.Parse(args[3]) : 5;
        var policy = new PlanPolicy { Samples = samples };
        Snapshot world = ScaledCompany.Unplanned(orders);
        world = Applied(world, Plan.Allocate(world, s_t, policy, Scope.Unpegged));
        world = Applied(world, [.. Plan.Make(world, s_t, policy).Forecasts.OfType<Forecast.Dated>().Select(static d => new WorldEvent.Put(new Promise(d.OrderLine, 1, "MC", d.Dates.P90, new(0.9), s_t, "", "")))]);
        Plan inForce = Plan.Make(world, s_t, policy);
        BranchFigures asItIs = BranchFigures.Of(inForce);
        Console.WriteLine($"{orders:N0} order lines, {world.Lots.Count:N0} lots, {world.AssemblyLines.Count} lines, S = {samples}; {asItIs.Kept:N1} of {asItIs.Promises:N0} promises kept");
        Console.WriteLine($"{"branch",-34} {"facts",7} {"slots",7} {"moved",7} {"least",8} {"median",8} {"worst",8} {"cores",8} ms  kept");
        foreach (Branch branch in Branches(world, facts))
        {
            Branched branched = Branched.Of(inForce, branch, asItIs);
            double cores = double.MaxValue;      // least of both cores' time together, which others on the machine stretch less
            double[] ms = [.. Enumerable.Range(0, rounds).Select(_ =>
            {
                GC.Collect();
                TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime;
                long start = Stopwatch.GetTimestamp();
                branched = Branched.Of(inForce, branch, asItIs);
                double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                cores = Math.Min(cores, (Process.GetCurrentProcess().TotalProcessorTime - used).TotalMilliseconds);
                return took;
            }).Order()];
            Console.WriteLine($"{branch.Name,-34} {branched.Facts,7} {branched.Slots,7} {branched.Effects.Count,7} {ms[0],8:F0} {ms[rounds / 2],8:F0} {ms[^1],8:F0} {cores,8:F0}     {branched.Figures.Kept:N1}{(branched.Findings.Count > 0 ? $" {branched.Findings[0]}" : "")}");
            if (args.Length > 4) Pieces(inForce, branch);
        }
        foreach (Branch branch in Branches(world, facts))
        {
            Branched branched = Branched.On(inForce, branch, out Plan plan, asItIs);
            if (!Plan.Make(branched.World, s_t, policy).Forecasts.SequenceEqual(plan.Forecasts)) throw new InvalidOperationException($"'{branch.Name}' differs from the changed world planned anew.");
        }
        Console.WriteLine($"each equals the changed world planned anew; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
        return 0;
    }

    private static IEnumerable<Branch> Branches(Snapshot world, int facts)
    {
        Lot[] coming = [.. world.Lots.Where(static l => l.State < LotState.Shipped)];
        Shipment[] afloat = [.. world.Shipments];
        OrderLine[] orders = [.. world.OrderLines];
        yield return new("lots a week later", [.. Spread(coming, facts).Select(static l => new Assumption.RecordSet("lots", l.Id, [("ready", Text(l.Ready + Duration.FromDays(7)))]))]);
        yield return new("estimates of shipments", [.. Spread(afloat, facts).Select(static s => new Assumption.RecordSet("milestones", $"{s.Id}|02|1|1|MC",
            [("shipment", s.Id), ("sequence", "2"), ("edge", "end"), ("classifier", "estimated"), ("source", "MC"), ("party", "MC"), ("at", Text(s_t + Duration.FromDays(20))), ("reported", Text(s_t))]))]);
        yield return new("order lines of the first class", [.. Spread(orders, facts).Select(static o => new Assumption.RecordSet("order_lines", o.Id, [("class", "1")]))]);
        yield return new("demand up by so many order lines", [new Assumption.DemandChanged(facts / (decimal)orders.Length, null, null)]);
        yield return new("a supplier lost for 3 weeks", [new Assumption.SupplierLost("S05", new(null, null, 21))]);
        yield return new("another shift on one line", [new Assumption.ShiftAdded("L000", new(22, 0), new(2, 0), Stretch.Open)]);
        yield return new("a lane a third slower", [new Assumption.LaneChanged("W05-1", 0.3m)]);
    }

    private static void Pieces(Plan inForce, Branch branch)
    {
        Snapshot world = inForce.World;
        var (meant, _) = Timed("assumed", () => Assuming.Of(world, s_t, branch));
        Applied applied = Timed("applied", () => world.Apply([.. meant.SelectMany(static m => m.Events)]));
        Plan plan = Timed("copied", inForce.Copy);
        IReadOnlyList<Moved> moved = Timed("advanced", () => plan.Advance(applied.World, applied.Touched));
        IReadOnlyList<WorldEvent> slots = Timed("placed", plan.Place);
        Applied placed = Timed("applied", () => applied.World.Apply(slots));
        Timed("advanced", () => plan.Advance(placed.World, placed.Touched));
        Timed("figures", () => BranchFigures.Of(plan));
        Timed("  kept by sample", () => plan.KeptBySample());
        Timed("  shelves", () => plan.ShelvedUntil(Duration.FromDays(91)));
    }

    private static T[] Spread<T>(T[] all, int count) => [.. Enumerable.Range(0, Math.Min(count, all.Length)).Select(i => all[(int)((long)i * all.Length / Math.Min(count, all.Length))])];

    private static string Text(Instant at) => NodaTime.Text.InstantPattern.ExtendedIso.Format(at);

    private static T Timed<T>(string what, Func<T> act)
    {
        long start = Stopwatch.GetTimestamp();
        T result = act();
        Console.WriteLine($"    {what,-30}{Stopwatch.GetElapsedTime(start).TotalMilliseconds,10:F1} ms");
        return result;
    }

    private static Snapshot Applied(Snapshot world, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = world.Apply(events);
        return applied.Accepted ? applied.World : throw new InvalidOperationException(applied.Findings[0].ToString());
    }
}
