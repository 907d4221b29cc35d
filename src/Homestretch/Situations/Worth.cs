using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>What a kept promise is worth in money.</summary>
public static class Worth
{
    /// <summary>Share of an order line's price that a broken promise costs: a stated assumption, of the size of the penalties that supply contracts name for lateness.</summary>
    public const decimal LateShare = 0.1m;

    /// <summary>Value of so much of an order line's promise; null when it has no price.</summary>
    public static Money? Of(OrderLine order, double promises) => order.Price is { } price ? price * (LateShare * (decimal)promises) : null;
}
