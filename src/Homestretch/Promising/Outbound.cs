using Homestretch.Arrivals;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Time from the end of the build to the customer, through the market's two quantiles.</summary>
internal readonly record struct Outbound(StageTime Time)
{
    public static Outbound Of(Market market) => new(StageTime.Of((double)market.OutboundP50Days, (double)Math.Max(market.OutboundP50Days, market.OutboundP90Days)));

    public Duration AtP90 => Duration.FromSeconds(Math.Ceiling(SecondsAt(Normal.Z90)));

    /// <summary>Seconds at a normal score, as far as a plan counts.</summary>
    public double SecondsAt(double score) => Math.Min(Seconds.Far, Time.QuantileUpper(Normal.UpperTail(score)) * Seconds.Day);
}
