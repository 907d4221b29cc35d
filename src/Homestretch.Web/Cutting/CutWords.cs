using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;

namespace Homestretch.Web.Cutting;

/// <summary>How limits, costs and stages of a cut read with the names of a study.</summary>
internal static class CutWords
{
    public static string Subject(StudyView study, Measure measure, string? subject) => LimitSaid.Subject(measure, subject, Called(study, measure));

    /// <summary>'Value made in a country, China'.</summary>
    public static string Name(StudyView study, Measure measure, string? subject) => LimitSaid.Name(measure, subject, Called(study, measure));

    /// <summary>'Value made in a country, China: at most 40 %'.</summary>
    public static string Of(StudyView study, Limit limit) => $"{Name(study, limit.Measure, limit.Subject)}: {LimitSaid.Asked(limit)}";

    private static Func<string, string> Called(StudyView study, Measure measure) => LimitSaid.OfCountries(measure) ? Countries.NameOf : measure == Measure.KitInTime ? s => Title(study, s) : p => study.Parties.GetValueOrDefault(p, p);

    /// <summary>'24.6 %', '20 %'.</summary>
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
