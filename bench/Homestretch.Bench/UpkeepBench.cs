using System.Diagnostics;
using Homestretch.Maintaining;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>Times the work list of a company's machines, a third of them worn, and what a crew of limited hours should do.</summary>
internal static class UpkeepBench
{
    /// <summary>Arguments: order lines, samples, crew hours, one crew each.</summary>
    internal static int Run(string[] args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0]) : 10_150, samples = args.Length > 1 ? int.Parse(args[1]) : 256;
        int[] crews = args.Length > 2 ? [.. args.Skip(2).Select(int.Parse)] : [24, 96];
        var policy = new PlanPolicy { Samples = samples };
        Snapshot world = Promised(orders, policy);
        Console.WriteLine($"{world.OrderLines.Count:N0} order lines, {world.Lots.Count:N0} lots, {world.Machines.Count} machines, S = {samples}");
        for (int round = 0; round < 2; round++)
        {
            WorkList list = Timed("work list", () => WorkList.Of(world, ScaledCompany.T, policy));
            Console.WriteLine($"  {list.Machines.Sum(static m => m.Slots.Count):N0} slots priced; {list.Machines.Count(static m => m.Best is not null)} machines are worth a stop");
        }
        foreach (int crew in crews)
        {
            IReadOnlyList<CrewJob> jobs = Timed($"crew of {crew} hours", () => Crew.Of(world, ScaledCompany.T, policy, Duration.FromHours(crew)));
            Console.WriteLine($"  {jobs.Count} jobs win {jobs.Sum(static j => j.Slot.Gain.Promises):F2} promises: {string.Join(", ", jobs.Select(static j => $"{j.Machine} {j.Slot.Gain.Promises:F3}"))}");
        }
        Console.WriteLine($"  peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
        return 0;
    }

    private static Snapshot Promised(int orders, PlanPolicy policy)
    {
        Snapshot world = ScaledCompany.Unplanned(orders);
        world = Applied(world, [.. world.MachineReports.Where(static (_, i) => i % 3 == 0).Select(static (r, i) => new WorldEvent.Put(r with { RemainingP10Hours = 2 + i % 7, RemainingP50Hours = 10 + 3 * (i % 11) }))]);
        world = Applied(world, Plan.Allocate(world, ScaledCompany.T, policy, Scope.Unpegged));
        return Applied(world, [.. Plan.Make(world, ScaledCompany.T, policy).Forecasts.OfType<Forecast.Dated>().Select(static d => new WorldEvent.Put(new Promise(d.OrderLine, 1, "MC", d.Dates.P80, new(0.8), ScaledCompany.T, "", "")))]);
    }

    private static Snapshot Applied(Snapshot world, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = world.Apply(events);
        return applied.Accepted ? applied.World : throw new InvalidOperationException(applied.Findings[0].ToString());
    }

    private static T Timed<T>(string what, Func<T> act)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime;
        T result = act();
        Console.WriteLine($"{what,-40}{Stopwatch.GetElapsedTime(start).TotalSeconds,12:F2} s, {(Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds,8:F2} s of cores");
        return result;
    }
}
