using Homestretch.Server.Seeing;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Orders chosen option by option, for the brand owner's people who may promise dates. Only the quotes hold the live plan.</summary>
internal sealed partial class PersonWindow
{
    public ConfigureView? Configure(ConfigureQuery query, CancellationToken cancel) => May(Permission.Promise) && Brand
        ? OrderingViews.Of(Look(static s => (s.World, s.Now.InZone(s.Zone).Date)), query, (model, state, order) => Look(s => (OrderingViews.Offers(s, model, state, order, cancel), s.Money)), cancel) : null;

    public async Task<Told> Confirm(string orderLine, CancellationToken cancel)
    {
        if (!May(Permission.Promise)) return Refused("confirm orders");
        if (Look(s => s.World.OrderLines.Find(orderLine)) is not { } order) return Wrong("order_line", "unknown-key", $"There is no order line '{orderLine}'.", "Check the number.");
        return order.Status is OrderStatus.Proposed or OrderStatus.Approved ? await Tell([new WorldEvent.Put(order with { Status = OrderStatus.Confirmed })], cancel, order.Id)
            : Wrong("status", "not-open", $"'{orderLine}' is {Words.Of(order.Status)}.", "Only what is proposed or approved is confirmed.");
    }
}
