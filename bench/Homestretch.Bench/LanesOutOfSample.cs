using System.Globalization;
using Homestretch.Arrivals;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>Out-of-sample check of the lane fit on executed deliveries: for every month, fit on what was known 30 days
/// before it began, then see how many of that month's deliveries kept the stated percentiles.</summary>
internal static class LanesOutOfSample
{
    private sealed record Delivery(string Shipment, string Country, string Mode, string Via, LocalDate Scheduled, LocalDate Delivered, LocalDate Recorded);

    /// <param name="args">A CSV: shipment,country,mode,via,scheduled,delivered,recorded; then from and to month (yyyy-MM)
    /// and optionally lane pull, group pull and half-life in days.</param>
    internal static int Run(string[] args)
    {
        Delivery[] deliveries = [.. File.ReadLines(args[0]).Skip(1).Select(Read)];
        double At(int i, double otherwise) => args.Length > i ? double.Parse(args[i], CultureInfo.InvariantCulture) : otherwise;
        var policy = new FitPolicy(At(3, 10), At(4, 50), At(5, 180));
        var levels = new[] { 0.5, 0.8, 0.9, 0.95 };
        double[] kept = new double[4], pinball = new double[4], constantPinball = new double[4], constantKept = new double[4];
        int n = 0;
        for (var month = Date(args[1] + "-01"); month <= Date(args[2] + "-01"); month = month.PlusMonths(1))
        {
            var asOf = month.PlusDays(-30);
            var fit = LanesFitted.Of(deliveries.Where(d => d.Scheduled <= asOf).Select(d => Row(d, asOf)), asOf, policy);
            double[] pooled = [.. deliveries.Where(d => d.Recorded <= asOf).Select(d => Late(d)).Order()];
            if (fit is null) continue;
            foreach (var d in deliveries.Where(d => d.Scheduled >= month && d.Scheduled < month.PlusMonths(1)))
            {
                var lane = fit.For(Lane(d), Group(d));
                n++;
                for (int p = 0; p < 4; p++)
                {
                    Score(lane.Time.Quantile(levels[p]), Late(d), levels[p], ref kept[p], ref pinball[p]);
                    Score(pooled[(int)Math.Ceiling(levels[p] * pooled.Length) - 1], Late(d), levels[p], ref constantKept[p], ref constantPinball[p]);
                }
            }
        }
        Console.WriteLine($"{n} deliveries, {policy}");
        for (int p = 0; p < 4; p++)
            Console.WriteLine($"P{levels[p] * 100:0}: kept {kept[p] / n:0.000}  pinball {pinball[p] / n:0.000}   one for all: kept {constantKept[p] / n:0.000}  pinball {constantPinball[p] / n:0.000}");
        return 0;
    }

    private static void Score(double stated, double actual, double level, ref double kept, ref double pinball)
    {
        if (actual <= stated) kept++;
        pinball += actual > stated ? level * (actual - stated) : (1 - level) * (stated - actual);
    }

    private static Executed Row(Delivery d, LocalDate asOf) => d.Recorded <= asOf
        ? new Executed(Lane(d), Group(d), d.Shipment, d.Recorded, Late(d))
        : new Executed(Lane(d), Group(d), d.Shipment, asOf, Period.DaysBetween(d.Scheduled, asOf), Finished: false);

    private static double Late(Delivery d) => Period.DaysBetween(d.Scheduled, d.Delivered);
    private static string Group(Delivery d) => $"{d.Mode}|{d.Via}";
    private static string Lane(Delivery d) => $"{d.Country}|{d.Mode}|{d.Via}";
    private static LocalDate Date(string text) => LocalDate.FromDateOnly(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static Delivery Read(string line)
    {
        var c = line.Split(',');
        if (c.Length > 7) c = [c[0], string.Join(",", c[1..^5]), .. c[^5..]];
        return new Delivery(c[0], c[1], c[2], c[3], Date(c[4]), Date(c[5]), Date(c[6]));
    }
}
