using Homestretch.Machines;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Ingest;

/// <summary>What of a machine's telemetry matters to a plan: a new state, a rate or remaining life that moved, good and rejected pieces by the fiftieth.</summary>
internal static class MachineChanges
{
    private const double RateStep = 0.05, LifeStep = 0.1, ProducedStep = 0.02;

    public static IEnumerable<WorldEvent> Of(Snapshot world, Machine machine, MachineTwin twin, Instant now)
    {
        MachineReport? last = world.MachineReports.Find(machine.Id);
        decimal? rate = Rate(twin, last);
        var (p10, p50) = Life(twin);
        Instant asOf = twin.AsOf ?? now;
        if (last is null || last.State != twin.State || last.Reason != twin.Reason || Moved(last.RatePerHour, rate, RateStep) || Moved(last.RemainingP50Hours, p50, LifeStep) || Moved(last.RemainingP10Hours, p10, LifeStep))
            yield return new WorldEvent.Put(new MachineReport(machine.Key, machine.Party, twin.State, twin.Since ?? asOf, twin.Reason, rate, p10, p50, asOf));
        if (twin.Lot.Length == 0 || twin.Produced is not { } produced) yield break;
        ProductionRun? run = world.ProductionRuns.FirstOrDefault(p => p.Machine == machine.Key && p.Lot.Value == twin.Lot && p.Status < OrderStatus.Completed);
        if (run is null || run.Quantity.Value <= 0) yield break;
        decimal good = Math.Min(run.Quantity.Value, produced);
        decimal? bad = twin.Rejected >= 0 ? twin.Rejected : run.Rejected;
        if (run.Status == OrderStatus.Confirmed && Math.Abs(good - run.Produced) < run.Quantity.Value * (decimal)ProducedStep && Math.Abs((bad ?? 0) - (run.Rejected ?? 0)) < run.Quantity.Value * (decimal)ProducedStep && (good < run.Quantity.Value || run.Produced >= run.Quantity.Value)) yield break;
        yield return new WorldEvent.Put(run with { Produced = good, Rejected = bad, Status = OrderStatus.Confirmed, Start = Instant.Min(run.Start, asOf), AsOf = asOf });
    }

    /// <summary>A machine that stands measures no rate, and the span in which it stopped gives a part of one: it keeps what it last measured running.</summary>
    private static decimal? Rate(MachineTwin twin, MachineReport? last) =>
        twin is { State: MachineState.Running, RatePerHour: > 0 and { } measured } ? Rounded(measured) : last?.RatePerHour;

    /// <summary>Remaining life as told; a statement that contradicts itself is none.</summary>
    private static (decimal? P10, decimal? P50) Life(MachineTwin twin)
    {
        decimal? p10 = twin.RemainingP10Hours is { } low ? Rounded(low) : null, p50 = twin.RemainingP50Hours is { } mid ? Rounded(mid) : null;
        return p10 < 0 || p50 < 0 || p50 < p10 ? (null, null) : (p10, p50);
    }

    private static bool Moved(decimal? before, decimal? now, double step) => (before, now) switch
    {
        (null, null) => false,
        (null, _) or (_, null) => true,
        var (b, n) => Math.Abs(n!.Value - b!.Value) > (decimal)step * Math.Max(1, Math.Abs(b.Value)),
    };

    private static decimal Rounded(double value) => Math.Round((decimal)Math.Clamp(value, -1e9, 1e9), 2);
}
