using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>What the players of the demonstration share: the world as they know it, the simulated present, and what they tell the
/// server. Every change is checked by the world's own rules before it is told.</summary>
internal sealed class Stage(Snapshot world, Instant now, Draw draw)
{
    private readonly List<WorldEvent> _told = [];

    public Snapshot World { get; private set; } = world;
    public Instant Before { get; private set; } = now;
    public Instant Now { get; private set; } = now;
    public Draw Draw { get; } = draw;

    /// <summary>Changes the world's own rules refused; none in a sound run.</summary>
    public List<Finding> Refused { get; } = [];

    public void Advance(Instant to) => (Before, Now) = (Now, to);

    /// <summary>The record is now so; told to the server with the next batch.</summary>
    public void Put(IRecord record) => Tell(new WorldEvent.Put(record));

    /// <summary>Records that belong together and that no player asks for again: checked and told like any others, and not kept here.</summary>
    public void Report(IReadOnlyList<IRecord> records)
    {
        WorldEvent[] events = [.. records.Select(static r => new WorldEvent.Put(r))];
        Applied applied = World.Apply(events, "demonstration");
        if (applied.Accepted) _told.AddRange(events); else Refused.AddRange(applied.Findings);
    }

    public void Remove(TableKind kind, string key, string reason) => Tell(new WorldEvent.Removed(kind, key, reason));

    /// <summary>What was told since the last call.</summary>
    public IReadOnlyList<WorldEvent> Told()
    {
        WorldEvent[] told = [.. _told];
        _told.Clear();
        return told;
    }

    /// <summary>Takes in whole tables as the server has them: others changed them, or withdrew rows.</summary>
    /// <returns>Why not, when they do not fit what is known; then nothing was taken in.</returns>
    public IReadOnlyList<Finding> Learn(IReadOnlyDictionary<TableKind, IReadOnlyCollection<IRecord>> tables)
    {
        var events = new List<WorldEvent>();
        foreach (var (kind, records) in tables)
        {
            var kept = records.Select(static r => r.Id).ToHashSet(StringComparer.Ordinal);
            events.AddRange(records.Select(static r => new WorldEvent.Put(r)));
            events.AddRange(World.Records(kind).Where(r => !kept.Contains(r.Id)).Select(r => new WorldEvent.Removed(kind, r.Id, "withdrawn on the server")));
        }
        Applied applied = World.Apply(events, "server");
        if (applied.Accepted) World = applied.World;
        return applied.Findings;
    }

    private void Tell(WorldEvent e)
    {
        Applied applied = World.Apply([e], "demonstration");
        if (!applied.Accepted) Refused.AddRange(applied.Findings);
        if (applied.Touched.Count == 0) return;
        World = applied.World;
        _told.Add(e);
    }
}
