using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What lies at a site that no kit is pegged to, less what a board sends other kits to.</summary>
internal sealed class FreeStock
{
    private readonly Doing _d;
    private readonly Dictionary<string, decimal> _free;

    public FreeStock(Doing d)
    {
        _d = d;
        var pegged = d.World.Pegs.Where(p => p.Supply.StartsWith("stock:", StringComparison.Ordinal) && d.World.Builds[p.Build].Status < OrderStatus.Completed).GroupBy(static p => p.Supply[6..], StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Sum(static p => p.Quantity.Value), StringComparer.Ordinal);
        _free = d.World.Stock.StartingWith($"{d.Said.Site}|").Where(static s => s.Status == StockStatus.Available).ToDictionary(static s => s.Id, s => s.Quantity.Value - pegged.GetValueOrDefault(s.Id), StringComparer.Ordinal);
    }

    public decimal this[string row]
    {
        get => Math.Max(0, _free.GetValueOrDefault(row));
        set => _free[row] = value;
    }

    /// <summary>Rows of an item that may go into the kit of a build, in order of their key.</summary>
    /// <param name="own">A row that the kit is pegged to, among them however little of it is free; empty: none.</param>
    public IEnumerable<Stock> For(Key<Item> item, Build build, OrderLine order, string own = "") => _d.World.Stock.StartingWith($"{_d.Said.Site}|{item}|").Where(s => (this[s.Id] > 0 || s.Id == own) && MayGo(_d, s, build, order));

    /// <summary>Whether quality, customs and the revisions in force let a row go into the kit of a build.</summary>
    public static bool MayGo(Doing d, Stock row, Build build, OrderLine order) => row.Status == StockStatus.Available && Customs.Bars(d, row, build, order) is null
        && (row.Revision.Length == 0 || Kitting.InForce(d, row.Item, row.Revision, build)) && Revisions.OfPick(d, row.Item, row.Revision, row.LotNumber, build, order) is null;
}
