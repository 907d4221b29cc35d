using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>A branch of the world that somebody has made.</summary>
/// <param name="Key">Its address: /what-if/KEY.</param>
/// <param name="Assumed">A line each (docs/what-if.md).</param>
/// <param name="Committed">When something of it was made real; null: nothing was.</param>
/// <param name="Yours">Whether it is this person's to change.</param>
public sealed record BranchRow(string Key, string Name, string Owner, IReadOnlyList<string> Assumed, Instant Made, Instant Changed, Instant? Committed, bool Yours);

/// <summary>A branch to keep.</summary>
/// <param name="Assumed">A line each; empty ones are passed over.</param>
public sealed record BranchOrder(string Name, IReadOnlyList<string> Assumed);

/// <summary>Branches beside the world as it is, on the same samples.</summary>
/// <param name="Epoch">Epoch of the plan in force.</param>
/// <param name="Columns">The first is the world as it is.</param>
public sealed record CompareView(Instant Epoch, int Futures, IReadOnlyList<BranchColumn> Columns);

/// <summary>What comes of one branch.</summary>
/// <param name="Key">Empty: the world as it is.</param>
/// <param name="Findings">Why the world would refuse it; the figures are then those of the world as it is.</param>
/// <param name="Facts">Records that are assumed to differ; <paramref name="Slots"/> those that the planner would then write.</param>
/// <param name="Kept">Promises expected to be kept; <paramref name="AtConfidence"/> kept in at least the share of futures that was promised.</param>
/// <param name="Asked">Of the <paramref name="Unpromised"/> order lines that nobody was promised anything of, those expected by the date asked for.</param>
/// <param name="Revenue">Price of open order lines, and what follows: empty for who may not see money.</param>
/// <param name="Costs">Of what is assumed.</param>
/// <param name="Better">Share of futures that keep more promises than the world as it is; <paramref name="Worse"/> fewer.</param>
/// <param name="Moved">Order lines whose forecast differs.</param>
/// <param name="Winners">Those that win most; <paramref name="Losers"/> those that lose most.</param>
public sealed record BranchColumn(string Key, string Name, IReadOnlyList<string> Assumed, IReadOnlyList<Finding> Findings, int Facts, int Slots, int OrderLines, int Undated, int Promises, double Kept, int AtConfidence, int AtRisk,
    IReadOnlyList<BranchClass> Classes, int Unpromised, double Asked, double KitsWhole, IReadOnlyList<Money> Revenue, IReadOnlyList<Money> RevenueAtRisk, IReadOnlyList<Money> Purchases, IReadOnlyList<BranchCost> Costs,
    IReadOnlyList<BranchStock> Stock, IReadOnlyList<BranchLine> Lines, double Better, double Worse, double Won, double Lost, int Moved, IReadOnlyList<BranchEffect> Winners, IReadOnlyList<BranchEffect> Losers);

public sealed record BranchClass(int Class, int Promises, double Kept, int AtConfidence, int AtRisk);

/// <param name="Amount">Null: nobody has said.</param>
public sealed record BranchCost(string What, Money? Amount);

/// <param name="Value">Mean on hand over 13 weeks.</param>
/// <param name="Days">How long it lasts; null: nothing is taken.</param>
public sealed record BranchStock(Money Value, double? Days);

/// <param name="Weeks">Share of the open time of each week that is booked; null: closed all week.</param>
public sealed record BranchLine(string Line, string Name, IReadOnlyList<double?> Weeks);

/// <param name="Before">Share of futures that keep its promise as things are; <paramref name="After"/> in the branch.</param>
/// <param name="Days">Days by which its P90 date moves, later positive; null: it has none.</param>
public sealed record BranchEffect(string OrderLine, string Customer, int Class, double Before, double After, double? Days);

/// <summary>What committing a branch would write.</summary>
public sealed record CommitView(IReadOnlyList<CommitRow> Rows, IReadOnlyList<Finding> Findings);

/// <param name="Place">Place of the assumption in the branch, from 0.</param>
/// <param name="Kind">decision: ours to do; report: a fact about the world outside, written only when it is so; supposition: never written.</param>
/// <param name="Records">Records it would write; <paramref name="Sample"/> names the first of them.</param>
public sealed record CommitRow(int Place, string Assumed, string Kind, int Records, IReadOnlyList<string> Sample);

/// <summary>What of a branch to make real.</summary>
/// <param name="Places">Of the assumptions; decisions are done, reports are said to be so.</param>
public sealed record CommitOrder(IReadOnlyList<int> Places, string Reason);
