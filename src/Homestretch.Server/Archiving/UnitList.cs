using Homestretch.Finishing.Tracing;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Archiving;

/// <summary>A list of units of the world and the archive, the last begun first.</summary>
/// <param name="Total">How many there are of them all.</param>
/// <param name="From">How many come before these.</param>
internal sealed record UnitList(IReadOnlyList<UnitTrace> Units, int Total, int From)
{
    /// <param name="item">Only those that hold something of this item, or did.</param>
    /// <param name="lot">Only those that hold something of this lot, or did.</param>
    public static async Task<UnitList> Of(Snapshot world, UnitArchive archive, UnitFilter filter, string? item, string? lot, int skip, int take, CancellationToken cancel)
    {
        (skip, take) = (Math.Clamp(skip, 0, int.MaxValue / 4), Math.Clamp(take, 0, int.MaxValue / 4));
        UnitTrace[] here = [.. world.Units.Select(u => UnitTrace.Of(world, u)).Where(filter.Lets).Where(u => (item ?? lot) is null || u.Parts.Any(p => (item is null || p.Item == item) && (lot is null || p.Lot == lot)))];
        var all = here.ToDictionary(static u => u.Serial, StringComparer.Ordinal);
        var order = new List<(string Serial, Instant Begun)>(here.Select(static u => (u.Serial, u.Begun)));
        int total = here.Length;
        if ((item ?? lot) is null)
        {
            int both = (await archive.Taken([.. here.Where(static u => u.Ended is not null).Select(static u => u.Serial)], cancel)).Count;
            total += await archive.Count(filter, cancel) - both;
            order.AddRange((await archive.Newest(filter, skip + take + both, cancel)).Where(u => !world.Units.Contains(u.Serial)));
        }
        else
        {
            UnitTrace[] kept = [.. (await archive.Holding(item, lot, cancel)).Where(u => !world.Units.Contains(u.Serial) && filter.Lets(u))];
            foreach (UnitTrace unit in kept) all[unit.Serial] = unit;
            order.AddRange(kept.Select(static u => (u.Serial, u.Begun)));
            total += kept.Length;
        }
        int from = Math.Min(skip, total);
        string[] shown = [.. order.OrderByDescending(static u => u.Begun).ThenByDescending(static u => u.Serial, StringComparer.Ordinal).Skip(from).Take(take).Select(static u => u.Serial)];
        foreach (UnitTrace unit in await archive.Units([.. shown.Where(s => !all.ContainsKey(s))], cancel)) all[unit.Serial] = unit;
        return new([.. shown.Where(all.ContainsKey).Select(s => all[s])], total, from);
    }
}
