using System.Data.Common;
using Homestretch.Finishing.Tracing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>A unit that is done, as it is put away.</summary>
/// <param name="Trace">What lists and recalls ask of it; its end is known.</param>
/// <param name="Lots">The lots of its parts.</param>
/// <param name="Json">Its as-built record.</param>
internal sealed record DoneUnit(UnitTrace Trace, IReadOnlyList<LotTrace> Lots, byte[] Json);

/// <summary>Units that are done, in the database, for good.</summary>
internal sealed class UnitTables(Database database)
{
    private const int AtOnce = 200;
    private const string Columns = "serial, party, family, market, build, order_line, customer, hub, state, begun, ended";

    // another unit under a serial number that is taken changes nothing
    private const string PutUnit = """
        INSERT INTO archived_units (serial, party, family, market, build, order_line, customer, hub, state, begun, ended, archived, record, hash)
        VALUES (@serial, @party, @family, @market, @build, @order_line, @customer, @hub, @state, @begun, @ended, @archived, @record, @hash)
        ON CONFLICT (serial) DO UPDATE SET family = excluded.family, market = excluded.market, order_line = excluded.order_line, customer = excluded.customer, hub = excluded.hub, state = excluded.state, ended = excluded.ended, record = excluded.record, hash = excluded.hash
        WHERE archived_units.build = excluded.build AND archived_units.begun = excluded.begun
        """;

    private const string PutPart = "INSERT INTO archived_parts (serial, number, item, revision, lot, part_serial, taken_out) VALUES (@serial, @number, @item, @revision, @lot, @part_serial, @out)";

    private const string PutLot = """
        INSERT INTO archived_lots (lot, item, revision, supplier, shipment) VALUES (@lot, @item, @revision, @supplier, @shipment)
        ON CONFLICT (lot) DO UPDATE SET item = excluded.item, revision = excluded.revision, supplier = excluded.supplier, shipment = excluded.shipment
        """;

    private const string PutRun = "INSERT INTO archived_runs (lot, run, machine, begun) VALUES (@lot, @run, @machine, @begun) ON CONFLICT (lot, run) DO UPDATE SET machine = excluded.machine, begun = excluded.begun";

    /// <summary>Puts units away, all or none; what stands there already is put as it is now.</summary>
    /// <returns>Serial numbers that another unit has there, of which nothing was put.</returns>
    public async Task<IReadOnlyList<string>> Put(IReadOnlyList<DoneUnit> units, Instant now, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        var taken = new List<string>();
        foreach (DoneUnit unit in units)
        {
            UnitTrace t = unit.Trace;
            int put = await Database.Execute(connection, PutUnit, cancel, transaction, ("serial", t.Serial), ("party", t.Party), ("family", t.Family), ("market", t.Market), ("build", t.Build), ("order_line", t.OrderLine), ("customer", t.Customer), ("hub", t.Hub), ("state", Words.Of(t.State)),
                ("begun", t.Begun.ToUnixTimeTicks()), ("ended", t.Ended!.Value.ToUnixTimeTicks()), ("archived", now.ToUnixTimeTicks()), ("record", ArchivedBody.Pack(unit.Json)), ("hash", ArchivedBody.Hash(unit.Json)));
            if (put == 0)
            {
                taken.Add(t.Serial);
                continue;
            }
            await Database.Execute(connection, "DELETE FROM archived_parts WHERE serial = @serial", cancel, transaction, ("serial", t.Serial));
            await using DbCommand part = Database.Command(connection, PutPart, transaction);
            foreach (PartTrace p in t.Parts)
            {
                Database.Bind(part, ("serial", t.Serial), ("number", (long)p.Number), ("item", p.Item), ("revision", p.Revision), ("lot", p.Lot), ("part_serial", p.PartSerial), ("out", p.Out ? 1L : 0L));
                await part.ExecuteNonQueryAsync(cancel);
            }
        }
        foreach (LotTrace lot in units.SelectMany(static u => u.Lots).DistinctBy(static l => l.Lot))
        {
            await Database.Execute(connection, PutLot, cancel, transaction, ("lot", lot.Lot), ("item", lot.Item), ("revision", lot.Revision), ("supplier", lot.Supplier), ("shipment", lot.Shipment));
            foreach (RunTrace run in lot.Runs) await Database.Execute(connection, PutRun, cancel, transaction, ("lot", lot.Lot), ("run", run.Run), ("machine", run.Machine), ("begun", run.Begun.ToUnixTimeTicks()));
        }
        await transaction.CommitAsync(cancel);
        return taken;
    }

    /// <summary>The as-built record of a serial number as it was put away; null when there is none.</summary>
    public async Task<byte[]?> Json(string serial, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT record FROM archived_units WHERE serial = @serial");
        Database.Bind(read, ("serial", serial));
        return await read.ExecuteScalarAsync(cancel) is byte[] packed ? ArchivedBody.Unpack(packed) : null;
    }

