namespace Homestretch.World;

/// <summary>One change of the world. Closed: <see cref="Match"/> names every case.</summary>
public abstract record WorldEvent
{
    private WorldEvent() { }

    public abstract TableKind Kind { get; }

    /// <summary>External key of the record concerned.</summary>
    public abstract string Key { get; }

    /// <summary>The record is now so: made, or replaced by key. The same record again changes nothing.</summary>
    public sealed record Put(IRecord Record) : WorldEvent
    {
        public override TableKind Kind => TableKind.For(Record);
        public override string Key => Record.Id;
    }

    /// <summary>The record is withdrawn, with the reason. An absent row never means this.</summary>
    public sealed record Removed(TableKind Table, string Id, string Reason) : WorldEvent
    {
        public override TableKind Kind => Table;
        public override string Key => Id;
    }

    public T Match<T>(Func<Put, T> put, Func<Removed, T> removed) => this switch
    {
        Put p => put(p),
        Removed r => removed(r),
        _ => throw new InvalidOperationException($"{GetType().Name} is no case of {nameof(WorldEvent)}."),
    };
}

/// <summary>A record before and after a change; null where there was or is none.</summary>
public sealed record Touch(TableKind Kind, string Key, IRecord? Before, IRecord? After);

/// <summary>What came of a batch of events: the next world and what it touched, or findings and nothing changed.</summary>
/// <param name="World">The next snapshot; the old one when there are findings or nothing changed.</param>
/// <param name="Touched">Every record that differs, in order of table and key.</param>
public sealed record Applied(Snapshot World, IReadOnlyList<Touch> Touched, IReadOnlyList<Finding> Findings)
{
    public bool Accepted => Findings.Count == 0;
}
