using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What lies in bins that may be used, less what earlier kits on the board are sent to.</summary>
internal sealed class Lying
{
    private readonly Dictionary<string, List<(string Bin, BinStock Stock, decimal Left)>> _byRow = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _walk;
    private readonly Dictionary<string, CustomsStanding> _customs;

    public Lying(Snapshot world, Key<Site> site)
    {
        Bin[] bins = [.. world.Bins.StartingWith($"{site}|")];
        _walk = bins.ToDictionary(static b => b.Code, static b => b.Walk, StringComparer.Ordinal);
        _customs = world.Stock.StartingWith($"{site}|").Where(static s => s.Customs != CustomsStanding.Unknown).ToDictionary(static s => s.Id, static s => s.Customs, StringComparer.Ordinal);
        HashSet<string> usable = [.. bins.Where(static b => b.Status == StockStatus.Available).Select(static b => b.Code)];
        foreach (BinStock there in world.BinStock.StartingWith($"{site}|").Where(b => b.Quantity.Value > 0 && usable.Contains(b.Bin)).OrderBy(b => _walk[b.Bin]).ThenBy(static b => b.Bin, StringComparer.Ordinal))
        {
            if (!_byRow.TryGetValue(there.StockKey, out var rows)) _byRow[there.StockKey] = rows = [];
            rows.Add((there.Bin, there, there.Quantity.Value));
        }
    }

    public int Walk(string bin) => _walk.GetValueOrDefault(bin);

    public IEnumerable<FloorPick> Take(string row, decimal wants)
    {
        if (!_byRow.TryGetValue(row, out var rows)) yield break;
        for (int i = 0; i < rows.Count && wants > 0; i++)
        {
            decimal takes = Math.Min(wants, rows[i].Left);
            if (takes <= 0) continue;
            rows[i] = rows[i] with { Left = rows[i].Left - takes };
            wants -= takes;
            yield return new(rows[i].Stock.Item.Value, rows[i].Stock.Revision, rows[i].Stock.LotNumber, rows[i].Bin, takes, _customs.GetValueOrDefault(row));
        }
    }
}
