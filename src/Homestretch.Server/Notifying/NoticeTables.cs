using System.Data.Common;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Notices, and what was told of them, in the database.</summary>
internal sealed class NoticeTables(Database database)
{
    private const string PutNotice = """
        INSERT INTO notices (key, created, source, kind, severity, party, roles, owner, title, text, path, changed, deadline, days, promises, ended, handed_to)
        VALUES (@key, @created, @source, @kind, @severity, @party, @roles, @owner, @title, @text, @path, @changed, @deadline, @days, @promises, @ended, @handed)
        ON CONFLICT (key, created) DO UPDATE SET source = excluded.source, kind = excluded.kind, severity = excluded.severity, party = excluded.party, roles = excluded.roles, owner = excluded.owner, title = excluded.title,
            text = excluded.text, path = excluded.path, changed = excluded.changed, deadline = excluded.deadline, days = excluded.days, promises = excluded.promises, ended = excluded.ended, handed_to = excluded.handed_to
        """;

    private const string PutHeard = "INSERT INTO heard (login, channel, key, created, news, severity, at, dispatch) VALUES (@login, @channel, @key, @created, @news, @severity, @at, @dispatch)";

    /// <summary>Notices that stand, and those that ended after an instant, with the source of each.</summary>
    public async Task<IReadOnlyList<(string Source, Notice Notice)>> Notices(Instant endedAfter, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT source, key, kind, severity, party, roles, owner, title, text, path, created, changed, deadline, days, ended, handed_to, promises FROM notices WHERE ended IS NULL OR ended > @after ORDER BY created, key");
        Database.Bind(read, ("after", endedAfter.ToUnixTimeTicks()));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var notices = new List<(string, Notice)>();
        while (await rows.ReadAsync(cancel))
        {
            if (Words.Find<NoticeKind>(rows.GetString(2)) is not { } kind || Words.Find<NoticeSeverity>(rows.GetString(3)) is not { } severity) continue;
            notices.Add((rows.GetString(0), new(rows.GetString(1), kind, severity, rows.GetString(4), List<Role>(rows.GetString(5)), rows.IsDBNull(6) ? null : rows.GetString(6), rows.GetString(7), rows.GetString(8), rows.GetString(9),
                At(rows.GetInt64(10)), At(rows.GetInt64(11)), Optional(rows, 12), rows.IsDBNull(13) ? null : rows.GetDouble(13), rows.IsDBNull(16) ? null : rows.GetDouble(16)) { Ended = Optional(rows, 14), HandedTo = List<Role>(rows.GetString(15)) }));
        }
        return notices;
    }

    /// <summary>What was told after an instant, and all that was told of notices that still stand.</summary>
    public async Task<IReadOnlyList<Heard>> Heard(Instant after, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, """
            SELECT h.login, h.channel, h.key, h.created, h.news, h.severity, h.at, h.dispatch FROM heard h
            WHERE h.at > @after OR EXISTS (SELECT 1 FROM notices n WHERE n.key = h.key AND n.created = h.created AND n.ended IS NULL) ORDER BY h.at
            """);
        Database.Bind(read, ("after", after.ToUnixTimeTicks()));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var heard = new List<Heard>();
        while (await rows.ReadAsync(cancel))
        {
            if (Words.Find<NoticeChannel>(rows.GetString(1)) is { } channel && Words.Find<News>(rows.GetString(4)) is { } news && Words.Find<NoticeSeverity>(rows.GetString(5)) is { } severity)
                heard.Add(new(rows.GetString(0), channel, rows.GetString(2), At(rows.GetInt64(3)), news, severity, At(rows.GetInt64(6)), rows.GetString(7)));
        }
        return heard;
    }

    public static Task Put(DbConnection connection, DbTransaction transaction, string source, Notice n, CancellationToken cancel) => Database.Execute(connection, PutNotice, cancel, transaction, ("key", n.Key), ("created", n.Created.ToUnixTimeTicks()),
        ("source", source), ("kind", Words.Of(n.Kind)), ("severity", Words.Of(n.Severity)), ("party", n.Party), ("roles", Text(n.Roles)), ("owner", n.Owner), ("title", n.Title), ("text", n.Text), ("path", n.Path),
        ("changed", n.Changed.ToUnixTimeTicks()), ("deadline", n.Deadline?.ToUnixTimeTicks()), ("days", n.Days), ("promises", n.Promises), ("ended", n.Ended?.ToUnixTimeTicks()), ("handed", Text(n.HandedTo)));

    public static Task Put(DbConnection connection, DbTransaction transaction, Heard h, CancellationToken cancel) => Database.Execute(connection, PutHeard, cancel, transaction, ("login", h.Login), ("channel", Words.Of(h.Channel)), ("key", h.Key),
        ("created", h.Created.ToUnixTimeTicks()), ("news", Words.Of(h.News)), ("severity", Words.Of(h.Severity)), ("at", h.At.ToUnixTimeTicks()), ("dispatch", h.Dispatch));

    /// <summary>Drops notices that ended before an instant, and what was told before it of what no longer stands.</summary>
    public async Task Forget(Instant before, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await Database.Execute(connection, "DELETE FROM notices WHERE ended < @before", cancel, transaction, ("before", before.ToUnixTimeTicks()));
        await Database.Execute(connection, "DELETE FROM heard WHERE at < @before AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.key = heard.key AND n.created = heard.created)", cancel, transaction, ("before", before.ToUnixTimeTicks()));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>A list of words as one text, and back; words this version does not know are left out.</summary>
    internal static string Text<E>(IEnumerable<E> values) where E : struct, Enum => string.Join(' ', values.Select(static v => Words.Of(v)));

    internal static IReadOnlyList<E> List<E>(string text) where E : struct, Enum => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static w => Words.Find<E>(w)).OfType<E>()];

    private static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);
    private static Instant? Optional(DbDataReader rows, int column) => rows.IsDBNull(column) ? null : At(rows.GetInt64(column));
}
