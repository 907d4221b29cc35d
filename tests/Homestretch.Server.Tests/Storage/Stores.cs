using System.Data.Common;
using System.Globalization;
using System.Text;
using Homestretch.Server.Storage;
using NodaTime;

namespace Homestretch.Server.Tests.Storage;

/// <summary>A store of one provider, as the tests make, break and destroy it.</summary>
public interface IStores : IAsyncDisposable
{
    Task<StorageOptions> Fresh();

    /// <summary>Takes the lock from a living journal without its knowing.</summary>
    Task BreakLock(StorageOptions options);
}

internal sealed class SqliteStores : IStores
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-store-").FullName;
    private int _files;

    public Task<StorageOptions> Fresh() => Task.FromResult(new StorageOptions(Provider.Sqlite, Path.Combine(_folder, $"{++_files}.db")));

    public Task BreakLock(StorageOptions options)
    {
        File.Delete(options.Connection + ".lock");
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

internal sealed class PostgresStores(PostgresServer server) : IStores
{
    public Task<StorageOptions> Fresh() => server.Fresh();

    public async Task BreakLock(StorageOptions options)
    {
        string database = new Npgsql.NpgsqlConnectionStringBuilder(options.Connection).Database!;
        await server.Execute($"SELECT pg_terminate_backend(l.pid, 5000) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = '{database}'");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Short words for the tests of a store.</summary>
internal static class Store
{
    public static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    public static NewEntry Entry(string text, string? key = null, string party = "hub") => new("world-events", 1, party, key, Encoding.UTF8.GetBytes(text));

    public static string Text(this JournalEntry entry) => Encoding.UTF8.GetString(entry.Body);

    public static async Task<IJournal> Open(StorageOptions options)
    {
        IJournal journal = Journals.Of(new Database(options), TimeProvider.System);
        await journal.Open(default);
        return journal;
    }

    public static async Task<List<JournalEntry>> All(this IJournal journal, long from = 1)
    {
        var all = new List<JournalEntry>();
        await foreach (JournalEntry entry in journal.Read(from, default)) all.Add(entry);
        return all;
    }

    /// <summary>Changes the store behind the server's back.</summary>
    public static async Task Execute(StorageOptions options, string sql, params (string Name, object? Value)[] values)
    {
        await using var database = new Database(options);
        await using DbConnection connection = await database.Connect(default);
        await Database.Execute(connection, sql, default, null, values);
    }

    /// <summary>Flips the lowest bit of the first byte of a column.</summary>
    public static async Task Flip(StorageOptions options, string table, string column, string where)
    {
        await using var database = new Database(options);
        await using DbConnection connection = await database.Connect(default);
        await using DbCommand select = Database.Command(connection, $"SELECT {column} FROM {table} WHERE {where}");
        byte[] bytes = (byte[])(await select.ExecuteScalarAsync())!;
        bytes[0] ^= 1;
        await Database.Execute(connection, $"UPDATE {table} SET {column} = @bytes WHERE {where}", default, null, ("bytes", bytes));
    }

    public static async Task<VerifyReport> Verified(StorageOptions options)
    {
        await using var database = new Database(options);
        return await Verify.Run(database, default);
    }

    public static string Number(long n) => n.ToString(CultureInfo.InvariantCulture);
}
