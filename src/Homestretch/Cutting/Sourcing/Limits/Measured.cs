namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>Where the value of a design is added, and what it takes.</summary>
/// <param name="Countries">Share of all value added in each country, largest first.</param>
/// <param name="Parties">Share of all value added by each party other than the brand, largest first.</param>
/// <param name="Concentration">Sum of the squared shares of countries.</param>
/// <param name="HomeValue">Share of all value added at home.</param>
/// <param name="HomeHours">Hours of work at home a year; null: some are not known.</param>
/// <param name="Co2">Kilograms of CO2 for one unit that is sold; null: some are not known.</param>
/// <param name="Exposed">What each party outside, and each country other than home, could reconstruct of the product, most first; null: nothing says what there is to know.</param>
/// <param name="Keystone">Share of what there is to know that all outside together could not reconstruct; null: the same.</param>
/// <param name="FewestParties">The fewest parties outside who together could reconstruct the product; one more than there are when even all could not; null: the same, or too many sets to look at.</param>
/// <param name="PartConcentration">Sum of the squared shares of countries in the stages that somebody does, each counted once.</param>
/// <param name="Kits">One for each stage at which customers buy.</param>
public sealed record Measured(IReadOnlyList<Measured.Share> Countries, IReadOnlyList<Measured.Share> Parties, double Concentration, double HomeValue, double? HomeHours, double? Co2, Measured.Exposures? Exposed, double? Keystone, int? FewestParties, double PartConcentration, IReadOnlyList<KitChance> Kits)
{
    /// <summary>A share of a country or party.</summary>
    public sealed record Share(string Of, double Value);

    /// <summary>What could be reconstructed, by parties and by countries.</summary>
    public sealed record Exposures(IReadOnlyList<Share> Parties, IReadOnlyList<Share> Countries);

    /// <summary>Whether all outside together could reconstruct the product.</summary>
    public bool AllCould => 1 - Keystone >= Exposure.ExposureReport.Reached - 1e-12;

    /// <summary>What a measure is; for shares of countries and parties without a subject the largest outside. Null: not known.</summary>
    public double? Of(Measure measure, string? subject, IReadOnlyList<string>? home) => measure switch
    {
        Measure.CountryShare => Countries.Where(c => subject is null ? home?.Contains(c.Of) != true : c.Of == subject).Select(static c => c.Value).DefaultIfEmpty(0).Max(),
        Measure.PartyShare => Parties.Where(c => subject is null || c.Of == subject).Select(static c => c.Value).DefaultIfEmpty(0).Max(),
        Measure.Concentration => Concentration,
        Measure.HomeValue => HomeValue,
        Measure.HomeHours => HomeHours,
        Measure.Co2 => Co2,
        Measure.PartyExposure => Exposed?.Parties.Where(c => subject is null || c.Of == subject).Select(static c => c.Value).DefaultIfEmpty(0).Max(),
        Measure.CountryExposure => Exposed?.Countries.Where(c => subject is null || c.Of == subject).Select(static c => c.Value).DefaultIfEmpty(0).Max(),
        Measure.Keystone => Keystone,
        Measure.FewestParties => FewestParties,
        Measure.PartConcentration => PartConcentration,
        _ => Kits.Where(k => subject is null || k.Demand == subject).Select(static k => k.Probability).DefaultIfEmpty(1).Min(),
    };

    internal static Measured Of(SourcingProblem p, int[] options, SourcingStudy study, IReadOnlyList<KitChance> kits)
    {
        var countries = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var parties = new SortedDictionary<string, double>(StringComparer.Ordinal);
        double all = 0, home = 0, year = p.Policy.DaysAYear, sold = year * p.Graph.Stages.Sum(static s => s.Demand ?? 0);
        double? hours = 0, co2 = 0;
        bool said = false;              // whether any source says what it takes
        for (int i = 0; i < p.Count; i++)
        {
            foreach (var (source, share) in p.Options[i][options[i]].Parts)
            {
                double units = p.Throughput[i] * share, value = units * source.Cost;
                bool named = source.Stage.Length > 0;
                said |= named;
                all += value;
                string country = study.CountryOf(source);
                countries[country] = countries.GetValueOrDefault(country) + value;
                if (source.Party.Length > 0) parties[source.Party] = parties.GetValueOrDefault(source.Party) + value;
                if (study.IsHome(source)) (home, hours) = (home + value, hours + (named || source.Hours is not null ? year * units * source.Hours : 0));
                co2 += named || source.Co2 is not null ? year * units * source.Co2 / sold : 0;
            }
            for (int a = 0; a < p.Legs[i].Length; a++)
            {
                int k = p.Graph.After[i][a];
                co2 += year * p.Throughput[k] * p.Graph.Quantities[i][a] * p.Legs[i][a].Co2[options[i], options[k]] / sold;
            }
        }
        return new(Shares(countries), Shares(parties), countries.Values.Sum(v => all > 0 ? v / all * (v / all) : 0), all > 0 ? home / all : 0, said ? hours : null, said ? co2 : null, Exposed(), study.KnowHow is { } know ? 1 - Told.Outside(p, know).Reconstructed(options) : null,
            study.KnowHow is { } graph ? FewestPartiesBound.Of(p, new(Measure.FewestParties, 1), graph, study.PartiesTold).Fewest(options) : null, ConcentrationLimit.OfParts(p, new(Measure.PartConcentration, 1), study).Of(options), kits);

        Exposures? Exposed() => study.KnowHow is not { } known ? null : new(
            Most(parties.Keys.Union((known.Before ?? []).Select(static b => b.Party)).Select(party => new Share(party, Told.Party(p, known, party).Reconstructed(options)))),
            Most(countries.Keys.Union((known.Before ?? []).SelectMany(static b => b.Countries)).Where(c => study.Home?.Contains(c) != true).Select(c => new Share(c, Told.Country(p, known, study, c).Reconstructed(options)))));

        static Share[] Most(IEnumerable<Share> of) => [.. of.OrderByDescending(static s => s.Value)];

        Share[] Shares(SortedDictionary<string, double> of) => [.. of.Select(p => new Share(p.Key, all > 0 ? p.Value / all : 0)).OrderByDescending(static s => s.Value)];
    }
}
