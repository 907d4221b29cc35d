using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>Stock while one operation is decided: what lies in which bin, with what the operation changes. A bin that was counted after the operation happened has it in its
/// count already and does not change; stock on hand changes by what its bins do. So it does not matter in which order devices are heard.</summary>
internal sealed class Ledger(Snapshot world, Instant happened)
{
    private readonly SortedDictionary<string, BinStock> _bins = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Stock> _stock = new(StringComparer.Ordinal);

    /// <summary>By how much stock on hand has changed.</summary>
    public decimal Change { get; private set; }

    /// <summary>How much of a row lies in a bin; in the bin without a code, what has no place yet.</summary>
    public decimal In(string bin, StockRow row) => bin.Length == 0 ? (OnHand(row)?.Quantity.Value ?? 0) - Placed(row) : Found(bin, row)?.Quantity.Value ?? 0;

    public Stock? OnHand(StockRow row) => _stock.GetValueOrDefault(row.Key) ?? world.Stock.Find(row.Key);

    /// <summary>Codes of the bins that have changed.</summary>
    public IEnumerable<string> Changed => [.. _bins.Values.Select(static b => b.Bin).Distinct(StringComparer.Ordinal)];

    /// <summary>How much lies in a bin, of all rows.</summary>
    public decimal Lying(Key<Site> site, string bin) => world.BinStock.StartingWith($"{site}|{bin}|").Where(b => !_bins.ContainsKey(b.Id)).Concat(_bins.Values.Where(b => b.Bin == bin)).Sum(static b => b.Quantity.Value);

    /// <summary>Whether the bin was counted after the operation happened.</summary>
    public bool Counted(string bin, StockRow row) => Found(bin, row)?.Counted > happened;

    /// <summary>Puts so much into a bin, or takes it out.</summary>
    /// <returns>False when less than that lies there; nothing has changed then.</returns>
    public bool Add(string bin, StockRow row, decimal amount)
    {
        if (bin.Length > 0 && Counted(bin, row)) return true;
        decimal now = In(bin, row) + amount;
        if (now < 0) return false;
        if (bin.Length > 0) Set(bin, row, now, null);
        Stock stock = OnHand(row) ?? New(row);
        _stock[row.Key] = stock with { Quantity = stock.Quantity with { Value = stock.Quantity.Value + amount } };
        Change += amount;
        return true;
    }

    /// <summary>Where the row's lot stands with customs.</summary>
    public void Stands(StockRow row, CustomsStanding customs, string document) => _stock[row.Key] = (OnHand(row) ?? New(row)) with { Customs = customs, CustomsDocument = document };

    /// <summary>So much was counted there.</summary>
    public void Count(string bin, StockRow row, decimal now)
    {
        Add(bin, row, now - In(bin, row));
        Set(bin, row, now, happened);
        _stock.TryAdd(row.Key, OnHand(row) ?? New(row));
    }

    /// <summary>The changes as records, in order of key; a bin that holds nothing is withdrawn unless it was counted.</summary>
    public IEnumerable<WorldEvent> Events()
    {
        foreach (Stock stock in _stock.Values) yield return new WorldEvent.Put(stock);
        foreach (BinStock bin in _bins.Values)
        {
            if (bin.Quantity.Value > 0 || bin.Counted is not null) yield return new WorldEvent.Put(bin);
            else if (world.BinStock.Contains(bin.Id)) yield return new WorldEvent.Removed(TableKind.For(bin), bin.Id, "empty");
        }
    }

    private decimal Placed(StockRow row) => world.BinStock.StartingWith($"{row.Site}|").Where(b => b.StockKey == row.Key && !_bins.ContainsKey(b.Id)).Concat(_bins.Values.Where(b => b.StockKey == row.Key)).Sum(static b => b.Quantity.Value);

    private BinStock? Found(string bin, StockRow row)
    {
        string key = $"{row.Site}|{bin}|{row.Item}|{row.Revision}|{row.LotNumber}";
        return _bins.GetValueOrDefault(key) ?? world.BinStock.Find(key);
    }

    private void Set(string bin, StockRow row, decimal now, Instant? counted)
    {
        BinStock there = Found(bin, row) ?? new(row.Site, bin, row.Item, row.Revision, row.LotNumber, world.Sites[row.Site].Party, new(0, world.Items[row.Item].Unit), null);
        _bins[there.Id] = there with { Quantity = there.Quantity with { Value = now }, Counted = counted ?? there.Counted };
    }

    /// <summary>A lot stands with customs alike in all its rows: one that is new takes it over from the others.</summary>
    private Stock New(StockRow row)
    {
        Stock? other = _stock.Values.Concat(world.Stock.StartingWith($"{row.Site}|{row.Item}|")).FirstOrDefault(s => s.Item == row.Item && s.Customs != CustomsStanding.Unknown && row.LotNumber.Length > 0 && StockRow.LotOf(s.LotNumber) == StockRow.LotOf(row.LotNumber));
        return new(row.Site, row.Item, row.Revision, row.LotNumber, world.Sites[row.Site].Party, new(0, world.Items[row.Item].Unit), row.Status, other?.Customs ?? CustomsStanding.Unknown, other?.CustomsDocument ?? "");
    }
}
