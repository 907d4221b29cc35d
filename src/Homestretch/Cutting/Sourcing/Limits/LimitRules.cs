namespace Homestretch.Cutting.Sourcing.Limits;

/// <summary>Makes limits of a problem out of limits as they were given.</summary>
internal static class LimitRules
{
    /// <summary>Limits over the problem's choices; findings for what cannot be measured.</summary>
    /// <param name="study">The study that says what is at home.</param>
    public static (IReadOnlyList<Bounded> Bounded, IReadOnlyList<Finding> Findings) Of(SourcingProblem p, IReadOnlyList<Limit> limits, SourcingStudy study)
    {
        var bounded = new List<Bounded>();
        var findings = new List<Finding>();
        double[][] all = p.Value(static _ => true);
        HashSet<string> countries = [.. Sources(p).Select(study.CountryOf)], parties = [.. Sources(p).Select(static s => s.Party).Where(static s => s.Length > 0)];
        string[] toldCountries = [.. countries.Concat((study.KnowHow?.Before ?? []).SelectMany(static b => b.Countries)).Distinct()], toldParties = [.. study.PartiesTold];
        for (int l = 0; l < limits.Count; l++)
        {
            Limit limit = limits[l];
            if (!(limit.Value >= 0 && double.IsFinite(limit.Value)) || (limit.Value > 1 && limit.IsShare)) Wrong("range", $"A limit of {limit.Value} for {limit.Name}.", "Give 0 or more, and a share of at most 1.");
            else if (limit.Subject is not null && limit.Measure is not (Measure.CountryShare or Measure.PartyShare or Measure.PartyExposure or Measure.CountryExposure or Measure.KitInTime)) Wrong("subject", $"{limit.Name} is of the whole, not of '{limit.Subject}'.", "Leave the country or party out.");
            else switch (limit.Measure)
            {
                case Measure.CountryShare or Measure.CountryExposure when limit.Subject is { } c && !(limit.Measure == Measure.CountryShare ? countries.Contains(c) : toldCountries.Contains(c)): Wrong("unknown-key", $"No source is in '{c}'.", "Correct the country."); break;
                case Measure.PartyShare or Measure.PartyExposure when limit.Subject is { } s && !(limit.Measure == Measure.PartyShare ? parties.Contains(s) : toldParties.Contains(s)): Wrong("unknown-key", $"'{s}' is no party of any source.", "Correct the party."); break;
                case Measure.PartyExposure or Measure.CountryExposure or Measure.Keystone or Measure.FewestParties when study.KnowHow is null: Wrong("unknown", $"{limit.Name} cannot be measured: nothing says what there is to know.", "Give the know-how of the stages."); break;
                case Measure.PartyExposure: bounded.AddRange(Whom(toldParties, limit.Subject, static _ => true).Select(party => new ExposureBound(limit with { Subject = party }, Told.Party(p, study.KnowHow!, party)))); break;
                case Measure.CountryExposure: bounded.AddRange(Whom(toldCountries, limit.Subject, Away).Select(c => new ExposureBound(limit with { Subject = c }, Told.Country(p, study.KnowHow!, study, c)))); break;
                case Measure.Keystone: bounded.Add(new ExposureBound(limit, Told.Outside(p, study.KnowHow!))); break;
                case Measure.FewestParties when limit.Value > toldParties.Length + 1: Wrong("range", $"At least {limit.Value} parties, and there are {toldParties.Length}.", $"Give at most {toldParties.Length + 1}: then not even all of them together may."); break;
                case Measure.FewestParties: bounded.Add(FewestPartiesBound.Of(p, limit, study.KnowHow!, toldParties)); break;
                case Measure.KitInTime when limit.Subject is { } d && KitsInTime.Demands(p).All(k => p.Graph.Stages[k].Name != d): Wrong("unknown-key", $"No customers buy at a stage '{d}'.", "Correct the stage."); break;
                case Measure.KitInTime: bounded.AddRange(KitsInTime.Of(p, limit)); break;
                case Measure.CountryShare: bounded.AddRange(Whom(countries, limit.Subject, Away).Select(c => Share(limit with { Subject = c }, s => study.CountryOf(s) == c))); break;
                case Measure.PartyShare: bounded.AddRange(Whom(parties, limit.Subject, static _ => true).Select(party => Share(limit with { Subject = party }, s => s.Party == party))); break;
                case Measure.HomeValue: bounded.Add(Share(limit, study.IsHome)); break;
                case Measure.Concentration: bounded.Add(ConcentrationLimit.OfValue(p, limit, study)); break;
                case Measure.PartConcentration: bounded.Add(ConcentrationLimit.OfParts(p, limit, study)); break;
                case Measure.HomeHours: Known(s => !study.IsHome(s) || s.Hours is not null, "hours"); bounded.Add(Hours(limit)); break;
                default: Known(static s => s.Co2 is not null, "co2"); bounded.Add(Co2(limit)); break;
            }

            void Wrong(string rule, string what, string cure) => findings.Add(new(new("limits", l + 1), rule, what, cure));
            void Known(Func<Source, bool> known, string column)
            {
                string[] unknown = [.. Sources(p).Where(s => s.Stage.Length > 0 && !known(s)).Select(static s => $"{s.Stage}: {s.Name}").Distinct().Order(StringComparer.Ordinal)];
                if (unknown.Length > 0) Wrong("unknown", $"{limit.Name} cannot be measured: {column} of {string.Join(", ", unknown.Take(5))}{(unknown.Length > 5 ? $" and {unknown.Length - 5} more" : "")} is not known.", $"Give {column} of these sources.");
            }
        }
        return (bounded, findings);

        bool Away(string country) => study.Home?.Contains(country) != true;

        SumLimit Share(Limit limit, Func<Source, bool> of)
        {
            double[][] own = p.Value(of);
            double sign = limit.IsLeast ? -1 : 1, scale = Math.Max(all.Sum(static s => s.Max()), 1e-9);
            double[][] sum = [.. own.Select((s, i) => s.Select((v, x) => sign * (v - limit.Value * all[i][x])).ToArray())];
            return new(limit, sum, null, 0, scale, p.Graph);
        }

        SumLimit Hours(Limit limit)
        {
            double[][] hours = p.PerYear(s => study.IsHome(s) ? s.Hours ?? 0 : 0);
            return new(limit, [.. hours.Select(static s => s.Select(static h => -h).ToArray())], null, limit.Value, Math.Max(limit.Value, 1), p.Graph);
        }

        SumLimit Co2(Limit limit)
        {
            double sold = p.Policy.DaysAYear * p.Graph.Stages.Sum(static s => s.Demand ?? 0);
            double[][] made = [.. p.PerYear(static s => s.Co2 ?? 0).Select(s => s.Select(v => v / sold).ToArray())];
            double[,]?[][] moved = [.. p.Legs.Select((legs, i) => legs.Select((leg, a) =>
            {
                double units = p.Policy.DaysAYear * p.Throughput[p.Graph.After[i][a]] * p.Graph.Quantities[i][a] / sold;
                double[,] table = new double[leg.Co2.GetLength(0), leg.Co2.GetLength(1)];
                for (int x = 0; x < table.GetLength(0); x++)
                    for (int y = 0; y < table.GetLength(1); y++) table[x, y] = units * leg.Co2[x, y];
                return (double[,]?)table;
            }).ToArray())];
            return new(limit, made, moved, -limit.Value, Math.Max(limit.Value, 1e-9), p.Graph);
        }
    }

    private static IEnumerable<string> Whom(IEnumerable<string> all, string? subject, Func<string, bool> each) => all.Where(s => subject is null ? each(s) : s == subject).Order(StringComparer.Ordinal);

    internal static IEnumerable<Source> Sources(SourcingProblem p) => p.Options.SelectMany(static o => o).SelectMany(static o => o.Parts).Select(static s => s.Source);
}
