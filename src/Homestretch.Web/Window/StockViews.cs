using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>Stocks with a target.</summary>
/// <param name="Studied">Whether the company has a study, out of whose designs targets come.</param>
public sealed record StocksView(IReadOnlyList<StockRow> Rows, bool Studied)
{
    public static StocksView None { get; } = new([], false);
}

/// <summary>A stock with a target, in the item's unit.</summary>
/// <param name="Stock">hub|item.</param>
/// <param name="Taken">Units of kits that start before a purchase of today would be in.</param>
/// <param name="Buy">What would be bought; 0: nothing.</param>
/// <param name="Supplier">From whom; empty: nothing is bought, or nobody sells it for that hub now.</param>
/// <param name="Due">When it would be in.</param>
public sealed record StockRow(string Stock, string Hub, string HubName, string Item, string ItemName, string Unit, decimal There, decimal Coming, decimal Taken, decimal Free, decimal Target, bool Below, decimal Buy, string Supplier, string Lane, Instant? Due, string Note);

/// <summary>What to buy up.</summary>
/// <param name="Stocks">hub|item of each; none: all that are below their targets.</param>
public sealed record RestockOrder(IReadOnlyList<string> Stocks);
