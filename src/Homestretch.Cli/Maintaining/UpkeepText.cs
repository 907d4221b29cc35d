using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Maintaining;
using Homestretch.World;

namespace Homestretch.Cli.Maintaining;

/// <summary>A work list as text and as JSON (docs/command-line.md has the shape).</summary>
internal static class UpkeepText
{
    public static void Print(TextWriter o, Snapshot world, WorkList list, IReadOnlyList<CrewJob> jobs)
    {
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"As of {PlanText.Text(list.Epoch)}, {list.PromisesKept:0.0} promises expected to be kept"));
        o.WriteLine($"{"machine",-10} {"state",-10} {"life left, h P10/P50",-22} {"fails first",11} {"behind",7} {"at stake",9} {"waiting costs",14}  best slot, good until");
        foreach (MachineUpkeep m in list.Machines)
            o.WriteLine($"{m.Machine,-10} {Words.Of(m.State),-10} {Life(m),-22} {(m.FailsFirst is { } f ? Percent(f) : "-"),11} {m.Promises,7} {(m.AtStake is { } s ? Signed(-s.Promises) : "unknown"),9} {(m.Best is null ? "-" : Number(m.WaitingCosts)),14}  {Best(m)}");
        foreach (CrewJob job in jobs)
            o.WriteLine($"crew: {job.Machine} {PlanText.Text(job.Slot.From)} to {PlanText.Text(job.Slot.To)}, wins {Number(job.Slot.Gain.Promises)} promises");
    }

    public static void Json(TextWriter o, Snapshot world, WorkList list, IReadOnlyList<CrewJob> jobs) => PlanText.Write(o, new
    {
        epoch = PlanText.Text(list.Epoch),
        world = list.WorldVersion,
        promises_kept = Round(list.PromisesKept),
        machines = list.Machines.Select(m => new
        {
            machine = m.Machine.Value,
            party = world.Machines[m.Machine].Party.Value,
            state = Words.Of(m.State),
            life = m.Life is { } life ? new { source = Words.Of(life.Source), p10_hours = Round(life.P10Hours), p50_hours = Round(life.P50Hours), p90_hours = Round(life.P90Hours) } : null,
            fails_first_share = m.FailsFirst is { } share ? Round(share.Value) : (double?)null,
            lots = m.Lots.Select(static l => l.Value),
            promises = m.Promises,
            at_stake = m.AtStake is { } stake ? Shape(stake) : null,
            planned = m.Planned is { } p ? new { maintenance = p.Id, from = PlanText.Text(p.From), to = PlanText.Text(p.To) } : null,
            waiting_costs_promises = Round(m.WaitingCosts),
            good_until = PlanText.Text(m.GoodUntil),
            best = m.Best is { } best ? Shape(best) : null,
            slots = m.Slots.Select(Shape),
        }),
        crew = jobs.Select(static j => new { machine = j.Machine.Value, maintenance = j.Work.Id, slot = Shape(j.Slot) }),
    });

    private static object Shape(PricedSlot s) => new { from = PlanText.Text(s.From), to = PlanText.Text(s.To), wins = Shape(s.Gain) };
    private static object Shape(Consequence c) => new { promises = Round(c.Promises), kits = Round(c.Kits), money = c.Money.Select(static m => new { minor = m.Minor, currency = m.Currency }), better = c.Better, worse = c.Worse };
    private static string Life(MachineUpkeep m) => m.Life is { } l ? string.Create(CultureInfo.InvariantCulture, $"{l.P10Hours:0} / {l.P50Hours:0}{(l.Source == LifeSource.MeanBetweenFailures ? ", no wear" : "")}") : "unknown";
    private static string Best(MachineUpkeep m) => m.Best is { } b ? $"{PlanText.Text(b.From)}, {PlanText.Text(m.GoodUntil)}" : m.AtStake is null ? "nothing reported" : m.Slots.Count == 0 ? "nothing to make" : "none is worth its stop";
    private static string Number(double x) => x.ToString("0.00", CultureInfo.InvariantCulture);
    private static string Signed(double x) => Math.Abs(x) < 0.005 ? "0" : x.ToString("+0.00;-0.00", CultureInfo.InvariantCulture);
    private static string Percent(Share x) => (x.Value * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
    private static double Round(double x) => Math.Round(x, 6);
}
