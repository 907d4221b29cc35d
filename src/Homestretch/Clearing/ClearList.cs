using Homestretch.World;
using NodaTime;

namespace Homestretch.Clearing;

/// <summary>Whether, and how, a build is on the list.</summary>
public enum ClearKind
{
    /// <summary>Released: to be built in the horizon.</summary>
    Released,

    /// <summary>Its kit is at hand or will be, but others get the parts or the time.</summary>
    GivesWay,

    /// <summary>Parts are short, whoever else goes without.</summary>
    Short,

    /// <summary>Begun, confirmed or pinned, or it keeps its slot for its promise's sake: nothing is chosen about it.</summary>
    Stays,
}

/// <summary>A part of which a kit has too little at hand within the horizon.</summary>
/// <param name="Missing">In the item's unit.</param>
/// <param name="Next">Supply that brings the rest: 'lot:KEY'; null when only a purchase does, or nothing.</param>
/// <param name="At">When enough is there as allocations count it; null when nobody supplies it.</param>
public sealed record ClearShort(Key<Item> Item, Quantity Missing, string? Next, Instant? At);

/// <summary>A part of a released kit.</summary>
/// <param name="Supply">'stock:KEY' or 'lot:KEY'.</param>
/// <param name="At">When it is there with the certainty asked; null for stock.</param>
public sealed record ClearPart(Key<Item> Item, Quantity Quantity, string Supply, Instant? At);

/// <summary>One build, and why it is where it is.</summary>
/// <param name="Start">On its line when it is released or stays; null when it waits.</param>
/// <param name="SavesPromise">Share by which its promise is the surer for it; null without a promise, or when it is not released.</param>
/// <param name="ByPriority">Whether plain priority would release it.</param>
/// <param name="InForce">Whether the plan in force has it within the horizon with its kit counted at hand.</param>
/// <param name="Parts">Of a released kit.</param>
/// <param name="Short">Of one that is short.</param>
/// <param name="Takers">Of one that gives way: released order lines that have a part it lacks, or time on its line, in order of key; at most eight.</param>
/// <param name="Contested">The items it gives up to them; empty when it is time.</param>
public sealed record ClearBuild(Key<OrderLine> OrderLine, ClearKind Kind, Key<AssemblyLine>? Line, Instant? Start, Instant? End, Share? SavesPromise, bool ByPriority, bool InForce,
    IReadOnlyList<ClearPart> Parts, IReadOnlyList<ClearShort> Short, IReadOnlyList<Key<OrderLine>> Takers, IReadOnlyList<Key<Item>> Contested);

/// <summary>What to build in the near horizon with the parts at hand.</summary>
/// <param name="Until">End of the horizon.</param>
/// <param name="Builds">Released first, by line and start; then those that give way, are short (fewest parts first), and stay.</param>
/// <param name="Score">What the list is worth, held builds apart.</param>
/// <param name="Priority">What plain priority would make: class, due date, key.</param>
/// <param name="MostKits">Weighted kits that no list exceeds: proven.</param>
/// <param name="MostPromises">With so many kits, promises (hundredths) that no list exceeds; null while kits may still be more.</param>
/// <param name="Exact">Whether an exact solver proved the list best.</param>
/// <param name="Events">What makes it the plan.</param>
public sealed record ClearList(Instant Epoch, Instant Until, IReadOnlyList<ClearBuild> Builds, ClearScore Score, ClearScore Priority, long MostKits, long? MostPromises, bool Exact,
    IReadOnlyList<WorldEvent> Events)
{
    /// <summary>Share of its weighted kits by which a better list could exceed this one; 0: none can.</summary>
    public double Gap => Score.Kits == 0 ? (MostKits == 0 ? 0 : 1) : (MostKits - Score.Kits) / (double)Score.Kits;

    /// <summary>Released here, not by plain priority.</summary>
    public IEnumerable<ClearBuild> Wins => Builds.Where(static b => b is { Kind: ClearKind.Released, ByPriority: false });

    /// <summary>Released by plain priority, not here.</summary>
    public IEnumerable<ClearBuild> Loses => Builds.Where(static b => b is { Kind: not ClearKind.Released and not ClearKind.Stays, ByPriority: true });
}
