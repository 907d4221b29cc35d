using System.Diagnostics;
using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>Times a re-plan proposal on a company of a given number of order lines: each was promised its P90 date, then every tenth lot that has not left slipped
/// by a week.</summary>
internal static class ProposeBench
{
    private static readonly Instant s_t = ScaledCompany.T;

    internal static int Run(string[] args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0]) : 10_150, samples = args.Length > 1 ? int.Parse(args[1]) : 256, rounds = args.Length > 2 ? int.Parse(args[2]) : 3;
        var policy = new PlanPolicy { Samples = samples };
        Snapshot world = Slipped(Promised(orders, policy));
        if (args.Length > 3) Pieces(world, policy);
        GC.Collect();
        double before = GC.GetTotalMemory(true) / 1e6;
        for (int round = 1; round <= rounds; round++)
        {
            long start = Stopwatch.GetTimestamp(), allocated = GC.GetTotalAllocatedBytes();
            Proposal proposal = Plan.Propose(world, s_t, policy);
            Console.WriteLine($"{orders} order lines, S = {samples}, round {round}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms, allocated {(GC.GetTotalAllocatedBytes() - allocated) / 1e6:N0} MB; "
                + $"kept {proposal.Before.Kept:N1} -> {proposal.After.Kept:N1}, {proposal.After.BuildsMoved} builds move, {proposal.After.KitsChanged} kits change, {proposal.Events.Count} events");
            if (round > 1) continue;
            foreach (var (what, merit) in proposal.Tried) Console.WriteLine($"  {what,-60} kept {merit.Kept:N1}, {merit.DaysLate:N0} days late, {merit.BuildsMoved} moved, {merit.KitsChanged} changed, worth {merit.Worth:N1}");
        }
        Console.WriteLine($"world {before:N0} MB, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
        return 0;
    }

    /// <summary>What weighing one re-plan is made of.</summary>
    private static void Pieces(Snapshot world, PlanPolicy policy)
    {
        var early = new AllocationOptions { Pegging = AllocationPegging.EarliestLot };
        for (int round = 0; round < 2; round++)
        {
            Plan inForce = Timed("plan in force", () => Plan.Make(world, s_t, policy));
            Timed("  its merit", () => Merit.Of(inForce, world));
            Netted netted = Timed("  netted", inForce.Netted);
            foreach (var (what, aim) in new[] { ("slots stay", new Aim(Scope.Everything) { KeepSlots = true, Options = early }), ("all anew, early", new Aim(Scope.Everything) { Options = early }), ("all anew, late", new Aim(Scope.Everything)) })
            {
                IReadOnlyList<WorldEvent> events = Timed($"{what}: allocated", () => Allocating.Events(netted, aim));
                Snapshot then = Timed($"  {events.Count} events taken in", () => world.With(events));
                Timed("    and checked", () => world.Check(events, then, "bench").Count);
                Plan plan = Timed("  plan made", () => inForce.Beside(then, -1));
                Timed("  merit", () => Merit.Of(plan, world));
            }
        }
    }

    private static T Timed<T>(string what, Func<T> act)
    {
        long start = Stopwatch.GetTimestamp(), allocated = GC.GetTotalAllocatedBytes();
        T result = act();
        Console.WriteLine($"{what,-40}{Stopwatch.GetElapsedTime(start).TotalMilliseconds,12:F1} ms {(GC.GetTotalAllocatedBytes() - allocated) / 1e6,10:N0} MB");
        return result;
    }

    private static Snapshot Promised(int orders, PlanPolicy policy)
    {
        Snapshot world = ScaledCompany.Unplanned(orders);
        world = Applied(world, Plan.Allocate(world, s_t, policy, Scope.Unpegged));
        return Applied(world, [.. Plan.Make(world, s_t, policy).Forecasts.OfType<Forecast.Dated>().Select(static d => new WorldEvent.Put(new Promise(d.OrderLine, 1, "MC", d.Dates.P90, new(0.9), s_t, "", "")))]);
    }

    private static Snapshot Slipped(Snapshot world) => Applied(world, [.. world.Lots.Where(static l => l.State < LotState.Shipped).Where(static (_, i) => i % 10 == 0)
        .Select(static l => new WorldEvent.Put(l with { Ready = l.Ready + Duration.FromDays(7) }))]);

    private static Snapshot Applied(Snapshot world, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = world.Apply(events);
        return applied.Accepted ? applied.World : throw new InvalidOperationException(applied.Findings[0].ToString());
    }
}
