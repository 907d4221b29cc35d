namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>What a limit bounds, and an axis measures. Shares are 0 to 1.</summary>
public enum Measure
{
    /// <summary>At most: share of all value added in a country other than home.</summary>
    CountryShare,

    /// <summary>At most: share of all value added by a party other than the brand.</summary>
    PartyShare,

    /// <summary>At most: sum of squared shares of countries in all value added (Herfindahl-Hirschman index), home among them.</summary>
    Concentration,

    /// <summary>At least: share of all value added at home.</summary>
    HomeValue,

    /// <summary>At least: hours of work at home a year.</summary>
    HomeHours,

    /// <summary>At most: kilograms of CO2 for one unit that is sold.</summary>
    Co2,

    /// <summary>At most: how much of the product a party other than the brand could reconstruct.</summary>
    PartyExposure,

    /// <summary>At most: how much of the product all parties of a country other than home could reconstruct together.</summary>
    CountryExposure,

    /// <summary>At least: the share of what there is to know that all outside together could not reconstruct.</summary>
    Keystone,

    /// <summary>At least: the fewest parties outside who together could reconstruct the product (k*), by <see cref="Exposure.ExposureReport.Reached"/>; one more than there are when even all could not.</summary>
    FewestParties,

    /// <summary>At most: sum of squared shares of countries in the stages that somebody does, each stage counted once: a kit is short whichever part is missing, however little it costs.</summary>
    PartConcentration,

    /// <summary>At least: the chance that all that a customers' stage needs waits in time, each stage that holds safety stock failing by itself.</summary>
    KitInTime,
}

/// <summary>A limit that a choice must meet.</summary>
/// <param name="Value">At most or at least so much, as the measure has it.</param>
/// <param name="Subject">The country, party or customers' stage; null: each.</param>
public sealed record Limit(Measure Measure, double Value, string? Subject = null)
{
    /// <summary>Whether more is better.</summary>
    public bool IsLeast => Measure is Measure.HomeValue or Measure.HomeHours or Measure.Keystone or Measure.FewestParties or Measure.KitInTime;

    /// <summary>Whether its measure goes from 0 to 1.</summary>
    public bool IsShare => Measure is not (Measure.HomeHours or Measure.Co2 or Measure.FewestParties);

    /// <summary>Whether a value of its measure meets it, but for what rounding leaves.</summary>
    public bool Meets(double value) => (IsLeast ? Value - value : value - Value) <= 1e-6 * Math.Max(1, Value);

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}{(Subject is null ? "" : $":{Subject}")} {(IsLeast ? ">=" : "<=")} {Value:0.######}");

    /// <summary>The measure as files and screens name it.</summary>
    public string Name => NameOf(Measure);

    public static string NameOf(Measure measure) => measure switch
    {
        Measure.CountryShare => "country-share",
        Measure.PartyShare => "party-share",
        Measure.Concentration => "concentration",
        Measure.HomeValue => "home-value",
        Measure.HomeHours => "home-hours",
        Measure.Co2 => "co2",
        Measure.PartyExposure => "party-exposure",
        Measure.CountryExposure => "country-exposure",
        Measure.Keystone => "keystone",
        Measure.FewestParties => "fewest-parties",
        Measure.PartConcentration => "part-concentration",
        _ => "kit-in-time",
    };
}
