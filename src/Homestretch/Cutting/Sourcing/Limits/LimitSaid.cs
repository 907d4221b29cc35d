using System.Globalization;

namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>Measures and limits in words for people, on screens and on paper; as text that is read again they are <see cref="LimitWords"/>.</summary>
public static class LimitSaid
{
    public static string Of(Measure measure) => measure switch
    {
        Measure.CountryShare => "Value made in a country",
        Measure.PartyShare => "Value made by a party",
        Measure.Concentration => "Concentration over countries",
        Measure.HomeValue => "Value made at home",
        Measure.HomeHours => "Hours of work at home",
        Measure.Co2 => "CO2 of a unit",
        Measure.PartyExposure => "What a party could rebuild",
        Measure.CountryExposure => "What a country could rebuild",
        Measure.Keystone => "What never leaves home",
        Measure.FewestParties => "Parties needed to rebuild it",
        Measure.PartConcentration => "Concentration of parts over countries",
        Measure.KitInTime => "Kits in time",
    };

    /// <summary>Whether it can be measured only where the study says what there is to know.</summary>
    public static bool NeedsKnowHow(Measure measure) => measure is Measure.PartyExposure or Measure.CountryExposure or Measure.Keystone or Measure.FewestParties;

    /// <summary>Whether a measure is of a country or party, or of the whole.</summary>
    public static bool HasSubject(Measure measure) => OfCountries(measure) || measure is Measure.PartyShare or Measure.PartyExposure;

    public static bool OfCountries(Measure measure) => measure is Measure.CountryShare or Measure.CountryExposure;

    /// <summary>Whether it is a share, said in hundredths.</summary>
    public static bool IsShare(Measure measure) => new Limit(measure, 0).IsShare && !IsIndex(measure);

    public static string Unit(Measure measure) => measure switch { Measure.HomeHours => "hours a year", Measure.Co2 => "kg", Measure.FewestParties => "parties", Measure.Concentration or Measure.PartConcentration => "of 1", _ => "%" };

    /// <summary>Decimals of its unit.</summary>
    public static int Decimals(Measure measure) => IsIndex(measure) ? 3 : measure is Measure.HomeHours or Measure.FewestParties ? 0 : 1;

    /// <summary>'24.6 %', '12,035 hours a year', '186.0 kg'.</summary>
    public static string Value(Measure measure, double? value) => value is not { } v ? "unknown" : measure switch
    {
        Measure.HomeHours => Say($"{v:#,0} hours a year"),
        Measure.Co2 => Say($"{v:#,0.0} kg"),
        Measure.FewestParties => Say($"{v:#,0}"),
        Measure.Concentration or Measure.PartConcentration => Say($"{v:0.000}"),
        _ => Share(v),
    };

    /// <summary>The same of a design; of parties that would be needed, that there are not enough of them.</summary>
    public static string Value(Measured of, Measure measure, string? subject, IReadOnlyList<string>? home) => measure == Measure.FewestParties && of is { Keystone: not null, AllCould: false } ? "not even all together" : Value(measure, of.Of(measure, subject, home));

    /// <summary>'24.6 %', '20 %'.</summary>
    public static string Share(double share) => Say($"{100 * share:#,0.0} %").Replace(".0 %", " %", StringComparison.Ordinal);

    /// <param name="name">What a country, party or customers' stage is called, by its code.</param>
    public static string Subject(Measure measure, string? subject, Func<string, string> name) => subject is not null ? name(subject) : OfCountries(measure) ? "each country beside home" : "each party";

    /// <summary>'Value made in a country, China'.</summary>
    /// <param name="name">What a country, party or customers' stage is called, by its code.</param>
    public static string Name(Measure measure, string? subject, Func<string, string> name) => HasSubject(measure) || subject is not null ? $"{Of(measure)}, {Subject(measure, subject, name)}" : Of(measure);

    /// <summary>'at most 40 %'.</summary>
    public static string Asked(Limit limit) => $"at {(limit.IsLeast ? "least" : "most")} {Value(limit.Measure, limit.Value)}";

    /// <summary>A sum of squared shares: said as it is.</summary>
    private static bool IsIndex(Measure measure) => measure is Measure.Concentration or Measure.PartConcentration;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
