using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>Which remedy comes first.</summary>
internal static class Ranking
{
    /// <summary>Those that no other beats first, then by what they are worth after their cost; asking and telling the customer last.</summary>
    public static IReadOnlyList<PricedRemedy> Of(IReadOnlyList<PricedRemedy> all) => [.. all.Select(r => r with { Dominated = all.Any(o => Beats(o, r)) })
        .OrderBy(static r => r.Remedy.Kind switch { RemedyKind.NewDate => 2, RemedyKind.AskOption => 1, _ => 0 }).ThenBy(static r => r.Dominated).ThenByDescending(static r => r.Net ?? decimal.MinValue).ThenByDescending(static r => r.Expected)
        .ThenBy(static r => r.Remedy.What, StringComparer.Ordinal)];

    private static bool Beats(PricedRemedy a, PricedRemedy b)
    {
        if (ReferenceEquals(a, b) || a.Remedy.Kind.OnlySays() || b.Remedy.Kind.OnlySays() || Dearer(a, b) is not { } dearer || dearer > 0) return false;
        bool asGood = a.Expected >= b.Expected && a.Lost <= b.Lost && a.Risk <= b.Risk;
        return asGood && (dearer < 0 || a.Expected > b.Expected || a.Lost < b.Lost || a.Risk < b.Risk || string.CompareOrdinal(a.Remedy.What, b.Remedy.What) < 0);
    }

    /// <summary>Positive when the first costs more; a cost nobody has said is more than any. Null when two currencies do not compare.</summary>
    private static int? Dearer(PricedRemedy a, PricedRemedy b) => (a.Remedy.Total, b.Remedy.Total) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        ({ Count: 0 }, { Count: 0 }) => 0,
        ({ Count: 0 }, [var cost]) => 0L.CompareTo(cost.Minor),
        ([var cost], { Count: 0 }) => cost.Minor.CompareTo(0),
        ([var mine], [var its]) when mine.Currency == its.Currency => mine.Minor.CompareTo(its.Minor),
        _ => null,
    };
}
