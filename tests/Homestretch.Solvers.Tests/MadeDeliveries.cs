using Homestretch.Arrivals.History;
using NodaTime;

namespace Homestretch.Solvers.Tests;

/// <summary>A made history with a rule in it: suppliers differ, one destination is congested for some months, and orders repeat themselves.</summary>
internal static class MadeDeliveries
{
    public static readonly LocalDate Begin = new(2020, 1, 1);

    public static List<Delivery> Of(int shipments, int days, ulong seed)
    {
        var draws = new Draws(seed);
        var made = new List<Delivery>();
        for (int s = 0; s < shipments; s++)
        {
            double U(ulong key) => draws.Uniform(key, s);
            int supplier = (int)(6 * U(1)), destination = (int)(4 * U(2)), day = 40 + (int)(days * (double)s / shipments);
            double late = 0.04 + 0.08 * supplier + (destination == 1 && day / 120 % 2 == 1 ? 0.35 : 0);
            int delay = U(3) < late ? 1 + (int)(-12 * (1 + supplier) * Math.Log(U(4)) / 3) : U(5) < 0.25 ? -(int)(15 * U(6)) : 0;
            LocalDate scheduled = Begin.PlusDays(day), delivered = scheduled.PlusDays(delay);
            for (int line = 0; line <= (int)(2.5 * U(7)); line++)
            {
                made.Add(new($"L{s}.{line}", $"S{s}", $"O{s / 5}", "", "C", $"V{supplier}", $"F{supplier}", $"D{destination}", supplier > 2 ? "sea" : "air", "EXW", "", $"I{(s + line) % 9}", "", "", 10 + s % 7, 100 + s % 11,
                    null, scheduled.PlusDays(-70), scheduled, delivered, delivered, scheduled.PlusDays(-30)));
            }
        }
        return made;
    }
}
