using Homestretch.Promising.Kernel;

namespace Homestretch.Tests.Promising.Kernel;

/// <summary>The kernel said again, slowly and plainly: one sample at a time, in working seconds, by the words of the rule.</summary>
internal static class SlowTwin
{
    internal static int Ready(Scenario plan, int build, int sample)
    {
        int ready = plan.Builds[build].Floor;
        foreach (int lot in plan.Builds.Pegs(build)) ready = Math.Max(ready, plan.Arrivals[lot][sample]);
        return ready;
    }

    /// <summary>End of every build in one sample, calendar seconds.</summary>
    internal static int[] Ends(Scenario plan, int sample)
    {
        int[] ends = new int[plan.Builds.Count];
        for (int line = 0; line < plan.Lines.Length; line++) RunLine(plan, line, sample, ends);
        return ends;
    }

    private static void RunLine(Scenario plan, int line, int sample, int[] ends)
    {
        (LineCalendar calendar, int window, int freeFrom) = plan.Lines[line];
        List<int> undone = [.. Enumerable.Range(0, plan.Builds.Count)
            .Where(b => plan.Builds[b].Line == line && !plan.Builds.Withdrawn[b]).OrderBy(b => plan.Builds[b].PlannedStart).ThenBy(b => plan.Builds[b].Tie).ThenBy(b => b)];
        long Planned(int b) => calendar.ToWork(plan.Builds[b].PlannedStart) - plan.Builds[b].Passed;
        long ReadyWork(int b) => calendar.ToWork(Ready(plan, b, sample));
        long free = calendar.ToWork(freeFrom);
        while (undone.Count > 0)
        {
            int holder = undone.FindIndex(b => Planned(b) + window >= free);
            int firstConfirmed = undone.FindIndex(b => plan.Builds[b].Confirmed);
            List<int> candidates = window == 0 ? undone[..1] : [.. undone.Where((b, i) =>
                (holder < 0 || i < holder || Planned(b) <= Planned(undone[holder]) + window)
                && (!plan.Builds[b].Confirmed || i == firstConfirmed))];
            int chosen = candidates.FindIndex(b => ReadyWork(b) <= free);
            if (chosen < 0)
            {
                long soonest = candidates.Min(ReadyWork);
                free = window == 0 || holder < 0 ? soonest : Math.Min(soonest, Planned(undone[holder]) + window + 1);
                continue;
            }
            int build = candidates[chosen];
            free += plan.Builds[build].Work;
            ends[build] = free > calendar.Horizon ? Futures.Never : Math.Min(Futures.Never, calendar.EndToCalendar((int)free));
            undone.Remove(build);
        }
    }

    /// <summary>What ends while its way is shut leaves when it opens.</summary>
    private static int Leaves(Scenario plan, PlannedBuild row, int end)
    {
        if (plan.Shut is null || row.OutboundRow < 0) return end;
        while (plan.Shut[row.OutboundRow].FirstOrDefault(s => end >= s.From && end < s.Until) is { Until: > 0 } held) end = held.Until;
        return end;
    }

    internal static BuildDates Judge(Scenario plan, int build, int[][] endsBySample)
    {
        PlannedBuild row = plan.Builds[build];
        int samples = plan.Arrivals.Samples;
        int[] dates = [.. Enumerable.Range(0, samples).Select(s => (int)Math.Min(Futures.Never,
            (long)Leaves(plan, row, endsBySample[s][build]) + row.Outbound + (row.OutboundRow < 0 ? 0 : plan.Outbounds[row.OutboundRow][s])))];
        int[] ready = [.. Enumerable.Range(0, samples).Select(s => Ready(plan, build, s))];
        (int gate, int last) = (-1, 0);
        for (int peg = 0; peg < plan.Builds.Pegs(build).Length; peg++)
        {
            int lot = plan.Builds.Pegs(build)[peg];
            int count = Enumerable.Range(0, samples).Count(s => plan.Arrivals[lot][s] == ready[s] && ready[s] > row.Floor);
            if (count > last) (gate, last) = (peg, count);
        }
        double onTime = row.Promised == Futures.Never ? 1 : dates.Count(d => d <= row.Promised) / (double)samples;
        return new(new(Quantile(dates, 50), Quantile(dates, 80), Quantile(dates, 90), Quantile(dates, 95)), gate,
            last / (double)samples, ready.Count(r => r <= row.PlannedStart) / (double)samples, onTime);
    }

    /// <summary>Smallest value with at least p percent of all values not above it.</summary>
    internal static int Quantile(int[] values, int percent) =>
        values.Order().First(x => values.Count(v => v <= x) * 100L >= (long)percent * values.Length);
}
