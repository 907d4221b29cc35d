using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Homestretch.Server.Storage;

/// <summary>The numbered SQL scripts of each provider, which are the schema's only truth, and their application.</summary>
internal static class Schema
{
    /// <summary>One embedded script.</summary>
    /// <param name="Number">From its file name: <c>0001-journal.sql</c> is 1.</param>
    internal sealed record Script(long Number, string Name, string Sql)
    {
        public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Sql));
    }

    /// <summary>The scripts of a provider, ascending by number.</summary>
    public static IReadOnlyList<Script> Scripts(Provider provider)
    {
        Assembly assembly = typeof(Schema).Assembly;
        string prefix = $"scripts/{(provider == Provider.Sqlite ? "sqlite" : "postgres")}/";
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

        Script Read(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            string name = resource[prefix.Length..];
            return new(long.Parse(name.Split('-')[0], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }

    /// <summary>Number of the newest script.</summary>
    public static long Newest(Provider provider) => Scripts(provider)[^1].Number;

    /// <summary>Number of the newest script applied to a store; 0 when none was.</summary>
    public static async Task<long> Standing(DbConnection connection, Provider provider, CancellationToken cancel)
    {
        if ((await Catalogue.Read(connection, provider, null, cancel)).All(static t => t.Name != "schema_version")) return 0;
        await using DbCommand read = Database.Command(connection, "SELECT COALESCE(max(number), 0) FROM schema_version");
        return (long)(await read.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Applies the scripts that are missing, each in its own transaction; two servers starting together take turns.</summary>
    /// <returns>Names of the scripts applied.</returns>
    public static async Task<IReadOnlyList<string>> Migrate(Database database, IReadOnlyList<Script> scripts, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        string bytes = database.Provider == Provider.Sqlite ? "BLOB" : "BYTEA", number = database.Provider == Provider.Sqlite ? "INTEGER" : "BIGINT";
        var applied = new List<string>();
        foreach (Script script in scripts)
        {
            await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
            if (database.Provider == Provider.Postgres) await Database.Execute(connection, "SELECT pg_advisory_xact_lock(4711202601)", cancel, transaction);
            await Database.Execute(connection, $"CREATE TABLE IF NOT EXISTS schema_version (number {number} NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash {bytes} NOT NULL)", cancel, transaction);
            SortedDictionary<long, byte[]> known = await Applied(connection, transaction, cancel);
            Check(known, scripts);
            if (known.ContainsKey(script.Number)) continue;
            await Database.Execute(connection, script.Sql, cancel, transaction);
            await Database.Execute(connection, "INSERT INTO schema_version (number, name, hash) VALUES (@number, @name, @hash)", cancel, transaction,
                ("number", script.Number), ("name", script.Name), ("hash", script.Hash));
            await transaction.CommitAsync(cancel);
            applied.Add(script.Name);
        }
        return applied;
    }

    private static void Check(SortedDictionary<long, byte[]> known, IReadOnlyList<Script> scripts)
    {
        if (known.Count > 0 && known.Keys.Last() > scripts[^1].Number)
            throw new InvalidOperationException($"The database has schema {known.Keys.Last()}; this program knows {scripts[^1].Number}.\nMaybe a newer version of the server was used with it.");
        foreach (Script s in scripts)
        {
            if (known.TryGetValue(s.Number, out byte[]? hash) && !hash.AsSpan().SequenceEqual(s.Hash))
                throw new InvalidOperationException($"Schema script {s.Name} was changed after it was applied.\nMaybe a script was edited in place: add the next number instead.");
        }
    }

    private static async Task<SortedDictionary<long, byte[]>> Applied(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        var applied = new SortedDictionary<long, byte[]>();
        await using DbCommand read = Database.Command(connection, "SELECT number, hash FROM schema_version", transaction);
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) applied[rows.GetInt64(0)] = (byte[])rows.GetValue(1);
        return applied;
    }
}
