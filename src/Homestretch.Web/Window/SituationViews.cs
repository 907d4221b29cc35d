using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

/// <param name="Over">Those that have ended instead of those that are open.</param>
public sealed record SituationQuery(bool Over = false, string? Text = null, int Skip = 0, int Take = 50);

/// <summary>Situations with how well they were told.</summary>
/// <param name="Epoch">Instant of the plan that they were read from; null: nobody has looked yet.</param>
/// <param name="Alarms">How those of the last 90 days turned out.</param>
/// <param name="Follows">The server looks for situations by itself.</param>
/// <param name="Promised">Some promise has been given; without one nothing can be lost.</param>
public sealed record SituationsView(IReadOnlyList<SituationRow> Rows, int Total, int From, Instant? Epoch, Alarms Alarms, bool Follows, bool Promised)
{
    public static SituationsView None { get; } = new([], 0, 0, null, new(0, 0, 0, 0, 0), true, false);
}

/// <summary>A situation in one row.</summary>
/// <param name="Cause">As 'machine:KEY'.</param>
/// <param name="Title">What it is, in a sentence without a full stop.</param>
/// <param name="Severity">Null: it has ended.</param>
/// <param name="Owner">Login of who mends it; empty: nobody yet.</param>
/// <param name="Promises">Promises that it takes now, expected; null: it has ended, or it is not reckoned yet.</param>
/// <param name="Peak">Most it ever took.</param>
/// <param name="AtRisk">Promises at risk of which it takes a part.</param>
/// <param name="ShortOfThisAlone">Kits that lack only this: all else is at the bench by their planned start in at least nine futures of ten.</param>
/// <param name="Money">Price of its order lines times what is lost of each; empty: nothing, or not this person's to see.</param>
/// <param name="PointOfNoReturn">The last moment at which a remedy that was found still saves a promise; null: none is known.</param>
/// <param name="Remedies">How many were found; null: none was looked for yet.</param>
/// <param name="Best">The first of them, in a sentence; empty: none.</param>
/// <param name="Searching">Remedies are being looked for.</param>
/// <param name="Note">How it ended, or why it is let be.</param>
public sealed record SituationRow(string Situation, string Cause, CauseKind Kind, string Key, string Title, SituationState State, Severity? Severity, Instant Opened, Instant Changed, string Owner, double? Promises, double Peak,
    int AtRisk, int OrderLines, int Customers, int ShortOfThisAlone, IReadOnlyList<Money> Money, Instant? PointOfNoReturn, int? Remedies, string Best, double? BestWins, bool Searching, string By, string Note, bool Useless);

/// <summary>One situation: what is behind it, whom it hurts, what could be done, what was decided.</summary>
/// <param name="Why">Where its numbers come from, in sentences.</param>
/// <param name="Signs">What speaks for it; empty: nothing but the forecast.</param>
/// <param name="Chain">From the cause to the customers, in that order.</param>
/// <param name="Lost">Promises that it takes something from, what it takes most first.</param>
/// <param name="Priced">How many remedies were priced.</param>
/// <param name="Complete">The search ended by itself; false: it goes on, or was ended before all was tried.</param>
/// <param name="Found">Instant of the plan that the remedies were priced on; null: none was looked for yet.</param>
public sealed record SituationView(SituationRow Row, IReadOnlyList<string> Why, IReadOnlyList<SignView> Signs, IReadOnlyList<ChainLink> Chain, IReadOnlyList<LostView> Lost, IReadOnlyList<RemedyView> Remedies, int Priced, bool Complete, Instant? Found,
    IReadOnlyList<DecisionRow> Decisions, IReadOnlyList<TaskRow> Tasks, bool Follows);

/// <summary>One thing that speaks for a cause.</summary>
/// <param name="Subject">What it is a sign of, as 'shipment:KEY'.</param>
/// <param name="Text">In a sentence.</param>
/// <param name="At">The moment from which on it is so, or is expected to be; null: none is known.</param>
/// <param name="Hours">Hours that it has lasted, that are left or that lie between; null: unknown.</param>
public sealed record SignView(SignKind Kind, string Subject, string Text, Instant? At, double? Hours);

/// <summary>Where the chain from cause to customer passes.</summary>
public enum ChainPlace { Machine, Passage, Part, Document, Lots, Way, Line, Kits, Promises, Customers }

/// <summary>One place of the chain.</summary>
/// <param name="Title">What stands there, in a few words.</param>
/// <param name="Text">What happens there.</param>
/// <param name="Hurt">It is the cause, or is held up by it.</param>
/// <param name="Items">The records there, each with what it gives to the loss; at most eight.</param>
/// <param name="More">How many are not among them.</param>
public sealed record ChainLink(ChainPlace Place, string Title, string Text, bool Hurt, IReadOnlyList<ChainItem> Items, int More);

/// <param name="Kind">order, lot or machine when there is a drawer for it; empty: none.</param>
/// <param name="Share">Part of all that is lost; null: not to be said.</param>
public sealed record ChainItem(string Kind, string Key, string Name, double? Share);

