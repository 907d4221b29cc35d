using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Homestretch.Server.Storage;

/// <summary>The journal in PostgreSQL. The lock is a session's advisory lock: the server frees it when the session ends, so an
/// append on a dead session fails, and the lease number in the row fences a process that comes back late.</summary>
public sealed class PostgresJournal(Database database, TimeProvider time) : Journal(database, time)
{
    private const long LockKey = 4711202602;
    private static readonly TimeSpan s_lockPatience = TimeSpan.FromSeconds(5);
    private NpgsqlConnection? _connection;

    protected override async Task<bool> Lock(CancellationToken cancel)
    {
        // not from the pool: a session that goes back there keeps its locks
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.Options.Connection) { Pooling = false, ApplicationName = "homestretch journal" }.ToString());
        await connection.OpenAsync(cancel);
        await using NpgsqlCommand take = new($"SELECT pg_try_advisory_lock({LockKey})", connection);
        if (await take.ExecuteScalarAsync(cancel) is true)
        {
            _connection = connection;
            return true;
        }
        await connection.DisposeAsync();
        return false;
    }

    protected override async ValueTask Unlock()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _connection = null;
    }

    protected override void Rejoin()
    {
        if (_connection is not null && Answers(_connection)) return;
        Unlock().AsTask().GetAwaiter().GetResult();
        long began = Environment.TickCount64;
        while (!Lock(default).GetAwaiter().GetResult())
        {
            if (Environment.TickCount64 - began > s_lockPatience.TotalMilliseconds) throw new LeaseHeld("an earlier session of this process");
            Thread.Sleep(50);
        }
    }

    protected override Dictionary<(string Party, string Key), long> Used(IReadOnlyList<(string Party, string Key)> keys)
    {
        using var select = new NpgsqlCommand("SELECT r.party, r.key, r.expires FROM requests r JOIN unnest($1, $2) AS k (party, key) ON r.party = k.party AND r.key = k.key", _connection);
        select.Parameters.Add(Array(NpgsqlDbType.Text, keys.Select(static k => k.Party)));
        select.Parameters.Add(Array(NpgsqlDbType.Text, keys.Select(static k => k.Key)));
        var used = new Dictionary<(string, string), long>();
        using NpgsqlDataReader rows = select.ExecuteReader();
        while (rows.Read()) used[(rows.GetString(0), rows.GetString(1))] = rows.GetInt64(2);
        return used;
    }

    /// <summary>Three round trips whatever the size of the group: begin with both inserts and the fence, look at the fence, commit.</summary>
    protected override bool Write(IReadOnlyList<JournalEntry> entries, IReadOnlyList<NewRequest> requests, long lease)
    {
        using NpgsqlTransaction transaction = _connection!.BeginTransaction(IsolationLevel.ReadCommitted);
        using var fence = new NpgsqlCommand("UPDATE lease SET sequence = $1, chain = $2 WHERE id = 1 AND epoch = $3", _connection, transaction)
        {
            Parameters = { new() { Value = entries[^1].Sequence }, new() { Value = entries[^1].Chain }, new() { Value = lease } },
        };
        fence.Prepare();
        if (fence.ExecuteNonQuery() == 0) return false;
        using var batch = new NpgsqlBatch(_connection, transaction);
        batch.BatchCommands.Add(Inserts(entries));
        if (requests.Count > 0) batch.BatchCommands.Add(Inserts(requests));
        batch.Prepare();
        batch.ExecuteNonQuery();
        transaction.Commit();
        return true;
    }

    protected override bool IsFull(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    private static NpgsqlBatchCommand Inserts(IReadOnlyList<JournalEntry> entries) =>
        new("INSERT INTO journal (sequence, appended, kind, version, party, key, body, lease, chain) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        {
            Parameters =
            {
                Array(NpgsqlDbType.Bigint, entries.Select(static e => e.Sequence)),
                Array(NpgsqlDbType.Bigint, entries.Select(static e => e.Appended.ToUnixTimeTicks())),
                Array(NpgsqlDbType.Text, entries.Select(static e => e.Kind)),
                Array(NpgsqlDbType.Bigint, entries.Select(static e => (long)e.Version)),
                Array(NpgsqlDbType.Text, entries.Select(static e => e.Party)),
                Array(NpgsqlDbType.Text, entries.Select(static e => e.Key)),
                Array(NpgsqlDbType.Bytea, entries.Select(static e => e.Body)),
                Array(NpgsqlDbType.Bigint, entries.Select(static e => e.Lease)),
                Array(NpgsqlDbType.Bytea, entries.Select(static e => e.Chain)),
            },
        };

    private static NpgsqlBatchCommand Inserts(IReadOnlyList<NewRequest> requests) =>
        new("""
            INSERT INTO requests (party, key, hash, sequence, created, expires) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
            ON CONFLICT (party, key) DO UPDATE SET hash = excluded.hash, sequence = excluded.sequence, created = excluded.created, expires = excluded.expires
            """)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Text, requests.Select(static r => r.Party)),
                Array(NpgsqlDbType.Text, requests.Select(static r => r.Key)),
                Array(NpgsqlDbType.Bytea, requests.Select(static r => r.Hash)),
                Array(NpgsqlDbType.Bigint, requests.Select(static r => r.Sequence)),
                Array(NpgsqlDbType.Bigint, requests.Select(static r => r.Created)),
                Array(NpgsqlDbType.Bigint, requests.Select(static r => r.Expires)),
            },
        };

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() };

    private static bool Answers(NpgsqlConnection connection)
    {
        if (connection.FullState != ConnectionState.Open) return false;
        try
        {
            using var ask = new NpgsqlCommand("SELECT 1", connection);
            return ask.ExecuteScalar() is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
