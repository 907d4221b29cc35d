using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Archiving;

/// <summary>The ledger of the floor: what was done lately stands in the world, what was done before in the archive.</summary>
internal sealed class LedgerArchive(OperationTables tables)
{
    /// <summary>How often operations have left the world; changes only in a turn of the planner.</summary>
    public long Left { get; set; }

    public Task Put(IReadOnlyList<FloorOperation> operations, CancellationToken cancel) => tables.Put(operations, cancel);

    /// <summary>Those of these operations that have left the world, by key.</summary>
    public Task<IReadOnlyDictionary<string, FloorOperation>> Find(IReadOnlyCollection<string> keys, CancellationToken cancel) => tables.Find(keys, cancel);

    /// <summary>Operations of the world and the archive, the last that happened first.</summary>
    public async Task<Page<FloorOperation>> Page(Snapshot world, LedgerQuery query, CancellationToken cancel)
    {
        var filter = new OperationFilter(query);
        int skip = Math.Clamp(query.Skip, 0, int.MaxValue / 4), take = Math.Clamp(query.Take, 0, int.MaxValue / 4);
        FloorOperation[] here = [.. world.FloorOperations.Where(filter.Lets)];
        // one that was put away and has not left yet counts once
        IReadOnlyList<FloorOperation> kept = await tables.Newest(filter, skip + take + LedgerKeeper.AtOnce, cancel);
        int both = kept.Count(o => world.FloorOperations.Contains(o.Id)), total = here.Length + await tables.Count(filter, cancel) - both, from = Math.Min(skip, total);
        return new([.. here.Concat(kept.Where(o => !world.FloorOperations.Contains(o.Id))).OrderByDescending(static o => o.Happened).ThenByDescending(static o => o.Id, StringComparer.Ordinal).Skip(from).Take(take)], total, from);
    }
}
