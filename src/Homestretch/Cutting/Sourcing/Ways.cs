namespace Homestretch.Cutting.Sourcing;

/// <summary>Finds the leg that says most about what moves: what moves and into what, then what moves, then into what, then any. Within one place, or where one of the two has none, nothing is on the way.</summary>
internal sealed class Ways(IReadOnlyList<Leg> legs)
{
    private readonly Dictionary<(string, string, string?, string?), Leg> _legs = legs.ToDictionary(static l => (l.From, l.To, l.FromStage, l.ToStage));

    public Leg? Between(Source from, string fromStage, Source to, string toStage)
    {
        foreach (var (a, b) in (ReadOnlySpan<(string?, string?)>)[(fromStage, toStage), (fromStage, null), (null, toStage), (null, null)])
            if (_legs.TryGetValue((from.Place, to.Place, a, b), out Leg? leg)) return leg;
        return from.Place == to.Place || from.Place.Length == 0 || to.Place.Length == 0 ? new(from.Place, to.Place, 0, 0, 0) : null;
    }
}
