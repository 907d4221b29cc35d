using System.Globalization;
using Homestretch.Promising;
using Homestretch.Web.Showing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>A changed record as a sentence.</summary>
internal static class Causes
{
    /// <summary>So many records at once are an import or a plan, not an event.</summary>
    private const int Many = 50;

    public static string Of(Sight sight, Touch touch, int touched) => (touch.Before, touch.After) switch
    {
        (MachineReport b, MachineReport a) when a.State != b.State => $"{MachineName(sight, a.Machine)} {(a.State == MachineState.NoData ? "gives" : "is")} {Words.Of(a.State).Replace('-', ' ')}{(a.Reason.Length > 0 ? $": {a.Reason}" : "")}",
        (_, MachineReport { State: MachineState.Running, RemainingP50Hours: { } left } a) => $"{MachineName(sight, a.Machine)} has about {left:0} running hours left",
        (_, MachineReport a) => $"{MachineName(sight, a.Machine)} reports {Words.Of(a.State).Replace('-', ' ')}{(a.Reason.Length > 0 ? $": {a.Reason}" : "")}",
        (var b, Milestone m) => Of(sight, m, b as Milestone),
        (Lot b, Lot a) when a.State != b.State => $"Lot {a.Key} ({sight.ItemOf(a.Item)?.Name}) is {Words.Of(a.State)}",
        (Lot b, Lot a) when a.Ready != b.Ready => $"{sight.NameOf(a.Party)}: lot {a.Key} ({sight.ItemOf(a.Item)?.Name}) will be ready {sight.Said.Day(a.Ready)}, {Shift(a.Ready - b.Ready)}",
        (null, Lot a) when a.Id.StartsWith("PLAN-", StringComparison.Ordinal) => $"A purchase of {a.Quantity} {sight.ItemOf(a.Item)?.Name} is proposed",
        (_, Lot a) => $"Lot {a.Key} ({sight.ItemOf(a.Item)?.Name})",
        (_, ProductionRun r) => $"{MachineName(sight, r.Machine)} has made {r.Produced:0} of {r.Quantity} for lot {r.Lot}",
        (_, Maintenance { Status: OrderStatus.Cancelled } m) => $"Maintenance of {MachineName(sight, m.Machine)} was called off",
        (Maintenance b, Maintenance m) when b.From != m.From => $"Maintenance of {MachineName(sight, m.Machine)} moves to {sight.Said.DayTime(m.From)}",
        (_, Maintenance { Status: OrderStatus.Completed } m) => $"Maintenance of {MachineName(sight, m.Machine)} is done",
        (_, Maintenance m) => $"Maintenance of {MachineName(sight, m.Machine)} is planned for {sight.Said.DayTime(m.From)}",
        (null, OrderLine o) => $"New order {o.Key} from {sight.NameOf(o.Customer)}",
        (OrderLine b, OrderLine o) when b.Status != o.Status => $"Order {o.Key} of {sight.NameOf(o.Customer)} is {Words.Of(o.Status)}",
        (OrderLine, OrderLine o) => $"Order {o.Key} of {sight.NameOf(o.Customer)} was changed",
        (_, Promise p) => $"{p.By} promised {p.OrderLine} for {sight.Said.Day(p.Date)}: {p.Reason}",
        (_, Pin p) => $"{p.By} pinned {Words.Of(p.Kind)} of {p.Target}: {p.Reason}",
        (Pin p, null) => $"The pin on {p.Target} was released",
        (_, Stock s) => $"Stock of {sight.ItemOf(s.Item)?.Name ?? s.Item.Value} is {s.Quantity}",
        (null, PassageClosure c) => $"{Wording.Title(Passages.NameOf(c.Passage))} is closed to ships{(c.Until is { } until ? $" until {sight.Said.Day(until)}" : "")}{(c.Note.Length > 0 ? $": {c.Note}" : c.Source.Length > 0 ? $", says {c.Source}" : "")}",
        (PassageClosure { Until: var was }, PassageClosure c) when c.Until != was => $"{Wording.Title(Passages.NameOf(c.Passage))} {(c.Until is { } opens ? opens <= sight.Now ? "is open to ships again" : $"opens to ships on {sight.Said.Day(opens)}" : "stays closed to ships")}",
        (PassageClosure c, null) => $"The closure of {Passages.NameOf(c.Passage)} was withdrawn",
        (_, Build b) => $"Build {b.Key} is {Words.Of(b.Status)}",
        (_, null) => $"{Named(touch.Kind)} {touch.Key} was removed",
        _ => touched > 1 ? $"{touched} records came, {Named(touch.Kind)} among them" : $"{Named(touch.Kind)} {touch.Key}",
    };

