using Homestretch.Arrivals;
using Homestretch.Machines;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising.Lots;

/// <summary>When lots will be made. With a run on a machine: the machine's runs one after another at the measured rate and yield, with drawn failures
/// and repairs and planned stops (<see cref="ReadyDate"/>). Without one, or when the machine has never reported: the supplier's own date and its spread.</summary>
internal sealed class Making(Links links, Instant t, Draws draws)
{
    /// <summary>Standard deviation of ln rate where the machine's rate is measured, and where only its nominal rate is known.</summary>
    public const double MeasuredSpread = 0.08, NominalSpread = 0.25;

    /// <summary>Days to set up for another lot; nobody tells us machine by machine.</summary>
    private static readonly StageTime s_changeover = StageTime.Of(1 / 24.0, 4 / 24.0);

    /// <summary>How far ahead a plant's shifts are laid out; beyond that it works around the clock.</summary>
    private static readonly Duration s_shiftsAhead = Duration.FromDays(400);

    /// <summary>Shape of the delay behind a supplier's stated date: the standard deviation of its logarithm.</summary>
    private const double Sigma = 0.8;

    private readonly Dictionary<string, Dictionary<string, int[]>> _played = new(StringComparer.Ordinal);

    /// <summary>Draws the S moments at which a lot is made, seconds after t, none before t.</summary>
    public void Fill(Snapshot world, Lot lot, Span<int> ready)
    {
        ready.Clear();
        bool onMachine = false;
        foreach (ProductionRun run in links.RunsOf(world, lot.Key))
        {
            if (!Played(world, run.Machine, ready.Length).TryGetValue(run.Id, out int[]? ends)) continue;
            for (int s = 0; s < ready.Length; s++) ready[s] = Math.Max(ready[s], ends[s]);
            onMachine = true;
        }
        if (!onMachine) Stated(lot, ready);
    }

    /// <summary>Plays the machines on which lots are still to be made, so that <see cref="Fill"/> only reads: many threads may then ask at once.</summary>
    public void PlayAll(Snapshot world, IEnumerable<Lot> lots, int samples)
    {
        var missing = new HashSet<Key<Machine>>();
        foreach (Lot lot in lots)
        {
            if (lot.State >= LotState.Made) continue;
            foreach (ProductionRun run in links.RunsOf(world, lot.Key))
                if (!_played.ContainsKey(run.Machine.Value)) missing.Add(run.Machine);
        }
        Key<Machine>[] machines = [.. missing];
        var played = new Dictionary<string, int[]>[machines.Length];
        Kernel.Many.Each(machines.Length, m => played[m] = Play(world, machines[m], samples), chunk: 2);
        for (int m = 0; m < machines.Length; m++) _played[machines[m].Value] = played[m];
    }

    /// <summary>The same for links of their own, with what has been played.</summary>
    public Making Copy(Links own)
    {
        var copy = new Making(own, t, draws);
        foreach (var (machine, ends) in _played) copy._played[machine] = ends;
        return copy;
    }

    /// <summary>The machine's queue is to be played anew.</summary>
    public void Forget(Key<Machine> machine) => _played.Remove(machine.Value);

    /// <summary>What a machine still has to make, in the order in which it makes it: what is running, then by planned start.</summary>
    public ProductionRun[] Queue(Snapshot world, Key<Machine> machine) => [.. links.RunsOn(world, machine)
        .Where(r => r.Status is OrderStatus.Approved or OrderStatus.Confirmed && world.Lots[r.Lot].State < LotState.Made)
        .OrderByDescending(static r => r.Status).ThenBy(static r => r.Start).ThenBy(static r => r.Id, StringComparer.Ordinal)];

    /// <summary>A machine as it was last heard of, with the work of its runs.</summary>
    public (MachineOutlook Outlook, MachineWork[] Work) OnMachine(Snapshot world, Machine machine, MachineReport report, IReadOnlyList<ProductionRun> queue)
    {
        Share? yield = YieldOf(world, machine);
        double rate = Math.Max(1e-6, report.RatePerHour is > 0 and { } measured ? (double)measured : (double)machine.RatePerHour * (yield?.Value ?? 1));
        Instant counted = queue[0].Status == OrderStatus.Confirmed ? Instant.Min(t, queue[0].AsOf) : t;
        var outlook = new MachineOutlook(StableHash.Of("machine", machine.Party.Value, machine.Id), report.State, Instant.Min(report.Since, t), counted, rate,
            report.RatePerHour is > 0 ? MeasuredSpread : NominalSpread, LifeOf(machine, report), RepairOf(machine), s_changeover, Stops(world, machine, report.State), Yield: yield);
        return (outlook, [.. queue.Select(r => new MachineWork(Math.Max(0, (double)(r.Quantity.Value - r.Produced)),
            r.Status == OrderStatus.Confirmed ? MachineWork.AtOnce : Math.Max(0, Seconds.Of(r.Start, t)), Counted: r.Status == OrderStatus.Confirmed && decimal.IsInteger(r.Produced), StableHash.Of("run", r.Party.Value, r.Id)))]);
    }

