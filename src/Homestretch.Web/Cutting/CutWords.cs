using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;

namespace Homestretch.Web.Cutting;

/// <summary>How measures, limits and costs of a cut read.</summary>
internal static class CutWords
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

    /// <summary>A sum of squared shares: said as it is.</summary>
    private static bool IsIndex(Measure measure) => measure is Measure.Concentration or Measure.PartConcentration;

    /// <summary>Whether a measure is of a country or party, or of the whole.</summary>
    public static bool HasSubject(Measure measure) => OfCountries(measure) || measure is Measure.PartyShare or Measure.PartyExposure;

    public static bool OfCountries(Measure measure) => measure is Measure.CountryShare or Measure.CountryExposure;

    /// <summary>Whether it is a share, said in hundredths.</summary>
    public static bool IsShare(Measure measure) => new Limit(measure, 0).IsShare && !IsIndex(measure);

    public static string Unit(Measure measure) => measure switch { Measure.HomeHours => "hours a year", Measure.Co2 => "kg", Measure.FewestParties => "parties", Measure.Concentration or Measure.PartConcentration => "of 1", _ => "%" };

    /// <summary>Decimals of its unit.</summary>
    public static int Decimals(Measure measure) => IsIndex(measure) ? 3 : measure is Measure.HomeHours or Measure.FewestParties ? 0 : 1;

    /// <summary>'24.6 %', '12,035 hours a year', '186 kg'.</summary>
    public static string Value(Measure measure, double? value) => value is not { } v ? "unknown" : measure switch
    {
        Measure.HomeHours => $"{Wording.Number(v)} hours a year",
        Measure.Co2 => $"{Wording.Number(v, 1)} kg",
        Measure.FewestParties => Wording.Number(v),
        Measure.Concentration or Measure.PartConcentration => Wording.Number(v, 3),
        _ => Share(v),
    };

    /// <summary>'24.6 %', '20 %'.</summary>
    public static string Share(double share) => $"{Wording.Number(100 * share, 1)} %".Replace(".0 %", " %", StringComparison.Ordinal);

    public static string Subject(StudyView study, Measure measure, string? subject) => subject is null ? OfCountries(measure) ? "each country beside home" : "each party" : OfCountries(measure) ? Countries.NameOf(subject) : study.Parties.GetValueOrDefault(subject, subject);

    /// <summary>'Value made in a country, China: at most 40 %'.</summary>
    public static string Of(StudyView study, Limit limit) => $"{Name(study, limit.Measure, limit.Subject)}: at {(limit.IsLeast ? "least" : "most")} {Value(limit.Measure, limit.Value)}";

    public static string Name(StudyView study, Measure measure, string? subject) => HasSubject(measure) ? $"{Of(measure)}, {Subject(study, measure, subject)}" : Of(measure);

    /// <summary>A limit as it is written in records.</summary>
    public static string Written(StudyView study, string written) => LimitWords.Limit(written, []) is { } limit ? Of(study, limit) : written;

    public static string Money(StudyView study, double amount) => $"{study.Currency} {Wording.Number(amount)}";

    /// <summary>'+ USD 12,000', '− USD 3'.</summary>
    public static string More(StudyView study, double amount) => $"{(amount < 0 ? "−" : "+")} {Money(study, Math.Abs(amount))}";

    /// <summary>The parts of a year's cost, in the order in which they arise.</summary>
    public static IReadOnlyList<(string Name, string What, double Amount)> Parts(YearCost cost) =>
    [
        ("Made", "what stages add: parts, work, finishing", cost.Added), ("Freight", "by unit on the ways", cost.Freight), ("Duty", "by value on the ways", cost.Duty),
        ("Pipeline", "holding what is made and moved", cost.Pipeline), ("Safety stock", "holding what waits", cost.Safety), ("Once", "tools and qualification, written off", cost.OneOff),
    ];

    public static string Party(StudyView study, string party) => party.Length == 0 ? "ourselves" : study.Parties.GetValueOrDefault(party, party);

    public static string Place(StudyView study, string place) => study.Places.TryGetValue(place, out StudyPlace? known) ? known.Title : place;

    /// <summary>Who does a stage, in few words.</summary>
    public static string Done(StudyView study, ConfiguredStage stage) => stage.Sources.Count == 0 ? "as the study says" : string.Join(" + ", stage.Sources.Select(s => stage.Sources.Count == 1 ? Who(study, s.Source) : $"{Wording.Number(100 * s.Share)} % {Who(study, s.Source)}"));

    /// <summary>The party, or the place where the brand itself does it.</summary>
    public static string Who(StudyView study, Source source) => source.Party.Length > 0 ? Party(study, source.Party) : source.Place.Length > 0 ? Place(study, source.Place) : source.Name;

    /// <summary>'Motor', or the stage's own name where it names no item.</summary>
    public static string Title(StudyView study, string stage) => study.Titles.TryGetValue(stage, out string? title) ? title : Wording.Title(stage);

    /// <summary>Units or days without needless decimals.</summary>
    public static string Few(double number) => Wording.Number(number, Math.Abs(number) < 99.95 && Math.Abs(number - Math.Round(number)) > 0.05 ? 1 : 0);

    /// <summary>What keeps a design from being there, in the words of the screen.</summary>
    /// <param name="conflict">The limits that are in conflict, where that is why.</param>
    public static string Of(StudyView study, Finding finding, IReadOnlyList<Limit> conflict) => conflict.Count == 0 ? finding.What : $"Nothing meets {(conflict.Count == 1 ? "this limit" : "these limits together")}: {string.Join("; ", conflict.Select(l => Of(study, l)))}.";

    /// <summary>The limits that a finding says are in conflict.</summary>
    public static IReadOnlyList<Limit> Conflict(IReadOnlyList<Limit> limits, Finding finding)
    {
        if (finding.Rule != "conflict") return [];
        string said = finding.What.TrimEnd('.');
        said = said.EndsWith(" together", StringComparison.Ordinal) ? said[..^" together".Length] : said;
        return [.. limits.Where(l => said.Replace("Nothing meets ", "", StringComparison.Ordinal).Split(" and ").Contains(l.ToString()))];
    }
}
