namespace Homestretch.World;

/// <summary>Applies events to a world: a whole batch or none of it. Re-applying a batch changes nothing.</summary>
public static class Changes
{
    /// <summary>A rule between a record's old and new state (null: removed); a finding when it is broken.</summary>
    private delegate (string Rule, string What, string Cure)? TransitionRule(IRecord before, IRecord? after);

    /// <summary>Named rules, so that they can be read, tested one by one and shown.</summary>
    private static readonly TransitionRule[] s_transitions = [Ended_stays_ended, Confirmed_purchase_keeps_its_item, Promise_versions_are_kept, What_was_expected_is_kept];

    /// <summary>The next world, or every reason why not. Events of one batch may refer to each other in any order;
    /// of several with one key the last wins. A removal of what is not there, and that no event before it put there, is a finding.</summary>
    /// <param name="source">Where the events came from, for findings.</param>
    /// <param name="happened">They were accepted before, as a journal's were, or tell how things stand, as a company's folder does: whether an order may be confirmed is not asked again.</param>
    public static Applied Apply(this Snapshot world, IReadOnlyList<WorldEvent> events, string source = "events", bool happened = false)
    {
        var keyed = Snapshot.Keyed(events);
        Snapshot next = world.With(keyed);
        var (touched, findings) = Check(world, next, keyed, source, happened);
        return findings.Count > 0 ? new(world, [], findings)
            : touched.Count == 0 ? new(world, [], []) : new(next, InOrder(touched), []);
    }

    /// <summary>What is wrong with events that were taken in unchecked.</summary>
    /// <param name="next">The world with them.</param>
    internal static IReadOnlyList<Finding> Check(this Snapshot world, IReadOnlyList<WorldEvent> events, Snapshot next, string source) => Check(world, next, Snapshot.Keyed(events), source, true).Findings;

    private static (List<Touch> Touched, List<Finding> Findings) Check(Snapshot world, Snapshot next, (string Key, WorldEvent Event)[] keyed, string source, bool happened)
    {
        var findings = new List<Finding>();
        var touched = new List<Touch>(keyed.Length);
        var confirmed = new List<(OrderLine Order, Place Place)>();
        HashSet<(TableKind, string)>? put = null;
        for (int i = 0; i < keyed.Length; i++)
        {
            var (key, e) = keyed[i];
            var place = new Place(source, i + 1);
            IRecord? before = world.Find(e.Kind, key), after = next.Find(e.Kind, key);
            if (e is WorldEvent.Put) put?.Add((e.Kind, key));
            if (before is null && e is WorldEvent.Removed && !(put ??= [.. keyed[..i].Where(static x => x.Event is WorldEvent.Put).Select(static x => (x.Event.Kind, x.Key))]).Contains((e.Kind, key)))
                findings.Add(new(place, "unknown-record", $"{e.Kind.Name} has no '{key}' to remove.", "Check the key, or drop the removal."));
            if (Equals(before, after)) continue;
            touched.Add(new(e.Kind, key, before, after));
            if (after is not null) References.Check(next, e.Kind, after, place, findings);
            if (before is not null) findings.AddRange(Broken(before, after, place));
            if (!happened && after is OrderLine order && Confirming.Asked(before as OrderLine, order)) confirmed.Add((order, place));
        }
        // what such an order names is there by now, or has its finding
        if (findings.Count == 0) findings.AddRange(confirmed.SelectMany(c => Confirming.Refusals(next, c.Order, c.Place)));
        findings.AddRange(References.Dangling(next, touched.Where(static t => t.After is null), source));
        return (touched, findings);
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

    private static (string, string, string)? What_was_expected_is_kept(IRecord before, IRecord? after) => (before, after) switch
    {
        (Decision b, _) => ("decision-kept", $"Decision '{b.Id}' was taken and is kept as it was.", "Take another decision."),
        (Expectation b, _) => ("expectation-kept", $"What decision '{b.Decision}' was expected to do to '{b.OrderLine}' is kept as it was.", "Take another decision."),
        _ => null,
    };

    /// <summary>By table and key, each key once: of several events with one key every touch says the same.</summary>
    private static List<Touch> InOrder(List<Touch> touched)
    {
        touched.Sort(static (a, b) => a.Kind.Index != b.Kind.Index ? a.Kind.Index.CompareTo(b.Kind.Index) : string.CompareOrdinal(a.Key, b.Key));
        int kept = 0;
        for (int i = 0; i < touched.Count; i++)
        {
            if (i == 0 || touched[i].Kind != touched[i - 1].Kind || touched[i].Key != touched[i - 1].Key) touched[kept++] = touched[i];
        }
        touched.RemoveRange(kept, touched.Count - kept);
        return touched;
    }
}
