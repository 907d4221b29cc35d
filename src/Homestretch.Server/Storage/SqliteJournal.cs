using System.Data;
using Microsoft.Data.Sqlite;

namespace Homestretch.Server.Storage;

/// <summary>The journal in a SQLite file: write-ahead log, synchronous FULL. The lock is a file beside it, held open by the
/// server, which the system frees when the process ends in whatever way.</summary>
public sealed class SqliteJournal(Database database, TimeProvider time) : Journal(database, time)
{
    private FileStream? _lock;
    private SqliteConnection? _connection;
    private SqliteCommand? _move, _insert, _request;

    protected override Task<bool> Lock(CancellationToken cancel)
    {
        try
        {
            _lock = new FileStream(Database.Options.Connection + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return Task.FromResult(true);
        }
        catch (IOException)
        {
            return Task.FromResult(false);
        }
    }

    protected override ValueTask Unlock()
    {
        Close();
        _lock?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override void Rejoin()
    {
        Close();
        _connection = (SqliteConnection)Database.Connect(default).GetAwaiter().GetResult();
        _move = Prepare("UPDATE lease SET sequence = @sequence, chain = @chain WHERE id = 1 AND epoch = @lease", "@sequence", "@chain", "@lease");
        _insert = Prepare("INSERT INTO journal (sequence, appended, kind, version, party, key, body, lease, chain) VALUES (@sequence, @appended, @kind, @version, @party, @key, @body, @lease, @chain)",
            "@sequence", "@appended", "@kind", "@version", "@party", "@key", "@body", "@lease", "@chain");
        _request = Prepare("""
            INSERT INTO requests (party, key, hash, sequence, created, expires) VALUES (@party, @key, @hash, @sequence, @created, @expires)
            ON CONFLICT (party, key) DO UPDATE SET hash = excluded.hash, sequence = excluded.sequence, created = excluded.created, expires = excluded.expires
            """, "@party", "@key", "@hash", "@sequence", "@created", "@expires");
    }

    protected override Dictionary<(string Party, string Key), long> Used(IReadOnlyList<(string Party, string Key)> keys)
    {
        var used = new Dictionary<(string, string), long>();
        using SqliteCommand select = Connection.CreateCommand();
        select.CommandText = "SELECT expires FROM requests WHERE party = @party AND key = @key";
        foreach (var (party, key) in keys)
        {
            select.Parameters.Clear();
            select.Parameters.AddWithValue("@party", party);
            select.Parameters.AddWithValue("@key", key);
            if (select.ExecuteScalar() is long expires) used[(party, key)] = expires;
        }
        return used;
    }

    protected override bool Write(IReadOnlyList<JournalEntry> entries, IReadOnlyList<NewRequest> requests, long lease)
    {
        using SqliteTransaction transaction = Connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
        JournalEntry last = entries[^1];
        if (Run(_move!, transaction, last.Sequence, last.Chain, lease) == 0) return false;
        foreach (JournalEntry e in entries)
            Run(_insert!, transaction, e.Sequence, e.Appended.ToUnixTimeTicks(), e.Kind, (long)e.Version, e.Party, e.Key, e.Body, e.Lease, e.Chain);
        foreach (NewRequest r in requests)
            Run(_request!, transaction, r.Party, r.Key, r.Hash, r.Sequence, r.Created, r.Expires);
        transaction.Commit();
        return true;
    }

    // SQLITE_FULL; SQLite reports a full disk in its shared memory file as SQLITE_IOERR_SHMSIZE and in a short write as SQLITE_IOERR_WRITE
    protected override bool IsFull(Exception e) => e is SqliteException { SqliteErrorCode: 13 } or SqliteException { SqliteExtendedErrorCode: 4874 or 778 };

    private SqliteConnection Connection => _connection ?? throw new InvalidOperationException("The journal is not open.\nMaybe Open was not awaited.");

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> names)
    {
        SqliteCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static int Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }

    private void Close()
    {
        _move?.Dispose();
        _insert?.Dispose();
        _request?.Dispose();
        _connection?.Dispose();
    }
}
