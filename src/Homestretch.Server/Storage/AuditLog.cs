using System.Data.Common;
using System.Text;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>One act, by a person or program, that concerns who may see or do what.</summary>
/// <param name="Number">1, 2, 3 and so on without a gap.</param>
/// <param name="Party">Party of the actor; empty: nobody was signed in.</param>
/// <param name="Actor">Login; of an attempt the one that was claimed.</param>
/// <param name="Action">A word such as <c>signed-in</c>.</param>
/// <param name="Subject">Whom or what it was done to.</param>
internal sealed record AuditEntry(long Number, Instant At, string Party, string Actor, string Action, string Subject, string Detail);

/// <summary>What was done about access and who took data out: append-only, each entry linked to the one before, so that verify finds one that was changed or
/// taken out. The journal says who changed the world; this says who was let in.</summary>
internal sealed class AuditLog(Database database, TimeProvider time) : IDisposable
{
    private const string Columns = "number, at, party, actor, action, subject, detail, chain";
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Appends an entry; on disk when it returns.</summary>
    public async Task Note(string party, string actor, string action, string subject, string detail, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await using DbConnection connection = await database.Connect(cancel);
            var (number, before) = await Last(connection, cancel);
            var entry = new AuditEntry(number + 1, Instant.FromDateTimeOffset(time.GetUtcNow()), party, actor, action, subject, detail);
            await Database.Execute(connection, $"INSERT INTO audit ({Columns}) VALUES (@number, @at, @party, @actor, @action, @subject, @detail, @chain)", cancel, null,
                ("number", entry.Number), ("at", entry.At.ToUnixTimeTicks()), ("party", party), ("actor", actor), ("action", action), ("subject", subject), ("detail", detail), ("chain", Link(before, entry)));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Entries that hold a text, newest first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<AuditEntry> Entries, int Total)> Read(string? text, int skip, int take, CancellationToken cancel)
    {
        const string holds = "@text = '' OR lower(party || ' ' || actor || ' ' || action || ' ' || subject || ' ' || detail) LIKE @like ESCAPE '!'";
        await using DbConnection connection = await database.Connect(cancel);
        string sought = text?.Trim().ToLowerInvariant() ?? "";
        string like = $"%{sought.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
        await using DbCommand count = Database.Command(connection, $"SELECT count(*) FROM audit WHERE {holds}");
        Database.Bind(count, ("text", sought), ("like", like));
        int total = (int)(long)(await count.ExecuteScalarAsync(cancel))!;
        await using DbCommand read = Database.Command(connection, $"SELECT {Columns} FROM audit WHERE {holds} ORDER BY number DESC LIMIT @take OFFSET @skip");
        Database.Bind(read, ("text", sought), ("like", like), ("take", (long)take), ("skip", (long)skip));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var entries = new List<AuditEntry>();
        while (await rows.ReadAsync(cancel)) entries.Add(Entry(rows));
        return (entries, total);
    }

    /// <summary>Number of the first entry that is not as it was written, or is missing; null when all are sound. What was cut off at the end is not seen.</summary>
    public static async Task<(long Entries, long? BrokenAt)> Check(DbConnection connection, CancellationToken cancel)
    {
        await using DbCommand read = Database.Command(connection, $"SELECT {Columns} FROM audit ORDER BY number");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        byte[] before = Chain.Start;
        long entries = 0;
        while (await rows.ReadAsync(cancel))
        {
            AuditEntry entry = Entry(rows);
            byte[] chain = (byte[])rows.GetValue(7);
            if (entry.Number != ++entries || !Link(before, entry).AsSpan().SequenceEqual(chain)) return (entries, entries);
            before = chain;
        }
        return (entries, null);
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<(long Number, byte[] Chain)> Last(DbConnection connection, CancellationToken cancel)
    {
        await using DbCommand read = Database.Command(connection, "SELECT number, chain FROM audit ORDER BY number DESC LIMIT 1");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? (rows.GetInt64(0), (byte[])rows.GetValue(1)) : (0, Chain.Start);
    }

    private static byte[] Link(byte[] before, AuditEntry e)
    {
        using var chain = new Chain();
        return chain.Next(before, e.Number, e.At.ToUnixTimeTicks(), e.Action, version: 1, e.Party, e.Actor, Encoding.UTF8.GetBytes($"{e.Subject.Length} {e.Subject}{e.Detail}"), lease: 0);
    }

    private static AuditEntry Entry(DbDataReader rows) => new(rows.GetInt64(0), Instant.FromUnixTimeTicks(rows.GetInt64(1)), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetString(5), rows.GetString(6));
}
