namespace Homestretch.World;

/// <summary>The changes of one part in a row, each from the revision in which the one before it ends.</summary>
internal sealed class ChangeRow
{
    private readonly EngineeringChange[] _changes;

    private ChangeRow(EngineeringChange[] changes) => (_changes, Revisions) = (changes, [changes[0].FromRevision, .. changes.Select(static c => c.ToRevision)]);

    /// <summary>Oldest first.</summary>
    public string[] Revisions { get; }

    /// <summary>Null where the changes make no single row.</summary>
    public static ChangeRow? Of(EngineeringChange[] changes)
    {
        if (changes.Select(static c => c.FromRevision).Distinct().Count() < changes.Length || changes.Select(static c => c.ToRevision).Distinct().Count() < changes.Length) return null;
        EngineeringChange? first = changes.FirstOrDefault(c => !changes.Any(o => o.ToRevision == c.FromRevision));
        var row = new List<EngineeringChange>();
        for (EngineeringChange? next = first; next is not null; next = changes.FirstOrDefault(c => c.FromRevision == row[^1].ToRevision)) row.Add(next);
        return row.Count == changes.Length ? new([.. row]) : null;
    }

    public RevisionVerdict Of(string revision, Func<EngineeringChange, InEffect> inEffect)
    {
        InEffect[] states = [.. _changes.Select(inEffect)];
        RevisionVerdict late = Of(revision, states, InEffect.Yes);
        if (!states.Contains(InEffect.Unknown)) return late;
        RevisionVerdict early = Of(revision, states, InEffect.No);
        return early.Use == late.Use ? early.Asked == late.Asked ? late : late with { Asked = "" } : new(RevisionUse.Unknown, _changes[Array.IndexOf(states, InEffect.Unknown)], "");
    }

    /// <param name="unknown">What is taken for those of which nobody knows.</param>
    private RevisionVerdict Of(string revision, InEffect[] states, InEffect unknown)
    {
        int oldest = 0, newest = _changes.Length;
        for (int k = 0; k < states.Length; k++)
        {
            InEffect state = states[k] == InEffect.Unknown ? unknown : states[k];
            if (state == InEffect.Yes) oldest = k + 1;
            if (state == InEffect.No) newest = Math.Min(newest, k);
        }
        if (oldest > newest) return new(RevisionUse.Unknown, _changes[newest], "");      // a later change takes effect before an earlier one
        string asked = oldest > 0 ? Revisions[oldest] : newest < _changes.Length ? Revisions[newest] : "";
        if (revision.Length > 0) return Array.IndexOf(Revisions, revision) is >= 0 and var at ? At(at, oldest, newest, asked) : RevisionVerdict.Free with { Asked = asked };
        RevisionVerdict[] any = [.. Revisions.Select((_, r) => At(r, oldest, newest, asked))];
        return any.All(static v => v.Use == RevisionUse.Usable) ? any[0] : new(RevisionUse.Unknown, any.First(static v => v.Use != RevisionUse.Usable).By, asked);
    }

    private RevisionVerdict At(int revision, int oldest, int newest, string asked)
    {
        EngineeringChange[] broken = revision < oldest ? [.. _changes[revision..oldest].Where(static c => c.OldInNew == YesNo.No)] : [];
        if (broken.Length > 0)
        {
            EngineeringChange by = broken.FirstOrDefault(static c => c.OldStock != OldStock.Rework) ?? broken.FirstOrDefault(static c => c.ReworkStep.Length == 0) ?? broken[0];
            return new(by.OldStock != OldStock.Rework ? RevisionUse.Unusable : by.ReworkStep.Length == 0 ? RevisionUse.Rework : RevisionUse.ReworkAtBench, by, asked);
        }
        return revision > newest && _changes[newest..revision].FirstOrDefault(static c => c.NewInOld == YesNo.No) is { } early ? new(RevisionUse.NotYet, early, asked) : new(RevisionUse.Usable, null, asked);
    }

    /// <summary>Where changes of one part, for the same families and markets, contradict each other.</summary>
    public static IEnumerable<Finding> Conflicts(EngineeringChange[] changes)
    {
        foreach (var twice in changes.GroupBy(static c => c.FromRevision).Where(static g => g.Count() > 1))
            yield return new(new("engineering_changes", 0, "from_revision"), "change-conflict", $"{string.Join(" and ", twice.Select(static c => c.Key))} both begin with revision {twice.Key} of {twice.First().Item}.", "Let one of them begin with the revision in which the other ends, or concern other families or markets.");
        foreach (var twice in changes.GroupBy(static c => c.ToRevision).Where(static g => g.Count() > 1))
            yield return new(new("engineering_changes", 0, "to_revision"), "change-conflict", $"{string.Join(" and ", twice.Select(static c => c.Key))} both end in revision {twice.Key} of {twice.First().Item}.", "Give each its own new revision.");
        if (changes.Select(static c => c.FromRevision).Distinct().Count() < changes.Length || changes.Select(static c => c.ToRevision).Distinct().Count() < changes.Length) yield break;
        if (Of(changes) is not { } row)
        {
            yield return new(new("engineering_changes", 0, "to_revision"), "change-row", $"{string.Join(", ", changes.Select(static c => $"{c.Key} ({c.FromRevision} to {c.ToRevision})"))} of {changes[0].Item} make no single row.", "Let each begin with the revision in which the one before it ends, and none end in an earlier one.");
            yield break;
        }
        for (int k = 1; k < row._changes.Length; k++)
        {
            if (row._changes[k - 1] is { FromDay: { } day } before && row._changes[k] is { FromDay: { } next } after && next < day)
                yield return new(new("engineering_changes", 0, "from_day"), "change-order", $"{after.Key} takes effect on {next:uuuu'-'MM'-'dd}, before {before.Key} on {day:uuuu'-'MM'-'dd}, whose revision {before.ToRevision} it replaces.", "Let it take effect on or after that day.");
        }
    }
}
