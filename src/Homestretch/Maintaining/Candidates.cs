using Homestretch.World;
using NodaTime;

namespace Homestretch.Maintaining;

/// <summary>Times in which a machine could be maintained: from as soon as a crew can be there, close together at first and further apart later, and just before
/// each planned run, when it may stand idle anyway. None lies over another planned stop.</summary>
internal static class Candidates
{
    private static readonly int[] s_hours = [0, 8, 16, 24, 36, 48, 72, 96, 120, 168, 240, 336];

    public static IReadOnlyList<(Instant From, Instant To)> Of(Instant t, UpkeepPolicy how, Duration work, IEnumerable<ProductionRun> queue, IReadOnlyList<Maintenance> others)
    {
        Instant first = NextHour(t + how.Notice), last = t + how.Ahead;
        var begins = new SortedSet<Instant>(s_hours.Select(h => first + Duration.FromHours(h)));
        foreach (ProductionRun run in queue)
            if (run.Status == OrderStatus.Approved) begins.Add(Hour(run.Start - work));
        return [.. begins.Where(b => b >= first && b <= last).Select(b => (b, b + work)).Where(s => !others.Any(o => o.From < s.Item2 && o.To > s.Item1))];
    }

    private static Instant Hour(Instant at)
    {
        long seconds = at.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(seconds - (seconds % 3600 + 3600) % 3600);
    }

    private static Instant NextHour(Instant at) => Hour(at) is var hour && hour < at ? hour + Duration.FromHours(1) : hour;
}
