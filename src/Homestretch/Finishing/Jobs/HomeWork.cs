namespace Homestretch.Finishing.Jobs;

/// <summary>What was finished at the hubs of one country in one month, of one product: the work it gave at home and how much it leans on whom.</summary>
/// <param name="Month">The hub's own, as yyyy-MM; empty: all months together.</param>
/// <param name="Hours">Hours at work on the units: between their recorded moments, pauses left out; null: of no unit is it known.</param>
/// <param name="Untimed">Units of which no step of work is on record, so that their hours are unknown.</param>
/// <param name="Pauses">Stretches that were too long to be work, and are in no hours.</param>
/// <param name="Currency">ISO 4217 currency of the values.</param>
/// <param name="Value">What the parts of known value and country cost, in the currency's hundredths.</param>
/// <param name="Domestic">Of that, what is of the hub's own country or customs territory by its origin.</param>
/// <param name="Unvalued">Parts that went in and of which value, origin or supplier is unknown: they are in no share.</param>
/// <param name="Parts">Parts that went in, known or not.</param>
/// <param name="Countries">Value by country of the supplier, the most first.</param>
public sealed record HomeWork(string Month, string Country, string Family, int Units, double? Hours, int Untimed, int Pauses, string Currency, long Value, long Domestic, int Unvalued, int Parts, IReadOnlyList<CountryValue> Countries)
{
    /// <summary>Domestic share of what is known, 0 to 1; null: nothing is known.</summary>
    public double? DomesticShare => Value > 0 ? (double)Domestic / Value : null;

    /// <summary>Concentration on supplier countries: the sum of the squared shares of the value in per cent, from near 0 to 10,000 for one country alone; null: nothing is known.</summary>
    /// <remarks>Herfindahl-Hirschman index, as the U.S. Department of Justice and Federal Trade Commission count it (Merger Guidelines, 2023, guideline 1).</remarks>
    public double? Concentration => Countries.Sum(static c => c.Value) is > 0 and var all ? Countries.Sum(c => Math.Pow(100.0 * c.Value / all, 2)) : null;
}

public sealed record CountryValue(string Country, long Value);