/// <summary>A promise that a situation takes something from.</summary>
/// <param name="Given">Confidence at which it was given.</param>
/// <param name="Kept">Share of futures that keep it now.</param>
/// <param name="Lost">Part of it that this situation takes.</param>
/// <param name="Elsewhere">Part that other causes take.</param>
/// <param name="OnlyThis">Its kit lacks nothing else.</param>
public sealed record LostView(string OrderLine, string Customer, int Class, Instant Promised, double Given, double Kept, double Lost, double Elsewhere, bool AtRisk, double? DaysLate, string Supply, bool OnlyThis);

/// <summary>A remedy, priced on the same futures as the plan in force.</summary>
/// <param name="Remedy">Key to decide with; the same remedy has the same in every search.</param>
/// <param name="Before">Promises expected to be kept as things stand, of the order lines it moves.</param>
/// <param name="After">The same with it.</param>
/// <param name="Kits">Kits whole by their planned start, expected, more than without it.</param>
/// <param name="Risk">Share of futures in which it keeps no promise more.</param>
/// <param name="Reliability">How its kind has done against what was expected; 1: as expected, or not known yet.</param>
/// <param name="Costs">What each part costs; null amount: nobody has said.</param>
/// <param name="CostKnown">Every part of the cost is known.</param>
/// <param name="Value">What the promises are worth.</param>
/// <param name="Net">Worth less cost, in the currency of <paramref name="Value"/>; null: not to be said.</param>
/// <param name="ActBy">The last moment at which it can begin.</param>
/// <param name="Dominated">Another is at least as good in everything.</param>
/// <param name="Moves">Order lines whose promise or date it moves: who wins most first, who loses most last. At most forty.</param>
/// <param name="Rule">Standing rule that may take it; empty: a person decides.</param>
/// <param name="Stale">What it changes has changed since it was priced: it cannot be decided until it is found again.</param>
public sealed record RemedyView(string Remedy, RemedyKind Kind, string What, int Promised, double Before, double After, double Won, double Lost, double Kits, double Risk, double Reliability, IReadOnlyList<AtConfidence> Confidences,
    IReadOnlyList<CostView> Costs, bool CostKnown, IReadOnlyList<Money> Value, Money? Net, Instant ActBy, bool Dominated, IReadOnlyList<RemedyMove> Moves, IReadOnlyList<RemedyWork> Work, string Rule, bool Stale);

/// <param name="Amount">Null: nobody has said, or it is not this person's to see.</param>
public sealed record CostView(string What, Money? Amount);

/// <param name="Before">Share of futures that keep the promise as things stand; null: nothing was promised.</param>
public sealed record RemedyMove(string OrderLine, string Customer, int Class, Instant? Promised, double? Before, double? After, Instant? P90Before, Instant? P90After);

public sealed record RemedyWork(TaskKind Kind, string Party, string Text, Instant Due);

/// <summary>A decision and what came of it.</summary>
/// <param name="Rule">Standing rule that took it; empty: a person did.</param>
/// <param name="Before">Promises expected to be kept without it.</param>
/// <param name="Known">Order lines of which the outcome is known.</param>
/// <param name="Expected">Of these, promises that were expected to be kept with it; <paramref name="Without"/> without it.</param>
/// <param name="Kept">Of these, promises that were kept.</param>
public sealed record DecisionRow(string Decision, string Situation, string Title, RemedyKind Remedy, string What, double Before, double After, Money? Cost, bool CostKnown, Instant At, string By, string Reason, string Rule, int Known, int Open, double Without, double Expected,
    int Kept, int TasksOpen, int Tasks);

/// <summary>Decisions, and how each kind of remedy has done.</summary>
public sealed record DecisionsView(IReadOnlyList<DecisionRow> Rows, int Total, int From, IReadOnlyList<RemedyScore> Scores)
{
    public static DecisionsView None { get; } = new([], 0, 0, []);
}

/// <summary>Work that a decision asks of somebody.</summary>
/// <param name="Decision">Empty: it comes from none, or that is not this person's to see.</param>
/// <param name="Situation">The same.</param>
/// <param name="Mine">This person may answer it.</param>
public sealed record TaskRow(string Task, string Party, string PartyName, string Decision, string Situation, TaskKind Kind, string Owner, string Subject, string Text, Instant Due, TaskState State, string Answer, bool Mine);

/// <summary>An answer to a task.</summary>
/// <param name="State">done or refused, or open to take it on.</param>
public sealed record TaskAnswer(TaskState State, string Answer = "");

/// <summary>What may be decided without asking.</summary>
/// <param name="Spent">What it has spent in the last seven days; null: nothing, or not this person's to see.</param>
/// <param name="Taken">Decisions that it has ever taken.</param>
/// <param name="Holds">It holds now.</param>
public sealed record RuleRow(string Rule, RemedyKind Remedy, int? MostClass, Money? PerWeek, decimal LeastPromises, Instant From, Instant? Until, string By, string Reason, Money? Spent, int Taken, bool Holds);

/// <summary>A standing rule to make.</summary>
/// <param name="MostClass">Customer classes up to this one; null: all.</param>
/// <param name="PerWeek">Most that it may spend in any seven days, in major units of <paramref name="Currency"/>; null: nothing.</param>
/// <param name="LeastPromises">Least gain in promises for which it acts.</param>
public sealed record RuleOrder(RemedyKind Remedy, string Reason, int? MostClass = null, decimal? PerWeek = null, string? Currency = null, decimal LeastPromises = 0.5m, Instant? Until = null);
