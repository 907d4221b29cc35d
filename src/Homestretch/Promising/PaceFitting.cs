using System.Globalization;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A finished unit as paces are learned from it.</summary>
/// <param name="Steps">Every attempt at a step, with when it was over.</param>
public sealed record TimedUnit(string Serial, string Build, string Family, string Line, Instant Begun, Instant Done, IReadOnlyList<(string Step, Instant Done)> Steps);

/// <summary>Learns how long a unit takes on a line from finished units, with partial pooling: what was measured -> the routing's minutes.</summary>
/// <remarks>m = (n measured + 10 stated) / (n + 10): the posterior mean of a normal mean whose prior is worth 10 units (Gelman et al., Bayesian Data Analysis, 3rd edition, section 3.3), with the median in place of the mean, so that
/// one unit that stood about moves nothing. n counts units with weight 2^(-age / 180 days). A unit's time is the line's open time between its recorded moments, rests left out; where several units of a
/// line are in work each has its part of it. Of a unit with a longer stretch than an hour, and than three times its share of the stated time, nobody knows how much was work, so it says nothing, nor does one without a
/// step on record, one that was recorded all at once, or one of a build of which others are not on record. Example: docs/formulas/promising.md.</remarks>
public static class PaceFitting
{
    /// <summary>Fewest units that a pace is learned from.</summary>
    public const int LeastCount = 5;

    /// <summary>Weight of the stated time, in units.</summary>
    public const double StatedPull = 10;

    /// <summary>Most units that a pace is learned from, the last that were done.</summary>
    public const int MostUnits = 500;

    /// <summary>Units that were done longer ago say nothing.</summary>
    public static readonly Duration Memory = Duration.FromDays(365);

    private const double HalfLifeDays = 180, LeastShare = 0.05;

    private sealed record Measured(TimedUnit Unit, double Minutes, double Weight, IReadOnlyDictionary<string, double> Steps);

    /// <summary>The paces that change at t, as events; none where nothing new was done.</summary>
    /// <param name="units">Finished units, each once, of the world and of an archive.</param>
    public static IReadOnlyList<WorldEvent> Due(Snapshot world, IEnumerable<TimedUnit> units, Instant t)
    {
        var rests = world.FloorOperations.Where(static o => o is { Act: FloorAct.Pause or FloorAct.Resume, Answer: FloorAnswer.Accepted }).ToLookup(static o => o.Unit, StringComparer.Ordinal);
        var measured = units.Where(u => u.Done <= t && t - u.Done <= Memory).GroupBy(static u => u.Line, StringComparer.Ordinal)
            .Where(g => world.AssemblyLines.Contains(g.Key)).SelectMany(g => Of(world, world.AssemblyLines[(Key<AssemblyLine>)g.Key], [.. g], rests, t)).ToLookup(static m => $"{m.Unit.Family}|{m.Unit.Line}", StringComparer.Ordinal);
        var events = new List<WorldEvent>();
        foreach (Routing way in world.Routings)
        {
            Measured[] own = [.. measured[way.Id].OrderByDescending(static m => m.Unit.Done).ThenBy(static m => m.Unit.Serial, StringComparer.Ordinal).Take(MostUnits)];
            if (own.Length < LeastCount) continue;
            WorkPace pace = Fitted(way, own);
            if (world.WorkPaces.Find(pace.Id) is not { } last || last.Version != pace.Version) events.Add(new WorldEvent.Put(pace));
        }
        return events;
    }

    /// <summary>A routing with the minutes that a unit really takes, where they are known; stated minutes that have changed since count at once, by the same weight.</summary>
    internal static Routing Paced(Snapshot world, Routing way) => world.WorkPaces.Find(way.Id) is { } pace
        ? way with { MinutesPerUnit = way.MinutesPerUnit == pace.Stated ? pace.MinutesPerUnit : Math.Max(0.0001m, decimal.Round(pace.OwnShare * pace.Measured + (1 - pace.OwnShare) * way.MinutesPerUnit, 4)) } : way;