    /// <summary>Of many records at once, what they were; null when one of them says it better.</summary>
    public static string? Together(IReadOnlyList<Touch> touched)
    {
        if (touched.Count > 0 && touched.All(static t => t is { After: null, Before: Unit or UnitPart or UnitStep })) return $"{Wording.Count(touched.Count(static t => t.Before is Unit), "unit")} that were done left for the archive";
        if (touched.Count(static t => (t.After ?? t.Before) is not (Unit or UnitPart or UnitStep)) < Many) return null;      // what went into a unit goes with its build
        (TableKind Kind, int Count)[] kinds = [.. touched.CountBy(static t => t.Kind).Select(static k => (k.Key, k.Value)).OrderByDescending(static k => k.Value).ThenBy(static k => k.Key.Name, StringComparer.Ordinal)];
        int Of(string table) => kinds.FirstOrDefault(k => k.Kind.Name == table).Count;
        if (kinds.All(static k => k.Kind.Name is "builds" or "pegs" or "lots" or "purchase_order_lines")) return $"The plan was laid out anew: {Wording.Count(Of("builds"), "build")} and {Wording.Count(Of("pegs"), "peg")} changed";
        return kinds.Length == 1 ? null : $"{Wording.Number(touched.Count)} records of {kinds.Length} tables came at once, {string.Join(", ", kinds.Take(3).Select(static k => $"{Wording.Number(k.Count)} {Named(k.Kind)}"))}{(kinds.Length > 3 ? " and more" : "")}";
    }

    /// <summary>'2.1 days later', '0.4 days earlier'.</summary>
    public static string Shift(Duration by) => $"{Math.Abs(by.TotalDays).ToString("0.0", CultureInfo.InvariantCulture)} days {(by > Duration.Zero ? "later" : "earlier")}";

    private static string Of(Sight sight, Milestone m, Milestone? before)
    {
        string load = Load(sight, m.Shipment), source = sight.NameOf(m.Source), day = sight.Said.Day(m.At);
        LaneStep? step = sight.World.Shipments.Find(m.Shipment) is { } s ? sight.World.LaneSteps.Find($"{s.Lane}|{m.Sequence:00}") : null;
        string place = step is null ? $"step {m.Sequence}" : sight.World.Sites.Find(step.To)?.Name ?? step.To.Value;
        if (m.Classifier == Classifier.Actual) return $"{load} {Done(step?.Kind, m.Edge, place)}";
        string moved = before is not null && Math.Abs((m.At - before.At).TotalDays) >= 0.1 ? $", {Shift(m.At - before.At)}" : "";
        return $"{source} {(m.Classifier == Classifier.Planned ? "plans" : "expects")} {load} {Ahead(step?.Kind, m.Edge, place)} {day}{moved}";
    }

    private static string Done(StepKind? kind, World.Edge edge, string place) => (kind, edge) switch
    {
        (StepKind.Leg, World.Edge.Begin) => $"left for {place}",
        (StepKind.Leg, _) => $"reached {place}",
        (StepKind.Wait, World.Edge.Begin) => $"waits for departure at {place}",
        (StepKind.Wait, _) => $"departed from {place}",
        (StepKind.Customs, World.Edge.Begin) => $"is in customs at {place}",
        (StepKind.Customs, _) => $"cleared customs at {place}",
        (StepKind.Receive, World.Edge.Begin) => $"is being received at {place}",
        (StepKind.Receive, _) => $"was received at {place}",
        _ => $"passed {place}",
    };

    private static string Ahead(StepKind? kind, World.Edge edge, string place) => (kind, edge) switch
    {
        (StepKind.Leg, World.Edge.Begin) => $"to leave for {place}",
        (StepKind.Leg, _) => $"at {place}",
        (StepKind.Wait, World.Edge.Begin) => $"to wait at {place} from",
        (StepKind.Wait, _) => $"to depart from {place}",
        (StepKind.Customs, World.Edge.Begin) => $"in customs at {place} from",
        (StepKind.Customs, _) => $"out of customs at {place}",
        (StepKind.Receive, World.Edge.Begin) => $"at the door of {place}",
        (StepKind.Receive, _) => $"received at {place}",
        _ => $"at {place}",
    };

    /// <summary>What a shipment carries: 'battery and motor (SHP-1)'.</summary>
    private static string Load(Sight sight, Key<Shipment> shipment)
    {
        string[] groups = [.. sight.World.Lots.Where(l => l.Shipment == shipment).Select(l => sight.ItemOf(l.Item)?.Group ?? "").Where(static g => g.Length > 0).Distinct()];
        return groups switch
        {
            [] => $"{shipment}",
            [var one] => $"{one} ({shipment})",
            [var one, var two] => $"{one} and {two} ({shipment})",
            [var one, var two, ..] => $"{one}, {two} and {groups.Length - 2} more ({shipment})",
        };
    }

    private static string MachineName(Sight sight, Key<Machine> machine) => sight.World.Machines.Find(machine) is { } m ? $"{m.Name} at {sight.NameOf(m.Party)}" : machine.Value;
    private static string Named(TableKind kind) => kind.Name.Replace('_', ' ');
}
