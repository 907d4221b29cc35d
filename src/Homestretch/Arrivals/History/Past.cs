namespace Homestretch.Arrivals.History;

/// <summary>What the settled lines of one kind (a supplier, an order) say on a day about the next one: lines of one shipment weigh one together,
/// older ones less.</summary>
/// <param name="Weight">Shipments, decayed.</param>
/// <param name="Late">Share late, drawn to the share of everything by <see cref="Pull"/> shipments.</param>
/// <param name="Recent">The same with a short memory.</param>
/// <param name="Delay">Mean days against the schedule, held in -30 to 60; NaN without history.</param>
/// <param name="OnDay">Share delivered exactly on its day.</param>
/// <param name="LastDelay">Of the line scheduled last; NaN without history.</param>
/// <param name="LastAge">Days from that schedule to the day; NaN without history.</param>
/// <param name="Out">Shipments overdue and not delivered, decayed.</param>
internal readonly record struct Past(double Weight, double Late, double Recent, double Delay, double OnDay, double LastDelay, double LastAge, double Out)
{
    public const double Pull = 4, HalfLifeDays = 360, RecentHalfLifeDays = 60;
    private const int LeastDelay = -30, MostDelay = 60;

    /// <param name="members">Lines of the kind, by schedule.</param>
    /// <param name="share">Weight of each line of the book: one over the lines of its shipment.</param>
    /// <param name="own">The shipment asked about: never its own history.</param>
    public static Past Of(DeliveryBook book, int[] members, double[] share, int own, int day, double baseLate, double baseRecent)
    {
        double n = 0, late = 0, recentN = 0, recentLate = 0, delays = 0, onDay = 0, overdue = 0, lastDelay = double.NaN, lastAge = double.NaN;
        foreach (int m in members)
        {
            if (book.Scheduled(m) >= day) break; // what is scheduled later is not settled, unless early: those would tell of early ones only
            if (book.Shipment(m) == own) continue;
            int age = day - book.Scheduled(m), delay = book.Delay(m, day);
            double w = share[m] * Decay.Long(age), r = share[m] * Decay.Short(age);
            (n, recentN) = (n + w, recentN + r);
            if (delay > 0) (late, recentLate) = (late + w, recentLate + r);
            if (delay == 0) onDay += w;
            if (!book.Arrived(m, day)) overdue += r;
            delays += w * Math.Clamp(delay, LeastDelay, MostDelay);
            (lastDelay, lastAge) = (Math.Clamp(delay, LeastDelay, MostDelay), age);
        }
        return new(n, (late + Pull * baseLate) / (n + Pull), (recentLate + Pull * baseRecent) / (recentN + Pull), n > 0 ? delays / n : double.NaN, n > 0 ? onDay / n : double.NaN, lastDelay, lastAge, overdue);
    }

    /// <summary>Weights by age in days, as tables: the same bits everywhere.</summary>
    private static class Decay
    {
        private static readonly double[] s_long = Table(HalfLifeDays), s_short = Table(RecentHalfLifeDays);
        public static double Long(int age) => s_long[Math.Min(age, s_long.Length - 1)];
        public static double Short(int age) => s_short[Math.Min(age, s_short.Length - 1)];
        private static double[] Table(double halfLife) => [.. Enumerable.Range(0, 7300).Select(age => Math.Pow(2, -age / halfLife))];
    }
}
