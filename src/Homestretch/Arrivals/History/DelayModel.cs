using Homestretch.Learning;
using NodaTime;

namespace Homestretch.Arrivals.History;

/// <summary>What a model was made of, and how it did on lines that it had not seen.</summary>
/// <param name="AsOf">Day whose knowledge was used.</param>
/// <param name="From">First scheduled day of the lines learned from; null without any.</param>
/// <param name="To">Last scheduled day of them.</param>
/// <param name="Lines">Lines learned from.</param>
/// <param name="Shipments">Shipments learned from.</param>
/// <param name="LateShipments">Of those, late ones.</param>
/// <param name="OutOfSample">Scores of what was stated for the lines of the year before, each by a model that had not seen them; null without any.</param>
public sealed record DelayCard(LocalDate AsOf, LocalDate? From, LocalDate? To, int Lines, int Shipments, int LateShipments, DelayScores? OutOfSample);

/// <summary>The trees of a model: a chance and a quantile function.</summary>
/// <param name="Late">Chance of being late, over <see cref="DeliveryFeatures.Names"/>.</param>
/// <param name="Days">Days against the schedule at <see cref="DelayCurve.Knots"/>, over the same.</param>
public sealed record DelayForests(Forest Late, IReadOnlyList<Forest> Days)
{
    /// <summary>The quantile function of a line.</summary>
    public DelayCurve Curve(ReadOnlySpan<float> features)
    {
        Span<double> days = stackalloc double[Days.Count];
        for (int k = 0; k < days.Length; k++) days[k] = Days[k].Predict(features);
        return new(days);
    }
}

/// <summary>A trained forecast of delays against the schedule.</summary>
/// <param name="Forests">Null where there was too little history, so that the lanes' pooled history is stated (<see cref="PooledDelay"/>).</param>
/// <param name="Levels">Levels to ask for at <see cref="StatedDelay.Levels"/>, as misses and hits have moved them.</param>
public sealed record DelayModel(DelayForests? Forests, IReadOnlyList<AdaptiveLevel> Levels, DelayCard Card)
{
    /// <summary>Fewest shipments and late shipments that trees are grown from.</summary>
    public const int LeastShipments = 300, LeastLate = 20;

    /// <summary>The levels before any truth was met. P50 stays where it is: with half of all lines on their day, its coverage says little, and it is judged
    /// by its distance; the others move by 0.01 for a shipment's full miss.</summary>
    public static IReadOnlyList<AdaptiveLevel> FirstLevels { get; } = [.. StatedDelay.Levels.Select(static l => new AdaptiveLevel(l, l == 0.5 ? 0 : 0.01))];

    /// <summary>Everything wrong with a model from outside; empty when it can be used.</summary>
    public IReadOnlyList<Finding> Check(Place place)
    {
        var findings = new List<Finding>();
        void Must(bool holds, string rule, string what)
        {
            if (!holds) findings.Add(new(place, rule, what, "Fit the model again with this program."));
        }
        Forest[] all = Forests is null ? [] : [Forests.Late, .. Forests.Days];
        Must(all.All(static f => f.Features.SequenceEqual(DeliveryFeatures.Names)), "model-features", "The model looks at other features than this program makes.");
        Must(Forests is null || Forests.Days.Count == DelayCurve.Knots.Count && Forests.Late.Parts.Output == ForestOutput.Chance && Forests.Days.All(static f => f.Parts.Output == ForestOutput.Value),
            "model-shape", $"A model of delays has one forest for a chance and {DelayCurve.Knots.Count} for days.");
        Must(Levels.Select(static l => l.Wanted).SequenceEqual(StatedDelay.Levels) && Levels.All(static l => l.Rate is >= 0 and <= 1 && l.Asked is >= -AdaptiveLevel.Slack and <= 1 + AdaptiveLevel.Slack),
            "model-levels", "The model's levels are not P50, P80, P90 and P95, or are out of range.");
        return findings;
    }

    /// <summary>What the model says of a line. With the same book, day and model the same bits.</summary>
    /// <param name="features">As <see cref="DeliveryFeatures.Fill"/> gives them.</param>
    /// <param name="pooled">What is stated where there are no trees.</param>
    public StatedDelay State(Delivery delivery, ReadOnlySpan<float> features, PooledDelay pooled) =>
        Forests is null ? pooled.State(delivery) : State(delivery, Forests, features, Levels, out _);

    /// <summary>The quantile function of a line as it is stated: the forests' own, asked at the levels that misses and hits have moved, so that P50, P80, P90 and P95 are what <see cref="StatedDelay"/> says
    /// before it rounds them up to whole days. Null where there are no trees.</summary>
    /// <param name="features">As <see cref="DeliveryFeatures.Fill"/> gives them.</param>
    public DelayCurve? Law(ReadOnlySpan<float> features)
    {
        if (Forests?.Curve(features) is not { } curve) return null;
        Span<double> days = stackalloc double[DelayCurve.Knots.Count];
        for (int k = 0; k < days.Length; k++)
        {
            int stated = StatedDelay.PlaceOf(DelayCurve.Knots[k]);
            days[k] = curve.Quantile(stated < 0 ? DelayCurve.Knots[k] : Levels[stated].Asked);
        }
        days[0] = Math.Min(days[0], days[1]);
        return new(days);
    }

    /// <summary>What forests say of a line, asked at levels.</summary>
    public static StatedDelay State(Delivery delivery, DelayForests forests, ReadOnlySpan<float> features, IReadOnlyList<AdaptiveLevel> levels, out DelayCurve curve)
    {
        curve = forests.Curve(features);
        int[] days = new int[levels.Count];
        for (int k = 0; k < days.Length; k++)
        {
            int quantile = curve.Whole(levels[k].Asked);
            days[k] = k == 0 ? quantile : Math.Max(quantile, days[k - 1]);
        }
        return new(delivery.Line, delivery.AsOf, DelaySource.Trees, forests.Late.Sum(features), new(forests.Late.Predict(features)), days);
    }
}
