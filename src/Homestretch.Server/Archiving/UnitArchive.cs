using Homestretch.Finishing.Tracing;
using Homestretch.Server.Storage;
using NodaTime;

namespace Homestretch.Server.Archiving;

/// <summary>Units that are done, for good: their records in the database, and in memory which of them hold something of which lots.</summary>
internal sealed class UnitArchive(UnitTables tables)
{
    private readonly Lock _gate = new();
    private readonly TraceIndex _index = new();
    private readonly Dictionary<string, LotTrace> _lots = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads the index of all that was put away; until then questions wait.</summary>
    public async Task Load(CancellationToken cancel)
    {
        if (_loaded.Task.IsCompleted) return;
        IReadOnlyList<LotTrace> lots = await tables.Lots(cancel);
        var (serial, held) = ("", new List<string>());
        await foreach (var part in tables.Parts(cancel))
        {
            if (part.Serial != serial) Done();
            serial = part.Serial;
            held.Add(TraceIndex.Key(part.Item, part.Lot));
        }
        Done();
        lock (_gate)
            foreach (LotTrace lot in lots) _lots[lot.Lot] = lot;
        _loaded.TrySetResult();

        void Done()
        {
            if (serial.Length > 0) lock (_gate) _index.Add(serial, held);
            held.Clear();
        }
    }

    /// <summary>Puts units away that are not there, or not as they are now.</summary>
    /// <returns>Serial numbers that another unit has in the archive, of which nothing was put.</returns>
    public async Task<IReadOnlyList<string>> Put(IReadOnlyList<DoneUnit> units, Instant now, CancellationToken cancel)
    {
        await _loaded.Task.WaitAsync(cancel);
        IReadOnlyDictionary<string, byte[]> there = await tables.Hashes([.. units.Select(static u => u.Trace.Serial)], cancel);
        DoneUnit[] news = [.. units.Where(u => !there.TryGetValue(u.Trace.Serial, out byte[]? hash) || !hash.AsSpan().SequenceEqual(ArchivedBody.Hash(u.Json)))];
        IReadOnlyList<string> taken = news.Length == 0 ? [] : await tables.Put(news, now, cancel);
        lock (_gate)
        {
            foreach (DoneUnit unit in units.Where(u => !taken.Contains(u.Trace.Serial))) _index.Add(unit.Trace.Serial, unit.Trace.Parts.Select(static p => TraceIndex.Key(p.Item, p.Lot)));
            foreach (LotTrace lot in units.SelectMany(static u => u.Lots)) _lots[lot.Lot] = lot;
        }
        return taken;
    }

    /// <summary>The as-built record of a serial number; null when it was not put away.</summary>
    public async Task<UnitRecord?> Find(string serial, CancellationToken cancel) => await tables.Json(serial, cancel) is { } json ? ArchivedBody.Read<UnitRecord>(json) : null;

    /// <summary>Which of these serial numbers are taken by units that were put away.</summary>
    public async Task<IReadOnlySet<string>> Taken(IReadOnlyCollection<string> serials, CancellationToken cancel) => serials.Count == 0 ? new HashSet<string>() : (await tables.Hashes(serials, cancel)).Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>All lots of which something went into a unit that was put away.</summary>
    public async Task<IReadOnlyCollection<LotTrace>> Lots(CancellationToken cancel)
    {
        await _loaded.Task.WaitAsync(cancel);
        lock (_gate) return [.. _lots.Values];
    }

    /// <summary>Units that a recall may concern.</summary>
    public async Task<IReadOnlyList<UnitTrace>> Concerned(RecallScope scope, CancellationToken cancel) => await tables.Units(scope is { Question.PartSerial: { } part } ? await tables.With(part, cancel)
        : await Serials((item, lot) => (scope.Question.Item is not { } one || item == one) && (!scope.ByLot || scope.Lots.Contains(lot)), cancel), cancel);

    /// <summary>Units that hold something of an item, a lot or both, or did.</summary>
    public async Task<IReadOnlyList<UnitTrace>> Holding(string? item, string? lot, CancellationToken cancel) => await tables.Units(await Serials((i, l) => (item is null || i == item) && (lot is null || l == lot), cancel), cancel);

    /// <summary>Units by serial number; those that were not put away are left out.</summary>
    public Task<IReadOnlyList<UnitTrace>> Units(IReadOnlyCollection<string> serials, CancellationToken cancel) => tables.Units(serials, cancel);

    /// <summary>Serial numbers of those that a filter lets through, the last begun first.</summary>
    public Task<IReadOnlyList<(string Serial, Instant Begun)>> Newest(UnitFilter filter, int most, CancellationToken cancel) => tables.Newest(filter, most, cancel);

    public Task<int> Count(UnitFilter filter, CancellationToken cancel) => tables.Count(filter, cancel);

    /// <summary>Serial numbers of the units that hold something of the lots, or did, in the order in which they were put away.</summary>
    private async Task<IReadOnlyList<string>> Serials(Func<string, string, bool> lots, CancellationToken cancel)
    {
        await _loaded.Task.WaitAsync(cancel);
        lock (_gate) return _index.UnitsOf(_index.Numbers.Where(n => TraceIndex.Named(n) is var (item, lot) && lots(item, lot)));
    }
}
