using Homestretch.Arrivals;
using Homestretch.Machines;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising.Lots;

/// <summary>When lots will be made. With a run on a machine that has reported: the machine's queue played forward, see <see cref="ReadyDate"/>.
/// Without one: the supplier's own date and its spread.</summary>
internal sealed class Making(Links links, Instant t, PlanPolicy policy)
{
    /// <summary>Spread of ln rate where the machine's rate is measured, and where only its nominal rate is known.</summary>
    private const double MeasuredSpread = 0.08, NominalSpread = 0.25;

    /// <summary>Days to set up for another lot; nobody tells us machine by machine.</summary>
    private static readonly StageTime s_changeover = StageTime.Of(1 / 24.0, 4 / 24.0);

    /// <summary>Shape of the delay behind a supplier's stated date: the standard deviation of its logarithm.</summary>
    private const double StatedSigma = 0.8;

    private readonly Draws _draws = new(policy.Seed);
    private readonly Dictionary<string, Dictionary<string, int[]>> _played = new(StringComparer.Ordinal);

    /// <summary>Draws the S moments at which a lot is made, seconds after t.</summary>
    public void Fill(Snapshot world, Lot lot, Span<int> ready)
    {
        ready.Clear();
        bool onMachine = false;
        foreach (ProductionRun run in links.RunsOf(world, lot.Key))
        {
            if (!Queue(world, run.Machine).TryGetValue(run.Id, out int[]? ends)) continue;
            for (int s = 0; s < ready.Length; s++) ready[s] = Math.Max(ready[s], ends[s]);
            onMachine = true;
        }
        if (!onMachine) Stated(lot, ready);
    }

    /// <summary>The machine's queue is to be played anew.</summary>
    public void Forget(Key<Machine> machine) => _played.Remove(machine.Value);

    /// <summary>A lognormal delay behind the stated date whose 90th percentile is the lot's; what should be made by now is due any moment.</summary>
    private void Stated(Lot lot, Span<int> ready)
    {
        double late = (double)lot.ReadyP90Days;
        double[] scores = new double[ready.Length];
        if (late > 0) _draws.Normals(StableHash.Of("making", lot.Party.Value, lot.Id), scores);
        int stated = Seconds.Of(lot.Ready, t);
        double shortest = Math.Exp(-StatedSigma), ninth = Math.Exp(StatedSigma * Normal.Z90);
        for (int s = 0; s < ready.Length; s++)
        {
            double delay = late <= 0 ? 0 : late * (Math.Exp(StatedSigma * scores[s]) - shortest) / (ninth - shortest);
            ready[s] = Math.Max(0, stated + (int)(Math.Max(0, delay) * Seconds.Day));
        }
    }

    /// <summary>Ends of a machine's runs by run: the one under way first, then the planned ones in order of their start, none before it. Empty when the machine
    /// has never reported.</summary>
    private Dictionary<string, int[]> Queue(Snapshot world, Key<Machine> key)
    {
        if (_played.TryGetValue(key.Value, out Dictionary<string, int[]>? known)) return known;
        _played[key.Value] = known = new(StringComparer.Ordinal);
        ProductionRun[] runs = [.. links.RunsOn(world, key).Where(r => r.Status is OrderStatus.Approved or OrderStatus.Confirmed && world.Lots[r.Lot].State < LotState.Made)
            .OrderByDescending(static r => r.Status).ThenBy(static r => r.Start).ThenBy(static r => r.Id, StringComparer.Ordinal)];
        if (runs.Length == 0 || world.MachineReports.Find(key.Value) is not { } report) return known;
        Machine machine = world.Machines[key];
        MachineWork[] queue = [.. runs.Select(r => new MachineWork(Math.Max(0, (double)(r.Quantity.Value - r.Produced)),
            r.Status == OrderStatus.Confirmed ? MachineWork.AtOnce : Math.Max(0, Seconds.Of(r.Start, t))))];
        int[] flat = new int[queue.Length * policy.Samples];
        ReadyDate.Sample(Outlook(world, machine, report, runs[0]), t, _draws, queue, flat);
        for (int k = 0; k < runs.Length; k++) known[runs[k].Id] = flat[(k * policy.Samples)..((k + 1) * policy.Samples)];
        return known;
    }

    private MachineOutlook Outlook(Snapshot world, Machine machine, MachineReport report, ProductionRun first)
    {
        double rate = Math.Max(1e-6, (double)(report.RatePerHour is > 0 and { } measured ? measured : machine.RatePerHour));
        Life repaired = machine.BetweenFailuresHours is > 0 and { } mean ? Life.Weibull.OfMean((double)mean) : new Life.Unknown();
        Life life = report is { RemainingP10Hours: > 0 and { } p10, RemainingP50Hours: { } p50 } && p50 > p10
            ? Life.Stated.OfPercentiles((double)p10, (double)p50, repaired) : repaired;
        double repairP50 = Math.Max(0, (double)machine.RepairP50Hours) / 24, repairP90 = Math.Max(repairP50, (double)machine.RepairP90Hours / 24);
        return new(StableHash.Of("machine", machine.Party.Value, machine.Id), report.State, Instant.Min(report.Since, t),
            first.Status == OrderStatus.Confirmed ? first.AsOf : t, rate, report.RatePerHour is > 0 ? MeasuredSpread : NominalSpread, life,
            repairP50 > 0 ? StageTime.Of(repairP50, repairP90) : new StageTime.Constant(repairP50), s_changeover, Stops(world, machine.Key));
    }

    /// <summary>Planned stops, those that meet taken as one. Maintenance renews the machine's life.</summary>
    private List<PlannedStop> Stops(Snapshot world, Key<Machine> machine)
    {
        var stops = new List<PlannedStop>();
        foreach (Maintenance stop in links.Stops(world, machine).OrderBy(static m => m.From).ThenBy(static m => m.Id, StringComparer.Ordinal))
        {
            int from = Math.Max(0, Seconds.Of(stop.From, t)), to = Seconds.Of(stop.To, t);
            if (to <= from) continue;
            if (stops.Count > 0 && from <= stops[^1].To) stops[^1] = stops[^1] with { To = Math.Max(to, stops[^1].To) };
            else stops.Add(new(from, to, Renews: true));
        }
        return stops;
    }
}
