using Homestretch.Promising.Kernel;
using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>Something a kit can be pegged to: stock at the hub, or a lot on its way (planned purchases are lots too).</summary>
/// <param name="Name">'stock:KEY' or 'lot:KEY', as pegs name it.</param>
/// <param name="Steps">Amount in the item's smallest steps.</param>
/// <param name="Lot">The lot; null for stock, which is there now.</param>
internal sealed record Supply(string Name, Key<Site> Hub, Key<Item> Item, int Steps, Lot? Lot)
{
    public static string NameOf(Stock stock) => $"stock:{stock.Id}";
    public static string NameOf(Lot lot) => $"lot:{lot.Key}";
    public static bool Coming(Lot lot) => lot.State < LotState.Received;

    /// <summary>A lot as supply; null when it no longer comes.</summary>
    public static Supply? Of(Snapshot world, Lot lot) => !Coming(lot) ? null
        : new(NameOf(lot), world.Lanes[lot.Lane].To, lot.Item, Needs.Whole(world.Items[lot.Item], Math.Max(0, lot.Quantity.Value - lot.Received)), lot);

    /// <summary>Stock as supply; null when it may not be used.</summary>
    public static Supply? Of(Snapshot world, Stock stock) => stock.Status != StockStatus.Available ? null
        : new(NameOf(stock), stock.Site, stock.Item, Needs.Whole(world.Items[stock.Item], stock.Quantity.Value), null);

    /// <summary>All supply of a world's hubs, in order of name.</summary>
    public static Supply[] All(Snapshot world)
    {
        Supply[] all = [.. world.Stock.Select(s => Of(world, s)).Concat(world.Lots.Select(l => Of(world, l))).OfType<Supply>()];
        Array.Sort(all, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return all;
    }
}

/// <summary>A plan's supplies, each with an index that stays, and their S arrivals as rows in the same order.</summary>
internal sealed class Supplies
{
    private readonly List<Supply?> _all;
    private readonly List<string> _names;
    private readonly Dictionary<string, int> _index;

    public Supplies(int samples) => (Arrivals, _all, _names, _index) = (new(samples), [], [], new(StringComparer.Ordinal));

    private Supplies(Supplies other, Futures arrivals) => (Arrivals, _all, _names, _index, Gone) = (arrivals, [.. other._all], [.. other._names], new(other._index, StringComparer.Ordinal), other.Gone);

    /// <summary>The same supplies under the same indices, without arrivals.</summary>
    public Supplies Undrawn() => new(this, new Futures(Arrivals.Samples));

    /// <summary>The same with their arrivals, going their own way from here.</summary>
    public Supplies Copy() => new(this, Arrivals.Copy());

    /// <summary>Row i: arrivals of supply i, seconds after t.</summary>
    public Futures Arrivals { get; }

    /// <summary>Supplies there are or were.</summary>
    public int Count => _all.Count;

    /// <summary>How many of them are gone.</summary>
    public int Gone { get; private set; }

    /// <summary>Null when it is gone: received, used up, blocked.</summary>
    public Supply? this[int index] => _all[index];

    public string NameAt(int index) => _names[index];

    /// <summary>Index of a supply that is there; -1 when there is none of that name.</summary>
    public int Find(string name) => _index.TryGetValue(name, out int index) && _all[index] is not null ? index : -1;

    /// <summary>The supply of this name is now so; null: gone.</summary>
    /// <returns>Its index, which may be a new one without arrivals yet; -1 when what is gone was never there.</returns>
    public int Set(string name, Supply? now)
    {
        if (!_index.TryGetValue(name, out int index))
        {
            if (now is null) return -1;
            _index[name] = index = _all.Count;
            _all.Add(null);
            _names.Add(name);
            Gone++;
        }
        Gone += (now is null ? 1 : 0) - (_all[index] is null ? 1 : 0);
        _all[index] = now;
        return index;
    }
}
