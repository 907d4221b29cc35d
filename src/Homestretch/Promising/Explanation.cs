using System.Globalization;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>One step of a lot's way in an explanation.</summary>
/// <param name="Sequence">0 is making; then the lane's steps.</param>
public sealed record ExplainedStep(int Sequence, LaneStep? Step, Instant? Begin, Instant? End, Instant? Seen, IReadOnlyList<Milestone> Evidence)
{
    public bool Done => End is not null;
    public bool Running => End is null && Begin is not null;
}

/// <summary>One part of a kit as it stands, without the chain behind it.</summary>
/// <param name="OnTime">P(there by the build's planned start).</param>
/// <param name="Lot">The lot it is pegged to; null for stock.</param>
public sealed record PeggedPart(Peg Peg, Item Item, Share OnTime, Lot? Lot, LotForecast? Arrival, bool Pinned);

/// <summary>One peg of the kit with the chain behind it.</summary>
/// <param name="Last">Share of samples in which it came last.</param>
/// <param name="OnTime">P(there by the build's planned start).</param>
/// <param name="ADayEarlier">Days won at the promised confidence if it came a day earlier.</param>
/// <param name="Lot">The lot; null for stock.</param>
public sealed record ExplainedPeg(Peg Peg, Item Item, Share Last, Share OnTime, double ADayEarlier, Lot? Lot, LotForecast? Arrival,
    IReadOnlyList<ExplainedStep> Steps, bool Pinned);

/// <summary>Why an order line's date is what it is.</summary>
/// <param name="Reasons">In plain sentences, the weightiest first.</param>
/// <param name="LineP90Days">Days at P90 between a whole kit and the end of its work: waiting for the line and the work itself.</param>
/// <param name="Earlier">What would make it a day earlier, in a sentence.</param>
public sealed record Explanation(Forecast Forecast, Build? Build, IReadOnlyList<ExplainedPeg> Pegs, IReadOnlyList<string> Reasons,
    double LineP90Days, string Earlier, IReadOnlyList<Pin> Pins);

internal static class Explaining
{
    public static Explanation? Of(Plan plan, PlanLayout layout, Evaluation evaluation, LotFutures futures, Key<OrderLine> orderLine)
    {
        if (plan.Of(orderLine) is not { } forecast) return null;
        Pin[] pins = [.. plan.World.Pins.Where(p => p.Target == orderLine.Value)];
        if (forecast is not Forecast.Dated dated)
            return new(forecast, null, [], [.. ((Forecast.Unknown)forecast).Reasons.Select(static r => r.What)], 0, "", pins);
        int b = layout.BuildOf[orderLine.Value];
        ExplainedPeg[] pegs = [.. Pegs(plan, layout, evaluation, futures, b, pins).OrderByDescending(static p => p.Last.Value)];
        double line = (Seconds.At(OrderStatistics.Quantile(evaluation.EndsOf(b), 0.9), plan.Epoch) - dated.ReadyP90).TotalDays;
        return new(forecast, dated.Build, pegs, [.. Reasons(plan, dated, pegs, line)], line, Earlier(dated, pegs, line), pins);
    }

    /// <summary>The parts of a planned kit, in the order of its pegs.</summary>
    public static IEnumerable<PeggedPart> Parts(Plan plan, PlanLayout layout, LotFutures futures, int b, IReadOnlyCollection<Pin> pins)
    {
        int[] supplies = layout.Planned.Pegs(b).ToArray();
        Need need = layout.Builds[b];
        int start = Math.Max(0, Seconds.Of(need.Held!.Start, plan.Epoch));
        foreach (int index in supplies)
        {
            Supply supply = layout.Supplies[index];
            Item item = layout.Needs.Items[supply.Item].Item;
            Lot? lot = supply.Lot is { } laid ? plan.World.Lots[laid.Key] : null;    // the lot may have moved since the plan was laid out
            Peg peg = plan.World.Pegs[new Key<Peg>($"{need.Held.Key}|{item.Key}|{supply.Name}")];
            Share onTime = new(OrderStatistics.CountUpTo(futures.Arrivals[index], start) / (double)plan.Policy.Samples);
            yield return new(peg, item, onTime, lot, lot is null ? null : futures.Forecast(lot), pins.Any(x => x.Kind == PinKind.Peg && x.Value == supply.Name));
        }
    }

    private static IEnumerable<ExplainedPeg> Pegs(Plan plan, PlanLayout layout, Evaluation evaluation, LotFutures futures, int b, Pin[] pins)
    {
        PeggedPart[] parts = [.. Parts(plan, layout, futures, b, pins)];
        int[] last = new int[parts.Length];
        evaluation.CountLast(b, last);
        for (int k = 0; k < parts.Length; k++)
        {
            PeggedPart p = parts[k];
            yield return new(p.Peg, p.Item, new(last[k] / (double)plan.Policy.Samples), p.OnTime, ADayEarlier(plan, evaluation, b, k), p.Lot, p.Arrival,
                p.Lot is { } l ? [.. LotWay.Of(plan.World, l, plan.Epoch, plan.Policy).Steps.Select(static s => new ExplainedStep(s.Sequence, s.Step, s.Begin, s.End, s.Seen, s.Evidence))] : [], p.Pinned);
        }
    }

