using NodaTime;

namespace Homestretch.Web.Window;

/// <param name="Days">Horizon: builds whose work ends within so many days.</param>
/// <param name="Certainty">A lot counts as at hand from when it is there in this share of futures.</param>
/// <param name="DueWithin">Only order lines whose build is due within so many days.</param>
public sealed record ClearQuery(double Days = 5, double Certainty = 0.95, double DueWithin = 28);

/// <summary>A release list.</summary>
/// <param name="List">Its name, to accept it by.</param>
/// <param name="Epoch">Of the plan it was made of; with <paramref name="Version"/> that plan.</param>
/// <param name="Older">That plan is no longer the one in force.</param>
/// <param name="Nothing">Why nothing is released; null when something is.</param>
/// <param name="Candidates">Builds it chose among.</param>
/// <param name="KitsInForce">Kits that the plan in force completes by then with parts that are at hand in the same sense.</param>
/// <param name="KitsByPriority">Kits that plain priority (class, due date) would complete.</param>
/// <param name="PromisesSaved">Promises expected to be kept that would not be were these builds not made now: the sum of their shares.</param>
/// <param name="Gap">Share of the kits, weighed by class, by which a better list could at most exceed this one; 0: none can. Proven.</param>
/// <param name="Bound">Kits weighed by class that no list exceeds, and <paramref name="Weighted"/> those of this one.</param>
/// <param name="Staying">Builds that keep their slots beyond the horizon.</param>
/// <param name="Changes">Records that accepting it writes; 0: the plan is as the list has it.</param>
public sealed record ClearView(string List, Instant Epoch, long Version, bool Older, Instant Until, ClearQuery Asked, ClearNothing? Nothing, int Candidates, int Kits, int KitsInForce, int KitsByPriority,
    IReadOnlyList<ClearClass> Classes, double PromisesSaved, double Gap, long Bound, long Weighted, IReadOnlyList<ClearLine> Lines, IReadOnlyList<ClearGroup> LeftOut, int Staying, int Changes)
{
    public int Waiting => LeftOut.Sum(static g => g.Rows.Count);
}

public enum ClearNothing { NoLines, NoOrders, NothingDue, NothingAtHand }

/// <param name="Weight">What a kit of the class counts.</param>
public sealed record ClearClass(int Class, int Weight, int Kits, int KitsInForce, int LeftOut, double PromisesSaved);

/// <summary>A line with what it builds by then, in sequence.</summary>
public sealed record ClearLine(string Line, string Name, string Site, IReadOnlyList<ClearRelease> Builds)
{
    public int Released => Builds.Count(static b => b.Change != ClearChange.Held);
}

/// <summary>What the list makes of a build's slot in the plan in force.</summary>
public enum ClearChange { AsPlanned, Sooner, Later, OtherLine, New, Held }

/// <summary>A build of the sequence.</summary>
/// <param name="Was">Where it begins in the plan in force, on <paramref name="WasLine"/>; null: it has no slot.</param>
/// <param name="SavesPromise">Share by which its promise is the surer for it.</param>
/// <param name="ByPriority">Whether plain priority would release it too.</param>
/// <param name="Coming">Parts that are not in stock yet, the last to come first.</param>
public sealed record ClearRelease(string OrderLine, string Customer, int Class, string Product, int Quantity, string Market, Instant Begins, Instant Ends, ClearChange Change, Instant? Was, string WasLine,
    Instant? Promised, PromiseState State, double? SavesPromise, bool ByPriority, string Reason, IReadOnlyList<ClearComing> Coming);

/// <param name="Supply">Key of the lot.</param>
/// <param name="At">When it is there with the certainty asked.</param>
public sealed record ClearComing(string Item, string Name, string Supply, Instant At);

/// <summary>Why builds are left out: a part is short whoever else goes without, others have the part, others have the line's time.</summary>
public enum ClearCause { Short, Given, Time }

/// <summary>Builds that are left out for one and the same part, or for time.</summary>
/// <param name="Missing">What they lack of it in all, in its unit; empty: nothing is short.</param>
public sealed record ClearGroup(ClearCause Cause, string Item, string Name, string Missing, IReadOnlyList<ClearWaiting> Rows);

/// <summary>A build that is left out.</summary>
/// <param name="Was">Where it begins in the plan in force; null: it has no slot.</param>
/// <param name="Lacks">Parts that are short, the last to come first.</param>
/// <param name="Takers">Released order lines that have a part it lacks, or time on its line.</param>
public sealed record ClearWaiting(string OrderLine, string Customer, int Class, string Product, int Quantity, string Market, Instant? Was, Instant? Promised, PromiseState State, string Reason,
    IReadOnlyList<ClearLack> Lacks, IReadOnlyList<string> Takers);

/// <param name="Lot">That brings the rest; empty: a purchase would, or nothing.</param>
/// <param name="At">When enough is there as allocations count it; null: nobody supplies it.</param>
public sealed record ClearLack(string Item, string Name, string Missing, string Lot, Instant? At);

/// <summary>What accepting a list would change.</summary>
/// <param name="Moves">Builds that begin at another time or on another line; <paramref name="Placed"/> get a slot that had none, <paramref name="Unplaced"/> lose theirs.</param>
/// <param name="OtherParts">Kits that take other parts.</param>
/// <param name="Purchases">Purchases proposed anew, and <paramref name="Recalled"/> proposed ones that nobody approved and are taken back.</param>
public sealed record ClearEffect(string List, bool Older, IReadOnlyList<MovedRow> Rows, double PromisesKeptBefore, double PromisesKeptAfter, IReadOnlyList<ClearMove> Moves, int Placed, int Unplaced, int OtherParts, int Purchases, int Recalled);

/// <param name="Line">Name of the line; empty: no slot.</param>
public sealed record ClearMove(string OrderLine, string Customer, int Class, Instant? From, string FromLine, Instant? To, string Line);

/// <param name="List">Name of the list, from its answer.</param>
public sealed record ClearAccept(string? List);
