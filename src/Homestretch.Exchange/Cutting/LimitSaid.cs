using System.Globalization;
using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Exchange.Cutting;

/// <summary>Limits in words for people; as text that is read again they are <see cref="LimitWords"/>.</summary>
public static class LimitSaid
{
    /// <summary>What a limit bounds, such as 'At most: share of the value added in CN'.</summary>
    public static string Of(Limit l) => $"{(l.IsLeast ? "At least" : "At most")}: {Bounds(l)}";

    private static string Bounds(Limit l) => l.Measure switch
    {
        Measure.CountryShare => l.Subject is { } c ? $"share of the value added in {c}" : "share of the value added in any country that is not home",
        Measure.PartyShare => l.Subject is { } p ? $"share of the value added by {p}" : "share of the value added by any party outside",
        Measure.Concentration => "concentration of countries (sum of squared shares)",
        Measure.HomeValue => "share of the value added at home",
        Measure.HomeHours => "hours of work at home a year",
        Measure.Co2 => "CO2 of one unit, kg",
        Measure.PartyExposure => l.Subject is { } p ? $"what {p} could rebuild" : "what any party outside could rebuild",
        Measure.CountryExposure => l.Subject is { } c ? $"what all parties of {c} together could rebuild" : "what all parties of any one country could rebuild together",
        Measure.Keystone => "what all outside together could not rebuild",
        Measure.FewestParties => "parties outside who together could rebuild it",
        Measure.PartConcentration => "concentration of parts over countries (sum of squared shares)",
        _ => $"kits that are whole in time{(l.Subject is { } d ? $", {d}" : "")}",
    };

    /// <summary>A value of its measure, shares in percent.</summary>
    public static string Value(Limit l, double value) => l.Measure switch
    {
        Measure.HomeHours => value.ToString("N0", CultureInfo.InvariantCulture),
        Measure.Co2 => value.ToString("0.#", CultureInfo.InvariantCulture),
        Measure.FewestParties => value.ToString("0", CultureInfo.InvariantCulture),
        Measure.Concentration or Measure.PartConcentration => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => (100 * value).ToString("0.# '%'", CultureInfo.InvariantCulture),
    };
}
