using System.Data;
using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Homestretch.Disk;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Storage;

/// <summary>One table in a backup.</summary>
/// <param name="Columns">Names in the order of a row's values.</param>
/// <param name="Classes">integer, real, text or bytes (base64), one a column.</param>
/// <param name="Hash">SHA-256 of the file, in hexadecimal.</param>
public sealed record BackedUpTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Classes, long Rows, string Hash);

/// <summary>What a backup says of itself; <c>manifest.json</c> in the zip.</summary>
/// <param name="Form">Form of the backup; this program reads form 1.</param>
public sealed record BackupManifest(int Form, string Program, string Provider, long Schema, string Taken, long LastSequence, string LastChain, IReadOnlyList<BackedUpTable> Tables);

/// <param name="Hash">SHA-256 of the whole file, in hexadecimal: keep it beside the file.</param>
public sealed record BackupAnswer(string Path, long Bytes, string Hash, BackupManifest Manifest);

/// <summary>Writes everything kept in the store to one zip that either provider restores: a manifest and one file of JSON lines a
/// table. Taken at one moment of a running server: SQLite through its online backup, PostgreSQL in one repeatable-read transaction.</summary>
public static class Backup
{
    public const int Form = 1;
    internal const string ManifestName = "manifest.json";

    /// <summary>Tables that belong to the store, not to what is kept in it.</summary>
    internal static readonly IReadOnlySet<string> Left = new HashSet<string>(StringComparer.Ordinal) { "schema_version", "lease" };

    /// <param name="say">Is told each table when it is written.</param>
    public static async Task<BackupAnswer> Run(Database database, string path, TimeProvider time, CancellationToken cancel, Action<string>? say = null)
    {
        string temporary = path + ".part";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        BackupManifest manifest = database.Provider == Provider.Sqlite
            ? await OfSqlite(database, temporary, time, say, cancel) : await Write(database, temporary, time, say, cancel);
        await using FileStream file = File.OpenRead(temporary);
        string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        Durable.Publish(temporary, path);
        return new(path, file.Length, hash, manifest);
    }

    private static async Task<BackupManifest> OfSqlite(Database database, string temporary, TimeProvider time, Action<string>? say, CancellationToken cancel)
    {
        string copy = temporary + ".db";
        try
        {
            await using (var source = (SqliteConnection)await database.Connect(cancel))
            await using (var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString()))
            {
                await target.OpenAsync(cancel);
                source.BackupDatabase(target);
            }
            await using var copied = new Database(new StorageOptions(Provider.Sqlite, copy));
            return await Write(copied, temporary, time, say, cancel);
        }
        finally
        {
            foreach (string left in (string[])[copy, copy + "-wal", copy + "-shm"]) File.Delete(left);
        }
    }

    private static async Task<BackupManifest> Write(Database database, string temporary, TimeProvider time, Action<string>? say, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(database.Provider == Provider.Postgres ? IsolationLevel.RepeatableRead : IsolationLevel.Serializable, cancel);
        await using var file = new FileStream(temporary, FileMode.Create);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var tables = new List<BackedUpTable>();
            foreach (Table table in (await Catalogue.Read(connection, database.Provider, transaction, cancel)).Where(static t => !Left.Contains(t.Name)))
            {
                tables.Add(await Write(zip, connection, transaction, table, cancel));
                say?.Invoke($"{table.Name}: {tables[^1].Rows} rows");
            }
            var (schema, sequence, chain) = await State(connection, transaction, cancel);
            var manifest = new BackupManifest(Form, typeof(Backup).Assembly.GetName().Version!.ToString(3), database.Provider.ToString().ToLowerInvariant(), schema,
                InstantPattern.ExtendedIso.Format(Instant.FromDateTimeOffset(time.GetUtcNow())), sequence, Convert.ToHexStringLower(chain), tables);
            await using Stream entry = await zip.CreateEntry(ManifestName).OpenAsync(cancel);
            await JsonSerializer.SerializeAsync(entry, manifest, StorageJson.Default.BackupManifest, cancel);
            await entry.DisposeAsync();
            zip.Dispose();
            file.Flush(flushToDisk: true);
            return manifest;
        }
    }

    private static async Task<BackedUpTable> Write(ZipArchive zip, DbConnection connection, DbTransaction transaction, Table table, CancellationToken cancel)
    {
        await using Stream entry = await zip.CreateEntry(FileName(table.Name), CompressionLevel.Fastest).OpenAsync(cancel);
        await using var measured = new HashingStream(entry);
        var rows = new RowText(measured, [.. table.Columns.Select(static c => c.Class)]);
        string columns = string.Join(", ", table.Columns.Select(static c => c.Name)), order = string.Join(", ", table.Columns.Where(static c => c.Key > 0).OrderBy(static c => c.Key).Select(static c => c.Name));
        await using DbCommand select = Database.Command(connection, $"SELECT {columns} FROM {table.Name} ORDER BY {order}", transaction);
        await using DbDataReader reader = await select.ExecuteReaderAsync(cancel);
        long count = 0;
        while (await reader.ReadAsync(cancel))
        {
            rows.Write(reader);
            count++;
        }
        await measured.FlushAsync(cancel);
        return new(table.Name, [.. table.Columns.Select(static c => c.Name)], [.. table.Columns.Select(static c => c.Class.ToString().ToLowerInvariant())], count, Convert.ToHexStringLower(measured.Hash()));
    }

    internal static string FileName(string table) => $"tables/{table}.jsonl";

    private static async Task<(long Schema, long Sequence, byte[] Chain)> State(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        await using DbCommand select = Database.Command(connection, "SELECT (SELECT max(number) FROM schema_version), sequence, chain FROM lease", transaction);
        await using DbDataReader row = await select.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetInt64(1), (byte[])row.GetValue(2));
    }
}
