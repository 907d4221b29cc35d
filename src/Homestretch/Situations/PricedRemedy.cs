using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>What a remedy does to one order line.</summary>
/// <param name="Promise">The promise in force; null: nobody was promised anything.</param>
/// <param name="Before">Share of samples that keep that promise as things stand.</param>
/// <param name="After">The same with the remedy, of the same promise: a customer who is told a new date was not kept word to.</param>
public sealed record OrderEffect(Key<OrderLine> OrderLine, Key<Party> Customer, int Class, Promise? Promise, double Before, double After, Dates? DatesBefore, Dates? DatesAfter)
{
    public double Gain => After - Before;
}

/// <summary>Promises that a remedy lifts over a confidence, and those that it takes below.</summary>
public readonly record struct AtConfidence(double Confidence, int Regained, int Lost);

/// <summary>A remedy with what re-planning says of it, on the same samples as the plan in force.</summary>
/// <param name="Effects">Order lines whose forecast moves: who wins most first, who loses most last.</param>
/// <param name="Won">Promises won, expected: what each that gains, gains.</param>
/// <param name="Lost">Promises lost, expected, as a positive number.</param>
/// <param name="Kits">Kits whole by their planned start, expected, more than without it.</param>
/// <param name="Value">What the promises it wins and loses are worth, by currency: <see cref="Worth.LateShare"/> of the price of their order lines. Of those that have a price.</param>
/// <param name="Risk">Share of samples in which it keeps no promise more than are kept without it.</param>
/// <param name="Dominated">Another remedy may be expected to win as much, loses, costs and risks no more, and is better in one of these.</param>
public sealed record PricedRemedy(Remedy Remedy, IReadOnlyList<OrderEffect> Effects, double Won, double Lost, double Kits, IReadOnlyList<AtConfidence> Confidences, IReadOnlyList<Money> Value, double Risk,
    bool Dominated)
{
    /// <summary>Promises won less promises lost.</summary>
    public double Promises => Won - Lost;

    /// <summary>Order lines whose promise it takes from, the greatest loss first.</summary>
    public IEnumerable<OrderEffect> Losers => Effects.Reverse().TakeWhile(static e => e.Gain < 0);

    /// <summary>How remedies of this kind have done against what was expected of them; 1: as expected, and while nothing is known.</summary>
    public double Reliability { get; init; } = 1;

    /// <summary>Promises that it may be expected to win, in all: what it wins by its branch, believed as far as its kind has kept its word and never further, less what it loses.</summary>
    public double Expected => Won * Believed - Lost;

    /// <summary>What it is worth less what it costs, in major units of its currency; a worth is believed like what is won, a loss as it is. Null when that is unknown: a cost nobody has said, no price, or several currencies.</summary>
    public decimal? Net => Remedy.Total is not { Count: <= 1 } total || Value is not [var value] || total is [var cost] && cost.Currency != value.Currency ? null
        : value.Major * (value.Minor > 0 ? (decimal)Believed : 1) - (total is [var paid] ? paid.Major : 0);

    /// <summary>A branch is all that is promised: a kind that did better than expected promises no more for it.</summary>
    private double Believed => Math.Min(1, Reliability);
}
