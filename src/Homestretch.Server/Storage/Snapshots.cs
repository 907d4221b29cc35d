using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>A world kept beside the journal, so that a start replays only what came after.</summary>
/// <param name="Sequence">The last journal entry in it.</param>
/// <param name="Form">What the bytes are, with their version, as the writer named it.</param>
/// <param name="Bytes">Length before compression.</param>
/// <param name="Hash">SHA-256 of the bytes before compression.</param>
/// <param name="Chain">The journal's chain value at the sequence: ties the snapshot to this journal and no other.</param>
public sealed record StoredSnapshot(long Sequence, Instant Taken, string Form, long Chunks, long Bytes, byte[] Hash, byte[] Chain);

/// <summary>Keeps snapshots in compressed chunks of 1 MiB, each in its own small transaction, so that appends go on meanwhile;
/// the row that makes them count comes last.</summary>
public sealed class Snapshots(Database database)
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Writes a snapshot; replaces one at the same sequence; removes those beyond the number kept.</summary>
    /// <param name="write">Writes the world's bytes; called once, must not seek.</param>
    /// <exception cref="ArgumentOutOfRangeException">The journal has no entry of this sequence.</exception>
    public async Task<StoredSnapshot> Write(long sequence, Instant taken, string form, Func<Stream, Task> write, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        byte[] chain = await ChainAt(connection, sequence, cancel)
            ?? throw new ArgumentOutOfRangeException(nameof(sequence), sequence, "The journal has no such entry.\nMaybe the snapshot was taken of a world that is not kept yet.");
        await Remove(connection, sequence, cancel);
        var chunks = new ChunkWriter(connection, sequence);
        await using (var brotli = new BrotliStream(chunks, CompressionLevel.Fastest))
        {
            await using var measured = new HashingStream(brotli);
            await write(measured);
            await measured.FlushAsync(cancel);
            await brotli.DisposeAsync();
            await chunks.Finish(cancel);
            var snapshot = new StoredSnapshot(sequence, taken, form, chunks.Count, measured.Bytes, measured.Hash(), chain);
            await Database.Execute(connection, "INSERT INTO snapshots (sequence, taken, form, chunks, bytes, hash, chain) VALUES (@sequence, @taken, @form, @chunks, @bytes, @hash, @chain)", cancel, null,
                ("sequence", sequence), ("taken", taken.ToUnixTimeTicks()), ("form", form), ("chunks", snapshot.Chunks), ("bytes", snapshot.Bytes), ("hash", snapshot.Hash), ("chain", chain));
            foreach (StoredSnapshot old in (await List(cancel)).SkipLast(Math.Max(1, database.Options.SnapshotsKept))) await Remove(connection, old.Sequence, cancel);
            await Database.Execute(connection, "DELETE FROM snapshot_chunks WHERE NOT EXISTS (SELECT 1 FROM snapshots s WHERE s.sequence = snapshot_chunks.sequence)", cancel);
            return snapshot;
        }
    }

    /// <summary>All snapshots, oldest first.</summary>
    public async Task<IReadOnlyList<StoredSnapshot>> List(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        return await List(connection, null, cancel);
    }

    /// <summary>The newest snapshot that is whole and belongs to this journal, already checked; null when there is none.</summary>
    /// <returns>The snapshot and its bytes. Damaged ones are passed over: the journal behind them is the truth.</returns>
    public async Task<(StoredSnapshot Snapshot, Stream Bytes)?> Newest(CancellationToken cancel)
    {
        foreach (StoredSnapshot snapshot in (await List(cancel)).Reverse())
        {
            if (await Check(snapshot, cancel) is null) return (snapshot, Open(snapshot));
        }
        return null;
    }

    /// <summary>Reads a snapshot's bytes. They are hashed by <see cref="Check"/>, not here.</summary>
    public Stream Open(StoredSnapshot snapshot) => new BrotliStream(new ChunkReader(database, snapshot), CompressionMode.Decompress);

    /// <summary>What is wrong with a snapshot; null when it is whole.</summary>
    public async Task<string?> Check(StoredSnapshot snapshot, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        byte[]? chain = await ChainAt(connection, snapshot.Sequence, cancel);
        if (chain is null || !chain.AsSpan().SequenceEqual(snapshot.Chain)) return "stands at an entry that this journal does not have";
        try
        {
            await using Stream bytes = Open(snapshot);
            byte[] hash = await SHA256.HashDataAsync(bytes, cancel);
            return hash.AsSpan().SequenceEqual(snapshot.Hash) ? null : "has another hash than was written";
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    internal static async Task<IReadOnlyList<StoredSnapshot>> List(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        await using DbCommand select = Database.Command(connection, "SELECT sequence, taken, form, chunks, bytes, hash, chain FROM snapshots ORDER BY sequence", transaction);
        await using DbDataReader r = await select.ExecuteReaderAsync(cancel);
        var list = new List<StoredSnapshot>();
        while (await r.ReadAsync(cancel))
            list.Add(new(r.GetInt64(0), Instant.FromUnixTimeTicks(r.GetInt64(1)), r.GetString(2), r.GetInt64(3), r.GetInt64(4), (byte[])r.GetValue(5), (byte[])r.GetValue(6)));
        return list;
    }

    private static async Task<byte[]?> ChainAt(DbConnection connection, long sequence, CancellationToken cancel)
    {
        if (sequence == 0) return Storage.Chain.Start;
        await using DbCommand select = Database.Command(connection, "SELECT chain FROM journal WHERE sequence = @sequence");
        Database.Bind(select, ("sequence", sequence));
        return await select.ExecuteScalarAsync(cancel) as byte[];
    }

    private static async Task Remove(DbConnection connection, long sequence, CancellationToken cancel)
    {
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await Database.Execute(connection, "DELETE FROM snapshots WHERE sequence = @sequence", cancel, transaction, ("sequence", sequence));
        await Database.Execute(connection, "DELETE FROM snapshot_chunks WHERE sequence = @sequence", cancel, transaction, ("sequence", sequence));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Cuts what is written into rows of one chunk each.</summary>
    private sealed class ChunkWriter(DbConnection connection, long sequence) : WriteOnlyStream
    {
        private readonly MemoryStream _chunk = new(ChunkBytes);

        public long Count { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (buffer.Length > 0)
            {
                int part = Math.Min(buffer.Length, ChunkBytes - (int)_chunk.Length);
                _chunk.Write(buffer.Span[..part]);
                buffer = buffer[part..];
                if (_chunk.Length == ChunkBytes) await Finish(cancellationToken);
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public async Task Finish(CancellationToken cancel)
        {
            if (_chunk.Length == 0) return;
            await Database.Execute(connection, "INSERT INTO snapshot_chunks (sequence, chunk, body) VALUES (@sequence, @chunk, @body)", cancel, null,
                ("sequence", sequence), ("chunk", Count++), ("body", _chunk.ToArray()));
            _chunk.SetLength(0);
        }
    }

    /// <summary>Fetches chunk after chunk.</summary>
    private sealed class ChunkReader(Database database, StoredSnapshot snapshot) : ReadOnlyStream
    {
        private DbConnection? _connection;
        private ReadOnlyMemory<byte> _left;
        private long _next;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left.IsEmpty)
            {
                if (_next == snapshot.Chunks) return 0;
                _connection ??= await database.Connect(cancellationToken);
                await using DbCommand select = Database.Command(_connection, "SELECT body FROM snapshot_chunks WHERE sequence = @sequence AND chunk = @chunk");
                Database.Bind(select, ("sequence", snapshot.Sequence), ("chunk", _next));
                _left = await select.ExecuteScalarAsync(cancellationToken) as byte[] ?? throw new InvalidDataException($"chunk {_next} of {snapshot.Chunks} is missing");
                _next++;
            }
            int part = Math.Min(buffer.Length, _left.Length);
            _left[..part].CopyTo(buffer);
            _left = _left[part..];
            return part;
        }

        public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        protected override void Dispose(bool disposing)
        {
            if (disposing) _connection?.Dispose();
            base.Dispose(disposing);
        }
    }
}
