using System.Buffers.Binary;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>The journal in a relational database; the same statements on SQLite and PostgreSQL.</summary>
public sealed class Journal(Database database) : IJournal
{
    private readonly SemaphoreSlim _gate = new(1);
    private DbConnection? _connection;
    private long _lease, _last;
    private byte[] _chain = new byte[32];

    public async Task Open(CancellationToken cancel)
    {
        await database.Migrate(cancel);
        _connection = await database.Connect(cancel);
        await using DbTransaction transaction = await _connection.BeginTransactionAsync(cancel);
        await Database.Execute(_connection, "UPDATE lease SET epoch = epoch + 1 WHERE id = 1", cancel, transaction);
        _lease = await Lease(transaction, cancel);
        await transaction.CommitAsync(cancel);
        await using DbCommand tail = Database.Command(_connection, "SELECT sequence, chain FROM journal ORDER BY sequence DESC LIMIT 1");
        await using DbDataReader row = await tail.ExecuteReaderAsync(cancel);
        if (await row.ReadAsync(cancel)) (_last, _chain) = (row.GetInt64(0), (byte[])row.GetValue(1));
    }

    public async Task<long> Append(IReadOnlyList<NewEntry> entries, Instant now, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            await using DbTransaction transaction = await Connection.BeginTransactionAsync(cancel);
            long current = await Lease(transaction, cancel);
            if (current != _lease) throw new LeaseLost(_lease, current);
            long sequence = _last;
            byte[] chain = _chain;
            await using DbCommand insert = Database.Command(Connection,
                "INSERT INTO journal (sequence, appended, kind, version, party, key, body, chain) VALUES (@sequence, @appended, @kind, @version, @party, @key, @body, @chain)", transaction);
            foreach (NewEntry e in entries)
            {
                sequence++;
                chain = Link(chain, sequence, now.ToUnixTimeTicks(), e.Kind, e.Version, e.Party, e.Key, e.Body);
                Database.Bind(insert, ("sequence", sequence), ("appended", now.ToUnixTimeTicks()), ("kind", e.Kind), ("version", (long)e.Version),
                    ("party", e.Party), ("key", e.Key), ("body", e.Body), ("chain", chain));
                await insert.ExecuteNonQueryAsync(cancel);
            }
            await transaction.CommitAsync(cancel);
            (_last, _chain) = (sequence, chain);
            return sequence;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async IAsyncEnumerable<JournalEntry> Read(long from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand select = Database.Command(connection, $"SELECT {Columns} FROM journal WHERE sequence >= @from ORDER BY sequence");
        Database.Bind(select, ("from", from));
        await using DbDataReader rows = await select.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) yield return Entry(rows);
    }

    public async Task<JournalEntry?> Find(string key, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand select = Database.Command(connection, $"SELECT {Columns} FROM journal WHERE key = @key");
        Database.Bind(select, ("key", key));
        await using DbDataReader rows = await select.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? Entry(rows) : null;
    }

    public Task<long> Last(CancellationToken cancel) => Task.FromResult(_last);

    /// <summary>Reads the whole journal and follows its chain. Null when it holds; otherwise the first sequence number that does not.</summary>
    public async Task<(long Entries, long? BrokenAt)> Verify(CancellationToken cancel)
    {
        byte[] chain = new byte[32];
        long expected = 0;
        await foreach (JournalEntry e in Read(1, cancel))
        {
            expected++;
            chain = Link(chain, e.Sequence, e.Appended.ToUnixTimeTicks(), e.Kind, e.Version, e.Party, e.Key, e.Body);
            if (e.Sequence != expected || !chain.AsSpan().SequenceEqual(e.Chain)) return (expected, e.Sequence);
        }
        return (expected, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _gate.Dispose();
    }

    private const string Columns = "sequence, appended, kind, version, party, key, body, chain";

    private DbConnection Connection => _connection ?? throw new InvalidOperationException("The journal is not open.\nMaybe Open was not awaited.");

    private async Task<long> Lease(DbTransaction transaction, CancellationToken cancel)
    {
        string locking = database.Provider == Provider.Postgres ? " FOR UPDATE" : "";
        await using DbCommand read = Database.Command(_connection!, $"SELECT epoch FROM lease WHERE id = 1{locking}", transaction);
        return Convert.ToInt64(await read.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static JournalEntry Entry(DbDataReader r) => new(r.GetInt64(0), Instant.FromUnixTimeTicks(r.GetInt64(1)), r.GetString(2), (int)r.GetInt64(3),
        r.GetString(4), r.IsDBNull(5) ? null : r.GetString(5), (byte[])r.GetValue(6), (byte[])r.GetValue(7));

    private static byte[] Link(byte[] before, long sequence, long appended, string kind, int version, string party, string? key, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Span<byte> number = stackalloc byte[8];
        foreach (long n in (ReadOnlySpan<long>)[sequence, appended, version])
        {
            BinaryPrimitives.WriteInt64BigEndian(number, n);
            hash.AppendData(number);
        }
        foreach (string text in (ReadOnlySpan<string>)[kind, party, key ?? ""])
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64BigEndian(number, bytes.Length);
            hash.AppendData(number);
            hash.AppendData(bytes);
        }
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
