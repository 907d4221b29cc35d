using System.Data.Common;
using System.Text.Json;
using Homestretch.Exchange.Events;
using Homestretch.Promising;
using Homestretch.Server.Api;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>The newest changes in the database, so that what changed is still told after a restart. Written a moment behind the journal; what a crash
/// left out is made again by the planner as it replays.</summary>
internal sealed class KeptChanges(Database database)
{
    /// <summary>Records of one change that are kept: of a whole company loaded at once the rest tells nobody anything.</summary>
    private const int MostTouched = 50;

    private const string Put = "INSERT INTO changes (sequence, at, party, before, after, moved, told) VALUES (@sequence, @at, @party, @before, @after, @moved, @told) ON CONFLICT (sequence) DO NOTHING";
    private static readonly JsonSerializerOptions s_json = Json();

    /// <summary>Keeps changes that were put into words, and drops all but the newest of those kept.</summary>
    public async Task Write(IReadOnlyList<(Change Change, ChangeView Told)> changes, int most, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        await using DbCommand put = Database.Command(connection, Put, transaction);
        foreach (var (change, told) in changes)
        {
            Touch[] touched = [.. change.Touched.OrderBy(t => t.Key != told.CauseKey || t.Kind.Name != told.CauseKind).Take(MostTouched)];
            Database.Bind(put, ("sequence", change.Version), ("at", change.At.ToUnixTimeTicks()), ("party", change.Party),
                ("before", EventText.Write([.. touched.Select(static t => t.Before).OfType<IRecord>().Select(static r => new WorldEvent.Put(r))])),
                ("after", EventText.Write([.. touched.Select(static t => t.After is { } after ? (WorldEvent)new WorldEvent.Put(after) : new WorldEvent.Removed(t.Kind, t.Key, ""))])),
                ("moved", JsonSerializer.Serialize(change.Moved.Select(static m => m.OrderLine.Value), s_json)), ("told", JsonSerializer.Serialize(told, s_json)));
            await put.ExecuteNonQueryAsync(cancel);
        }
        await Database.Execute(connection, "DELETE FROM changes WHERE sequence <= (SELECT sequence FROM changes ORDER BY sequence DESC LIMIT 1 OFFSET @most)", cancel, transaction, ("most", (long)most));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The changes up to a journal entry, oldest first; those that this version cannot read are left out.</summary>
    public async Task<IReadOnlyList<Change>> Read(long upTo, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT sequence, at, party, before, after, moved, told FROM changes WHERE sequence <= @upTo ORDER BY sequence");
        Database.Bind(read, ("upTo", upTo));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var changes = new List<Change>();
        while (await rows.ReadAsync(cancel))
        {
            if (Of(rows) is { } change) changes.Add(change);
        }
        return changes;
    }

    private static Change? Of(DbDataReader rows)
    {
        try
        {
            var (before, wrongBefore) = EventText.Read((byte[])rows.GetValue(3));
            var (after, wrongAfter) = EventText.Read((byte[])rows.GetValue(4));
            if (wrongBefore.Count + wrongAfter.Count > 0 || JsonSerializer.Deserialize<ChangeView>(rows.GetString(6), s_json) is not { } told) return null;
            var was = before.OfType<WorldEvent.Put>().ToDictionary(static p => (p.Kind.Name, p.Record.Id), static p => p.Record);
            return new Change(rows.GetInt64(0), Instant.FromUnixTimeTicks(rows.GetInt64(1)), rows.GetString(2),
                [.. after.Select(e => e is WorldEvent.Put put ? new Touch(e.Kind, put.Record.Id, was.GetValueOrDefault((e.Kind.Name, put.Record.Id)), put.Record)
                    : e is WorldEvent.Removed gone ? new Touch(e.Kind, gone.Id, was.GetValueOrDefault((e.Kind.Name, gone.Id)), null) : throw new InvalidDataException())],
                [.. (JsonSerializer.Deserialize<string[]>(rows.GetString(5), s_json) ?? []).Select(static o => new Moved(o, null, null))]) { Told = told };
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or FormatException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Json()
    {
        var options = new JsonSerializerOptions();
        NodaJson.Add(options.Converters);
        return options;
    }
}
