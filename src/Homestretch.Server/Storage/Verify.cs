using System.Data.Common;
using System.Text;

namespace Homestretch.Server.Storage;

/// <summary>What verify found.</summary>
/// <param name="Entries">Journal entries read.</param>
/// <param name="Findings">Every place that is not as it was written; at most 100.</param>
/// <param name="Audited">Entries of the audit log read.</param>
/// <param name="Archived">Units in the archive.</param>
public sealed record VerifyReport(string Store, long Schema, long Entries, string LastChain, int Snapshots, long Requests, long Audited, long Archived, IReadOnlyList<Finding> Findings)
{
    public bool IsSound => Findings.Count == 0;

    /// <summary>For people; one finding a line.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine($"{Store}, schema {Schema}");
        text.AppendLine($"journal    {Entries} entries, chain ends {LastChain}");
        text.AppendLine($"snapshots  {Snapshots}");
        text.AppendLine($"requests   {Requests}");
        text.AppendLine($"audit log  {Audited} entries");
        text.AppendLine($"archive    {Archived} units");
        foreach (Finding f in Findings) text.AppendLine(f.ToString());
        text.Append(IsSound ? "sound" : $"{Findings.Count} findings");
        return text.ToString();
    }
}

/// <summary>Reads all that is kept and checks it: the chain entry by entry, the end, the snapshots' hashes, the keys. Works on a running server.</summary>
public static class Verify
{
    private const int MostFindings = 100;
    private const string Restore = "Restore the newest backup whose verify was sound.";

    /// <param name="say">Is told each step, and every 100,000 entries.</param>
    public static async Task<VerifyReport> Run(Database database, CancellationToken cancel, Action<string>? say = null)
    {
        var findings = new List<Finding>();
        await using DbConnection connection = await database.Connect(cancel);
        say?.Invoke($"checking {database.Describe}");
        if (database.Provider == Provider.Sqlite) await CheckFile(connection, findings, cancel);
        long head = await Number(connection, "SELECT sequence FROM lease", cancel);
        var (entries, chain) = await CheckChain(connection, head, findings, say, cancel);
        var snapshots = new Snapshots(database);
        IReadOnlyList<StoredSnapshot> kept = await snapshots.List(cancel);
        foreach (StoredSnapshot s in kept)
        {
            if (await snapshots.Check(s, cancel) is { } wrong)
                findings.Add(new(new("snapshots", (int)Math.Min(s.Sequence, int.MaxValue)), "snapshot-damaged", $"The snapshot at entry {s.Sequence} {wrong}.", "A start passes over it; take a new one."));
        }
        long requests = await Number(connection, "SELECT count(*) FROM requests", cancel);
        long loose = await Number(connection, $"SELECT count(*) FROM requests r WHERE r.sequence <= {head} AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.sequence = r.sequence AND j.party = r.party AND j.key = r.key)", cancel);
        if (loose > 0) findings.Add(new(new("requests"), "request-without-entry", $"{loose} idempotency keys name an entry that was not written under them.", Restore));
        var (audited, brokenAt) = await AuditLog.Check(connection, cancel);
        if (brokenAt is { } at) findings.Add(new(new("audit", (int)Math.Min(at, int.MaxValue)), "audit-changed", $"Entry {at} of the audit log is not what was written, or one before it is missing.", "Compare with the newest backup whose verify was sound: somebody with access to the database changed it."));
        long schema = await Number(connection, "SELECT max(number) FROM schema_version", cancel), archived = schema < UnitCheck.SinceSchema ? 0 : await UnitCheck.Run(connection, findings, MostFindings, cancel);
        if (schema >= OperationTables.SinceSchema) archived += await OperationTables.Check(connection, findings, MostFindings, cancel);
        return new(database.Describe, schema, entries, Convert.ToHexStringLower(chain), kept.Count, requests, audited, archived,
            [.. findings.Take(MostFindings)]);
    }

    /// <summary>Each entry against the link stored before it, so that one flipped bit is one finding with its place, and the rest is still checked.</summary>
    private static async Task<(long Entries, byte[] Chain)> CheckChain(DbConnection connection, long head, List<Finding> findings, Action<string>? say, CancellationToken cancel)
    {
        await using DbCommand select = Database.Command(connection, "SELECT sequence, appended, kind, version, party, key, body, lease, chain FROM journal WHERE sequence <= @head ORDER BY sequence");
        Database.Bind(select, ("head", head));
        using var chain = new Chain();
        byte[] stored = Chain.Start, computed = Chain.Start;
        long expected = 1, entries = 0, lease = 0;
        DbDataReader rows = await select.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel) && findings.Count < MostFindings)
        {
            JournalEntry e = Journal.Entry(rows);
            if (e.Sequence != expected) Note(expected, "entries-missing", $"Entries {expected} to {e.Sequence - 1} are missing.");
            byte[] next = chain.Next(stored, e);
            if (e.Sequence == expected && !next.AsSpan().SequenceEqual(e.Chain))
            {
                bool linkOnly = !computed.AsSpan().SequenceEqual(stored) && chain.Next(computed, e).AsSpan().SequenceEqual(e.Chain);
                if (!linkOnly) Note(e.Sequence, "entry-damaged", $"Entry {e.Sequence} ({e.Kind} of {e.Party}, {e.Body.Length} bytes) is not what was appended, or its link is not.");
            }
            if (e.Lease < lease) Note(e.Sequence, "lease-fell", $"Entry {e.Sequence} was appended under lease {e.Lease} after one under {lease}.");
            (stored, computed, lease, expected) = (e.Chain, next, Math.Max(lease, e.Lease), e.Sequence + 1);
            if (++entries % 100_000 == 0) say?.Invoke($"journal: {entries} of {head} entries");
        }
        await rows.DisposeAsync();
        if (expected <= head && findings.Count < MostFindings) Note(expected, "entries-missing", $"Entries {expected} to {head} are missing at the end.");
        byte[] last = await Link(connection, head, cancel);
        if (expected == head + 1 && head > 0 && !stored.AsSpan().SequenceEqual(last)) Note(head, "entry-damaged", $"The link of entry {head}, the last, is not what was appended.");
        return (entries, stored);

        void Note(long at, string rule, string what) => findings.Add(new(new("journal", (int)Math.Min(at, int.MaxValue)), rule, what, Restore));
    }

    /// <summary>The link the lease row states for the end; of a journal that has grown since, the one its next entry was linked to is checked by the next run.</summary>
    private static async Task<byte[]> Link(DbConnection connection, long head, CancellationToken cancel)
    {
        await using DbCommand select = Database.Command(connection, "SELECT COALESCE((SELECT chain FROM lease WHERE sequence = @head), (SELECT chain FROM journal WHERE sequence = @head))");
        Database.Bind(select, ("head", head));
        return await select.ExecuteScalarAsync(cancel) as byte[] ?? Chain.Start;
    }

    private static async Task CheckFile(DbConnection connection, List<Finding> findings, CancellationToken cancel)
    {
        await using DbCommand check = Database.Command(connection, "PRAGMA integrity_check(20)");
        await using DbDataReader rows = await check.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            if (rows.GetString(0) is var line && line != "ok") findings.Add(new(new("database file"), "file-damaged", $"SQLite: {line}.", Restore));
        }
    }

    private static async Task<long> Number(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using DbCommand select = Database.Command(connection, sql);
        return Convert.ToInt64(await select.ExecuteScalarAsync(cancel) is long n ? n : 0, System.Globalization.CultureInfo.InvariantCulture);
    }
}
