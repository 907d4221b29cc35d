using Homestretch.Cutting.Studying;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>The study CUT-1: where to cut the C1, derived from the company's records, with candidates beside: a second source near home for battery, frame and motor, and one that would finish offshore. All figures of candidates, hours and CO2 are samples of the usual order.</summary>
internal static class Candidates
{
    private const string Key = "CUT-1", Offshore = "CHANGHUA";

    /// <param name="Place">Town, by which legs join it.</param>
    /// <param name="Group">Position in the product that it would make; empty: it would finish.</param>
    /// <param name="Premium">Its price against today's.</param>
    /// <param name="OneOff">Tools and qualification of one item, USD.</param>
    /// <param name="Co2">Its CO2 against today's source.</param>
    /// <param name="Ways">Freight a unit in USD, duty and insurance as a share, and days to each hub and to <see cref="Offshore"/>.</param>
    private sealed record Candidate(string Party, string Name, string Place, string Country, string Group, decimal Premium, int Days, int MostPerDay, decimal OneOff, decimal Co2, (string To, decimal PerUnit, decimal Rate, decimal Days)[] Ways);

    private static readonly Candidate[] s_makers =
    [
        new("SALUDA", "Saluda Cell Works", "Anderson", "US", "battery", 1.16m, 12, 40, 45_000, 0.8m, [("GVL", 0.9m, 0, 2), ("ALM", 3.1m, 0.033m, 27), ("COV", 3.1m, 0.023m, 26), (Offshore, 3.3m, 0.003m, 38)]),
        new("AVEIRO", "Aveiro Quadros", "Aveiro", "PT", "frame", 1.12m, 14, 30, 28_000, 0.65m, [("GVL", 3.6m, 0.042m, 28), ("ALM", 2.2m, 0.002m, 6), ("COV", 2.9m, 0.003m, 8), (Offshore, 3.4m, 0.003m, 42)]),
        new("TYNE", "Tyne Drives", "Gateshead", "GB", "motor", 1.07m, 14, 60, 180_000, 0.85m, [("GVL", 3.1m, 0.043m, 27), ("ALM", 2.3m, 0.003m, 4), ("COV", 1.1m, 0.002m, 2), (Offshore, 3.2m, 0.003m, 42)]),
    ];

    /// <summary>A finished bike from Changhua: freight in USD, duty and insurance as a share, days.</summary>
    private static readonly (string Hub, decimal PerUnit, decimal Rate, decimal Days)[] s_finished = [("GVL", 34, 0.006m, 44), ("ALM", 31, 0.063m, 43), ("COV", 33, 0.063m, 44)];

    /// <summary>Days from today's countries to Changhua.</summary>
    private static readonly Dictionary<string, decimal> s_toOffshore = new(StringComparer.Ordinal) { ["TW"] = 1, ["CN"] = 6, ["VN"] = 9, ["KR"] = 8, ["JP"] = 8, ["HU"] = 40, ["MX"] = 38, ["US"] = 38 };

    /// <summary>Kilograms of CO2 and hours of work in one piece, by position in the product.</summary>
    private static readonly Dictionary<string, (decimal Co2, decimal Hours)> s_work = new(StringComparer.Ordinal)
    {
        ["frame"] = (34, 3.2m), ["fork"] = (9, 0.8m), ["brakes"] = (5, 0.5m), ["wheels"] = (14, 0.9m), ["cockpit"] = (6, 0.4m), ["saddle"] = (3, 0.3m), ["motor"] = (26, 1.4m), ["battery"] = (36, 1.1m), ["charger"] = (6, 0.3m), ["display"] = (7, 0.4m),
        ["lights"] = (2, 0.2m), ["drivetrain"] = (8, 0.6m), ["tyres"] = (4, 0.1m), ["harness"] = (2, 0.9m), ["rack"] = (6, 0.4m), ["market kit"] = (1, 0.1m), ["packaging"] = (3, 0.1m),
    };

