using NodaTime;

namespace Homestretch.Machines;

/// <summary>Past hours told again with what came late: the fold of the twin over readings in the order of their own times, where the twin itself had to take them
/// in the order in which they came.</summary>
public static class Hindsight
{
    /// <summary>The hours of [from, to) in which something is known to have passed.</summary>
    /// <param name="readings">Ascending by time; from before <paramref name="from"/> on, so that the state at its begin and the counters are known.</param>
    /// <param name="from">A clock hour's begin, as is <paramref name="to"/>.</param>
    public static IReadOnlyList<HourSpent> Hours(IReadOnlyList<MachineReading> readings, Instant from, Instant to, double idealPiecesPerHour)
    {
        var hours = new List<HourSpent>();
        MachineTwin twin = MachineTwin.Unknown;
        int next = 0;
        for (Instant hour = from; hour < to; hour += Duration.FromHours(1))
        {
            Instant end = hour + Duration.FromHours(1);
            int begin = next;
            while (next < readings.Count && readings[next].At < end) next++;
            if (next > begin) twin = twin.Fold([.. readings.Skip(begin).Take(next - begin)], readings[next - 1].At, idealPiecesPerHour);
            foreach (HourSpent spent in twin.HoursUntil(end))
            {
                if (spent.Hour == hour) hours.Add(spent);
            }
        }
        return hours;
    }
}
