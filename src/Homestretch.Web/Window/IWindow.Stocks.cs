namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Stocks with a target; nothing for who may not see supply or is not the brand owner.</summary>
    StocksView Stocks();

    /// <summary>Buys what stocks are below their targets, noted with who bought what.</summary>
    Task<Told> Restock(RestockOrder order, CancellationToken cancel);
}
