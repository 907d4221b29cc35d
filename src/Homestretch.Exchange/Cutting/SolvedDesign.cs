using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Exchange.Cutting;

/// <summary>A design of a study with all that a paper about it says.</summary>
/// <param name="Limits">What it was chosen within.</param>
/// <param name="Prices">What each limit costs; those that were not reckoned are missing.</param>
/// <param name="At">Present of the records it was reckoned by.</param>
/// <param name="Kept">The record under which it is kept, with its business case; null: it is not.</param>
public sealed record SolvedDesign(StudyCase Study, Configuration Design, IReadOnlyList<Limit> Limits, IReadOnlyList<LimitPrice> Prices, Instant At, Design? Kept = null)
{
    /// <summary>Names of parties by their keys; a party that is not in it is called by its key.</summary>
    public IReadOnlyDictionary<string, string> Parties { get; init; } = new Dictionary<string, string>();

    public string Currency => Study.Study.Currency;

    /// <summary>Name of the design for a title and a file.</summary>
    public string Title => Kept is { } kept ? $"{Study.Study.Name}: {kept.Name}" : Study.Study.Name;

    /// <summary>A party as people call it.</summary>
    public string NameOf(string party) => party.Length == 0 ? "the brand" : Parties.GetValueOrDefault(party, party);

    /// <summary>Places of a stage as it is done, one or two.</summary>
    public static string PlaceOf(ConfiguredStage stage) => string.Join(" + ", stage.Sources.Select(static s => s.Source.Place.Length > 0 ? s.Source.Place : s.Source.Name).Distinct());

    /// <summary>Names of the parties of a world.</summary>
    public static IReadOnlyDictionary<string, string> Named(Snapshot world) => world.Parties.ToDictionary(static p => p.Id, static p => p.Name, StringComparer.Ordinal);
}
