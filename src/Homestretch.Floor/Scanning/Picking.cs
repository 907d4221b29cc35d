using Homestretch.Finishing.Floor;
using Homestretch.Floor.Speaking;

namespace Homestretch.Floor.Scanning;

/// <summary>Where somebody stands in picking one kit, and what a scan does to that. The hub decides; what it would refuse for sure is refused here at once.</summary>
/// <param name="Skipped">Places in the list that come last, by bin, item and lot.</param>
/// <param name="Bin">Bin that was scanned at the line that is next; empty: none yet.</param>
/// <param name="Chosen">Line whose bin or part was scanned out of turn or in it; null: none yet.</param>
/// <param name="Part">Whether its part was scanned.</param>
public sealed record Picking(IReadOnlyList<string> Skipped, string Bin = "", FloorPick? Chosen = null, bool Part = false)
{
    public static Picking Start { get; } = new([]);

    /// <summary>The line that is next: in walking order, what was skipped behind the others.</summary>
    public FloorPick? Next(FloorKit kit) => Chosen is { } c && kit.Picks.FirstOrDefault(p => Line(p) == Line(c)) is { } same ? same : kit.Picks.OrderBy(p => Skipped.ToList().IndexOf(Line(p))).FirstOrDefault();

    public Picking Skip(FloorKit kit) => Next(kit) is { } next ? new([.. Skipped.Where(s => s != Line(next)), Line(next)]) : this;

    /// <summary>What a scan makes of it, or why it is wrong; one of both is null.</summary>
    public (Picking? After, Wrong? Wrong) Scan(Label label, FloorKit kit)
    {
        if (label.Wrong is { } unreadable) return (null, unreadable);
        if (Next(kit) is not { } next) return (null, new("kit-has-it", Say.PickedAlready, label.Item));
        if (label.Bin.Length > 0) return label.Bin == next.Bin ? (this with { Bin = label.Bin, Chosen = next }, null)
            : kit.Picks.FirstOrDefault(p => p.Bin == label.Bin) is { } there ? (this with { Bin = label.Bin, Chosen = there }, null) : (null, new("wrong-bin", Say.OtherBin, label.Bin, next.Bin));
        if (label.Item.Length == 0) return (null, new("unknown-item", Say.UnknownCode, label.Scanned));
        FloorPick[] lines = [.. kit.Picks.Where(p => p.Item == label.Item)];
        if (lines.Length == 0) return (null, new("wrong-part", Say.OtherPart, label.Item, next.Item));
        if (label.Lot.Length > 0)
        {
            if (!lines.Any(p => Labels.Same(p.Lot, label.Lot))) return (null, new("promised", Say.OtherLot, label.Lot, lines[0].Lot));
            lines = [.. lines.Where(p => Labels.Same(p.Lot, label.Lot))];
        }
        if (label.Revision.Length > 0 && lines.All(p => p.Revision.Length > 0 && !Labels.Same(p.Revision, label.Revision))) return (null, new("wrong-revision", Say.OtherRevision, label.Revision, lines[0].Revision));
        if (label.Revision.Length > 0) lines = [.. lines.Where(p => p.Revision.Length == 0 || Labels.Same(p.Revision, label.Revision))];
        if (label.Lot.Length == 0 && Bin.Length == 0 && lines.Any(p => p.Lot.Length > 0)) return (null, new("no-bin", Say.BinFirst));
        FloorPick chosen = lines.FirstOrDefault(p => p == next) ?? lines.FirstOrDefault(p => p.Bin == Bin) ?? lines[0];
        return Bin.Length > 0 && chosen.Bin != Bin ? (null, new("wrong-bin", Say.OtherBin, Bin, chosen.Bin)) : (this with { Chosen = chosen, Part = true }, null);
    }

    public static string Line(FloorPick pick) => $"{pick.Bin}|{pick.Item}|{pick.Revision}|{pick.Lot}";
}
