using NodaTime;

namespace Homestretch.World;

/// <summary>Which revision of a part a build needs and which it takes, read from the engineering changes in force.</summary>
/// <remarks>The changes of a part are put into a row, each beginning with the revision in which another ends: A to B, B to C. Those in effect say the oldest revision that is asked for, those not
/// yet in effect the newest. An older part goes in where every change between allows the old in the new, a newer one where every change between allows the new in the old. A change by lot speaks
/// of its lots only. Where changes do not make one row, or a later one takes effect before an earlier one, they contradict each other: that is a finding, and forbids nothing.</remarks>
public sealed class Effectivity
{
    private readonly Dictionary<string, EngineeringChange[]> _of;

    private Effectivity(Dictionary<string, EngineeringChange[]> of) => _of = of;

    /// <summary>By the changes of a world that are in force.</summary>
    public static Effectivity Of(Snapshot world) => Of(world.EngineeringChanges.Where(static c => c.InForce));

    /// <summary>By these changes, whatever their state.</summary>
    public static Effectivity Of(IEnumerable<EngineeringChange> changes) =>
        new(changes.GroupBy(static c => c.Item.Value, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.OrderBy(static c => c.Id, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal));

    /// <summary>Whether changes may forbid anything at all.</summary>
    public bool Forbids => _of.Values.Any(static all => all.Any(static c => c.OldInNew == YesNo.No || c.NewInOld == YesNo.No));

    /// <summary>Whether an item changes.</summary>
    public bool Concerns(Key<Item> item) => _of.ContainsKey(item.Value);

    /// <summary>Whether a part may go into a build.</summary>
    /// <param name="revision">As it was received; empty: unknown.</param>
    /// <param name="lot">Lot it came in; empty: unknown.</param>
    public RevisionVerdict Of(Key<Item> item, string revision, string lot, RevisionBuild build)
    {
        if (!_of.TryGetValue(item.Value, out EngineeringChange[]? all)) return RevisionVerdict.Free;
        EngineeringChange[] concerned = [.. all.Where(c => Concerns(c, build))];
        if (concerned.Length == 0) return RevisionVerdict.Free;
        if (ChangeRow.Of(concerned) is not { } row) return new(RevisionUse.Unknown, concerned[0], "");
        return row.Of(revision, c => InEffect(c, lot, build));
    }

    /// <summary>The revisions that a build may take of an item, oldest first; null where no change speaks of it, empty where nobody knows.</summary>
    public IReadOnlyList<string>? Accepted(Key<Item> item, RevisionBuild build, string lot = "")
    {
        EngineeringChange[] concerned = [.. _of.GetValueOrDefault(item.Value, []).Where(c => Concerns(c, build))];
        if (concerned.Length == 0) return null;
        return ChangeRow.Of(concerned) is { } row ? [.. row.Revisions.Where(r => row.Of(r, c => InEffect(c, lot, build)).Use == RevisionUse.Usable)] : [];
    }

    /// <summary>Changes that contradict each other.</summary>
    public IReadOnlyList<Finding> Findings => [.. _of.OrderBy(static x => x.Key, StringComparer.Ordinal).SelectMany(static x => x.Value.GroupBy(static c => (c.Families, c.Markets)).SelectMany(static g => ChangeRow.Conflicts([.. g])))];

    /// <summary>Whether a change speaks of a build.</summary>
    public static bool Concerns(EngineeringChange change, RevisionBuild build) =>
        (change.Families.Length == 0 || Listed.Of(change.Families).Contains(build.Family)) && (change.Markets.Length == 0 || Listed.Of(change.Markets).Any(build.Within.Contains));

    /// <summary>Whether a change has taken effect for a part in a build.</summary>
    private static InEffect InEffect(EngineeringChange change, string lot, RevisionBuild build)
    {
        if (change.FromDay is { } day) return build.Day is { } on ? on >= day ? World.InEffect.Yes : World.InEffect.No : World.InEffect.Unknown;
        if (change.FromSerial.Length > 0) return build.Serial.Length == 0 ? World.InEffect.Unknown : Numbering.AtOrAfter(build.Serial, change.FromSerial) switch { true => World.InEffect.Yes, false => World.InEffect.No, null => World.InEffect.Unknown };
        return Within(change, lot) switch { true => World.InEffect.Yes, false => World.InEffect.NotSpokenOf, null => World.InEffect.Unknown };
    }

    /// <summary>Whether a change by lot speaks of a lot; null when nobody knows.</summary>
    internal static bool? Within(EngineeringChange change, string lot) => lot.Length == 0 ? null : change.Lots.Length > 0 ? Listed.Of(change.Lots).Contains(lot) : Numbering.AtOrAfter(lot, change.FromLot);
}

/// <summary>Whether a change has taken effect; one by lot does not speak of other lots at all.</summary>
internal enum InEffect { No, Yes, NotSpokenOf, Unknown }
