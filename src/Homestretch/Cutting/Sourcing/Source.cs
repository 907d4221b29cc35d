using Homestretch.Exposure;

namespace Homestretch.Cutting.Sourcing;

/// <summary>A way to do a stage: who does it, where, at what cost and in what time.</summary>
/// <param name="Stage">The stage that it can do.</param>
/// <param name="Name">Its name, once a stage.</param>
/// <param name="Cost">Cost that it adds to one unit; 0 or more.</param>
/// <param name="Days">Mean days from its parts to its unit.</param>
/// <param name="Place">Site, port or country where it is done; legs join places. Empty: needs no way.</param>
/// <param name="Party">Who does it; empty: the brand itself.</param>
/// <param name="Country">ISO 3166-1 alpha-2; empty: unknown.</param>
/// <param name="MostPerDay">Units a day that it can do at most; null: any number.</param>
/// <param name="LeastPerDay">Units a day that it asks for at least.</param>
/// <param name="OneOff">Spent once to begin with it: tools, qualification.</param>
/// <param name="Hours">Hours of work in one unit; null: unknown.</param>
/// <param name="Co2">Kilograms of CO2 that one unit causes; null: unknown.</param>
/// <param name="DaysSpread">Standard deviation of its days, taken to be normal; 0: certain.</param>
public sealed record Source(string Stage, string Name, double Cost, double Days, string Place = "", string Party = "", string Country = "", double? MostPerDay = null, double LeastPerDay = 0, double OneOff = 0, double? Hours = null, double? Co2 = null, double DaysSpread = 0);

/// <summary>A way from one place to another.</summary>
/// <param name="PerUnit">Freight and fees for one unit of what moves.</param>
/// <param name="Rate">Duty and whatever else goes by value, as a share of the value of what moves.</param>
/// <param name="Days">Days on the way.</param>
/// <param name="FromStage">What moves; null: whatever does.</param>
/// <param name="ToStage">What it goes into; null: whatever it is.</param>
/// <param name="Co2">Kilograms of CO2 for one unit of what moves; null: unknown.</param>
public sealed record Leg(string From, string To, double PerUnit, double Rate, double Days, string? FromStage = null, string? ToStage = null, double? Co2 = null);

/// <summary>How many sources a stage may have at once.</summary>
/// <param name="MostSources">1 or 2.</param>
/// <param name="LeastShare">Of two sources each gets at least this share.</param>
/// <param name="FirstShare">The stage has two sources, and both do it: the first this share. Null: free.</param>
public sealed record SourceRule(string Stage, int MostSources, double LeastShare = 0.2, double? FirstShare = null);

/// <summary>What a party outside knows before anything is chosen.</summary>
/// <param name="Countries">Where it is registered and where it has sites.</param>
/// <param name="Disclosed">Of each place of the know-how how much was disclosed to it, 0 to 1.</param>
public sealed record KnownBefore(string Party, IReadOnlyList<string> Countries, IReadOnlyList<double> Disclosed);

/// <summary>What there is to know of stages, and what one infers from another. A stage that is not named has nothing to copy.</summary>
/// <param name="Graph">What there is to know, by places.</param>
/// <param name="Stages">Names of stages, each once.</param>
/// <param name="Places">Of each of them its place in the graph; stages of one place share what there is to know. Null: each its own, in order.</param>
/// <param name="Before">What parties know whatever is chosen; null: nothing.</param>
/// <remarks>Who does a stage has its drawing at least, and who puts it into another its envelope: <see cref="ExposureLevels"/>.</remarks>
public sealed record StageKnowHow(ExposureGraph Graph, IReadOnlyList<string> Stages, IReadOnlyList<int>? Places = null, IReadOnlyList<KnownBefore>? Before = null);

/// <summary>A network of which some stages can be done in several ways. A stage without sources is done as the network says, at no place.</summary>
/// <param name="Home">ISO 3166-1 alpha-2 countries in which the last stage is brought home; null: none is.</param>
/// <param name="KnowHow">What there is to know of its stages; null: exposure cannot be measured.</param>
public sealed record SourcingStudy(StageNetwork Network, IReadOnlyList<Source> Sources, IReadOnlyList<Leg> Legs, IReadOnlyList<SourceRule>? Rules = null, IReadOnlyList<string>? Home = null, StageKnowHow? KnowHow = null)
{
    /// <summary>The same with only some of its sources, and the ways between their places.</summary>
    public SourcingStudy Only(Func<Source, bool> kept)
    {
        Source[] sources = [.. Sources.Where(kept)];
        HashSet<string> places = [.. sources.Select(static s => s.Place)];
        return this with { Sources = sources, Legs = [.. Legs.Where(l => places.Contains(l.From) && places.Contains(l.To))] };
    }

    /// <summary>Parties outside that could be told something: those that could do a stage, and those that knew something before.</summary>
    public IReadOnlyList<string> PartiesTold => [.. Sources.Select(static s => s.Party).Where(static s => s.Length > 0).Concat((KnowHow?.Before ?? []).Select(static b => b.Party)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether a source is at home: its country is, or it says none and is the brand's own.</summary>
    public bool IsHome(Source s) => s.Country.Length > 0 ? Home?.Contains(s.Country) == true : s.Party.Length == 0;

    /// <summary>The country of a source for shares of countries; '?' when it is not known.</summary>
    public string CountryOf(Source s) => s.Country.Length > 0 ? s.Country : s.Party.Length == 0 && Home is [var first, ..] ? first : "?";
}

/// <summary>How sources are weighed.</summary>
public sealed record SourcingPolicy
{
    public PlacementPolicy Stock { get; init; } = new();

    /// <summary>Days of demand a year.</summary>
    public double DaysAYear { get; init; } = 365;

    /// <summary>Years over which what is spent once is written off, evenly.</summary>
    public double WriteOffYears { get; init; } = 5;
}
