namespace Homestretch.World;

/// <summary>Applies events to a world: a whole batch or none of it. Re-applying a batch changes nothing.</summary>
public static class Changes
{
    /// <summary>A rule between a record's old and new state (null: removed); a finding when it is broken.</summary>
    private delegate (string Rule, string What, string Cure)? TransitionRule(IRecord before, IRecord? after);

    /// <summary>Named rules, so that they can be read, tested one by one and shown.</summary>
    private static readonly TransitionRule[] s_transitions = [Ended_stays_ended, Confirmed_purchase_keeps_its_item, Promise_versions_are_kept];

    /// <summary>The next world, or every reason why not. Events of one batch may refer to each other in any order;
    /// of several with one key the last wins. A removal of what is not there is a finding.</summary>
    /// <param name="source">Where the events came from, for findings.</param>
    public static Applied Apply(this Snapshot world, IReadOnlyList<WorldEvent> events, string source = "events")
    {
        var findings = new List<Finding>();
        Snapshot next = world.With(events);
        var touched = new SortedDictionary<(int Table, string Key), Touch>(ByTableAndKey.Instance);
        for (int i = 0; i < events.Count; i++)
        {
            WorldEvent e = events[i];
            var place = new Place(source, i + 1);
            IRecord? before = world.Find(e.Kind, e.Key), after = next.Find(e.Kind, e.Key);
            if (before is null && e is WorldEvent.Removed)
                findings.Add(new(place, "unknown-record", $"{e.Kind.Name} has no '{e.Key}' to remove.", "Check the key, or drop the removal."));
            if (Equals(before, after)) continue;
            touched[(e.Kind.Index, e.Key)] = new(e.Kind, e.Key, before, after);
            if (after is not null) References.Check(next, e.Kind, after, place, findings);
            if (before is not null) findings.AddRange(Broken(before, after, place));
        }
        findings.AddRange(References.Dangling(next, touched.Values.Where(static t => t.After is null), source));
        return findings.Count > 0 ? new(world, [], findings)
            : touched.Count == 0 ? new(world, [], []) : new(next, [.. touched.Values], []);
    }

    private static IEnumerable<Finding> Broken(IRecord before, IRecord? after, Place place)
    {
        foreach (TransitionRule rule in s_transitions)
        {
            if (rule(before, after) is var (name, what, cure)) yield return new(place, name, what, cure);
        }
    }

    private static (string, string, string)? Ended_stays_ended(IRecord before, IRecord? after) => (before, after) switch
    {
        (OrderLine { Status: OrderStatus.Closed or OrderStatus.Cancelled } b, OrderLine a) when a.Status != b.Status => Ended(b.Id, b.Status),
        (PurchaseOrderLine { Status: OrderStatus.Closed or OrderStatus.Cancelled } b, PurchaseOrderLine a) when a.Status != b.Status => Ended(b.Id, b.Status),
        (Build { Status: OrderStatus.Completed or OrderStatus.Closed } b, Build a) when a.Status < b.Status => Ended(b.Id, b.Status),
        _ => null,
    };

    private static (string, string, string) Ended(string id, OrderStatus status) =>
        ("ended-stays-ended", $"'{id}' is {Words.Of(status)} and cannot be opened again.", "Enter a new line with a new number.");

    private static (string, string, string)? Confirmed_purchase_keeps_its_item(IRecord before, IRecord? after) =>
        before is PurchaseOrderLine { Status: OrderStatus.Confirmed } b && after is PurchaseOrderLine a && (a.Item != b.Item || a.Supplier != b.Supplier)
            ? ("confirmed-keeps-item", $"'{b.Id}' is confirmed for {b.Item} from {b.Supplier}.", "Cancel the line and enter a new one.") : null;

    private static (string, string, string)? Promise_versions_are_kept(IRecord before, IRecord? after) =>
        before is Promise b
            ? ("promise-kept", $"Version {b.Version} of the promise for '{b.OrderLine}' was given and is kept as it was.", "Add the next version.") : null;

    private sealed class ByTableAndKey : IComparer<(int Table, string Key)>
    {
        public static ByTableAndKey Instance { get; } = new();
        public int Compare((int Table, string Key) a, (int Table, string Key) b) =>
            a.Table != b.Table ? a.Table.CompareTo(b.Table) : string.CompareOrdinal(a.Key, b.Key);
    }
}
