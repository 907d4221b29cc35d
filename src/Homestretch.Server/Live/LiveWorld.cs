using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>The company as it stands: one world, its plan, and what lately changed. Read under its lock; written by the planner alone.</summary>
internal sealed class LiveWorld
{
    public const int ChangesKept = 500;
    private readonly List<Change> _changes = [];

    public Lock Gate { get; } = new();

    /// <summary>The world as the journal has it.</summary>
    public Snapshot World { get; private set; } = Snapshot.Empty;
    public Plan Plan { get; private set; } = Plan.Make(Snapshot.Empty, Instant.FromUnixTimeSeconds(0));

    /// <summary>The world that readers see, of which the plan is: the journal's, but while the plan cannot follow it.</summary>
    public Snapshot Seen => Plan.World;

    /// <summary>The plan could not follow the world and is of an older one.</summary>
    public bool Behind => !ReferenceEquals(World, Seen);

    /// <summary>Newest last.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>The last journal entry that is in the world.</summary>
    public long Sequence { get; private set; }

    /// <summary>The last journal entry that is in the plan.</summary>
    public long SeenSequence { get; private set; }

    /// <summary>All that was touched after a journal entry; null when it reaches back further than is kept.</summary>
    public IReadOnlyList<Touch>? Since(long sequence)
    {
        int first = _changes.FindLastIndex(c => c.Version <= sequence) + 1;
        return first == 0 && _changes.Count == ChangesKept ? null : [.. _changes.Skip(first).SelectMany(static c => c.Touched)];
    }

    public void Replace(Plan plan, long sequence)
    {
        (World, Plan, Sequence, SeenSequence) = (plan.World, plan, sequence, sequence);
    }

    /// <summary>Takes a world of which no plan could be made; what is seen stays.</summary>
    public void Keep(Snapshot world, Plan plan, long sequence)
    {
        (World, Plan, Sequence) = (world, plan, sequence);
    }

    public void Note(Change change)
    {
        _changes.Add(change);
        if (_changes.Count > ChangesKept) _changes.RemoveRange(0, _changes.Count - ChangesKept);
    }
}

/// <summary>One batch of changes and what it did to forecasts.</summary>
/// <param name="At">When it happened, by the hub's clock.</param>
internal sealed record Change(long Version, Instant At, string Party, IReadOnlyList<Touch> Touched, IReadOnlyList<Moved> Moved)
{
    /// <summary>What the brand owner was told of it before a restart; what moved is known by order line only then.</summary>
    public ChangeView? Told { get; init; }
}
