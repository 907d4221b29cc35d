using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>What a machine did over a stretch of time.</summary>
/// <param name="Reason">As it was told; empty: none.</param>
public readonly record struct StateStretch(MachineState State, Instant From, Instant To, string Reason);

/// <summary>A time in which a machine stood, known to stand.</summary>
/// <param name="Micro">Shorter than the limit and not meant: counted apart.</param>
public sealed record MachineStop(Instant From, Instant To, MachineState State, StopKind Kind, string Reason, bool Micro)
{
    public Duration Length => To - From;
}

/// <summary>Stops of one kind and reason together.</summary>
/// <param name="Share">Of all the time stood, micro-stops left out.</param>
public sealed record StopSum(StopKind Kind, string Reason, int Count, Duration Time, double Share);

/// <summary>How a machine stood over a time: what took most first. Time without data is told apart and is neither running nor standing.</summary>
/// <param name="Stops">By begin.</param>
/// <param name="Sums">Without micro-stops, the longest first.</param>
public sealed record StopReport(Instant From, Instant To, Duration Running, Duration NoData, IReadOnlyList<MachineStop> Stops, IReadOnlyList<StopSum> Sums, int MicroStops, Duration MicroTime)
{
    /// <summary>Stops shorter than this are micro-stops unless somebody says otherwise.</summary>
    public static Duration Micro { get; } = Duration.FromMinutes(5);

    /// <param name="stretches">Ascending and without overlap; what none covers is no data.</param>
    /// <param name="micro">Stops shorter than this are micro-stops. One that the begin or end of the time cuts, and planned ones and changeovers, never are.</param>
    public static StopReport Of(IReadOnlyList<StateStretch> stretches, Instant from, Instant to, Duration micro)
    {
        Duration running = Duration.Zero, known = Duration.Zero;
        var stops = new List<MachineStop>();
        foreach (StateStretch stretch in stretches)
        {
            Instant begin = Instant.Max(stretch.From, from), end = Instant.Min(stretch.To, to);
            if (end <= begin || stretch.State == MachineState.NoData) continue;
            known += end - begin;
            if (stretch.State == MachineState.Running)
            {
                running += end - begin;
                continue;
            }
            string reason = stretch.Reason.Trim();
            StopKind kind = StopRules.Of(stretch.State, reason);
            bool whole = begin > from && end < to, meant = kind is StopKind.Planned or StopKind.Changeover;
            // one state told again with the same reason is one stop
            if (stops.Count > 0 && stops[^1] is var last && last.To == begin && last.State == stretch.State && last.Kind == kind && last.Reason == reason) (stops[^1], begin) = (last with { To = end }, last.From);
            else stops.Add(new(begin, end, stretch.State, kind, reason, false));
            stops[^1] = stops[^1] with { Micro = whole && begin > from && !meant && end - begin < micro };
        }
        MachineStop[] counted = [.. stops.Where(static s => !s.Micro)], small = [.. stops.Where(static s => s.Micro)];
        double all = counted.Sum(static s => s.Length.TotalSeconds);
        StopSum[] sums = [.. counted.GroupBy(static s => (s.Kind, Reason: s.Reason.ToUpperInvariant())).Select(g => new StopSum(g.Key.Kind, g.First().Reason, g.Count(), Together(g), Together(g).TotalSeconds / all))
            .OrderByDescending(static s => s.Time).ThenBy(static s => s.Kind).ThenBy(static s => s.Reason, StringComparer.Ordinal)];
        return new(from, to, running, to - from - known, stops, sums, small.Length, Together(small));
    }

    private static Duration Together(IEnumerable<MachineStop> stops) => stops.Aggregate(Duration.Zero, static (sum, s) => sum + s.Length);
}