    /// <param name="company">The company without the study.</param>
    public static IEnumerable<IRecord> Records(Snapshot company, LocalDate today)
    {
        foreach (Candidate c in s_makers) yield return new Party(c.Party, c.Name, PartyKind.Supplier, c.Country);
        yield return new Party(Offshore, "Changhua Contract Assembly", PartyKind.Supplier, "TW");
        var kilograms = Catalogue.Parts.ToDictionary(static p => p.Item, Freights.Kilograms, StringComparer.Ordinal);
        var groups = Catalogue.Parts.ToDictionary(static p => p.Item, static p => p.Group, StringComparer.Ordinal);
        foreach (IRecord record in Studies.Derive(company, Catalogue.Family, today, Key).Records)
        {
            yield return record switch
            {
                Study s => s with { Name = "C1: where to cut", Obsolescence = 0.25m, Known = false, Note = $"{s.Note} It is of the next C1, of which nobody outside has seen anything yet. Sample throughout: the candidates (SALUDA, AVEIRO, TYNE, CHANGHUA), hours, CO2 and the ways to and from them are round figures of ours, asked of nobody." },
                StudySource s when groups.TryGetValue(s.Stage, out string? group) => s with { Co2 = s_work[group].Co2, Hours = s_work[group].Hours },
                StudySource { Supplier: null, Co2: null } s => s with { Co2 = 4 },
                StudyLeg l => l with { Co2 = OnTheWay(l.FromStage, l.Days) },
                _ => record,
            };
            switch (record)
            {
                case StudySource s when groups.TryGetValue(s.Stage, out string? group):
                    yield return Leg(s.Place, "Changhua", s.Stage, decimal.Round(0.14m * kilograms[s.Stage] + (s.Country == "TW" ? 0 : 0.1m), 2), s.Country == "TW" ? 0 : 0.003m, s_toOffshore[s.Country]);
                    foreach (Candidate c in s_makers.Where(c => c.Group == group))
                    {
                        yield return new StudySource(Key, s.Stage, c.Party, Cast.Brand, (Key<Party>)c.Party, null, c.Place, c.Country, decimal.Round(s.Cost!.Value * c.Premium, 2), c.Days, 0, c.MostPerDay, 0, c.OneOff, s_work[group].Hours, decimal.Round(s_work[group].Co2 * c.Co2, 1));
                        foreach (var (to, unit, rate, days) in c.Ways) yield return Leg(c.Place, to == Offshore ? "Changhua" : to, s.Stage, unit, rate, days);
                    }
                    break;
                case StudySource { Supplier: null, Hours: > 0 } s:
                    yield return new StudySource(Key, s.Stage, Offshore, Cast.Brand, (Key<Party>)Offshore, null, "Changhua", "TW", 46, 2, 0, null, 0, 60_000, 0.7m, 5);
                    var (hub, perUnit, share, way) = s_finished.First(f => f.Hub == s.Place);
                    yield return Leg("Changhua", hub, s.Stage, perUnit, share, way) with { Co2 = 9 };
                    break;
                case Study:
                    yield return new StudyLimit(Key, "country-share=0.5", Cast.Brand, "No country beside home may make more than half of the value: sample");
                    yield return new StudyLimit(Key, "country-exposure=0.2", Cast.Brand, "No country may learn a fifth of what there is to know: sample");
                    break;
            }
        }

        StudyLeg Leg(string from, string to, string stage, decimal perUnit, decimal rate, decimal days) => new(Key, from, to, stage, "", Cast.Brand, perUnit, rate, days, OnTheWay(stage, days), "Sample: round figures, asked of nobody");

        // a kilogram by lorry for a week or less, or over an ocean
        decimal? OnTheWay(string stage, decimal? days) => kilograms.TryGetValue(stage, out decimal kg) ? decimal.Round(kg * (days <= 9 ? 0.1m : 0.22m), 2) : null;
    }
}
