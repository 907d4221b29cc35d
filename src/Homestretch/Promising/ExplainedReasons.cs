using System.Globalization;
using Homestretch.Arrivals;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Says what an explanation found in plain sentences, the weightiest first; days as the hub that builds the order says them, or in the zone of who reads.</summary>
internal sealed class ExplainedReasons(Plan plan, Links links, Forecast.Dated dated, ExplainedPeg[] pegs, Pin[] pins, double lineDays, LateReason late, (Bar Bar, Share Share)[] barred, DateTimeZone? zone)
{
    private const string Minute = "ddd d MMM uuuu HH':'mm";

    private readonly DateTimeZone _zone = zone ?? (plan.World.Sites.Find(plan.World.OrderLines[dated.OrderLine].Hub) is { } hub
        ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(hub.TimeZone) ?? DateTimeZone.Utc : DateTimeZone.Utc);

    public IEnumerable<string> Sentences()
    {
        if (pegs.FirstOrDefault() is { Last.Value: > 0 } gate)
        {
            string arrival = gate.Arrival is { } a ? $"; nine times in ten it is here by {Day(a.P90)}" : ", in stock";
            yield return $"{gate.Item.Name} ({Named(gate.Peg)}) comes last in {Percent(gate.Last)} of futures{arrival}.";
            if (gate.Lot is { } lot && OnMachine(lot) is { } machine) yield return machine;
            if (gate.Arrival is { Overdue: true } over)
                yield return over.AsOf is { } word ? $"The step it is in should have ended; the last word is of {Day(word)}." : "The step it is in should have ended, and nobody has reported.";
            if (gate.Steps.FirstOrDefault(static s => s is { Done: false, Fit: not null }) is { Fit: { } fit } learned) yield return Learned(learned, fit);
            foreach (ExplainedStep step in gate.Steps.Where(static s => s is { Done: false, Voyage: not null })) yield return $"{step.Voyage!.Said}.";
            foreach (string source in Sources(gate)) yield return source;
        }
        if (Cause() is { } cause) yield return cause;
        foreach (ExplainedPeg peg in pegs.Skip(1).Where(static p => p.Last.Value >= 0.1))
            yield return $"{peg.Item.Name} ({Named(peg.Peg)}) comes last in {Percent(peg.Last)}.";
        foreach (ExplainedPeg peg in pegs)
        {
            if (peg.InsteadOf is { } part) yield return $"{peg.Item.Name} ({peg.Item.Key}) stands in for {part.Name} ({part.Key}).";
            if (peg.Purchase is { Status: OrderStatus.Proposed } buy) yield return $"{peg.Item.Name} is not bought yet: {buy.Quantity} from {buy.Supplier} by {buy.Lane}, to be ordered by {Day(buy.Ordered)}.";
        }
        yield return Say($"Line {dated.Build.Line}: {lineDays:0.0} days at P90 from a whole kit to the end of work.");
        foreach (var (bar, share) in barred)
            yield return $"{plan.World.Documents.Find(bar.Document)?.Title ?? bar.Document.Value} keeps it at the hub in {Percent(share)} of futures: it is not in force {(bar.Until is { } open ? $"until {Day(open)}" : $"from {Day(bar.From)}, and nobody says until when")}.";
        if (dated.Promise is { } promise)
            yield return $"The promise of {Day(promise.Date)} is kept in {Percent(dated.Kept!.Value)} of futures.";
        foreach (Pin pin in pins)
            yield return $"Pin {pin.Key} by {pin.By} holds the {Words.Of(pin.Kind)} {(pin.Value.Length > 0 ? pin.Value : pin.Target)}{(pin.At is { } at ? $" at {Day(at, Minute)}" : "")}: {pin.Reason}.";
    }

