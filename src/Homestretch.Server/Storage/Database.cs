using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Homestretch.Server.Storage;

/// <summary>Opens connections to the store of the options. Statements use <c>@name</c> parameters, which both providers take.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlDataSource? _postgres;

    public Database(StorageOptions options)
    {
        Options = options;
        if (Provider == Provider.Postgres) _postgres = NpgsqlDataSource.Create(options.Connection);
    }

    public StorageOptions Options { get; }
    public Provider Provider => Options.Provider;

    /// <summary>For people; never shows a password.</summary>
    public string Describe => Provider == Provider.Sqlite ? $"SQLite {Options.Connection}"
        : new NpgsqlConnectionStringBuilder(Options.Connection) is var c ? $"PostgreSQL {c.Host}/{c.Database}" : "";

    public async Task<DbConnection> Connect(CancellationToken cancel)
    {
        if (_postgres is not null) return await _postgres.OpenConnectionAsync(cancel);
        if (Path.GetDirectoryName(Path.GetFullPath(Options.Connection)) is { } folder) Directory.CreateDirectory(folder);
        var sqlite = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Options.Connection, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            await sqlite.OpenAsync(cancel);
            await Execute(sqlite, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;", cancel);
            return sqlite;
        }
        catch
        {
            await sqlite.DisposeAsync();
            throw;
        }
    }

    /// <summary>The schema that <see cref="Migrate"/> goes to; the newest unless a backup of an older one is put in.</summary>
    public long SchemaWanted { get; init; } = long.MaxValue;

    /// <summary>Brings the schema up to date.</summary>
    /// <exception cref="InvalidOperationException">A script was changed after it was applied, or the schema is newer than the one wanted.</exception>
    public Task<IReadOnlyList<string>> Migrate(CancellationToken cancel) => Schema.Migrate(this, [.. Schema.Scripts(Provider).Where(s => s.Number <= SchemaWanted)], cancel);

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
    }

    public static async Task<int> Execute(DbConnection connection, string sql, CancellationToken cancel, DbTransaction? transaction = null, params (string Name, object? Value)[] values)
    {
        await using DbCommand command = Command(connection, sql, transaction);
        Bind(command, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public static DbCommand Command(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    public static void Bind(DbCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }
}
