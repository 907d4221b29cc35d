using NodaTime;

namespace Homestretch.World;

public enum TaskKind { ChangeRequest, MaintenanceOrder, TransportBooking, PurchaseOrder, StockTransfer, LineChange, CustomerNotice, CustomerQuestion, DocumentRenewal, AndonCall }

public enum TaskState { Open, Done, Refused, Cancelled }

/// <summary>Work that a decision asks of somebody.</summary>
/// <param name="Party">Party that does it.</param>
/// <param name="Decision">Decision it comes from; a text, since who does the work need not see why.</param>
/// <param name="Owner">Who does it there; empty: nobody has taken it.</param>
/// <param name="Subject">Record it is about, as table:key.</param>
/// <param name="Due">When it must be done for the decision to hold.</param>
/// <param name="Answer">What was said when it was done or refused.</param>
public sealed record WorkTask(Key<WorkTask> Key, Key<Party> Party, string Decision, TaskKind Kind, string Owner, string Subject, string Text, Instant Due, TaskState State, string Answer)
    : IRecord<WorkTask>
{
    public static string TableName => "tasks";
    public static string TableDoc => "Work that a decision asks of somebody, by when.";
    public string Id => Key.Value;

    public static WorkTask Shape(Fields f, WorkTask? x) => new(
        f.Own("task", x?.Key, "Number of the task, unique."),
        f.Ref("party", x?.Party, "Party that does it."),
        f.Text("decision", x?.Decision, "Number of the decision it comes from; empty: none.", ""),
        f.Choice("kind", x?.Kind, "Kind of work."),
        f.Text("owner", x?.Owner, "Who does it; empty: nobody has taken it.", ""),
        f.Text("subject", x?.Subject, "Record it is about, as table:key.", ""),
        f.Text("text", x?.Text, "What is to be done."),
        f.Moment("due", x?.Due, "When it must be done."),
        f.Choice<TaskState>("state", x?.State, "Where it stands.", TaskState.Open),
        f.Text("answer", x?.Answer, "What was said when it was done or refused.", ""));
}

/// <summary>What may be decided without asking.</summary>
/// <param name="MostClass">Customer classes up to this one; null: all.</param>
/// <param name="PerWeek">Most that it may spend in any seven days; null: it may spend nothing.</param>
/// <param name="LeastPromises">Least gain in promises for which it acts.</param>
public sealed record StandingRule(Key<StandingRule> Key, Key<Party> Party, RemedyKind Remedy, int? MostClass, Money? PerWeek, decimal LeastPromises, Instant From, Instant? Until, string By,
    string Reason) : IRecord<StandingRule>
{
    public static string TableName => "standing_rules";
    public static string TableDoc => "What may be decided without asking: a kind of remedy, up to a cost a week, for some customer classes.";
    public string Id => Key.Value;

    public static StandingRule Shape(Fields f, StandingRule? x) => new(
        f.Own("rule", x?.Key, "Number of the rule, unique."),
        f.Ref("party", x?.Party, "Party whose rule it is."),
        f.Choice("remedy", x?.Remedy, "Kind of remedy it may take."),
        f.OptionalWhole("most_class", x?.MostClass, "Customer classes up to this one; empty: all."),
        f.OptionalMoney("per_week", x?.PerWeek, "Most that it may spend in any seven days; empty: nothing."),
        f.Number("least_promises", x?.LeastPromises, "Least gain in promises for which it acts.", 0.5m),
        f.Moment("from", x?.From, "When it begins to hold."),
        f.OptionalMoment("until", x?.Until, "When it lapses; empty: until somebody withdraws it."),
        f.Text("by", x?.By, "Who made it."),
        f.Text("reason", x?.Reason, "Why.", ""));
}
