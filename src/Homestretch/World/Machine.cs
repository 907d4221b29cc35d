using NodaTime;

namespace Homestretch.World;

/// <summary>State of a machine as telemetry has it (ISA-95). No data is a state of its own.</summary>
public enum MachineState { NoData, Running, Idle, Down, Changeover }

/// <summary>A supplier's equipment.</summary>
/// <param name="Device">Sparkplug address 'group/node/device' whose metrics are this machine's; empty when not connected.</param>
/// <param name="RatePerHour">Good pieces per hour when it runs as it should.</param>
/// <param name="BetweenFailuresHours">Mean running hours between failures; null when unknown.</param>
/// <param name="RepairP50Hours">Median hours to repair, with <paramref name="RepairP90Hours"/> a lognormal time.</param>
/// <param name="Kind">Machines of one kind wear alike and share a model of remaining life; empty: of no kind that others share.</param>
public sealed record Machine(Key<Machine> Key, Key<Party> Party, Key<Site> Site, string Name, string Device, decimal RatePerHour,
    decimal? BetweenFailuresHours, decimal RepairP50Hours, decimal RepairP90Hours, string Kind = "") : IRecord<Machine>
{
    public static string TableName => "machines";
    public static string TableDoc => "A supplier's machine: where it stands, how fast it is, how it fails.";
    public string Id => Key.Value;

    public static Machine Shape(Fields f, Machine? x) => new(
        f.Own("machine", x?.Key, "Short code of the machine, unique."),
        f.Ref("party", x?.Party, "Supplier that runs it."),
        f.Ref("site", x?.Site, "Plant it stands in."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.Text("device", x?.Device, "Sparkplug address group/node/device; empty when not connected.", ""),
        f.Number("rate_per_hour", x?.RatePerHour, "Good pieces per hour when it runs as it should."),
        f.OptionalNumber("between_failures_hours", x?.BetweenFailuresHours, "Mean running hours between failures; empty when unknown."),
        f.Number("repair_p50_hours", x?.RepairP50Hours, "Median hours to repair.", 8),
        f.Number("repair_p90_hours", x?.RepairP90Hours, "90th percentile of hours to repair.", 48),
        f.Text("kind", x?.Kind, "What it shares a model of remaining life with, such as a maker's type; empty: nothing.", ""));
}

/// <summary>The last material change a machine reported; folded from telemetry, never one per message.</summary>
/// <param name="Since">When the state began.</param>
/// <param name="RatePerHour">Good pieces per running hour as last measured while it ran; null when not measured yet.</param>
/// <param name="RemainingP50Hours">Remaining useful life, median running hours, with P10 below it; null: no statement.</param>
public sealed record MachineReport(Key<Machine> Machine, Key<Party> Party, MachineState State, Instant Since, string Reason,
    decimal? RatePerHour, decimal? RemainingP10Hours, decimal? RemainingP50Hours, Instant AsOf) : IRecord<MachineReport>
{
    public static string TableName => "machine_reports";
    public static string TableDoc => "What a machine last reported that matters to a plan: state, rate, remaining life.";
    public string Id => Machine.Value;

    public static MachineReport Shape(Fields f, MachineReport? x) => new(
        f.Ref("machine", x?.Machine, "Machine."),
        f.Ref("party", x?.Party, "Supplier that runs it."),
        f.Choice("state", x?.State, "State.", MachineState.NoData),
        f.Moment("since", x?.Since, "When the state began."),
        f.Text("reason", x?.Reason, "Reason the machine gave; empty when none.", ""),
        f.OptionalNumber("rate_per_hour", x?.RatePerHour, "Good pieces per running hour as last measured while it ran; empty when not measured."),
        f.OptionalNumber("remaining_p10_hours", x?.RemainingP10Hours, "Running hours it survives nine times in ten; empty: no statement."),
        f.OptionalNumber("remaining_p50_hours", x?.RemainingP50Hours, "Median running hours left; empty: no statement."),
        f.Moment("as_of", x?.AsOf, "Time of the latest telemetry behind the report."));
}

/// <summary>The lot a machine is working on.</summary>
/// <param name="Produced">Good pieces so far, in the item's unit.</param>
/// <param name="Rejected">Rejected pieces so far, likewise; null: nobody has said.</param>
public sealed record ProductionRun(Key<ProductionRun> Key, Key<Party> Party, Key<Machine> Machine, Key<Lot> Lot, Quantity Quantity,
    decimal Produced, Instant Start, OrderStatus Status, Instant AsOf, decimal? Rejected = null) : IRecord<ProductionRun>
{
    public static string TableName => "production_runs";
    public static string TableDoc => "A machine making a lot: how many of how many, as of when.";
    public string Id => Key.Value;

    public static ProductionRun Shape(Fields f, ProductionRun? x) => new(
        f.Own("run", x?.Key, "Run number, unique."),
        f.Ref("party", x?.Party, "Supplier."),
        f.Ref("machine", x?.Machine, "Machine."),
        f.Ref("lot", x?.Lot, "Lot being made."),
        f.Quantity("quantity", x?.Quantity, "Amount to make."),
        f.Number("produced", x?.Produced, "Good amount made so far, in the item's unit.", 0),
        f.Moment("start", x?.Start, "When it began or is planned to begin."),
        f.Choice("status", x?.Status, "Approved: planned; confirmed: running; completed: done."),
        f.Moment("as_of", x?.AsOf, "Time of the latest count."),
        f.OptionalNumber("rejected", x?.Rejected, "Rejected amount so far; empty when nobody has said."));
}

/// <summary>A planned stop of a machine.</summary>
public sealed record Maintenance(Key<Maintenance> Key, Key<Party> Party, Key<Machine> Machine, Instant From, Instant To, OrderStatus Status, string Work)
    : IRecord<Maintenance>
{
    public static string TableName => "maintenance";
    public static string TableDoc => "A planned stop of a machine.";
    public string Id => Key.Value;

    public static Maintenance Shape(Fields f, Maintenance? x) => new(
        f.Own("maintenance", x?.Key, "Work order number, unique."),
        f.Ref("party", x?.Party, "Supplier."),
        f.Ref("machine", x?.Machine, "Machine."),
        f.Moment("from", x?.From, "When the machine stops."),
        f.Moment("to", x?.To, "When it can run again."),
        f.Choice("status", x?.Status, "Where the work stands."),
        f.Text("work", x?.Work, "What is done.", ""));
}
