using Homestretch.Maintaining;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>What a machine's own reports speak for.</summary>
internal static class MachineSigns
{
    public static IEnumerable<Sign?> Of(Plan plan, Key<Machine> key, Watch watch)
    {
        if (plan.World.Machines.Find(key) is not { } machine || plan.World.MachineReports.Find(key.Value) is not { } report) yield break;
        var failing = new Failing(plan.Links, plan.Epoch, plan.Policy);
        ProductionRun[] queue = failing.Queue(plan.World, key);
        if (report.State == MachineState.Down) yield return new Sign.Down(key, report.Since, plan.Epoch - report.Since, report.Reason);
        else if (queue.Length > 0 && failing.First(plan.World, machine, report, queue) is var fails && fails.Value >= watch.LikelyFailure)
        {
            var (first, all) = failing.Hours(plan.World, machine, report, queue);
            yield return new Sign.PredictedStop(key, queue[0].Lot, (double?)report.RemainingP10Hours, (double?)report.RemainingP50Hours, first, all, fails);
        }
        yield return Silent(plan.Epoch, report, queue, watch);
    }

    /// <summary>Of the machines at work on a lot: that they are silent.</summary>
    public static IEnumerable<Sign?> OfLot(Plan plan, Lot lot, Watch watch) => lot.State >= LotState.Made ? [] : plan.Links.RunsOf(plan.World, lot.Key).Where(static r => r.Status == OrderStatus.Confirmed)
        .Select(r => plan.World.MachineReports.Find(r.Machine.Value) is { } report ? Silent(plan.Epoch, report, [r], watch) : null);

    /// <summary>Neither the machine nor the count of what it works on has been heard of for long.</summary>
    private static Sign.Silent? Silent(Instant t, MachineReport report, ProductionRun[] queue, Watch watch)
    {
        if (queue is not [{ Status: OrderStatus.Confirmed } run, ..]) return null;
        Instant word = Instant.Max(report.AsOf, run.AsOf);
        return t - word > watch.SilentMachine ? new($"machine:{report.Machine}", word, t - word, watch.SilentMachine) : null;
    }
}
