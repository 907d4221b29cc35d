using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>Something a kit can be pegged to: stock at the hub, or a lot on its way (planned purchases are lots too).</summary>
/// <param name="Name">'stock:KEY' or 'lot:KEY', as pegs name it.</param>
/// <param name="Item">Index into <see cref="Needs.Items"/>; -1 when no open order takes the item.</param>
/// <param name="Steps">Amount in the item's smallest steps.</param>
/// <param name="Lot">The lot; null for stock, which is there now.</param>
internal sealed record Supply(string Name, int Item, int Steps, Lot? Lot);

/// <summary>All supply of a world's hubs, in order of name.</summary>
internal static class Supplies
{
    public static Supply[] Of(Snapshot world, Needs needs)
    {
        var index = new Dictionary<(string, string), int>();
        for (int i = 0; i < needs.Items.Count; i++) index[(needs.Items[i].Hub.Value, needs.Items[i].Item.Id)] = i;
        var all = new List<Supply>();
        foreach (Stock s in world.Stock.Where(static s => s.Status == StockStatus.Available))
            all.Add(new(Name(s), index.GetValueOrDefault((s.Site.Value, s.Item.Value), -1), (int)(s.Quantity.Value / world.Items[s.Item].Step), null));
        foreach (Lot l in world.Lots.Where(Coming))
            all.Add(new(Name(l), index.GetValueOrDefault((world.Lanes[l.Lane].To.Value, l.Item.Value), -1), (int)(l.Quantity.Value / world.Items[l.Item].Step), l));
        all.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return [.. all];
    }

    public static bool Coming(Lot lot) => lot.State < LotState.Received;
    public static string Name(Stock stock) => $"stock:{stock.Id}";
    public static string Name(Lot lot) => $"lot:{lot.Key}";
}