    /// <summary>Days won on the date at the plan's promise confidence if one peg came a day earlier, all else as it is.</summary>
    private static double ADayEarlier(Plan plan, Evaluation evaluation, int b, int peg)
    {
        int[] asIs = new int[plan.Policy.Samples];
        evaluation.CopyDates(b, asIs);
        int[] earlier = evaluation.SamplesIfEarlier(b, peg, Seconds.Day);
        double c = plan.Policy.PromiseConfidence;
        return Seconds.Days((long)OrderStatistics.Quantile(asIs, c) - OrderStatistics.Quantile(earlier, c));
    }

    private static IEnumerable<string> Reasons(Plan plan, Forecast.Dated dated, ExplainedPeg[] pegs, double line)
    {
        if (pegs.FirstOrDefault() is { Last.Value: > 0 } gate)
        {
            string arrival = gate.Arrival is { } a ? $"; nine times in ten it is here by {Day(plan, dated, a.P90)}" : ", in stock";
            yield return $"{gate.Item.Name} ({Named(gate.Peg)}) comes last in {Percent(gate.Last)} of futures{arrival}.";
            if (gate.Lot is { } lot && OnMachine(plan, dated, lot) is { } machine) yield return machine;
            if (gate.Arrival is { Overdue: true } late) yield return late.AsOf is { } word ? $"The step it is in should have ended; the last word is of {Day(plan, dated, word)}." : "The step it is in should have ended, and nobody has reported.";
        }
        foreach (ExplainedPeg peg in pegs.Skip(1).Where(static p => p.Last.Value >= 0.1))
            yield return $"{peg.Item.Name} ({Named(peg.Peg)}) comes last in {Percent(peg.Last)}.";
        yield return string.Create(CultureInfo.InvariantCulture, $"Line {dated.Build.Line}: {line:0.0} days at P90 from a whole kit to the end of work.");
        if (dated.Promise is { } promise)
            yield return $"The promise of {Day(plan, dated, promise.Date)} is kept in {Percent(dated.Kept!.Value)} of futures.";
    }

    /// <summary>'lot X', 'stock X'.</summary>
    private static string Named(Peg peg) => peg.Supply.Replace(':', ' ');

    private static string Percent(Share share) => string.Create(CultureInfo.InvariantCulture, $"{share.Value * 100:0} %");

    /// <summary>A day as the hub that builds the order says it.</summary>
    private static string Day(Plan plan, Forecast.Dated dated, Instant at, string pattern = "ddd d MMM uuuu")
    {
        Site? hub = plan.World.Sites.Find(plan.World.OrderLines[dated.OrderLine].Hub);
        DateTimeZone zone = hub is null ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(hub.TimeZone) ?? DateTimeZone.Utc;
        return at.InZone(zone).LocalDateTime.ToString(pattern, CultureInfo.InvariantCulture);
    }

    /// <summary>What the machine that makes a lot says of itself; null when the lot is made already or on no known machine.</summary>
    private static string? OnMachine(Plan plan, Forecast.Dated dated, Lot lot)
    {
        if (plan.World.ProductionRuns.FirstOrDefault(r => r.Lot == lot.Key && r.Status is OrderStatus.Approved or OrderStatus.Confirmed) is not { } run) return null;
        Machine machine = plan.World.Machines[run.Machine];
        if (plan.World.MachineReports.Find(run.Machine.Value) is not { } report) return $"{machine.Name} ({machine.Key}) makes it and has not reported.";
        string reason = report.Reason.Length > 0 ? $": {report.Reason}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{machine.Name} ({machine.Key}) makes it: {Words.Of(report.State)} since {Day(plan, dated, report.Since, "ddd d MMM uuuu HH':'mm")}{reason}, {run.Produced:0.##} of {run.Quantity} made.");
    }

    private static string Earlier(Forecast.Dated dated, ExplainedPeg[] pegs, double line)
    {
        ExplainedPeg? best = pegs.MaxBy(static p => p.ADayEarlier);
        if (best is null || best.ADayEarlier < 0.05)
            return pegs.Count(static p => p.Last.Value > 0.1) is > 1 and var many ? $"No single part: {many} parts share the gate." : $"No single part: line {dated.Build.Line} sets the date.";
        return string.Create(CultureInfo.InvariantCulture, $"{best.Item.Name} ({Named(best.Peg)}) a day earlier wins {best.ADayEarlier:0.0} days at the promised confidence.");
    }
}
