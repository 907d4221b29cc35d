using System.Data.Common;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Where a party wants to be told.</summary>
/// <param name="Secret">Sealed; see <see cref="WebhookSecrets"/>.</param>
/// <param name="Failing">Since when nothing arrives; null: it does.</param>
/// <param name="Disabled">When it was turned off; null: it is on.</param>
/// <param name="Said">Why it was turned off, or what it answered last.</param>
internal sealed record Webhook(string Id, string Party, string Url, byte[] Secret, string Label, IReadOnlyList<NoticeKind> Kinds, Instant Made, string MadeBy, Instant? Failing, Instant? Disabled, string Said);

/// <summary>Webhooks in the database.</summary>
internal sealed class WebhookTables(Database database)
{
    public async Task<IReadOnlyList<Webhook>> All(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT webhook, party, url, secret, label, kinds, made, made_by, failing, disabled, said FROM webhooks ORDER BY made, webhook");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var all = new List<Webhook>();
        while (await rows.ReadAsync(cancel))
            all.Add(new(rows.GetString(0), rows.GetString(1), rows.GetString(2), (byte[])rows.GetValue(3), rows.GetString(4), NoticeTables.List<NoticeKind>(rows.GetString(5)), At(rows.GetInt64(6)), rows.GetString(7), Optional(rows, 8), Optional(rows, 9), rows.GetString(10)));
        return all;
    }

    public async Task Put(Webhook w, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, """
            INSERT INTO webhooks (webhook, party, url, secret, label, kinds, made, made_by, failing, disabled, said) VALUES (@webhook, @party, @url, @secret, @label, @kinds, @made, @by, @failing, @disabled, @said)
            ON CONFLICT (webhook) DO UPDATE SET url = excluded.url, secret = excluded.secret, label = excluded.label, kinds = excluded.kinds, failing = excluded.failing, disabled = excluded.disabled, said = excluded.said
            """, cancel, null, ("webhook", w.Id), ("party", w.Party), ("url", w.Url), ("secret", w.Secret), ("label", w.Label), ("kinds", NoticeTables.Text(w.Kinds)), ("made", w.Made.ToUnixTimeTicks()), ("by", w.MadeBy),
            ("failing", w.Failing?.ToUnixTimeTicks()), ("disabled", w.Disabled?.ToUnixTimeTicks()), ("said", w.Said));
    }

    public async Task Remove(string id, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await Database.Execute(connection, "DELETE FROM webhooks WHERE webhook = @id", cancel, transaction, ("id", id));
        await Database.Execute(connection, "DELETE FROM outbox WHERE target = @id AND channel = 'webhook'", cancel, transaction, ("id", id));
        await transaction.CommitAsync(cancel);
    }

    private static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);
    private static Instant? Optional(DbDataReader rows, int column) => rows.IsDBNull(column) ? null : At(rows.GetInt64(column));
}
