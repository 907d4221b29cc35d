using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Homestretch.World;

namespace Homestretch.Server.Storage;

/// <summary>Operations of the floor that have left the world, in the database, for good.</summary>
internal sealed class OperationTables(Database database)
{
    /// <summary>Number of the script that made the table.</summary>
    public const long SinceSchema = 14;
    private const int AtOnce = 200;

    /// <summary>Puts operations away, all or none; one that stands there stays as it is.</summary>
    public async Task Put(IReadOnlyList<FloorOperation> operations, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await using DbCommand put = Database.Command(connection, """
            INSERT INTO archived_operations (operation, site, act, answer, item, lot, unit, from_bin, to_bin, happened, record, hash) VALUES (@operation, @site, @act, @answer, @item, @lot, @unit, @from, @to, @happened, @record, @hash)
            ON CONFLICT (operation) DO NOTHING
            """, transaction);
        foreach (FloorOperation o in operations)
        {
            byte[] json = ArchivedBody.Json(o);
            Database.Bind(put, ("operation", o.Id), ("site", o.Site.Value), ("act", Words.Of(o.Act)), ("answer", Words.Of(o.Answer)), ("item", o.Item), ("lot", o.LotNumber), ("unit", o.Unit), ("from", o.From), ("to", o.To), ("happened", o.Happened.ToUnixTimeTicks()),
                ("record", ArchivedBody.Pack(json)), ("hash", ArchivedBody.Hash(json)));
            await put.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Those of these operations that stand there, by key.</summary>
    public async Task<IReadOnlyDictionary<string, FloorOperation>> Find(IReadOnlyCollection<string> keys, CancellationToken cancel)
    {
        var found = new Dictionary<string, FloorOperation>(StringComparer.Ordinal);
        await using DbConnection connection = await database.Connect(cancel);
        foreach (string[] some in keys.Chunk(AtOnce))
        {
            await using DbCommand read = Database.Command(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT record FROM archived_operations WHERE operation IN ({string.Join(", ", some.Select(static (_, i) => $"@k{i}"))})"));
            Database.Bind(read, [.. some.Select(static (k, i) => ($"k{i}", (object?)k))]);
            foreach (FloorOperation o in await Read(read, cancel)) found[o.Id] = o;
        }
        return found;
    }

    /// <summary>Operations that a filter lets through, the last that happened first.</summary>
    public async Task<IReadOnlyList<FloorOperation>> Newest(OperationFilter filter, int most, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, $"SELECT record FROM archived_operations WHERE {filter.Where} ORDER BY happened DESC, operation DESC LIMIT @most");
        Database.Bind(read, [.. filter.Values, ("most", (long)most)]);
        return await Read(read, cancel);
    }

    /// <summary>How many a filter lets through.</summary>
    public async Task<int> Count(OperationFilter filter, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, $"SELECT count(*) FROM archived_operations WHERE {filter.Where}");
        Database.Bind(read, filter.Values);
        return (int)(long)(await read.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Compares every operation with its hash and with what the ledger is asked by.</summary>
    /// <returns>Operations read.</returns>
    public static async Task<long> Check(DbConnection connection, List<Finding> findings, int most, CancellationToken cancel)
    {
        long operations = 0;
        await using DbCommand read = Database.Command(connection, "SELECT operation, record, hash, site, act, answer, item, lot, unit, from_bin, to_bin, happened FROM archived_operations ORDER BY operation");
        await using DbDataReader row = await read.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel) && findings.Count < most)
        {
            operations++;
            string key = row.GetString(0);
            FloorOperation? o = Sound((byte[])row.GetValue(1), (byte[])row.GetValue(2));
            if (o?.Id != key) findings.Add(new(new("archived_operations", 0, key), "record-damaged", $"Operation {key} of the floor is not what was put away.", UnitCheck.Cure));
            else if (o.Site.Value != row.GetString(3) || Words.Of(o.Act) != row.GetString(4) || Words.Of(o.Answer) != row.GetString(5) || o.Item != row.GetString(6) || o.LotNumber != row.GetString(7) || o.Unit != row.GetString(8) || o.From != row.GetString(9) || o.To != row.GetString(10)
                || o.Happened.ToUnixTimeTicks() != row.GetInt64(11)) findings.Add(new(new("archived_operations", 0, key), "index-damaged", $"What the ledger finds operation {key} by is not what stands in it.", UnitCheck.Cure));
        }
        return operations;
    }

    private static async Task<IReadOnlyList<FloorOperation>> Read(DbCommand read, CancellationToken cancel)
    {
        await using DbDataReader row = await read.ExecuteReaderAsync(cancel);
        var found = new List<FloorOperation>();
        while (await row.ReadAsync(cancel)) found.Add(ArchivedBody.Read<FloorOperation>(ArchivedBody.Unpack((byte[])row.GetValue(0))));
        return found;
    }

    private static FloorOperation? Sound(byte[] packed, byte[] hash)
    {
        try
        {
            byte[] json = ArchivedBody.Unpack(packed);
            return ArchivedBody.Hash(json).AsSpan().SequenceEqual(hash) ? ArchivedBody.Read<FloorOperation>(json) : null;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return null;
        }
    }
}
