using Homestretch.Server.Seeing;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>Stock with a target: seen by the brand owner's people who see supply, bought by whom the role lets re-plan.</summary>
internal sealed partial class PersonWindow
{
    public StocksView Stocks() => Advised ? Look(static s => StockViews.Of(s)) : StocksView.None;

    public async Task<Told> Restock(RestockOrder order, CancellationToken cancel)
    {
        if (!Advised || !May(Permission.Replan)) return Refused("buy stock");
        var (events, wrong, note) = Look(s => StockViews.Meant(s, order));
        if (wrong.Count > 0) return new(false, Clock.Version, wrong);
        return await Noted(await Tell(events, cancel, note), AuditAction.Restocked, "stock", note);
    }
}
