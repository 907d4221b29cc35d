using Homestretch.Arrivals.History;
using Homestretch.Learning;

namespace Homestretch.Solvers;

/// <summary>Learns the delays of lines from what was settled on a day.</summary>
public static class DelayFit
{
    /// <summary>Age at which a shipment weighs half in training.</summary>
    public const double HalfLifeDays = 720;

    /// <summary>Delays beyond these are learned as these.</summary>
    private const int LeastDays = -90, MostDays = 180;

    /// <summary>How the trees are grown. Chosen on splits of open data (docs/forecasting.md).</summary>
    public static BoostingOptions Options { get; } = new(BoostingGoal.Chance, Trees: 200, Rate: 0.03, Leaves: 7, LeastRows: 40, FeatureShare: 0.3, L2: 5, Rising: DeliveryFeatures.Rising);

    /// <summary>Lines that may be learned from on a day: scheduled before it, so that it is settled whether they are late, and of no shipment of which a line is still to be forecast.</summary>
    internal static int[] Settled(DeliveryBook book, int day)
    {
        var open = Enumerable.Range(0, book.Count).Where(i => book.AsOf(i) >= day).Select(book.Shipment).ToHashSet();
        return [.. Enumerable.Range(0, book.Count).Where(i => book.Scheduled(i) < day && !open.Contains(book.Shipment(i)))];
    }

    /// <summary>Trains on a day. Null when there are too few shipments, or too few late ones.</summary>
    /// <param name="rows">The features of every line of the book, as of its own day.</param>
    internal static DelayForests? Train(DeliveryBook book, DeliveryFeatures features, float[] rows, int[] settled, int day, CancellationToken stop)
    {
        int width = DeliveryFeatures.Names.Count;
        if (settled.Sum(features.Weight) < DelayModel.LeastShipments || settled.Where(i => book.Delay(i, day) > 0).Sum(features.Weight) < DelayModel.LeastLate) return null;
        float[] values = new float[settled.Length * width], late = new float[settled.Length], days = new float[settled.Length], weights = new float[settled.Length];
        for (int r = 0; r < settled.Length; r++)
        {
            int line = settled[r];
            rows.AsSpan(line * width, width).CopyTo(values.AsSpan(r * width));
            // of a line that is out, the days that have passed: a lower bound, which high levels take as it stands
            days[r] = Math.Clamp(book.Delay(line, day), LeastDays, MostDays);
            late[r] = days[r] > 0 ? 1 : 0;
            weights[r] = (float)(features.Weight(line) * Math.Pow(2, -(day - book.Scheduled(line)) / HalfLifeDays));
        }
        return new(Grown(late, Options), [.. DelayCurve.Knots.Select(level => Grown(days, Options with { Goal = BoostingGoal.Quantile, Level = level, Rising = null }))]);

        Forest Grown(float[] labels, BoostingOptions options)
        {
            var (forest, findings) = LightGbmText.Read(Boosting.Train(new(DeliveryFeatures.Names, values, labels, weights), options, stop), new("LightGBM"));
            return forest ?? throw new InvalidOperationException($"{findings[0]}\nMaybe LightGBM was changed without its reader.");
        }
    }
}
