using Homestretch.Maintaining;
using Homestretch.Promising;
using Homestretch.Server.Twins;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>Machines ranked by what waiting costs, not by their alarms; until that is priced, and for other parties, by what waits for them.</summary>
internal static class MachineViews
{
    public static Page<MachineRow> Page(Sight sight, MachineQuery q, MachineTwins twins, WorkList? list) => Sight.PageOf([.. sight.World.Machines.Where(m => sight.Named(q.Supplier, m.Party)).Select(m => Row(sight, m, twins, list)).Where(r =>
        (q.State is null || r.State == q.State) && Sight.Matches(q.Text, r.Machine, r.Name, r.Supplier, r.Site, r.Lot ?? "", r.Item ?? ""))
        .OrderByDescending(static r => r.ConsequenceRank).ThenBy(static r => r.Machine, StringComparer.Ordinal)], q.Skip, q.Take);

    private static MachineRow Row(Sight sight, Machine m, MachineTwins twins, WorkList? list)
    {
        MachineReport? report = sight.World.MachineReports.Find(m.Id);
        ProductionRun? run = Runs.Of(sight.World).On(m.Key);
        Lot? lot = run is null ? null : sight.World.Lots.Find(run.Lot);
        var held = lot is null ? [] : sight.Plan.HeldBy(lot.Key);
        LotForecast? arrival = lot is null ? null : sight.Plan.Of(lot.Key);
        ReadyView? ready = lot is null ? null : SupplyViews.Ends(sight, lot).TryGetValue(0, out var end) ? new(end.P50, end.P90) : null;
        var left = Left(report, twins[m.Id]);
        MachineState state = report?.State ?? MachineState.NoData;
        double trouble = state switch { MachineState.Down => 3, MachineState.NoData => 1.5, _ => report?.RemainingP10Hours is { } life ? Math.Clamp(240 / Math.Max(1, (double)life), 0.2, 2.5) : 0.2 };
        return new(m.Id, m.Name, sight.NameOf(m.Party), sight.World.Sites.Find(m.Site)?.Name ?? m.Site.Value, state, report?.Since, report?.Reason ?? "", LastWord(report, twins[m.Id].AsOf),
            twins.Oee(m.Id, sight.Now)?.Value, (double?)report?.RatePerHour, left.P10, left.P50, lot?.Id, lot?.Item.Value,
            run is null || run.Quantity.Value == 0 ? null : (double)(run.Produced / run.Quantity.Value), ready?.P50, ready?.P90, held.Count,
            list is null ? trouble * (1 + held.Count + 4 * held.Count(static h => h.Gates)) : list.RankOf(m.Key) is >= 0 and var rank ? list.Machines.Count - rank : 0, UpkeepViews.Row(list, m.Key));
    }

    /// <param name="judge">Which edge speaks for a machine, and by which model it judges.</param>
    public static MachineView? One(Sight sight, string key, MachineTwins twins, WorkList? list, Func<Machine, (string Edge, int Model)?> judge)
    {
        if (sight.World.Machines.Find(key) is not { } machine) return null;
        Homestretch.Machines.Oee? oee = twins.Oee(key, sight.Now);
        ProductionRun? run = Runs.Of(sight.World).On(machine.Key);
        OrderRow[] behind = run is null ? [] : [.. sight.Plan.HeldBy(run.Lot).Select(h => sight.World.OrderLines.Find(h.OrderLine)).OfType<OrderLine>()
            .Select(o => OrderViews.Row(sight, o)).OrderBy(static r => r.KeptShare ?? 2)];
        return new(Row(sight, machine, twins, list), oee?.Known?.Value, oee?.Availability?.Value, oee?.Performance, oee?.Quality?.Value, twins[key].Produced, twins[key].Rejected, behind, [.. ChangeViews.Of(sight, 200).Where(c => c.Machine == key)],
            UpkeepViews.Life(machine, sight.World.MachineReports.Find(key), twins[key].RemainingP50Hours is not null, judge(machine)), UpkeepViews.Queue(sight, machine.Key), UpkeepViews.Planned(sight, machine.Key), UpkeepViews.Slots(sight, list, machine.Key));
    }

    public static MachinePeriod Period(Homestretch.Machines.PeriodSpent p, DateTimeZone zone) => new(p.Begin, p.Begin.InZone(zone).Date, p.Spent.Running.TotalHours, p.Spent.Idle.TotalHours, p.Spent.Down.TotalHours,
        p.Spent.Changeover.TotalHours, p.Spent.NoData.TotalHours, p.Spent.Good, p.Spent.Bad, p.Oee.Availability?.Value, p.Oee.Performance, p.Oee.Quality?.Value, p.Oee.Value);

    public static StopsView Stops(Homestretch.Machines.StopReport r, Homestretch.Machines.ShiftClock shifts, Duration micro) => new(r.From, r.To, r.Running.TotalHours, r.NoData.TotalHours, micro.TotalSeconds, r.MicroStops, r.MicroTime.TotalHours,
        [.. r.Sums.Select(static s => new StopSumView(s.Kind, s.Reason, s.Count, s.Time.TotalHours, s.Share))],
        [.. r.Stops.Reverse().Take(200).Select(s => new StopView(s.From, s.To, s.State, s.Kind, s.Reason, s.Micro, shifts.DayOf(s.From)))]);

    /// <summary>The twin hears every message; the report in the world only what matters to the plan.</summary>
    private static Instant? LastWord(MachineReport? report, Instant? heard) => report is null ? heard : Instant.Max(report.AsOf, heard ?? report.AsOf);

    /// <summary>Remaining life as last told: the twin's when it heard of it since the report and the statement does not contradict itself.</summary>
    private static (double? P10, double? P50) Left(MachineReport? report, Homestretch.Machines.MachineTwin twin) =>
        twin is { RemainingP10Hours: >= 0 and { } p10, RemainingP50Hours: { } p50 } && p50 >= p10 && twin.AsOf >= report?.AsOf ? (p10, p50) : ((double?)report?.RemainingP10Hours, (double?)report?.RemainingP50Hours);

    private sealed record ReadyView(Instant P50, Instant P90);
}
