using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Time from the end of the build to the customer: lognormal through the market's two quantiles.</summary>
/// <param name="P50Days">Median, days.</param>
/// <param name="Sigma">Standard deviation of the logarithm; 0: constant.</param>
internal readonly record struct Outbound(double P50Days, double Sigma)
{
    public static Outbound Of(Market market)
    {
        double p50 = (double)market.OutboundP50Days, p90 = (double)market.OutboundP90Days;
        return new(Math.Max(0, p50), p50 > 0 && p90 > p50 ? Math.Log(p90 / p50) / Normal.Z90 : 0);
    }

    public Duration AtP90 => Duration.FromSeconds(Math.Ceiling(SecondsAt(Normal.Z90)));

    /// <summary>Seconds at a normal score.</summary>
    public double SecondsAt(double score) => P50Days * Math.Exp(Sigma * score) * Seconds.Day;
}
