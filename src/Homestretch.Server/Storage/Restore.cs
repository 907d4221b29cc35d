using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <param name="Report">What verify says of the restored store; null when nothing was restored.</param>
/// <param name="Findings">Why nothing was restored; empty when it was.</param>
public sealed record RestoreAnswer(BackupManifest? Manifest, VerifyReport? Report, IReadOnlyList<Finding> Findings)
{
    public bool IsDone => Report is { IsSound: true };
}

/// <summary>Puts a backup into an empty store of either provider, whole or not at all: every file is checked against the
/// manifest and the journal against its chain before the first row is written.</summary>
public static class Restore
{
    /// <exception cref="LeaseHeld">A server is running on the store.</exception>
    /// <param name="say">Is told each step and each table.</param>
    public static async Task<RestoreAnswer> Run(Database database, string path, TimeProvider time, CancellationToken cancel, Action<string>? say = null)
    {
        try
        {
            say?.Invoke($"checking {path}");
            var (checkedManifest, findings) = await Inspect(path, cancel);
            if (checkedManifest is not { } manifest || findings.Count > 0) return new(checkedManifest, null, findings);
            if (await OtherSchema(database, manifest, path, cancel) is { } other) return new(manifest, null, [other]);
            if (await Put(database, manifest, path, time, say, cancel) is { } wrong) return new(manifest, null, [wrong]);
            await database.Migrate(cancel);
            return new(manifest, await Verify.Run(database, cancel), []);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return No(path, "unreadable", $"The file cannot be read: {e.Message}", "Take another backup.");
        }
    }

    /// <summary>Checks a backup without a store: its manifest, every file's hash, the journal's chain. No finding: it can be restored.</summary>
    public static async Task<(BackupManifest? Manifest, IReadOnlyList<Finding> Findings)> Inspect(string path, CancellationToken cancel)
    {
        if (!File.Exists(path)) return (null, No(path, "no-file", $"There is no file {path}.", "Give the path of a backup.").Findings);
        try
        {
            using ZipArchive zip = await ZipFile.OpenReadAsync(path, cancel);
            return await Manifest(zip, cancel) is { } manifest ? (manifest, await Check(zip, manifest, path, cancel))
                : (null, No(path, "no-manifest", $"The file has no {Backup.ManifestName} of form {Backup.Form}.", "Give a file that backup wrote.").Findings);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return (null, No(path, "unreadable", $"The file cannot be read: {e.Message}", "Take another backup.").Findings);
        }
    }

    private static bool IsUnreadable(Exception e) => e is InvalidDataException or JsonException or FormatException or KeyNotFoundException or InvalidCastException or ArgumentException;

    private static RestoreAnswer No(string path, string rule, string what, string cure) => new(null, null, [new(new(path), rule, what, cure)]);

    private static async Task<BackupManifest?> Manifest(ZipArchive zip, CancellationToken cancel)
    {
        if (zip.GetEntry(Backup.ManifestName) is not { } entry) return null;
        await using Stream bytes = await entry.OpenAsync(cancel);
        BackupManifest? manifest = await JsonSerializer.DeserializeAsync(bytes, StorageJson.Default.BackupManifest, cancel);
        return manifest is { Form: Backup.Form } ? manifest : null;
    }

