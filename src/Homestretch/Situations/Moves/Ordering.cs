using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>A line's slots of the coming weeks are given anew: to the build that is due first among those whose kits are whole by then. What waits for parts no longer holds up what does not.</summary>
internal static class Ordering
{
    private static readonly int[] s_days = [10, 25];

    public static IEnumerable<Move> Of(Setting at)
    {
        foreach (Key<AssemblyLine> line in at.Hurt.Select(l => at.Plan.Of(l.OrderLine)?.AsDated?.Build.Line).OfType<Key<AssemblyLine>>().Distinct().Take(3))
            foreach (int days in s_days) yield return plan => Anew(at, plan, line, days);
    }

    private static Remedy? Anew(Setting at, Plan plan, Key<AssemblyLine> line, int days)
    {
        Instant until = plan.Epoch + Duration.FromDays(days);
        List<Slot> left = [.. plan.World.Builds.Where(b => b.Line == line && b.Start < until && b.Status < OrderStatus.Confirmed && !Held(plan, b)).Select(b => plan.Of(b.OrderLine)?.AsDated).OfType<Forecast.Dated>()
            .DistinctBy(static d => d.Build.Key).Select(d => new Slot(d.Build, d.ReadyP90, Due(plan, d)))];
        Instant[] starts = [.. left.Select(static s => s.Build.Start).Order()];
        if (starts.Length < 2) return null;
        var events = new List<WorldEvent>();
        foreach (Instant start in starts)
        {
            Instant opens = Instant.Max(start, plan.Epoch);
            Slot next = left.Where(s => s.Ready <= opens).OrderBy(static s => s.Due).ThenBy(static s => s.Build.Start).ThenBy(static s => s.Build.Id, StringComparer.Ordinal).FirstOrDefault()
                ?? left.OrderBy(static s => s.Ready).ThenBy(static s => s.Due).ThenBy(static s => s.Build.Id, StringComparer.Ordinal).First();
            left.Remove(next);
            if (next.Build.Start != start) events.Add(new WorldEvent.Put(next.Build with { Start = start, End = start + (next.Build.End - next.Build.Start) }));
        }
        if (events.Count == 0) return null;
        AssemblyLine of = plan.World.AssemblyLines[line];
        return new(RemedyKind.Resequence, $"Build on {of.Name} by due date what is whole, for {days} days: {events.Count} builds move", events, [], at.Soonest,
            [new(TaskKind.LineChange, of.Party, $"assembly_lines:{line}", $"Build in the new order until {at.Day(until)}", at.Soonest)]);
    }

    /// <summary>Until when its work must begin. Without a promise it comes last; past saving, after what is not.</summary>
    private static Instant Due(Plan plan, Forecast.Dated dated) => Shelves.NeededBy(plan, dated) + (dated.Kept?.Value < 0.05 ? Duration.FromDays(30) : dated.Promise is null ? Duration.FromDays(60) : Duration.Zero);

    private static bool Held(Plan plan, Build build) => plan.World.Pins.Any(p => p.Target == build.OrderLine.Value && !(p.Expires <= plan.Epoch));

    private sealed record Slot(Build Build, Instant Ready, Instant Due);
}
