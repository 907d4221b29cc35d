using NodaTime;

namespace Homestretch.World;

public enum UnitState { InWork, Paused, Complete, Scrapped }

/// <summary>One serial number: a finished product, or one that is becoming one.</summary>
/// <param name="Operator">Pseudonym of who began it.</param>
public sealed record Unit(Key<Unit> Key, Key<Party> Party, Key<Build> Build, Key<Item> Family, Key<Market> Market, UnitState State, Instant Begun, Instant? Completed, string Operator) : IRecord<Unit>
{
    public static string TableName => "units";
    public static string TableDoc => "One serial number of a finished product and the build that made it.";
    public string Id => Key.Value;

    public static Unit Shape(Fields f, Unit? x) => new(
        f.Own("serial", x?.Key, "Serial number, unique."),
        f.Ref("party", x?.Party, "Party that builds it."),
        f.Ref("build", x?.Build, "Build that it belongs to."),
        f.Ref("family", x?.Family, "Product family."),
        f.Ref("market", x?.Market, "Market it is finished for."),
        f.Choice<UnitState>("state", x?.State, "Where it stands.", UnitState.InWork),
        f.Moment("begun", x?.Begun, "When it was begun."),
        f.OptionalMoment("completed", x?.Completed, "When it was done; empty: not yet."),
        f.Text("operator", x?.Operator, "Pseudonym of who began it.", ""));
}

/// <summary>A part in a unit: its as-built record.</summary>
/// <param name="Number">Running number in the unit, from 1.</param>
/// <param name="TakenOut">When it came out again; null: it is in.</param>
public sealed record UnitPart(Key<Unit> Unit, int Number, Key<Party> Party, Key<Item> Item, string Revision, string LotNumber, string PartSerial, Quantity Quantity, Instant Fitted, Instant? TakenOut,
    string Operation) : IRecord<UnitPart>
{
    public static string TableName => "unit_parts";
    public static string TableDoc => "A part that went into a unit: item, revision, lot and serial number; the unit's as-built record.";
    public string Id => $"{Unit}|{Number:000}";

    public static UnitPart Shape(Fields f, UnitPart? x) => new(
        f.Ref("serial", x?.Unit, "Unit it went into."),
        f.Whole("number", x?.Number, "Running number in the unit, from 1."),
        f.Ref("party", x?.Party, "Party that builds the unit."),
        f.Ref("item", x?.Item, "Item."),
        f.Text("revision", x?.Revision, "Revision as received; empty when unknown.", ""),
        f.Text("lot_number", x?.LotNumber, "Lot it came in; empty when unknown.", ""),
        f.Text("part_serial", x?.PartSerial, "Serial number of the part; empty: it has none.", ""),
        f.Quantity("quantity", x?.Quantity, "Amount."),
        f.Moment("fitted", x?.Fitted, "When it was fitted."),
        f.OptionalMoment("taken_out", x?.TakenOut, "When it came out again; empty: it is in."),
        f.Text("operation", x?.Operation, "Operation on the floor that told it.", ""));
}

public enum WorkKind
{
    /// <summary>A part goes in; its lot is scanned.</summary>
    Fit,

    /// <summary>Something is done and seen to be right.</summary>
    Check,

    /// <summary>Something is measured, with limits.</summary>
    Measure,

    /// <summary>Firmware is installed; its hash is compared.</summary>
    Firmware,

    /// <summary>A label or document is put on or in.</summary>
    Label,

    /// <summary>Test at the end of the line.</summary>
    Test,
}

/// <summary>A step in the work of finishing a family, for the variants that it applies to.</summary>
/// <param name="When">Condition on market and options.</param>
/// <param name="Item">Part that goes in, or whose revision decides whether the step applies.</param>
/// <param name="Revision">Revision of the part as received for which the step applies; empty: every.</param>
/// <param name="Tolerances">What is measured and between which limits.</param>
/// <param name="Language">Language of title and text; empty: not recorded.</param>
public sealed record WorkStep(Key<Item> Family, string Step, Key<Party> Party, WorkKind Kind, string Title, string Text, Condition When, Key<Item>? Item, string Revision, Tolerances Tolerances,
    LocalDate? From, LocalDate? To, string Language = "") : IRecord<WorkStep>
{
    public static string TableName => "work_steps";
    public static string TableDoc => "A step in the work of finishing a family: what is done, for which variants, with which limits. Steps are done in order.";
    public string Id => $"{Family}|{Step}";

    public static WorkStep Shape(Fields f, WorkStep? x) => new(
        f.Ref("family", x?.Family, "Product family."),
        f.Part("step", x?.Step, "Number of the step, such as 010; steps are done in this order."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Choice("kind", x?.Kind, "Kind of work."),
        f.Text("title", x?.Title, "What is done, in a few words."),
        f.Text("text", x?.Text, "How it is done.", ""),
        f.Parsed("when", x?.When, "Condition on market and options; empty: always.", "condition", Condition.Parse),
        f.OptionalRef("item", x?.Item, "Part that goes in, or whose revision decides."),
        f.Text("revision", x?.Revision, "Revision of the part as received for which it applies; empty: every.", ""),
        f.Parsed("tolerances", x?.Tolerances, "What is measured and between which limits, as torque=22..26 Nm; insulation=2.. MOhm.", "tolerances", Tolerances.Parse),
        f.OptionalDate("from", x?.From, "First day it applies; empty: always."),
        f.OptionalDate("to", x?.To, "First day it no longer applies; empty: open."),
        f.Text("language", x?.Language, "Language of title and text as in BCP 47, such as en; empty: not recorded.", ""));
}

/// <summary>A step of work that was done on a unit.</summary>
/// <param name="Attempt">1 is the first.</param>
/// <param name="Passed">Whether it came out right; a later attempt that did not undoes an earlier one.</param>
public sealed record UnitStep(Key<Unit> Unit, string Step, int Attempt, Key<Party> Party, YesNo Passed, string Values, string Operator, Instant Done, string Operation) : IRecord<UnitStep>
{
    public static string TableName => "unit_steps";
    public static string TableDoc => "A step of work that was done on a unit, with what was measured; the last attempt counts.";
    public string Id => $"{Unit}|{Step}|{Attempt:000}";

    public static UnitStep Shape(Fields f, UnitStep? x) => new(
        f.Ref("serial", x?.Unit, "Unit."),
        f.Part("step", x?.Step, "Number of the step."),
        f.Whole("attempt", x?.Attempt, "1 is the first."),
        f.Ref("party", x?.Party, "Party that builds the unit."),
        f.Choice("passed", x?.Passed, "Whether it came out right; the last attempt counts."),
        f.Text("values", x?.Values, "What was measured, as name=value; name=value.", ""),
        f.Text("operator", x?.Operator, "Pseudonym of who did it.", ""),
        f.Moment("done", x?.Done, "When it was done."),
        f.Text("operation", x?.Operation, "Operation on the floor that told it.", ""));
}
