using System.Collections.Immutable;
using NodaTime;

namespace Homestretch.Machines.Health;

/// <summary>What was heard of a machine in one hour of the clock.</summary>
/// <param name="LeastAge">Running hours since new as the machine told them, the least in the hour; NaN where it told none.</param>
/// <param name="MostAge">The most.</param>
/// <param name="Values">Settings, then sensors: the mean of what was heard; NaN where unknown.</param>
public sealed record HourHeard(Instant Hour, double LeastAge, double MostAge, ImmutableArray<float> Values);

/// <summary>The lives of a machine's wearing part, as they were heard: those that ran until they failed teach, the others only count.</summary>
/// <param name="Failed">From new, or from when it was first heard, to the last reading before it failed.</param>
/// <param name="Serviced">Lives that ended in a renewal without a breakdown: what they had left nobody knows.</param>
/// <param name="Open">Lives that go on.</param>
public sealed record LivesSeen(IReadOnlyList<UnitHistory> Failed, int Serviced, int Open)
{
    private const double Fall = 0.5, LeastStep = 0.5;

    /// <summary>Cuts what was heard of a machine into lives.</summary>
    /// <param name="hours">Ascending.</param>
    /// <param name="stops">Ascending; breakdowns and planned stops count.</param>
    /// <remarks>Where the machine tells its running hours, a life ends when they fall; it ended in failure when the machine broke down between its last reading and that. Where it tells none, hours in
    /// which something was heard and it did not stand are its age, a repair renews it, and so does a planned stop, without a failure.</remarks>
    public static LivesSeen Of(string machine, IReadOnlyList<HourHeard> hours, IReadOnlyList<MachineStop> stops)
    {
        var failed = new List<UnitHistory>();
        var (cycles, values) = (new List<double>(), new List<float>());
        int serviced = 0;
        Instant last = Instant.MinValue;
        MachineStop[] ends = [.. stops.Where(static s => s.Kind is StopKind.Breakdown or StopKind.Planned)];
        bool told = hours.Any(static h => !double.IsNaN(h.MostAge));
        int next = 0;
        double counted = 0;
        foreach (HourHeard h in hours)
        {
            Instant end = h.Hour + Duration.FromHours(1);
            if (told)
            {
                if (double.IsNaN(h.MostAge)) continue;
                if (cycles.Count > 0 && h.LeastAge < cycles[^1] - Fall)
                {
                    End(Array.Exists(ends, s => s.Kind == StopKind.Breakdown && s.From < end && s.To > last));
                    continue; // an hour of both lives
                }
                counted = h.MostAge;
            }
            else
            {
                for (; next < ends.Length && ends[next].To <= h.Hour; next++) Renew(ends[next].Kind == StopKind.Breakdown);
                Duration stood = stops.Aggregate(Duration.Zero, (sum, s) => sum + Duration.Max(Duration.Zero, Instant.Min(s.To, end) - Instant.Max(s.From, h.Hour)));
                counted += Math.Max(0, (Duration.FromHours(1) - stood).TotalHours);
            }
            if (cycles.Count > 0 && counted < cycles[^1] + LeastStep) continue;
            cycles.Add(counted);
            values.AddRange(h.Values);
            last = h.Hour;
        }
        int open = cycles.Count > 0 ? 1 : 0;
        return new(failed, serviced, open);

        void Renew(bool broke)
        {
            if (cycles.Count > 0) End(broke);
            counted = 0;
        }

        void End(bool broke)
        {
            if (broke) failed.Add(new($"{machine} {failed.Count + serviced + 1}", [.. cycles], [.. values]));
            else serviced++;
            cycles.Clear();
            values.Clear();
        }
    }
}