    private static async Task<List<Finding>> Check(ZipArchive zip, BackupManifest manifest, string path, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        foreach (BackedUpTable table in manifest.Tables)
        {
            if (zip.GetEntry(Backup.FileName(table.Name)) is not { } entry)
            {
                findings.Add(new(new(path), "file-missing", $"The table {table.Name} is missing.", "Take another backup."));
                continue;
            }
            await using Stream bytes = await entry.OpenAsync(cancel);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancel)) != table.Hash)
                findings.Add(new(new(path), "file-damaged", $"The table {table.Name} is not what the manifest says.", "Take another backup."));
        }
        if (findings.Count == 0 && await BrokenAt(zip, manifest, cancel) is { } at)
            findings.Add(new(new(path, (int)Math.Min(at, int.MaxValue)), "chain-broken", $"Journal entry {at} does not fit the chain.", "Take a backup made before the damage."));
        return findings;
    }

    private static async Task<long?> BrokenAt(ZipArchive zip, BackupManifest manifest, CancellationToken cancel)
    {
        using var chain = new Chain();
        var (before, last) = (Chain.Start, 0L);
        if (manifest.Tables.FirstOrDefault(static t => t.Name == "journal") is not { } table) return 0;
        await foreach (object?[] row in Rows(zip, table, cancel))
        {
            var byName = table.Columns.Zip(row).ToDictionary(static p => p.First, static p => p.Second, StringComparer.Ordinal);
            var e = new JournalEntry((long)byName["sequence"]!, Instant.FromUnixTimeTicks((long)byName["appended"]!), (string)byName["kind"]!, (int)(long)byName["version"]!,
                (string)byName["party"]!, (string?)byName["key"], (byte[])byName["body"]!, (long)byName["lease"]!, (byte[])byName["chain"]!);
            if (e.Sequence != last + 1 || !chain.Next(before, e).AsSpan().SequenceEqual(e.Chain)) return e.Sequence;
            (before, last) = (e.Chain, e.Sequence);
        }
        return last == manifest.LastSequence && Convert.ToHexStringLower(before) == manifest.LastChain ? null : last + 1;
    }

    /// <summary>Why the schemas of backup, store and program do not go together; null when they do.</summary>
    private static async Task<Finding?> OtherSchema(Database database, BackupManifest manifest, string path, CancellationToken cancel)
    {
        if (Schema.Newest(database.Provider) is var known && manifest.Schema > known)
            return new(new(path), "newer-schema", $"The backup has schema {manifest.Schema}; this program knows {known}.", "Restore it with the version that wrote it.");
        await using DbConnection connection = await database.Connect(cancel);
        return await Schema.Standing(connection, database.Provider, cancel) is var stands && stands > manifest.Schema
            ? new(new(database.Describe), "newer-store", $"The store has schema {stands}, the backup {manifest.Schema}.", "Restore into a database that no server has used, not even an empty one.") : null;
    }

    /// <summary>Puts the rows into tables of the backup's own schema; what has come to the schema since is applied to them after.</summary>
    private static async Task<Finding?> Put(Database database, BackupManifest manifest, string path, TimeProvider time, Action<string>? say, CancellationToken cancel)
    {
        await using var then = new Database(database.Options) { SchemaWanted = manifest.Schema };
        using ZipArchive zip = await ZipFile.OpenReadAsync(path, cancel);
        await using IJournal guard = Storage.Journals.Of(then, time);
        await guard.Open(cancel);
        return await Fill(then, zip, manifest, path, guard.Lease, say, cancel);
    }

    private static async Task<Finding?> Fill(Database database, ZipArchive zip, BackupManifest manifest, string path, long lease, Action<string>? say, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        var tables = (await Catalogue.Read(connection, database.Provider, transaction, cancel)).ToDictionary(static t => t.Name, StringComparer.Ordinal);
        foreach (string table in tables.Keys.Where(static t => !Backup.Left.Contains(t)))
        {
            await using DbCommand any = Database.Command(connection, $"SELECT 1 FROM {table} LIMIT 1", transaction);
            if (await any.ExecuteScalarAsync(cancel) is not null) return new(new(database.Describe), "not-empty", $"The table {table} is not empty.", "Restore into an empty database.");
        }
        foreach (BackedUpTable table in manifest.Tables)
        {
            if (!tables.TryGetValue(table.Name, out Table? known) || table.Columns.FirstOrDefault(c => known.Columns.All(k => k.Name != c)) is not null)
                return new(new(path), "unknown-table", $"The table {table.Name} or a column of it is not known here.", "Restore it with the version that wrote it.");
            await Insert(connection, transaction, zip, table, cancel);
            say?.Invoke($"{table.Name}: {table.Rows} rows");
        }
        await Database.Execute(connection, "UPDATE lease SET epoch = @lease + COALESCE((SELECT max(lease) FROM journal), 0), sequence = @sequence, chain = @chain WHERE id = 1", cancel, transaction,
            ("lease", lease), ("sequence", manifest.LastSequence), ("chain", Convert.FromHexString(manifest.LastChain)));
        await transaction.CommitAsync(cancel);
        return null;
    }

    private static async Task Insert(DbConnection connection, DbTransaction transaction, ZipArchive zip, BackedUpTable table, CancellationToken cancel)
    {
        string columns = string.Join(", ", table.Columns), values = string.Join(", ", table.Columns.Select(static (_, i) => $"@p{i}"));
        await using DbCommand insert = Database.Command(connection, $"INSERT INTO {table.Name} ({columns}) VALUES ({values})", transaction);
        ColumnClass[] classes = Classes(table);
        for (int i = 0; i < classes.Length; i++)
        {
            DbParameter parameter = insert.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = ($"@p{i}", classes[i] switch
            {
                ColumnClass.Integer => System.Data.DbType.Int64,
                ColumnClass.Real => System.Data.DbType.Double,
                ColumnClass.Text => System.Data.DbType.String,
                _ => System.Data.DbType.Binary,
            });
            insert.Parameters.Add(parameter);
        }
        await insert.PrepareAsync(cancel);
        await foreach (object?[] row in Rows(zip, table, cancel))
        {
            for (int i = 0; i < row.Length; i++) insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            await insert.ExecuteNonQueryAsync(cancel);
        }
    }

    private static async IAsyncEnumerable<object?[]> Rows(ZipArchive zip, BackedUpTable table, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        ColumnClass[] classes = Classes(table);
        await using Stream bytes = await zip.GetEntry(Backup.FileName(table.Name))!.OpenAsync(cancel);
        using var reader = new StreamReader(bytes);
        while (await reader.ReadLineAsync(cancel) is { } line) yield return RowText.Read(line, classes);
    }

    private static ColumnClass[] Classes(BackedUpTable table) => [.. table.Classes.Select(static c => Enum.Parse<ColumnClass>(c, ignoreCase: true))];
}
