using NodaTime;

namespace Homestretch.World;

/// <summary>A strait, canal or cape of the sea network that can be closed. The Northwest Passage is none: no liner takes it.</summary>
public enum Passage { Suez, Panama, BabElMandeb, Malacca, Sunda, Gibraltar, Hormuz, Bosporus, Dardanelles, CapeHorn, CapeOfGoodHope }

/// <summary>A passage that ships cannot take for a time. Several of one passage add up.</summary>
/// <param name="From">First moment at which no ship enters; who plans learns of it then.</param>
/// <param name="Until">First moment at which ships enter again; null: nobody knows.</param>
/// <param name="Source">Who says so.</param>
public sealed record PassageClosure(Passage Passage, Instant From, Key<Party> Party, Instant? Until, string Source, string Note) : IRecord<PassageClosure>
{
    public static string TableName => "passage_closures";
    public static string TableDoc => "A strait, canal or cape that ships cannot take for a time: what would pass it goes round, or waits.";
    public string Id => $"{Words.Of(Passage)}|{NodaTime.Text.InstantPattern.ExtendedIso.Format(From)}";

    /// <summary>Whether a ship that is there at a moment finds it closed.</summary>
    public bool Holds(Instant at) => at >= From && !(at >= Until);

    public static PassageClosure Shape(Fields f, PassageClosure? x) => new(
        f.Choice("passage", x?.Passage, "Passage that is closed."),
        f.Moment("from", x?.From, "First moment at which no ship enters."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.OptionalMoment("until", x?.Until, "First moment at which ships enter again; empty: nobody knows."),
        f.Text("source", x?.Source, "Who says so.", ""),
        f.Text("note", x?.Note, "What happened, in a few words.", ""));
}

/// <summary>The names of passages as people say them.</summary>
public static class Passages
{
    /// <summary>Every passage, in the order of the closed set.</summary>
    public static IReadOnlyList<Passage> All { get; } = Enum.GetValues<Passage>();

    public static string NameOf(Passage passage) => passage switch
    {
        Passage.BabElMandeb => "Bab el-Mandeb",
        Passage.CapeHorn => "Cape Horn",
        Passage.CapeOfGoodHope => "the Cape of Good Hope",
        _ => passage.ToString(),
    };

    /// <summary>'Suez', 'Sunda and the Cape of Good Hope'.</summary>
    public static string NameOf(IReadOnlyList<Passage> passages) => passages.Count switch
    {
        0 => "the open sea",
        1 => NameOf(passages[0]),
        _ => $"{string.Join(", ", passages.Take(passages.Count - 1).Select(NameOf))} and {NameOf(passages[^1])}",
    };
}
