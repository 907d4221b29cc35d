using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>When a lot will be made. With a run on a reporting machine: the rest of the quantity at the measured rate, a drawn failure
/// and repair, planned stops. Without one: the supplier's own date and its spread.</summary>
internal static class Making
{
    private const double HoursToSeconds = 3600;

    public static void Fill(Snapshot world, Lot lot, Instant t, Draws draws, Span<int> ready)
    {
        ProductionRun? run = world.ProductionRuns.Where(r => r.Lot == lot.Key && r.Status is OrderStatus.Approved or OrderStatus.Confirmed).FirstOrDefault();
        if (run is null) Stated(lot, t, draws, ready);
        else OnMachine(world, run, t, draws, ready);
    }

    /// <summary>A lognormal delay behind the stated date whose 90th percentile is the lot's; what should be made by now is due any moment.</summary>
    private static void Stated(Lot lot, Instant t, Draws draws, Span<int> ready)
    {
        double late = (double)lot.ReadyP90Days;
        double[] scores = new double[ready.Length];
        if (late > 0) draws.Normals(StableHash.Of("making", lot.Party.Value, lot.Id), scores);
        int stated = Seconds.Of(lot.Ready, t);
        for (int s = 0; s < ready.Length; s++)
        {
            double delay = late <= 0 ? 0 : late * (Math.Exp(Sigma * scores[s]) - Math.Exp(-Sigma)) / (Math.Exp(Sigma * Normal.Z90) - Math.Exp(-Sigma));
            ready[s] = Math.Max(0, stated + (int)(Math.Max(0, delay) * Seconds.Day));
        }
    }

    private const double Sigma = 0.8;

    private static void OnMachine(Snapshot world, ProductionRun run, Instant t, Draws draws, Span<int> ready)
    {
        Machine machine = world.Machines[run.Machine];
        MachineReport? report = world.MachineReports.Find(run.Machine.Value);
        double rate = Math.Max(1e-6, (double)(report?.RatePerHour is > 0 and { } measured ? measured : machine.RatePerHour));
        double left = Math.Max(0, (double)(run.Quantity.Value - run.Produced)) / rate;
        double spread = report is null or { State: MachineState.NoData } ? 0.25 : 0.08;
        int start = Math.Max(0, run.Status == OrderStatus.Confirmed ? Seconds.Of(run.AsOf, t) : Seconds.Of(run.Start, t));
        ulong key = StableHash.Of("machine", machine.Party.Value, machine.Id);
        double[] pace = new double[ready.Length], repair = new double[ready.Length];
        draws.Normals(StableHash.Join(key, 1), pace);
        draws.Normals(StableHash.Join(key, 2), repair);
        for (int s = 0; s < ready.Length; s++)
        {
            double hours = left * Math.Exp(spread * pace[s]);
            double life = Life(machine, report, draws.Uniform(key, s));
            double stopped = report is { State: MachineState.Down } down ? RepairLeft(machine, down, t, repair[s])
                : life < hours ? Repair(machine, Normal.Cdf(repair[s])) : 0;
            ready[s] = Stops(world, machine, t, start + (int)Math.Min(Seconds.Far / 4, (hours + stopped) * HoursToSeconds));
        }
    }

    /// <summary>Running hours to the next failure: from the machine's stated remaining life (lognormal through P10 and P50), else
    /// exponential with its mean time between failures; without either it does not fail.</summary>
    private static double Life(Machine machine, MachineReport? report, double u)
    {
        if (report is { RemainingP50Hours: { } p50, RemainingP10Hours: { } p10 } && p10 > 0 && p50 > p10)
            return (double)p50 * Math.Exp(Math.Log((double)(p50 / p10)) / Normal.Z90 * Normal.Quantile(Math.Clamp(u, 1e-12, 1 - 1e-12)));
        return machine.BetweenFailuresHours is { } mean ? -Math.Log(1 - Math.Min(u, 1 - 1e-12)) * (double)mean : double.PositiveInfinity;
    }

    private static double Repair(Machine machine, double u)
    {
        double p50 = (double)machine.RepairP50Hours, p90 = Math.Max(p50, (double)machine.RepairP90Hours);
        return p50 <= 0 ? 0 : p50 * Math.Exp(Math.Log(p90 / p50) / Normal.Z90 * Normal.Quantile(Math.Clamp(u, 1e-9, 1 - 1e-9)));
    }

    /// <summary>What is left of a repair that is known unfinished: u' = F(elapsed) + u (1 - F(elapsed)).</summary>
    private static double RepairLeft(Machine machine, MachineReport down, Instant t, double score)
    {
        double elapsed = Math.Max(0, (t - down.Since).TotalHours), p50 = (double)machine.RepairP50Hours, p90 = (double)machine.RepairP90Hours;
        double done = elapsed <= 0 || p50 <= 0 ? 0 : p90 <= p50 ? (elapsed >= p50 ? 1 : 0) : Normal.Cdf(Math.Log(elapsed / p50) / (Math.Log(p90 / p50) / Normal.Z90));
        return Math.Max(0.5, Repair(machine, done + Normal.Cdf(score) * (1 - done)) - elapsed);
    }

    /// <summary>Pushes an end behind the planned stops it runs into.</summary>
    private static int Stops(Snapshot world, Machine machine, Instant t, int end)
    {
        foreach (Maintenance stop in world.Maintenance.Where(m => m.Machine == machine.Key && m.Status < OrderStatus.Completed).OrderBy(static m => m.From))
        {
            int from = Math.Max(0, Seconds.Of(stop.From, t)), to = Seconds.Of(stop.To, t);
            if (to > from && from < end) end += to - from;
        }
        return end;
    }
}
