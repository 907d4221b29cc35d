using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Tracing;
using Homestretch.Landing;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Finishing.Jobs;

/// <summary>Measures work at home and dependence from what was really built, unit by unit.</summary>
public static class HomeWorks
{
    /// <summary>Between two recorded moments of a unit longer than this nobody worked on it.</summary>
    public static readonly Duration LongestWork = Duration.FromHours(1);

    private static readonly LocalDatePattern s_month = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM");

    private sealed record Built(string Month, string Country, string Family, Duration? Work, int Pauses, string Currency, IReadOnlyList<Part> Parts);

    /// <param name="Value">In hundredths; null: it or whose it is is unknown.</param>
    private sealed record Part(long? Value, bool Domestic, string Supplier);

    /// <summary>One row a month, country and product, in that order, of the finished units among these.</summary>
    public static IReadOnlyList<HomeWork> Monthly(Snapshot world, IEnumerable<UnitRecord> units) => Rows(world, units, static b => b.Month);

    /// <summary>One row a country and product.</summary>
    public static IReadOnlyList<HomeWork> Together(Snapshot world, IEnumerable<UnitRecord> units) => Rows(world, units, static _ => "");

    private static IReadOnlyList<HomeWork> Rows(Snapshot world, IEnumerable<UnitRecord> units, Func<Built, string> month)
    {
        var tables = LandingTables.Of(world);
        // values in several currencies are never added up: each currency has its own row
        return [.. units.Where(static u => u is { State: UnitState.Complete, Completed: not null }).Select(u => Of(world, tables, u)).GroupBy(b => (Month: month(b), b.Country, b.Family, b.Currency))
            .OrderBy(static g => g.Key.Month, StringComparer.Ordinal).ThenBy(static g => g.Key.Country, StringComparer.Ordinal).ThenBy(static g => g.Key.Family, StringComparer.Ordinal).ThenBy(static g => g.Key.Currency, StringComparer.Ordinal)
            .Select(static g => Row(g.Key.Month, [.. g]))];
    }

    private static HomeWork Row(string month, Built[] built)
    {
        Part[] parts = [.. built.SelectMany(static b => b.Parts)], known = [.. parts.Where(static p => p.Value is not null)];
        Duration[] timed = [.. built.Select(static b => b.Work).OfType<Duration>()];
        return new(month, built[0].Country, built[0].Family, built.Length, timed.Length == 0 ? null : timed.Sum(static d => d.TotalHours), built.Length - timed.Length, built.Sum(static b => b.Pauses), built[0].Currency,
            known.Sum(static p => p.Value!.Value), known.Where(static p => p.Domestic).Sum(static p => p.Value!.Value), parts.Length - known.Length, parts.Length,
            [.. known.GroupBy(static p => p.Supplier, StringComparer.Ordinal).Select(static g => new CountryValue(g.Key, g.Sum(static p => p.Value!.Value))).OrderByDescending(static c => c.Value).ThenBy(static c => c.Country, StringComparer.Ordinal)]);
    }

    private static Built Of(Snapshot world, LandingTables tables, UnitRecord unit)
    {
        Site hub = world.Sites[unit.Hub];
        LocalDate day = unit.Completed!.Value.InZone(DateTimeZoneProviders.Tzdb[hub.TimeZone]).Date;
        IReadOnlyList<CustomsTerritory> home = tables.TerritoriesOf(hub.Country, day);
        UnitContent content = AsBuilt.Content(world, unit);
        PartRecord[] inside = [.. unit.Parts.Where(static p => p.TakenOut is null)];
        Part[] parts = [.. content.Components.Zip(inside, (c, p) => new Part(c.Origin.Length > 0 && p.SupplierCountry.Length > 0 ? c.Value : null, IsHome(c.Origin), p.SupplierCountry))];
        var (work, pauses) = Work(unit);
        return new(s_month.Format(day), hub.Country, unit.Family, work, pauses, content.Currency, parts);

        bool IsHome(string origin) => origin == hub.Country || home.Any(t => Listed.Of(t.Countries).Contains(origin));
    }

    /// <summary>Time at work on a unit: what lies between its recorded moments one after the other, without stretches that are too long; null where no step is on record.</summary>
    private static (Duration? Work, int Pauses) Work(UnitRecord unit)
    {
        if (unit.Steps.Count == 0) return (null, 0);
        Instant[] marks = [.. unit.Steps.Select(static s => s.Done).Append(unit.Begun).Append(unit.Completed!.Value).Order()];
        Duration[] between = [.. marks.Zip(marks.Skip(1), static (a, b) => b - a)];
        return (between.Where(static d => d <= LongestWork).Aggregate(Duration.Zero, static (sum, d) => sum + d), between.Count(static d => d > LongestWork));
    }
}
