using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Homestretch.Server.Storage;

public enum Provider { Sqlite, Postgres }

/// <summary>Where the server keeps what must last.</summary>
/// <param name="Connection">SQLite: path of the database file. PostgreSQL: an Npgsql connection string.</param>
public sealed record StorageOptions(Provider Provider, string Connection);

/// <summary>Opens connections and brings the schema up to date. One numbered script per provider and step is the schema's only truth.</summary>
public sealed class Database(StorageOptions options)
{
    public Provider Provider => options.Provider;
    public string Describe => options.Provider == Provider.Sqlite ? $"SQLite {options.Connection}" : "PostgreSQL";

    public async Task<DbConnection> Connect(CancellationToken cancel)
    {
        if (options.Provider == Provider.Postgres)
        {
            var postgres = new NpgsqlConnection(options.Connection);
            await postgres.OpenAsync(cancel);
            return postgres;
        }
        if (Path.GetDirectoryName(Path.GetFullPath(options.Connection)) is { } folder) Directory.CreateDirectory(folder);
        var sqlite = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = options.Connection, Pooling = false, DefaultTimeout = 10 }.ToString());
        await sqlite.OpenAsync(cancel);
        await Execute(sqlite, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;", cancel);
        return sqlite;
    }

    /// <summary>Applies the scripts that are missing, each in its own transaction.</summary>
    /// <exception cref="InvalidOperationException">A script was changed after it was applied, or the schema is newer than this program.</exception>
    public async Task Migrate(CancellationToken cancel)
    {
        await using DbConnection connection = await Connect(cancel);
        string bytes = Provider == Provider.Sqlite ? "BLOB" : "BYTEA", number = Provider == Provider.Sqlite ? "INTEGER" : "BIGINT";
        await Execute(connection, $"CREATE TABLE IF NOT EXISTS schema_version (number {number} NOT NULL PRIMARY KEY, hash {bytes} NOT NULL)", cancel);
        var applied = new SortedDictionary<long, byte[]>();
        await using (DbCommand read = Command(connection, "SELECT number, hash FROM schema_version ORDER BY number"))
        await using (DbDataReader rows = await read.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel)) applied[rows.GetInt64(0)] = (byte[])rows.GetValue(1);
        }
        var scripts = Scripts(Provider);
        if (applied.Keys.LastOrDefault() > scripts.Keys.Last())
            throw new InvalidOperationException($"The database has schema {applied.Keys.Last()}; this program knows {scripts.Keys.Last()}.\nMaybe a newer version of the server was used with it.");
        foreach (var (n, script) in scripts)
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(script));
            if (applied.TryGetValue(n, out byte[]? known))
            {
                if (!known.AsSpan().SequenceEqual(hash)) throw new InvalidOperationException($"Schema script {n:0000} was changed after it was applied.\nMaybe a script was edited in place: add the next number instead.");
                continue;
            }
            await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
            await Execute(connection, script, cancel, transaction);
            await using DbCommand note = Command(connection, "INSERT INTO schema_version (number, hash) VALUES (@number, @hash)", transaction);
            Bind(note, ("number", n), ("hash", hash));
            await note.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    public static SortedDictionary<long, string> Scripts(Provider provider)
    {
        var scripts = new SortedDictionary<long, string>();
        Assembly assembly = typeof(Database).Assembly;
        string prefix = $"scripts/{provider.ToString().ToLowerInvariant()}/";
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            scripts[long.Parse(name[prefix.Length..].Split('.')[0], System.Globalization.CultureInfo.InvariantCulture)] = reader.ReadToEnd();
        }
        return scripts;
    }

    public static async Task Execute(DbConnection connection, string sql, CancellationToken cancel, DbTransaction? transaction = null)
    {
        await using DbCommand command = Command(connection, sql, transaction);
        await command.ExecuteNonQueryAsync(cancel);
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
