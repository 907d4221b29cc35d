using Homestretch.World;
using NodaTime;

namespace Homestretch.Landing;

/// <summary>Which measures count for a line: the rules of claims, exclusions, preferences and stacking.</summary>
internal static class Duties
{
    /// <param name="Counting">Measures that count, in order of key.</param>
    /// <param name="Aside">Those that met the goods and do not count.</param>
    internal sealed record Found(IReadOnlyList<DutyMeasure> Counting, IReadOnlyList<SetAside> Aside);

    public static Found Of(LandingTables tables, string territory, ConsignmentLine line, string hs, string origin, LocalDate? exported, LocalDate entered, Place place, List<Finding> findings)
    {
        var aside = new List<SetAside>();
        var standing = new SortedDictionary<string, Measure>(StringComparer.Ordinal);
        foreach (Measure m in tables.Measures(territory, hs, origin, entered))
        {
            if (m.Row.Claim.Length > 0 && !line.Claims.Contains(m.Row.Claim)) continue;
            if (m.Row.ExportedBefore is { } exportedBefore && !(entered >= m.Row.EnteredBefore))
            {
                if (exported is null)
                    findings.Add(new(place with { Column = "exported" }, "unknown-export-date", $"{line.Key}: {m.Key} exempts what was exported before {Day(exportedBefore)}, and the day of export is unknown.", "State the day of export."));
                else if (exported < exportedBefore)
                {
                    Aside(m, $"exported on {Day(exported.Value)}, before {Day(exportedBefore)}{(m.Row.EnteredBefore is { } until ? $", and entered before {Day(until)}" : "")}");
                    continue;
                }
            }
            standing[m.Key] = m;
        }
        foreach (Measure exclusion in standing.Values.Where(static m => m.Row.Kind == DutyKind.Exclusion).ToList())
        {
            if (!standing.ContainsKey(exclusion.Key)) continue;
            foreach (string key in exclusion.Excludes)
                if (standing.Remove(key, out Measure? m)) Aside(m, $"excluded by {exclusion.Key}");
            standing.Remove(exclusion.Key);
        }
        Yielding();
        if (Chosen(DutyKind.Preference) is { } preference)
        {
            foreach (Measure general in standing.Values.Where(static m => m.Row.Kind == DutyKind.General).ToList())
            {
                standing.Remove(general.Key);
                Aside(general, $"{preference.Key} is claimed instead");
            }
        }
        else if (Chosen(DutyKind.General) is null && !standing.Values.Any(static m => m.Row.Kind is DutyKind.General or DutyKind.Preference))
            findings.Add(new(place with { Column = "hs" }, "no-general-duty", $"{line.Key}: {territory} has no general duty for {line.Hs} from {origin} on {Day(entered)}.", "Add it to duty_measures; free of duty is a percent of 0."));
        return new([.. standing.Values.Select(static m => m.Row)], aside);

        void Aside(Measure m, string why) => aside.Add(new(line.Key, $"duty_measures {m.Key}", why));

        // a measure stands unless one that it yields to stands
        void Yielding()
        {
            var stands = new Dictionary<string, bool?>(StringComparer.Ordinal);
            foreach (Measure m in standing.Values.ToList())
                if (!Stands(m)) standing.Remove(m.Key);

            bool Stands(Measure m)
            {
                if (stands.TryGetValue(m.Key, out bool? known))
                {
                    if (known is null) findings.Add(new(place with { Column = "yields_to" }, "stacking-cycle", $"{line.Key}: {m.Key} yields, over others, to itself.", "Let one of them yield to none of the others."));
                    return known ?? true;
                }
                stands[m.Key] = null;
                string? over = m.YieldsTo.FirstOrDefault(k => standing.TryGetValue(k, out Measure? other) && Stands(other));
                if (over is not null) Aside(m, $"yields to {over}");
                stands[m.Key] = over is null;
                return over is null;
            }
        }

        // of several the one with the longest code, then the one that names the origin; others of its kind give way
        Measure? Chosen(DutyKind kind)
        {
            List<Measure> all = [.. standing.Values.Where(m => m.Row.Kind == kind).OrderByDescending(static m => m.Prefix.Length).ThenBy(static m => m.AnyOrigin)];
            if (all.Count == 0) return null;
            if (all.Count > 1 && all[1].Prefix.Length == all[0].Prefix.Length && all[1].AnyOrigin == all[0].AnyOrigin)
            {
                findings.Add(new(place with { Column = "hs" }, $"two-{Words.Of(kind)}", $"{line.Key}: {all[0].Key} and {all[1].Key} both hold for {line.Hs} from {origin}.",
                    kind == DutyKind.General ? "End one of them, or give it a longer code." : "Claim one of them only."));
                return null;
            }
            foreach (Measure other in all.Skip(1))
            {
                standing.Remove(other.Key);
                Aside(other, $"{all[0].Key} is closer");
            }
            return all[0];
        }
    }

    private static string Day(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}
