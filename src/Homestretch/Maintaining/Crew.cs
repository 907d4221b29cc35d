using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Maintaining;

/// <summary>Work that a crew's hours are spent on.</summary>
/// <param name="Slot">With what it wins once the work before it on the list is done.</param>
public sealed record CrewJob(Key<Machine> Machine, PricedSlot Slot, Maintenance Work);

/// <summary>Where a limited number of crew hours wins most promises.</summary>
public static class Crew
{
    /// <summary>One after another the work that wins most promises an hour, each priced with all that was chosen before: two machines that hold the same kits are worth
    /// more, or less, together than alone. Greedy: no choice is taken back.</summary>
    /// <param name="hours">Crew time to spend.</param>
    public static IReadOnlyList<CrewJob> Of(Snapshot world, Instant t, PlanPolicy policy, Duration hours, UpkeepPolicy? how = null, CancellationToken cancel = default)
    {
        how ??= new();
        var pricing = new Pricing(Plan.Make(world, t, policy), how);
        var jobs = new List<CrewJob>();
        var waiting = world.Machines.ToList();
        for (Duration left = hours; left > Duration.Zero;)
        {
            cancel.ThrowIfCancellationRequested();
            var choices = waiting.Select(m => (Machine: m, Of: pricing.Of(m))).Where(c => c.Of.Best is { } best && best.To - best.From <= left).ToList();
            if (choices.Count == 0) break;
            var (machine, chosen) = choices.MaxBy(static c => c.Of.WaitingCosts / (c.Of.Best!.To - c.Of.Best.From).TotalHours);
            PricedSlot slot = chosen.Best!;
            jobs.Add(new(machine.Key, slot, PlannedWork.In(machine, chosen.Planned, slot.From, slot.To)));
            pricing.Take(machine, slot);
            waiting.Remove(machine);
            left -= slot.To - slot.From;
        }
        return jobs;
    }
}