    /// <summary>Which of these serial numbers stand there, each with the hash of its record.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> Hashes(IReadOnlyCollection<string> serials, CancellationToken cancel)
    {
        var hashes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await using DbConnection connection = await database.Connect(cancel);
        foreach (string[] some in serials.Chunk(AtOnce))
        {
            await using DbCommand read = Asked(connection, "SELECT serial, hash FROM archived_units WHERE serial IN ({0})", some);
            await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) hashes[rows.GetString(0)] = (byte[])rows.GetValue(1);
        }
        return hashes;
    }

    /// <summary>Units by serial number, with their parts; those that do not stand there are left out.</summary>
    public async Task<IReadOnlyList<UnitTrace>> Units(IReadOnlyCollection<string> serials, CancellationToken cancel)
    {
        var found = new List<UnitTrace>();
        await using DbConnection connection = await database.Connect(cancel);
        foreach (string[] some in serials.Chunk(AtOnce))
        {
            var parts = new Dictionary<string, List<PartTrace>>(StringComparer.Ordinal);
            await using (DbCommand read = Asked(connection, "SELECT serial, number, item, revision, lot, part_serial, taken_out FROM archived_parts WHERE serial IN ({0}) ORDER BY serial, number", some))
            await using (DbDataReader rows = await read.ExecuteReaderAsync(cancel))
            {
                while (await rows.ReadAsync(cancel))
                {
                    if (!parts.TryGetValue(rows.GetString(0), out List<PartTrace>? of)) parts[rows.GetString(0)] = of = [];
                    of.Add(new((int)rows.GetInt64(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetString(5), rows.GetInt64(6) == 1));
                }
            }
            await using DbCommand units = Asked(connection, $"SELECT {Columns} FROM archived_units WHERE serial IN ({{0}})", some);
            await using DbDataReader row = await units.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
                found.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7), Words.Find<UnitState>(row.GetString(8))!.Value, At(row.GetInt64(9)), At(row.GetInt64(10)), parts.GetValueOrDefault(row.GetString(0), [])));
        }
        return found;
    }

    /// <summary>Serial numbers of the units that a filter lets through, the last begun first, each with when it was begun.</summary>
    public async Task<IReadOnlyList<(string Serial, Instant Begun)>> Newest(UnitFilter filter, int most, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, $"SELECT serial, begun FROM archived_units WHERE {filter.Where} ORDER BY begun DESC, serial DESC LIMIT @most");
        Database.Bind(read, [.. filter.Values, ("most", (long)most)]);
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var found = new List<(string, Instant)>();
        while (await rows.ReadAsync(cancel)) found.Add((rows.GetString(0), At(rows.GetInt64(1))));
        return found;
    }

    /// <summary>How many a filter lets through.</summary>
    public async Task<int> Count(UnitFilter filter, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, $"SELECT count(*) FROM archived_units WHERE {filter.Where}");
        Database.Bind(read, filter.Values);
        return (int)(long)(await read.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Serial numbers of the units that hold a part of this serial number, or did.</summary>
    public async Task<IReadOnlyList<string>> With(string partSerial, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT DISTINCT serial FROM archived_parts WHERE part_serial = @part_serial AND part_serial <> ''");
        Database.Bind(read, ("part_serial", partSerial));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var serials = new List<string>();
        while (await rows.ReadAsync(cancel)) serials.Add(rows.GetString(0));
        return serials;
    }

    /// <summary>Every part of every unit, units in the order in which they were done.</summary>
    public async IAsyncEnumerable<(string Serial, string Item, string Lot)> Parts([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT u.serial, p.item, p.lot FROM archived_units u JOIN archived_parts p ON p.serial = u.serial ORDER BY u.begun, u.serial, p.number");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) yield return (rows.GetString(0), rows.GetString(1), rows.GetString(2));
    }

    public async Task<IReadOnlyList<LotTrace>> Lots(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        var runs = new Dictionary<string, List<RunTrace>>(StringComparer.Ordinal);
        await using (DbCommand read = Database.Command(connection, "SELECT lot, run, machine, begun FROM archived_runs ORDER BY lot, run"))
        await using (DbDataReader rows = await read.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                if (!runs.TryGetValue(rows.GetString(0), out List<RunTrace>? of)) runs[rows.GetString(0)] = of = [];
                of.Add(new(rows.GetString(1), rows.GetString(2), At(rows.GetInt64(3))));
            }
        }
        await using DbCommand lots = Database.Command(connection, "SELECT lot, item, revision, supplier, shipment FROM archived_lots ORDER BY lot");
        await using DbDataReader row = await lots.ExecuteReaderAsync(cancel);
        var found = new List<LotTrace>();
        while (await row.ReadAsync(cancel)) found.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), runs.GetValueOrDefault(row.GetString(0), [])));
        return found;
    }

    private static DbCommand Asked(DbConnection connection, string sql, string[] serials)
    {
        DbCommand read = Database.Command(connection, string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, string.Join(", ", serials.Select(static (_, i) => $"@s{i}"))));
        Database.Bind(read, [.. serials.Select(static (s, i) => ($"s{i}", (object?)s))]);
        return read;
    }

    private static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);
}
