using NodaTime;

namespace Homestretch.World;

/// <summary>Ways to mend a situation.</summary>
public enum RemedyKind
{
    /// <summary>Stop a machine at another time, or once more, for its maintenance.</summary>
    MoveMaintenance,

    /// <summary>A lot goes by a faster lane.</summary>
    Expedite,

    /// <summary>Part of a lot goes by a faster lane.</summary>
    SplitLot,

    /// <summary>Kits change parts with each other.</summary>
    Repeg,

    /// <summary>Builds change places on their lines.</summary>
    Resequence,

    /// <summary>Another item stands in.</summary>
    Alternate,

    /// <summary>Another hub's stock is moved here.</summary>
    OtherHub,

    /// <summary>The part is bought from another supplier.</summary>
    SecondSource,

    /// <summary>A line works beyond its shifts.</summary>
    Overtime,

    /// <summary>What can be built is delivered, the rest later.</summary>
    PartialDelivery,

    /// <summary>The customer is told a new date.</summary>
    NewDate,

    /// <summary>A document that a market asks for is renewed.</summary>
    Renewal,

    /// <summary>An order line takes another option, as its customer agreed.</summary>
    OtherOption,

    /// <summary>A customer is asked whether another option will do.</summary>
    AskOption,

    /// <summary>Several of these together.</summary>
    Combined,
}

/// <summary>A remedy that somebody took, and what was expected of it then.</summary>
/// <param name="Situation">What it mends; null: it was taken for no situation.</param>
/// <param name="What">What is done, in a sentence.</param>
/// <param name="PromisesBefore">Promises expected to be kept of its order lines without it.</param>
/// <param name="PromisesAfter">The same with it.</param>
/// <param name="Cost">What it costs; null: unknown.</param>
/// <param name="Rule">Standing rule that took it; null: a person did.</param>
public sealed record Decision(Key<Decision> Key, Key<Party> Party, Key<Situation>? Situation, RemedyKind Remedy, string What, decimal PromisesBefore, decimal PromisesAfter, Money? Cost,
    Instant At, string By, string Reason, Key<StandingRule>? Rule) : IRecord<Decision>
{
    public static string TableName => "decisions";
    public static string TableDoc => "A remedy that was taken: by whom, why, at what cost, and what was expected of it then.";
    public string Id => Key.Value;

    public static Decision Shape(Fields f, Decision? x) => new(
        f.Own("decision", x?.Key, "Number of the decision, unique."),
        f.Ref("party", x?.Party, "Party that decided."),
        f.OptionalRef("situation", x?.Situation, "Situation it mends; empty: none."),
        f.Choice("remedy", x?.Remedy, "Kind of remedy."),
        f.Text("what", x?.What, "What is done, in a sentence."),
        f.Number("promises_before", x?.PromisesBefore, "Promises expected to be kept of its order lines without it."),
        f.Number("promises_after", x?.PromisesAfter, "Promises expected to be kept of its order lines with it."),
        f.OptionalMoney("cost", x?.Cost, "What it costs; empty: unknown."),
        f.Moment("at", x?.At, "When it was taken."),
        f.Text("by", x?.By, "Who took it."),
        f.Text("reason", x?.Reason, "Why.", ""),
        f.OptionalRef("rule", x?.Rule, "Standing rule that took it; empty: a person did."));
}

/// <summary>What a decision was expected to do to one order line: what its outcome is scored against. Never changed.</summary>
/// <param name="Promised">Date of the promise that was in force.</param>
/// <param name="Before">Share of samples that kept it without the remedy.</param>
/// <param name="After">The same with it.</param>
public sealed record Expectation(Key<Decision> Decision, Key<OrderLine> OrderLine, Key<Party> Party, Instant Promised, Share Before, Share After) : IRecord<Expectation>
{
    public static string TableName => "expectations";
    public static string TableDoc => "What a decision was expected to do to the promise of one order line, as it was known then.";
    public string Id => $"{Decision}|{OrderLine}";

    public static Expectation Shape(Fields f, Expectation? x) => new(
        f.Ref("decision", x?.Decision, "Decision."),
        f.Ref("order_line", x?.OrderLine, "Order line."),
        f.Ref("party", x?.Party, "Party that decided."),
        f.Moment("promised", x?.Promised, "Date of the promise that was in force."),
        f.Share("before", x?.Before, "Share of samples, 0 to 1, that kept it without the remedy."),
        f.Share("after", x?.After, "Share of samples, 0 to 1, that kept it with the remedy."));
}
