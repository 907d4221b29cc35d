using System.Data.Common;
using Homestretch.Server.Storage;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Where a message on its way stands.</summary>
internal enum Delivery { Waiting, Delivered, Failed }

/// <summary>A message on its way, or what became of it. All instants are of the real clock.</summary>
/// <param name="Id">The same for each try: a receiver that gets it twice can tell.</param>
/// <param name="Road">push, mail or webhook.</param>
/// <param name="Target">Device, login or webhook.</param>
/// <param name="Type">What it tells, such as org.homestretch.situation.opened.</param>
/// <param name="Subject">The notice's key; empty for several.</param>
/// <param name="Body">As it is sent, but for the encryption of a push message.</param>
/// <param name="Due">When it is next tried.</param>
/// <param name="Said">What came of the last try.</param>
internal sealed record Posted(string Id, string Road, string Target, string Party, string Type, string Subject, byte[] Body, Instant Made, Instant Due, int Attempts, Delivery State, Instant? Ended, string Said)
{
    public const string Push = "push", Mail = "mail", Webhook = "webhook";

    public static Posted New(string id, string road, string target, string party, string type, string subject, byte[] body, Instant now) => new(id, road, target, party, type, subject, body, now, now, 0, Delivery.Waiting, null, "");
}

/// <summary>The outbox in the database: what is in it is sent at least once, whatever happens to the program meanwhile.</summary>
internal sealed class OutboxTables(Database database)
{
    private const string Columns = "SELECT message, channel, target, party, type, subject, body, made, due, attempts, state, ended, said FROM outbox";

    public static Task Put(DbConnection connection, DbTransaction? transaction, Posted p, CancellationToken cancel) => Database.Execute(connection, """
        INSERT INTO outbox (message, channel, target, party, type, subject, body, made, due, attempts, state, ended, said) VALUES (@message, @channel, @target, @party, @type, @subject, @body, @made, @due, @attempts, @state, @ended, @said)
        ON CONFLICT (message) DO UPDATE SET due = excluded.due, attempts = excluded.attempts, state = excluded.state, ended = excluded.ended, said = excluded.said
        """, cancel, transaction, ("message", p.Id), ("channel", p.Road), ("target", p.Target), ("party", p.Party), ("type", p.Type), ("subject", p.Subject), ("body", p.Body), ("made", p.Made.ToUnixTimeTicks()), ("due", p.Due.ToUnixTimeTicks()),
        ("attempts", (long)p.Attempts), ("state", Word(p.State)), ("ended", p.Ended?.ToUnixTimeTicks()), ("said", p.Said));

    public async Task Put(Posted p, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Put(connection, null, p, cancel);
    }

    /// <summary>What waits and is due, the longest due first.</summary>
    public Task<IReadOnlyList<Posted>> Due(Instant now, int most, CancellationToken cancel) =>
        Read(Columns + " WHERE state = 'waiting' AND due <= @now ORDER BY due, message LIMIT @most", cancel, ("now", now.ToUnixTimeTicks()), ("most", (long)most));

    /// <summary>The newest messages on a road, those to one target only when it is given.</summary>
    public Task<IReadOnlyList<Posted>> Newest(string road, string? target, int most, CancellationToken cancel) =>
        Read(Columns + " WHERE channel = @road AND (CAST(@target AS TEXT) IS NULL OR target = @target) ORDER BY made DESC, message LIMIT @most", cancel, ("road", road), ("target", target), ("most", (long)most));

    public async Task<Posted?> Find(string id, CancellationToken cancel) => (await Read(Columns + " WHERE message = @id", cancel, ("id", id))) is [var one] ? one : null;

    /// <summary>Lets a message wait again, as if it had been made now.</summary>
    public async Task Renew(string id, Instant now, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "UPDATE outbox SET state = 'waiting', made = @now, due = @now, attempts = 0, ended = NULL, said = '' WHERE message = @id", cancel, null, ("now", now.ToUnixTimeTicks()), ("id", id));
    }

    /// <summary>Gives up what still waits for a target.</summary>
    public async Task GiveUp(string road, string target, string why, Instant now, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "UPDATE outbox SET state = 'failed', ended = @now, said = @why WHERE channel = @road AND target = @target AND state = 'waiting'", cancel, null, ("now", now.ToUnixTimeTicks()), ("why", why), ("road", road), ("target", target));
    }

    /// <summary>Drops what ended before an instant.</summary>
    public async Task Forget(Instant before, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "DELETE FROM outbox WHERE ended < @before", cancel, null, ("before", before.ToUnixTimeTicks()));
    }

    private async Task<IReadOnlyList<Posted>> Read(string sql, CancellationToken cancel, params (string, object?)[] values)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, sql);
        Database.Bind(read, values);
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var all = new List<Posted>();
        while (await rows.ReadAsync(cancel))
            all.Add(new(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetString(5), (byte[])rows.GetValue(6), At(rows.GetInt64(7)), At(rows.GetInt64(8)), (int)rows.GetInt64(9),
                rows.GetString(10) switch { "delivered" => Delivery.Delivered, "failed" => Delivery.Failed, _ => Delivery.Waiting }, rows.IsDBNull(11) ? null : At(rows.GetInt64(11)), rows.GetString(12)));
        return all;
    }

    internal static string Word(Delivery state) => state switch { Delivery.Delivered => "delivered", Delivery.Failed => "failed", _ => "waiting" };
    private static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);
}
