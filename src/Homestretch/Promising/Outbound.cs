using Homestretch.Arrivals;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Time from the end of the build to the customer: lognormal through the market's two quantiles; with a median of 0 half take no time
/// (<see cref="StageTime.Of"/>).</summary>
/// <param name="P50Days">Median, days.</param>
/// <param name="Sigma">Standard deviation of the logarithm; 0: constant.</param>
/// <param name="FromNothing">For a median of 0 under a 90th percentile above it.</param>
internal readonly record struct Outbound(double P50Days, double Sigma, StageTime? FromNothing = null)
{
    public static Outbound Of(Market market)
    {
        double p50 = (double)market.OutboundP50Days, p90 = (double)market.OutboundP90Days;
        return p50 <= 0 && p90 > 0 ? new(0, 0, StageTime.Of(0, p90)) : new(p50, p90 > p50 ? Math.Log(p90 / p50) / Normal.Z90 : 0);
    }

    public Duration AtP90 => Duration.FromSeconds(Math.Ceiling(SecondsAt(Normal.Z90)));

    /// <summary>Seconds at a normal score, as far as a plan counts.</summary>
    public double SecondsAt(double score) =>
        Math.Min(Seconds.Far, (FromNothing is { } time ? time.QuantileUpper(Normal.UpperTail(score)) : P50Days * Math.Exp(Sigma * score)) * Seconds.Day);
}
