using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>What is to be counted at a site: what lies in a bin longer than its days without a count, and what somebody did not find where it should lie.</summary>
public static class CycleCount
{
    /// <summary>More than this nobody counts on a day: the rest is shown when these are done.</summary>
    public const int Most = 20;

    /// <summary>Rows that are due, those that somebody did not find first of all when there are too many, then the longest without a count; in walking order.</summary>
    public static IReadOnlyList<FloorCount> Due(Snapshot world, Key<Site> site, Instant now)
    {
        var bins = world.Bins.StartingWith($"{site}|").ToDictionary(static b => b.Code, StringComparer.Ordinal);
        ILookup<string, Instant> missed = world.FloorOperations.Where(o => o.Site == site && o is { Rule: "not-there", From.Length: > 0 }).ToLookup(static o => $"{o.Site}|{o.From}|{o.Item}|{o.Revision}|{o.LotNumber}", static o => o.Happened, StringComparer.Ordinal);
        ILookup<string, Instant> came = world.FloorOperations.Where(o => o.Site == site && o is { Act: FloorAct.Receive, Answer: FloorAnswer.Accepted }).ToLookup(static o => o.LotNumber, static o => o.Happened, StringComparer.Ordinal);
        return [.. world.BinStock.StartingWith($"{site}|").Where(b => b.Quantity.Value > 0 && bins.ContainsKey(b.Bin))
            .Select(b => (Row: b, Bin: bins[b.Bin], Since: b.Counted ?? came[StockRow.LotOf(b.LotNumber)].Select(static c => (Instant?)c).Max(), Missed: missed[b.Id].Any(m => !(m <= b.Counted))))
            .Where(x => x.Missed || (x.Bin.CountDays is { } days && !(x.Since > now - Duration.FromDays(days))))
            .OrderBy(static x => !x.Missed).ThenBy(static x => x.Since ?? Instant.MinValue).ThenBy(static x => x.Row.Id, StringComparer.Ordinal).Take(Most)
            .OrderBy(static x => x.Bin.Walk).ThenBy(static x => x.Row.Id, StringComparer.Ordinal).Select(static x => new FloorCount(x.Row.Bin, x.Row.Item.Value, x.Row.Revision, StockRow.LotOf(x.Row.LotNumber)))];
    }
}
