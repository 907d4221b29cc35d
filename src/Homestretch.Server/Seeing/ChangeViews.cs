using Homestretch.Promising;
using Homestretch.Server.Live;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>What happened and what it did: cause -> consequence, ranked by days of delay times what they touch.</summary>
internal static class ChangeViews
{
    public static IReadOnlyList<ChangeView> Of(Sight sight, int most) => [.. sight.Changes.Where(static c => c.Touched.Count > 0).Reverse().Take(most).Select(c => One(sight, c))];

    private static ChangeView One(Sight sight, Change c)
    {
        Touch cause = c.Touched.OrderBy(static t => Weight(t.After ?? t.Before)).First();
        Moved? worst = c.Moved.MaxBy(static m => Math.Abs(m.DaysP90));
        double days = worst?.DaysP90 ?? 0;
        int endangered = c.Moved.Count(m => Kept(m.Before) >= sight.Plan.Policy.RiskBelow && Kept(m.After) < sight.Plan.Policy.RiskBelow);
        IRecord? record = cause.After ?? cause.Before;
        return new(c.Version, c.At, ReportedAt(record) ?? c.At, cause.Kind.Name, cause.Key, Cause(sight, cause, c.Touched.Count), Consequence(sight, worst, c.Moved.Count, endangered), days,
            c.Moved.Count, endangered, Math.Abs(days) * (1 + c.Moved.Count) + 20 * endangered, worst?.OrderLine.Value, LotOf(sight, record), MachineOf(record));
    }

    /// <summary>Which of several touched records names the cause best.</summary>
    private static int Weight(IRecord? record) => record switch
    {
        MachineReport => 0, Milestone => 1, Lot => 2, ProductionRun => 3, OrderLine => 4, Promise => 5, Pin => 6, PurchaseOrderLine => 7, Stock => 8, Build => 9, _ => 10,
    };

    private static double Kept(Forecast? f) => f is Forecast.Dated { Kept: { } kept } ? kept.Value : f is null ? 1 : 0;

    private static string Cause(Sight sight, Touch touch, int touched) => (touch.Before, touch.After) switch
    {
        (MachineReport b, MachineReport a) when a.State != b.State => $"{MachineName(sight, a)} is {Words.Of(a.State).Replace('-', ' ')}{(a.Reason.Length > 0 ? $": {a.Reason}" : "")}",
        (_, MachineReport a) when a.RemainingP50Hours is { } left => $"{MachineName(sight, a)}: about {left:0} running hours left",
        (_, MachineReport a) => $"{MachineName(sight, a)} reports {Words.Of(a.State).Replace('-', ' ')}",
        (_, Milestone m) => $"{m.Shipment}: {StepName(sight, m)} {Words.Of(m.Edge)} {Words.Of(m.Classifier)} by {sight.NameOf(m.Source)}",
        (Lot b, Lot a) when a.State != b.State => $"Lot {a.Key} ({sight.ItemOf(a.Item)?.Name}) is {Words.Of(a.State)}",
        (Lot b, Lot a) when a.Ready != b.Ready => $"Lot {a.Key} ({sight.ItemOf(a.Item)?.Name}) is ready {Shift(a.Ready - b.Ready)}",
        (_, Lot a) => $"Lot {a.Key} ({sight.ItemOf(a.Item)?.Name})",
        (_, ProductionRun r) => $"Run {r.Key}: {r.Produced:0} of {r.Quantity}",
        (null, OrderLine o) => $"New order {o.Key} from {sight.NameOf(o.Customer)}",
        (OrderLine, OrderLine o) => $"Order {o.Key} changed: {Words.Of(o.Status)}",
        (_, Promise p) => $"Promise {p.Version} for {p.OrderLine}: {p.Reason}",
        (_, Pin p) => $"{p.By} pinned {Words.Of(p.Kind)} of {p.Target}: {p.Reason}",
        (_, Stock s) => $"Stock of {sight.ItemOf(s.Item)?.Name ?? s.Item.Value} is {s.Quantity}",
        (_, Build b) => $"Build {b.Key} is {Words.Of(b.Status)}",
        (_, null) => $"{touch.Kind.Name} {touch.Key} removed",
        _ => touched > 1 ? $"{touched} records, {touch.Kind.Name} among them" : $"{touch.Kind.Name} {touch.Key}",
    };

    private static string Consequence(Sight sight, Moved? worst, int moved, int endangered)
    {
        if (worst is null) return "";
        if (worst.After is Forecast.Unknown) return $"{worst.OrderLine} has no date any more";
        if (worst.Before is not Forecast.Dated) return $"{worst.OrderLine} gets a date";
        if (Math.Abs(worst.DaysP90) < 0.05) return moved == 1 ? $"{worst.OrderLine} keeps its date" : $"{moved} orders keep their dates";
        string customer = sight.World.OrderLines.Find(worst.OrderLine) is { } o ? $" ({sight.NameOf(o.Customer)})" : "";
        string rest = moved > 1 ? $", {moved - 1} more moved" : "";
        return $"{worst.OrderLine}{customer} {Shift(Duration.FromDays(worst.DaysP90))} at P90{rest}{(endangered > 0 ? $", {endangered} promises at risk" : "")}";
    }

    private static string Shift(Duration by) => $"{Math.Abs(by.TotalDays):0.0} days {(by > Duration.Zero ? "later" : "earlier")}";
    private static string MachineName(Sight sight, MachineReport r) => sight.World.Machines.Find(r.Machine) is { } m ? $"{m.Name} at {sight.NameOf(m.Party)}" : r.Machine.Value;

    private static string StepName(Sight sight, Milestone m) =>
        sight.World.Shipments.Find(m.Shipment) is { } s && sight.World.LaneSteps.Find($"{s.Lane}|{m.Sequence:00}") is { } step
            ? $"{Words.Of(step.Kind)} to {sight.World.Sites.Find(step.To)?.Name ?? step.To.Value}" : $"step {m.Sequence}";

    private static Instant? ReportedAt(IRecord? record) => record switch { Milestone m => m.Reported, MachineReport r => r.AsOf, ProductionRun p => p.AsOf, _ => null };
    private static string? MachineOf(IRecord? record) => record switch { MachineReport r => r.Machine.Value, ProductionRun p => p.Machine.Value, Machine m => m.Id, _ => null };

    private static string? LotOf(Sight sight, IRecord? record) => record switch
    {
        Lot l => l.Id,
        ProductionRun p => p.Lot.Value,
        Milestone m => sight.World.Lots.FirstOrDefault(l => l.Shipment == m.Shipment)?.Id,
        _ => null,
    };
}
