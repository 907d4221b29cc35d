using System.Data.Common;
using NodaTime;

namespace Homestretch.Server.Storage;

/// <summary>A branch as the database has it.</summary>
/// <param name="Owner">Login of who made it; only that person changes or discards it.</param>
/// <param name="Lines">What it assumes, a line each.</param>
/// <param name="Committed">When something of it was made real; null: nothing was.</param>
internal sealed record KeptBranch(string Key, string Party, string Owner, string Name, IReadOnlyList<string> Lines, Instant Made, Instant Changed, Instant? Committed);

/// <summary>Branches of the world, in the database.</summary>
internal sealed class BranchTable(Database database)
{
    private const string PutOne = """
        INSERT INTO branches (key, party, owner, name, lines, made, changed, committed) VALUES (@key, @party, @owner, @name, @lines, @made, @changed, @committed)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name, lines = excluded.lines, changed = excluded.changed, committed = excluded.committed
        """;

    /// <summary>A party's branches, the last changed first.</summary>
    public async Task<IReadOnlyList<KeptBranch>> Of(string party, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT key, party, owner, name, lines, made, changed, committed FROM branches WHERE party = @party ORDER BY changed DESC, key");
        Database.Bind(read, ("party", party));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var branches = new List<KeptBranch>();
        while (await rows.ReadAsync(cancel))
        {
            string lines = rows.GetString(4);
            branches.Add(new(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), lines.Length == 0 ? [] : lines.Split('\n'), At(rows.GetInt64(5)), At(rows.GetInt64(6)), rows.IsDBNull(7) ? null : At(rows.GetInt64(7))));
        }
        return branches;
    }

    public async Task Put(KeptBranch b, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, PutOne, cancel, null, ("key", b.Key), ("party", b.Party), ("owner", b.Owner), ("name", b.Name), ("lines", string.Join('\n', b.Lines)), ("made", b.Made.ToUnixTimeTicks()), ("changed", b.Changed.ToUnixTimeTicks()), ("committed", b.Committed?.ToUnixTimeTicks()));
    }

    public async Task Remove(string key, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "DELETE FROM branches WHERE key = @key", cancel, null, ("key", key));
    }

    private static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);
}
