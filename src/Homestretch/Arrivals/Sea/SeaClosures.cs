using Homestretch.World;
using NodaTime;

namespace Homestretch.Arrivals.Sea;

/// <summary>The closures of a world by passage. Immutable.</summary>
public sealed class SeaClosures
{
    private readonly PassageClosure[][] _of;

    private SeaClosures(PassageClosure[][] of) => _of = of;

    /// <summary>Null when the world has none: the common case costs nothing.</summary>
    public static SeaClosures? Of(Snapshot world)
    {
        if (world.PassageClosures.Count == 0) return null;
        ILookup<Passage, PassageClosure> by = world.PassageClosures.Where(static c => c.Until != c.From).ToLookup(static c => c.Passage);
        return new([.. Passages.All.Select(p => by[p].OrderBy(static c => c.From).ToArray())]);
    }

    /// <summary>The closure that a ship finds when it comes to a passage; the longest when there are several.</summary>
    public PassageClosure? At(Passage passage, Instant at)
    {
        PassageClosure? found = null;
        foreach (PassageClosure c in _of[(int)passage])
            if (c.Holds(at) && (found is null || (found.Until is { } until && !(c.Until <= until)))) found = c;
        return found;
    }
}
