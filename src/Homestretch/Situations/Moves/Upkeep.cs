using Homestretch.Maintaining;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>The machine behind a situation stops for its maintenance before it fails.</summary>
internal static class Upkeep
{
    private static readonly UpkeepPolicy s_how = new();

    public static IEnumerable<Move> Of(Setting at)
    {
        if (at.Assessment.Cause.Kind != CauseKind.Machine || at.Plan.World.Machines.Find(at.Assessment.Cause.Key) is not { } machine) yield break;
        Maintenance[] stops = [.. at.Plan.World.Maintenance.Where(m => m.Machine == machine.Key && m.Status < OrderStatus.Completed)];
        Maintenance? planned = PlannedWork.Next(stops, at.Plan.Epoch);
        ProductionRun[] queue = [.. at.Plan.World.ProductionRuns.Where(r => r.Machine == machine.Key && r.Status is OrderStatus.Approved or OrderStatus.Confirmed)];
        foreach (var (from, to) in Candidates.Of(at.Plan.Epoch, s_how, planned is null ? s_how.Work : planned.To - planned.From, queue, [.. stops.Where(m => m.Key != planned?.Key)]))
            if (from != planned?.From) yield return _ => Service(at, machine, planned, from, to);
    }

    /// <summary>The supplier bears what its machine's maintenance costs.</summary>
    private static Remedy Service(Setting at, Machine machine, Maintenance? planned, Instant from, Instant to) =>
        new(RemedyKind.MoveMaintenance, planned is null ? $"Stop {machine.Name} for its maintenance on {at.Moment(from)}" : $"Move the maintenance of {machine.Name} to {at.Moment(from)}",
            [new WorldEvent.Put(PlannedWork.In(machine, planned, from, to))], [], from,
            [new(TaskKind.MaintenanceOrder, machine.Party, $"machines:{machine.Key}", $"Maintain {machine.Name} from {at.MomentAt(machine.Site, from)} to {at.MomentAt(machine.Site, to)}, the plant's time", from)]);
}
