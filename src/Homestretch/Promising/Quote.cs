using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A date for an order that does not exist yet, and all that placing it would put into the world. A placed quote
/// keeps the quote's pegs and slot.</summary>
/// <param name="Forecast">What the order would get; unknown with the reasons when it cannot be built.</param>
/// <param name="Events">The order line with its build, pegs and purchases; empty when it cannot be built.</param>
public sealed record Quote(OrderLine Order, Forecast Forecast, IReadOnlyList<WorldEvent> Events)
{
    public bool Possible => Forecast is Forecast.Dated;
}

internal static class Quoting
{
    /// <summary>Allocates the order from what no held kit uses, on a branch of the world, and evaluates it there.</summary>
    public static Quote Of(Plan plan, OrderLine order)
    {
        if (plan.World.OrderLines.Contains(order.Id))
            return new(order, new Forecast.Unknown(order.Key, [new(new(order.Id), "known-order", $"'{order.Id}' exists already.", "Quote under a new number.")]), []);
        WorldEvent placed = new WorldEvent.Put(order);
        Applied branch = plan.World.Apply([placed], "quote");
        if (!branch.Accepted) return new(order, new Forecast.Unknown(order.Key, branch.Findings), []);
        IReadOnlyList<WorldEvent> events = [placed, .. Plan.Allocate(branch.World, plan.Epoch, plan.Policy, Scope.Unpegged).Where(e => Belongs(e, order))];
        Applied held = plan.World.Apply(events, "quote");
        if (!held.Accepted) return new(order, new Forecast.Unknown(order.Key, held.Findings), []);
        Plan quoted = Plan.Make(held.World, plan.Epoch, plan.Policy);
        Forecast forecast = quoted.Of(order.Key)!;
        return new(order, forecast, forecast is Forecast.Dated ? events : []);
    }

    /// <summary>Other lines may wait for allocation too; a quote carries only its own build, pegs and purchases.</summary>
    private static bool Belongs(WorldEvent e, OrderLine order) => e switch
    {
        WorldEvent.Put { Record: Build b } => b.OrderLine == order.Key,
        WorldEvent.Put { Record: Peg p } => p.Build.Value == order.Id,
        WorldEvent.Put { Record: Lot or PurchaseOrderLine } => true,
        _ => false,
    };
}
