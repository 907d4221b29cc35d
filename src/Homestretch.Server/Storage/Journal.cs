using System.Data.Common;
using System.Runtime.CompilerServices;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>What both journals share: the queue, the chain, and reading. The adapters lock and write.</summary>
public abstract class Journal(Database database, TimeProvider time) : IJournal
{
    private const string Columns = "sequence, appended, kind, version, party, key, body, lease, chain";
    private const int MostWaiting = 4096;
    private const long MostGroupBytes = 8 << 20;
    private const string FullText = "The disk that holds the journal is full. Nothing was appended; make room and send again.";
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);
    private readonly Chain _chain = new();
    private readonly SemaphoreSlim _reading = new(1);
    private GroupCommit<Waiting>? _commits;
    private DbConnection? _reads;
    private Head _head = new(0, Chain.Start);
    private bool _uncertain;
    private LeaseLost? _lost;

    public long Lease { get; private set; }

    /// <summary>Where the journal ends.</summary>
    protected sealed record Head(long Sequence, byte[] Chain);

    /// <summary>An idempotency key to keep with the entry that answers it.</summary>
    protected sealed record NewRequest(string Party, string Key, byte[] Hash, long Sequence, long Created, long Expires);

    protected Database Database => database;

    /// <summary>Takes the lock that keeps other processes out; false when it is held.</summary>
    protected abstract Task<bool> Lock(CancellationToken cancel);

    /// <summary>Gives the lock back; harmless when it is not held.</summary>
    protected abstract ValueTask Unlock();

    /// <summary>Those of the keys that are kept, with the instant (ticks) at which each expires.</summary>
    protected abstract Dictionary<(string Party, string Key), long> Used(IReadOnlyList<(string Party, string Key)> keys);

    /// <summary>Writes one group in one transaction and syncs it, if the lease still stands; else returns false and writes nothing.</summary>
    protected abstract bool Write(IReadOnlyList<JournalEntry> entries, IReadOnlyList<NewRequest> requests, long lease);

    /// <summary>Opens the writing connection, or replaces a failed one, under the lock.</summary>
    protected abstract void Rejoin();

    /// <summary>True when the disk has no room.</summary>
    protected abstract bool IsFull(Exception e);

    public async Task Open(CancellationToken cancel)
    {
        await database.Migrate(cancel);
        await WaitForLock(cancel);
        await using DbConnection connection = await database.Connect(cancel);
        await using (DbTransaction transaction = await connection.BeginTransactionAsync(cancel))
        {
            await Database.Execute(connection, "UPDATE lease SET epoch = epoch + 1, holder = @holder, taken = @taken WHERE id = 1", cancel, transaction,
                ("holder", $"{Environment.MachineName}, process {Environment.ProcessId}"), ("taken", Ticks(time.GetUtcNow())));
            await transaction.CommitAsync(cancel);
        }
        (Lease, _head) = await State(connection, cancel);
        await CheckTail(connection, _head, cancel);
        await Database.Execute(connection, "DELETE FROM requests WHERE expires <= @now", cancel, null, ("now", Ticks(time.GetUtcNow())));
        Rejoin();
        _commits = new("journal", MostWaiting, MostGroupBytes, static w => w.Bytes, Commit);
    }

    public async Task<long> Append(IReadOnlyList<NewEntry> entries, Instant now, CancellationToken cancel)
    {
        if (entries.Count == 0) return _head.Sequence;
        var waiting = new Waiting(entries, now.ToUnixTimeTicks());
        await (_commits ?? throw NotOpen).Enqueue(waiting, cancel);
        return await waiting.Done.Task.WaitAsync(cancel);
    }

    public async IAsyncEnumerable<JournalEntry> Read(long from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        var (_, head) = await State(connection, cancel);
        await using DbCommand select = Database.Command(connection, $"SELECT {Columns} FROM journal WHERE sequence >= @from AND sequence <= @to ORDER BY sequence");
        long expected = Math.Max(from, 1);
        Database.Bind(select, ("from", expected == 1 ? 1 : expected - 1), ("to", head.Sequence));
        using var chain = new Chain();
        byte[]? before = expected == 1 ? Chain.Start : null;
        await using DbDataReader rows = await select.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            JournalEntry entry = Entry(rows);
            if (before is null)
            {
                before = entry.Chain;
                continue;
            }
            if (entry.Sequence != expected) throw new JournalDamaged(expected, $"is missing: {entry.Sequence} follows");
            if (!chain.Next(before, entry).AsSpan().SequenceEqual(entry.Chain)) throw new JournalDamaged(entry.Sequence, "does not fit the chain");
            (before, expected) = (entry.Chain, expected + 1);
            yield return entry;
        }
        if (expected <= head.Sequence) throw new JournalDamaged(expected, "is missing");
    }

    public Task<KeptRequest?> Find(string party, string key, Instant now, CancellationToken cancel) =>
        First("SELECT hash, sequence FROM requests WHERE party = @party AND key = @key AND expires > @now",
            static r => new KeptRequest((byte[])r.GetValue(0), r.GetInt64(1)), cancel, ("party", party), ("key", key), ("now", now.ToUnixTimeTicks()));

    public Task<JournalEntry?> Newest(string kind, long atOrBefore, CancellationToken cancel) =>
        First($"SELECT {Columns} FROM journal WHERE kind = @kind AND sequence <= @last ORDER BY sequence DESC LIMIT 1", Entry, cancel, ("kind", kind), ("last", atOrBefore));

    public Task<long> Last(CancellationToken cancel) => Task.FromResult(Volatile.Read(ref _head).Sequence);

    public async ValueTask DisposeAsync()
    {
        _commits?.Dispose();
        await Unlock();
        if (_reads is not null) await _reads.DisposeAsync();
        _chain.Dispose();
        _reading.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static JournalEntry Entry(DbDataReader r) => new(r.GetInt64(0), Instant.FromUnixTimeTicks(r.GetInt64(1)), r.GetString(2), (int)r.GetInt64(3),
        r.GetString(4), r.IsDBNull(5) ? null : r.GetString(5), (byte[])r.GetValue(6), r.GetInt64(7), (byte[])r.GetValue(8));

    internal static long Ticks(DateTimeOffset at) => Instant.FromDateTimeOffset(at).ToUnixTimeTicks();

    private static InvalidOperationException NotOpen => new("The journal is not open.\nMaybe Open was not awaited.");

    /// <summary>Runs on the journal's own thread. Every append that waits is completed or failed here. A connection that broke is
    /// replaced, and what it certainly did not keep is written once more.</summary>
    private void Commit(List<Waiting> group)
    {
        for (bool again = true; ; again = false)
        {
            try
            {
                if (_lost is not null) throw _lost;
                if (_uncertain) Recover();
                var (kept, entries, requests) = Lay(group);
                if (entries.Count > 0) Keep(entries, requests);
                foreach (Waiting w in kept) w.Done.TrySetResult(w.Last);
                return;
            }
            catch (Exception e) when (again && e is not LeaseLost and not JournalFailed { Uncertain: true } && !IsFull(e.InnerException ?? e))
            {
                _uncertain = true;
            }
            catch (Exception e)
            {
                Exception said = e is LeaseLost or JournalFailed ? e : new JournalFailed($"The database cannot be reached: {e.Message} Nothing was appended.", false, e);
                foreach (Waiting w in group) w.Done.TrySetException(said);
                return;
            }
        }
    }

    /// <summary>Numbers and links the entries of a group; an append whose key is taken fails alone.</summary>
    private (List<Waiting> Kept, List<JournalEntry> Entries, List<NewRequest> Requests) Lay(List<Waiting> group)
    {
        List<(string Party, string Key)> keys = [.. group.SelectMany(static w => w.Entries).Where(static e => e.Key is not null).Select(static e => (e.Party, e.Key!))];
        Dictionary<(string Party, string Key), long> expiries = keys.Count == 0 ? [] : Used(keys);
        var (kept, entries, requests) = (new List<Waiting>(), new List<JournalEntry>(), new List<NewRequest>());
        var (sequence, chain) = (_head.Sequence, _head.Chain);
        foreach (Waiting w in group)
        {
            var own = new HashSet<(string Party, string Key)>();
            if (w.Entries.FirstOrDefault(e => e.Key is not null && (!own.Add((e.Party, e.Key)) || expiries.GetValueOrDefault((e.Party, e.Key), long.MinValue) > w.Now)) is { } taken)
            {
                w.Done.TrySetException(new KeyTaken(taken.Party, taken.Key!));
                continue;
            }
            foreach (NewEntry e in w.Entries)
            {
                chain = _chain.Next(chain, ++sequence, w.Now, e.Kind, e.Version, e.Party, e.Key, e.Body, Lease);
                entries.Add(new(sequence, Instant.FromUnixTimeTicks(w.Now), e.Kind, e.Version, e.Party, e.Key, e.Body, Lease, chain));
                if (e.Key is null) continue;
                long expires = w.Now + database.Options.KeysKept.BclCompatibleTicks;
                requests.Add(new(e.Party, e.Key, e.HashOfRequest, sequence, w.Now, expires));
                expiries[(e.Party, e.Key)] = expires;
            }
            w.Last = sequence;
            kept.Add(w);
        }
        return (kept, entries, requests);
    }

    private void Keep(List<JournalEntry> entries, List<NewRequest> requests)
    {
        JournalEntry last = entries[^1];
        try
        {
            if (!Write(entries, requests, Lease)) throw Lost();
        }
        catch (Exception e) when (e is not LeaseLost)
        {
            _uncertain = true;
            if (!IsThere(last, e)) throw _lost ?? (Exception)new JournalFailed(IsFull(e) ? FullText : $"The journal could not be written: {e.Message} Nothing was appended.", false, e);
        }
        Volatile.Write(ref _head, new(last.Sequence, last.Chain));
    }

    /// <summary>After a failed write: asks the database whether the entries are there all the same.</summary>
    private bool IsThere(JournalEntry last, Exception cause)
    {
        try
        {
            try
            {
                Recover();
            }
            catch (LeaseLost)
            {
                // the answer is still in the journal
            }
            using DbConnection connection = database.Connect(default).GetAwaiter().GetResult();
            using DbCommand select = Database.Command(connection, "SELECT chain FROM journal WHERE sequence = @sequence");
            Database.Bind(select, ("sequence", last.Sequence));
            return select.ExecuteScalar() is byte[] chain && chain.AsSpan().SequenceEqual(last.Chain);
        }
        catch (Exception e) when (e is not JournalFailed)
        {
            throw new JournalFailed(IsFull(cause) ? FullText : $"The database went away: {cause.Message} The entries may have been appended.", !IsFull(cause), cause);
        }
    }

    /// <summary>Joins the database again and takes over where the journal ends.</summary>
    private void Recover()
    {
        using DbConnection connection = database.Connect(default).GetAwaiter().GetResult();
        if (State(connection, default).GetAwaiter().GetResult().Lease != Lease) throw Lost();
        Rejoin();
        (_, Head head) = State(connection, default).GetAwaiter().GetResult();
        Volatile.Write(ref _head, head);
        _uncertain = false;
    }

    private LeaseLost Lost()
    {
        using DbConnection connection = database.Connect(default).GetAwaiter().GetResult();
        return _lost = new LeaseLost(Lease, State(connection, default).GetAwaiter().GetResult().Lease);
    }

    private async Task WaitForLock(CancellationToken cancel)
    {
        long began = time.GetTimestamp();
        while (!await Lock(cancel))
        {
            if (time.GetElapsedTime(began) >= database.Options.LeasePatience) throw new LeaseHeld(await Holder(cancel));
            await Task.Delay(s_poll, time, cancel);
        }
    }

    private async Task<string> Holder(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand select = Database.Command(connection, "SELECT holder FROM lease WHERE id = 1");
        return await select.ExecuteScalarAsync(cancel) as string ?? "another process";
    }

    private static async Task<(long Lease, Head Head)> State(DbConnection connection, CancellationToken cancel)
    {
        await using DbCommand select = Database.Command(connection, "SELECT epoch, sequence, chain FROM lease WHERE id = 1");
        await using DbDataReader row = await select.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetInt64(0), new(row.GetInt64(1), (byte[])row.GetValue(2)))
            : throw new JournalDamaged(0, "cannot be appended: the row of the table lease is gone");
    }

    /// <summary>The end that the lease row states must be the end of the table.</summary>
    private static async Task CheckTail(DbConnection connection, Head head, CancellationToken cancel)
    {
        await using DbCommand select = Database.Command(connection, "SELECT sequence, chain FROM journal ORDER BY sequence DESC LIMIT 1");
        await using DbDataReader row = await select.ExecuteReaderAsync(cancel);
        var (sequence, chain) = await row.ReadAsync(cancel) ? (row.GetInt64(0), (byte[])row.GetValue(1)) : (0L, Chain.Start);
        if (sequence != head.Sequence) throw new JournalDamaged(head.Sequence, $"should be the last, but the last one found is {sequence}");
        if (!chain.AsSpan().SequenceEqual(head.Chain)) throw new JournalDamaged(sequence, "is the last, with another chain value than was appended");
    }

    private async Task<T?> First<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancel, params (string Name, object? Value)[] values) where T : class
    {
        await _reading.WaitAsync(cancel);
        try
        {
            if (_reads is not { State: System.Data.ConnectionState.Open })
            {
                if (_reads is not null) await _reads.DisposeAsync();
                _reads = await database.Connect(cancel);
            }
            await using DbCommand select = Database.Command(_reads, sql);
            Database.Bind(select, values);
            await using DbDataReader row = await select.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel) ? read(row) : null;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>One call of Append.</summary>
    private sealed class Waiting(IReadOnlyList<NewEntry> entries, long now)
    {
        public IReadOnlyList<NewEntry> Entries => entries;
        public long Now => now;
        public long Bytes { get; } = entries.Sum(static e => e.Body.Length + 200L);
        public long Last { get; set; }
        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