    /// <summary>What would make it a day earlier.</summary>
    public string Earlier()
    {
        ExplainedPeg? best = pegs.MaxBy(static p => p.ADayEarlier);
        if (best is null || best.ADayEarlier < 0.05)
            return pegs.Count(static p => p.Last.Value > 0.1) is > 1 and var many ? $"No single part: {many} parts share the gate." : $"No single part: line {dated.Build.Line} sets the date.";
        return Say($"{best.Item.Name} ({Named(best.Peg)}) a day earlier wins {best.ADayEarlier:0.0} days at the promised confidence.");
    }

    /// <summary>What the time of the first step still to end was learned from.</summary>
    private string Learned(ExplainedStep step, LaneFit fit) =>
        Say($"Step {step.Sequence} of {fit.Lane} takes {fit.P50Days:0.0} days, nine times in ten {fit.P90Days:0.0} at most (stated: {step.Step!.P50Days:0.0} and {step.Step.P90Days:0.0}): learned from {fit.Count} executions, {Day(fit.From)} to {Day(fit.Until)}.");

    private string? Cause() => late switch
    {
        LateReason.MaterialShort => "It is late because others have the supply that comes in time.",
        LateReason.AwaitsSupply => "It is late because it awaits supply that is on its way.",
        LateReason.LeadTime => "It is late because the part must be bought and its lead time ends too late.",
        LateReason.Capacity => $"It is late because line {dated.Build.Line} has no slot in time.",
        LateReason.Policy => "It is late because a pin or a confirmed slot holds it there.",
        _ => null,
    };

    private IEnumerable<string> Sources(ExplainedPeg gate) => gate.Steps.SelectMany(static s => s.Estimates.Select(e => (Step: s, e.Eta, e.Record))).Select(e => e.Record is { Count: 0 }
        ? Say($"{Expects(e.Step, e.Eta)}; nobody has measured how well it estimates, an error of {e.Eta.ErrorDays:0.0} days is assumed.")
        : Say($"{Expects(e.Step, e.Eta)}; {(e.Record.Lane.Length > 0 ? $"on {e.Record.Lane}" : "on all lanes")} it was off by {e.Record.MeanAbsoluteDays:0.0} days on average in {e.Record.Count} {(e.Record.Count == 1 ? "case" : "cases")}, bias {e.Record.BiasDays:+0.0;-0.0;0.0}."));

    /// <summary>'Kestrel Ocean expects it at Rotterdam on Mon 7 Dec 2026'.</summary>
    private string Expects(ExplainedStep step, Eta eta) =>
        $"{plan.World.Parties.Find(eta.Source)?.Name ?? eta.Source} expects {(step.Step is { } s ? $"it at {plan.World.Sites.Find(s.To)?.Name ?? s.To.Value} on" : "it made on")} {Day(eta.Estimated)}";

    /// <summary>What the machine that makes a lot says of itself; null when the lot is made already or on no known machine.</summary>
    private string? OnMachine(Lot lot)
    {
        if (links.RunsOf(plan.World, lot.Key).FirstOrDefault(static r => r.Status is OrderStatus.Approved or OrderStatus.Confirmed) is not { } run) return null;
        Machine machine = plan.World.Machines[run.Machine];
        if (plan.World.MachineReports.Find(run.Machine.Value) is not { } report) return $"{machine.Name} ({machine.Key}) makes it and has not reported.";
        string reason = report.Reason.Length > 0 ? $": {report.Reason}" : "";
        return Say($"{machine.Name} ({machine.Key}) makes it: {Words.Of(report.State)} since {Day(report.Since, Minute)}{reason}, {run.Produced:0.##} of {run.Quantity} made.");
    }

    /// <summary>'lot X', 'stock X'.</summary>
    private static string Named(Peg peg) => peg.Supply.Replace(':', ' ');

    /// <summary>Never a rounded 0 or 100.</summary>
    private static string Percent(Share share) => share.Value switch { > 0 and < 0.01 => "<1 %", > 0.99 and < 1 => ">99 %", _ => Say($"{share.Value * 100:0} %") };

    private string Day(Instant at, string pattern = "ddd d MMM uuuu") => at.InZone(_zone).LocalDateTime.ToString(pattern, CultureInfo.InvariantCulture);

    private static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
