using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>One promise that a cause takes something from.</summary>
/// <param name="Share">Part of the promise that is lost to this cause: of what it has lost since it was given, the share of the missed samples in which this cause's supply, or line, came last. Over all causes they add
/// up to all that the promise has lost.</param>
/// <param name="Kept">Share of samples that still keep it.</param>
/// <param name="AtRisk">It is kept in fewer samples than the policy calls safe.</param>
/// <param name="DaysLate">Days by which the date at the policy's confidence lies after the promise; negative: before. Null: it has no date.</param>
/// <param name="Supply">The supply of this cause that takes most from it, or <see cref="MissedBy.Line"/> or <see cref="MissedBy.Delivery"/>; empty: it has no date.</param>
/// <param name="OnlyThis">Its kit lacks only this: what comes by this cause is not at the bench by the planned start often enough (<see cref="Watch.InTime"/>), all else of the kit together is. Never of a line or a delivery, nor without a slot: then it is not known.</param>
public sealed record LostPromise(Key<OrderLine> OrderLine, Key<Party> Customer, int Class, Promise Promise, double Share, double Kept, bool AtRisk, double? DaysLate, string Supply, bool OnlyThis)
{
    /// <summary>The part that is lost of it is not small.</summary>
    public bool Hurt => Share >= 0.05;
}

/// <summary>What one cause means for the promises today.</summary>
/// <param name="Lost">Promises that it takes most from, of all causes, or something: the greatest loss first, then by key.</param>
/// <param name="Promises">Promises lost to it, expected: the sum of the shares.</param>
/// <param name="Money">Price of the order lines, times what is lost of each, by currency; of those that have a price.</param>
public sealed record Assessment(Cause Cause, IReadOnlyList<LostPromise> Lost, double Promises, IReadOnlyList<Money> Money)
{
    /// <summary>Promises at risk of which it takes a part that is not small.</summary>
    public int AtRisk { get; } = Lost.Count(static l => l.AtRisk && l.Hurt);

    /// <summary>Kits that would be whole in time if this came: they lack nothing else.</summary>
    public int ShortOfThisAlone { get; } = Lost.Count(static l => l.OnlyThis);
    public int Customers { get; } = Lost.Select(static l => l.Customer).Distinct().Count();

    /// <summary>Most days by which the date of a promise that it hurts lies after it; null: one of them has no date.</summary>
    public double? DaysLate { get; } = Worst(Lost.Any(static l => l.Hurt) ? [.. Lost.Where(static l => l.Hurt)] : Lost);

    /// <summary>Whether it is more than a possibility.</summary>
    public bool Confirmed => AtRisk > 0;

    /// <summary>Whether it is worth a person's time.</summary>
    public bool Tells(Watch watch) => Confirmed || Promises >= watch.LeastLoss;

    /// <summary>Whether one that is open goes on.</summary>
    public bool GoesOn(Watch watch) => Confirmed || Promises >= watch.EndsBelow * watch.LeastLoss;

    private static double? Worst(IReadOnlyList<LostPromise> lost) => lost.Any(static l => l.DaysLate is null) ? null : Math.Max(0, lost.Max(static l => l.DaysLate) ?? 0);
}
