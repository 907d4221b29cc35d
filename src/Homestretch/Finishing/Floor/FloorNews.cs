using Homestretch.World;

namespace Homestretch.Finishing.Floor;

public enum FloorNewsKind
{
    /// <summary>A call for help was answered.</summary>
    AndonAnswered,

    /// <summary>Everything is here for a kit that was short.</summary>
    KitWhole,

    /// <summary>A part came in that kits waited for.</summary>
    PartArrived,

    /// <summary>Less than its least lies in a bin.</summary>
    BinCalls,

    /// <summary>A kit has come onto the list.</summary>
    KitReleased,
}

/// <summary>Something on a floor that whoever works there wants to know at once.</summary>
/// <param name="Name">Kits, parts or bins; of an answered call the record it was about.</param>
/// <param name="Install">Device that called; empty: it is for all.</param>
public sealed record FloorNews(FloorNewsKind Kind, string Name, string Install = "")
{
    /// <summary>Whether it is for a device: an answer for the one that called, bins and parts for those that store, kits for all.</summary>
    public bool IsFor(string install, bool stores) => Kind switch { FloorNewsKind.AndonAnswered => Install == install, FloorNewsKind.PartArrived or FloorNewsKind.BinCalls => stores, _ => true };
}

/// <summary>What news of a floor is found in: two of these, one after the other.</summary>
/// <param name="Answered">Calls for help that have been answered, by their key, each with what it was about.</param>
/// <param name="Calling">Bins that call for more.</param>
public sealed record FloorState(FloorBoard Board, IReadOnlyDictionary<string, string> Answered, IReadOnlySet<string> Calling)
{
    private const string Andon = "ANDON-";

    public static FloorState Of(Snapshot world, FloorBoard board)
    {
        string kanban = $"KANBAN-{board.Site}/";
        return new(board, world.Tasks.StartingWith(Andon).Where(static t => t.Kind == TaskKind.AndonCall && t.State is TaskState.Done or TaskState.Refused).ToDictionary(static t => t.Id, static t => t.Subject[(t.Subject.IndexOf(':') + 1)..], StringComparer.Ordinal),
            world.Tasks.StartingWith(kanban).Where(static t => t.State == TaskState.Open).Select(t => t.Id[kanban.Length..]).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What has happened since an earlier state, one piece a kind; of calls one each.</summary>
    public IReadOnlyList<FloorNews> Since(FloorState before)
    {
        var was = before.Board.Kits.ToDictionary(static k => k.Build, StringComparer.Ordinal);
        FloorKit[] whole = [.. Board.Kits.Where(k => k.Missing.Count == 0 && was.TryGetValue(k.Build, out FloorKit? old) && old.Missing.Count > 0)];
        HashSet<string> came = [.. before.Board.Expected.Where(l => Board.Expected.FirstOrDefault(x => x.Lot == l.Lot) is not { } now || now.Received > l.Received).Select(static l => l.Lot)];
        IEnumerable<string> arrived = Board.Kits.Where(k => !whole.Contains(k) && was.ContainsKey(k.Build)).SelectMany(k => was[k.Build].Missing.Where(m => came.Contains(m.Waits) && k.Missing.Where(x => x.Item == m.Item).Sum(static x => x.Quantity) < was[k.Build].Missing.Where(x => x.Item == m.Item).Sum(static x => x.Quantity))).Select(static m => m.Item);
        return [.. Answered.Where(a => !before.Answered.ContainsKey(a.Key)).OrderBy(static a => a.Key, StringComparer.Ordinal).Select(static a => new FloorNews(FloorNewsKind.AndonAnswered, a.Value, a.Key[Andon.Length..].Split('/')[0])),
            .. One(FloorNewsKind.KitWhole, whole.Select(static k => k.Build)), .. One(FloorNewsKind.PartArrived, arrived), .. One(FloorNewsKind.BinCalls, Calling.Except(before.Calling).Order(StringComparer.Ordinal)),
            .. One(FloorNewsKind.KitReleased, Board.Kits.Where(k => !was.ContainsKey(k.Build)).Select(static k => k.Build))];
    }

    /// <summary>The first three names; that there are more is said.</summary>
    private static IEnumerable<FloorNews> One(FloorNewsKind kind, IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct(StringComparer.Ordinal)];
        if (all.Length > 0) yield return new(kind, string.Join(", ", all.Take(3)) + (all.Length > 3 ? " …" : ""));
    }
}
