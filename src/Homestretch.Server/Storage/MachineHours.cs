using System.Data.Common;
using Homestretch.Machines;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>How machines spent their hours, in the database, for longer than their telemetry is kept. An hour is written whole, and again only
/// when as much of it or more is known.</summary>
internal sealed class MachineHours(Database database)
{
    private const string Put = """
        INSERT INTO machine_hours (party, machine, hour, running, idle, down, changeover, no_data, good, bad)
        VALUES (@party, @machine, @hour, @running, @idle, @down, @changeover, @no_data, @good, @bad)
        ON CONFLICT (party, machine, hour) DO UPDATE SET running = excluded.running, idle = excluded.idle, down = excluded.down,
            changeover = excluded.changeover, no_data = excluded.no_data, good = excluded.good, bad = excluded.bad
        WHERE excluded.running + excluded.idle + excluded.down + excluded.changeover + excluded.no_data
            >= machine_hours.running + machine_hours.idle + machine_hours.down + machine_hours.changeover + machine_hours.no_data
        """;

    /// <summary>Puts hours, all or none.</summary>
    public async Task Write(IReadOnlyList<(string Party, string Machine, HourSpent Spent)> hours, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await using DbCommand put = Database.Command(connection, Put, transaction);
        foreach (var (party, machine, h) in hours)
        {
            Database.Bind(put, ("party", party), ("machine", machine), ("hour", h.Hour.ToUnixTimeTicks()), ("running", h.Running.BclCompatibleTicks), ("idle", h.Idle.BclCompatibleTicks),
                ("down", h.Down.BclCompatibleTicks), ("changeover", h.Changeover.BclCompatibleTicks), ("no_data", h.NoData.BclCompatibleTicks), ("good", h.Good), ("bad", h.Bad));
            await put.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The known hours of a machine that begin in [from, to), ascending.</summary>
    public async Task<IReadOnlyList<HourSpent>> Read(string party, string machine, Instant from, Instant to, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT hour, no_data, running, idle, down, changeover, good, bad FROM machine_hours WHERE party = @party AND machine = @machine AND hour >= @from AND hour < @to ORDER BY hour");
        Database.Bind(read, ("party", party), ("machine", machine), ("from", from.ToUnixTimeTicks()), ("to", to.ToUnixTimeTicks()));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var hours = new List<HourSpent>();
        while (await rows.ReadAsync(cancel))
            hours.Add(new(Instant.FromUnixTimeTicks(rows.GetInt64(0)), Ticks(1), Ticks(2), Ticks(3), Ticks(4), Ticks(5), rows.GetInt64(6), rows.GetInt64(7)));
        return hours;

        Duration Ticks(int column) => Duration.FromTicks(rows.GetInt64(column));
    }

    /// <summary>Drops what began before an instant.</summary>
    public async Task Forget(Instant before, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "DELETE FROM machine_hours WHERE hour < @before", cancel, null, ("before", before.ToUnixTimeTicks()));
    }
}