    /// <summary>Ends of a machine's runs by run; empty when the machine has never reported.</summary>
    private Dictionary<string, int[]> Played(Snapshot world, Key<Machine> machine, int samples)
    {
        if (!_played.TryGetValue(machine.Value, out Dictionary<string, int[]>? known)) _played[machine.Value] = known = Play(world, machine, samples);
        return known;
    }

    private Dictionary<string, int[]> Play(Snapshot world, Key<Machine> machine, int samples)
    {
        var known = new Dictionary<string, int[]>(StringComparer.Ordinal);
        ProductionRun[] queue = Queue(world, machine);
        if (queue.Length == 0 || world.MachineReports.Find(machine.Value) is not { } report) return known;
        var (outlook, work) = OnMachine(world, world.Machines[machine], report, queue);
        int[] flat = new int[queue.Length * samples];
        ReadyDate.Sample(outlook, t, draws, work, flat);
        for (int k = 0; k < queue.Length; k++) known[queue[k].Id] = flat[(k * samples)..((k + 1) * samples)];
        return known;
    }

    /// <summary>The machine's stated remaining life, else memoryless with its mean time between failures.</summary>
    /// <param name="report">Null: it has never reported.</param>
    public static Life LifeOf(Machine machine, MachineReport? report)
    {
        Life repaired = machine.BetweenFailuresHours is > 0 and { } mean ? Life.Weibull.OfMean((double)mean) : new Life.Unknown();
        return report is { RemainingP50Hours: { } p50, RemainingP10Hours: { } p10 } && p10 > 0 && p50 > p10
            ? Life.Stated.OfPercentiles((double)p10, (double)p50, repaired) : repaired;
    }

    /// <summary>Good pieces among all in the machine's runs of which rejects were told.</summary>
    private Share? YieldOf(Snapshot world, Machine machine)
    {
        decimal good = 0, bad = 0;
        foreach (ProductionRun run in links.RunsOn(world, machine.Key))
            if (run.Rejected is { } rejected) (good, bad) = (good + run.Produced, bad + rejected);
        return Yield.Of((double)good, (double)bad);
    }

    private static StageTime RepairOf(Machine machine) => machine.RepairP50Hours > 0
        ? StageTime.Of((double)machine.RepairP50Hours / 24, (double)Math.Max(machine.RepairP50Hours, machine.RepairP90Hours) / 24) : new StageTime.Constant(0);

    /// <summary>Planned stops and time outside the plant's shifts, from t on; those that meet are one. Maintenance renews the machine's life. A machine that runs though its plant is closed works on until
    /// the next closing.</summary>
    private List<PlannedStop> Stops(Snapshot world, Machine machine, MachineState state)
    {
        var planned = links.Stops(world, machine.Key).Where(m => m.To > t && m.To > m.From).Select(m => new PlannedStop(Math.Max(0, Seconds.Of(m.From, t)), Seconds.Of(m.To, t), Renews: true));
        var closed = LineTimes.Closed(world, machine.Site, t, s_shiftsAhead).Where(c => c.From > 0 || state != MachineState.Running).Select(static c => new PlannedStop(c.From, c.To, Renews: false));
        var stops = new List<PlannedStop>();
        foreach (PlannedStop next in planned.Concat(closed).OrderBy(static s => s.From).ThenBy(static s => s.To))
        {
            if (stops.Count > 0 && next.From <= stops[^1].To) stops[^1] = new(stops[^1].From, Math.Max(next.To, stops[^1].To), stops[^1].Renews || next.Renews);
            else stops.Add(next);
        }
        return stops;
    }

    /// <summary>A lognormal delay behind the stated date whose 90th percentile is the lot's. A lot that is past its date and not made has a
    /// delay of more than that: u' = F(passed) + u (1 - F(passed)).</summary>
    private void Stated(Lot lot, Span<int> ready)
    {
        double late = (double)lot.ReadyP90Days;
        int stated = Seconds.Of(lot.Ready, t);
        if (late <= 0)
        {
            ready.Fill(Math.Max(0, stated));
            return;
        }
        double[] scores = new double[ready.Length];
        draws.Normals(StableHash.Of("making", lot.Party.Value, lot.Id), scores);
        double unit = late / (Math.Exp(Sigma * Normal.Z90) - Math.Exp(-Sigma));
        double survival = stated >= 0 ? 1 : Math.Max(StageTime.LeastSurvival, Normal.UpperTail(Math.Log(Seconds.Days(-stated) / unit + Math.Exp(-Sigma)) / Sigma));
        for (int s = 0; s < ready.Length; s++)
        {
            double score = survival < 1 ? -Normal.Quantile(survival * Normal.UpperTail(scores[s])) : scores[s];
            ready[s] = Math.Max(0, stated + (int)Math.Clamp(unit * (Math.Exp(Sigma * score) - Math.Exp(-Sigma)) * Seconds.Day, 0, Seconds.Far));
        }
    }
}
