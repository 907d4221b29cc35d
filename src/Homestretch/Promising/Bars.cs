using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A time in which units do not leave the hub for a market, since a document that it asks for is not in force.</summary>
/// <param name="From">First moment of it.</param>
/// <param name="Until">First moment after it; null: nobody knows, since no renewal was asked for or it has not come as expected.</param>
/// <param name="Document">The document that lapses then or, before the first of its requirement, that begins at its end.</param>
public readonly record struct Bar(Instant From, Instant? Until, Key<Document> Document)
{
    public bool Holds(Instant at) => at >= From && !(at >= Until);
}

/// <summary>Reads from the documents of a world when units may not leave for a market.</summary>
public static class Bars
{
    /// <summary>Ascending by begin; those of different requirements may overlap. Empty when the market asks for no document.</summary>
    /// <param name="t">A renewal that was expected by then and is not among the documents has not come.</param>
    public static IReadOnlyList<Bar> Of(Snapshot world, Instant t, Key<Market> market, Key<Item> family)
    {
        if (world.Documents.Count == 0) return [];
        var bars = new List<Bar>();
        IReadOnlyList<string> within = world.Within(market.Value);
        foreach (var requirement in world.Documents.Where(d => within.Contains(d.Market.Value) && !(d.Family is { } only && only != family)).GroupBy(static d => d.Requirement, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal))
            Add(bars, [.. requirement.OrderBy(static d => d.ValidFrom).ThenBy(static d => d.Id, StringComparer.Ordinal)], t);
        return [.. bars.OrderBy(static b => b.From).ThenBy(static b => b.Document.Value, StringComparer.Ordinal)];
    }

    /// <summary>Those of one document, over all families that it covers, ascending by begin.</summary>
    public static IReadOnlyList<Bar> By(Snapshot world, Instant t, Document document)
    {
        IEnumerable<Key<Item>> families = document.Family is { } only ? [only] : world.Items.Where(static i => i.Kind == ItemKind.Family).Select(static i => i.Key);
        return [.. families.SelectMany(f => Of(world, t, document.Market, f)).Where(b => b.Document == document.Key).OrderBy(static b => b.From)];
    }

    /// <summary>The first bar that an instant lies in; null: units may leave.</summary>
    public static Bar? At(IReadOnlyList<Bar> bars, Instant at)
    {
        foreach (Bar bar in bars)
            if (bar.Holds(at)) return bar;
        return null;
    }

    /// <summary>When units that are ready at an instant leave; null: nobody knows.</summary>
    public static Instant? Leaves(IReadOnlyList<Bar> bars, Instant ready)
    {
        foreach (Bar bar in bars)
        {
            if (!bar.Holds(ready)) continue;
            if (bar.Until is not { } open) return null;
            ready = open;
        }
        return ready;
    }

    /// <summary>The times in which none of these is in force.</summary>
    private static void Add(List<Bar> bars, Document[] documents, Instant t)
    {
        Instant? renewed = documents.Select(static d => d.RenewalExpected).Where(e => e > t).Min();
        var last = (Until: (Instant?)Instant.MinValue, By: documents[0]);
        foreach (Document next in documents)
        {
            if (last.Until is not { } open) return;
            Instant begins = next.ValidFrom;
            if (renewed <= open) return;
            if (begins > open) bars.Add(new(open, renewed < begins ? renewed : begins, last.By.Key));
            if (renewed < begins) return;
            if (next.ValidUntil is not { } end) return;
            if (end > open) last = (end, next);
        }
        if (last.Until is { } lapsed && !(renewed <= lapsed)) bars.Add(new(lapsed, renewed, last.By.Key));
    }
}