    private static WorkPace Fitted(Routing way, Measured[] own)
    {
        double n = own.Sum(static m => m.Weight), share = n / (n + StatedPull), median = Quantile(own, 0.5);
        var steps = own.SelectMany(static m => m.Steps).GroupBy(static s => s.Key, StringComparer.Ordinal).Where(static g => g.Count() >= LeastCount && !g.Key.Contains(';', StringComparison.Ordinal)).OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => string.Create(CultureInfo.InvariantCulture, $"{g.Key}={Round(OrderStatistics(g.Select(static s => s.Value)))}"));
        string[] words = [way.MinutesPerUnit.ToString(CultureInfo.InvariantCulture), .. own.SelectMany(static m => (string[])[m.Unit.Serial, m.Minutes.ToString("F3", CultureInfo.InvariantCulture)])];
        return new(way.Family, way.Line, way.Party, own.Length, own.Min(static m => m.Unit.Begun), own.Max(static m => m.Unit.Done), Round(share), Math.Max(0.0001m, Round(share * median + (1 - share) * (double)way.MinutesPerUnit)),
            Round(median), Round(Quantile(own, 0.1)), Round(Quantile(own, 0.9)), way.MinutesPerUnit, string.Join("; ", steps), StableHash.Of(words).ToString("x16", CultureInfo.InvariantCulture));
    }

    private static decimal Round(double value) => decimal.Round((decimal)value, 4);

    private static double OrderStatistics(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(sorted.Length - 1) / 2];
    }

    /// <summary>The least of what was measured that has so much of the weight at or below it.</summary>
    private static double Quantile(Measured[] own, double level)
    {
        double reached = level * own.Sum(static m => m.Weight), sum = 0;
        Measured[] sorted = [.. own.OrderBy(static m => m.Minutes).ThenBy(static m => m.Unit.Serial, StringComparer.Ordinal)];
        foreach (Measured m in sorted)
            if ((sum += m.Weight) >= reached * (1 - 1e-12)) return m.Minutes;
        return sorted[^1].Minutes;
    }

    private static IEnumerable<Measured> Of(Snapshot world, AssemblyLine line, TimedUnit[] units, ILookup<string, FloorOperation> rests, Instant t)
    {
        var whole = units.GroupBy(static u => u.Build, StringComparer.Ordinal).Where(g => world.Builds.Find(g.Key) is { } build && g.Count() >= build.Quantity).Select(static g => g.Key).ToHashSet(StringComparer.Ordinal);
        var worked = new WorkedTime(world, line, units.Min(static u => u.Begun), t);
        var timed = new List<(TimedUnit Unit, IReadOnlyList<WorkedStretch> Stretches)>();
        foreach (TimedUnit unit in units.OrderBy(static u => u.Begun).ThenBy(static u => u.Serial, StringComparer.Ordinal))
        {
            if (unit.Steps.Count == 0 || !whole.Contains(unit.Build) || world.Routings.Find($"{unit.Family}|{unit.Line}") is not { } way) continue;
            IReadOnlyList<WorkedStretch> stretches = worked.Of(unit, rests[unit.Serial]);
            double stated = (double)way.MinutesPerUnit * 60;
            if (stretches.Sum(static s => (double)(s.To - s.From)) < LeastShare * stated || stretches.Any(s => s.To - s.From > Math.Max(3_600, 3 * stated / unit.Steps.Count))) continue;
            timed.Add((unit, stretches));
        }
        return WorkedTime.Shared(timed).Select(m => new Measured(m.Unit, m.Seconds.Values.Sum() / 60, Math.Pow(2, -(t - m.Unit.Done).TotalDays / HalfLifeDays),
            m.Seconds.Where(static s => s.Key.Length > 0).ToDictionary(static s => s.Key, static s => s.Value / 60, StringComparer.Ordinal)));
    }
}
