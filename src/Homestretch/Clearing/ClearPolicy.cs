using NodaTime;

namespace Homestretch.Clearing;

/// <summary>What clear to build looks at, and how hard it looks.</summary>
public sealed record ClearPolicy
{
    /// <summary>How far ahead builds are released: a build counts when its work ends by then.</summary>
    public Duration Horizon { get; init; } = Duration.FromDays(5);

    /// <summary>A lot counts as at hand from the second by which it is there in this share of futures; above 0, at most 1. Stock is there at once.</summary>
    public double Certainty { get; init; } = 0.95;

    /// <summary>Order lines are candidates when their build must end no later than this after t: parts are not spent on what has weeks to wait.</summary>
    public Duration DueWithin { get; init; } = Duration.FromDays(28);

    /// <summary>Moves the search may try: its work budget, by which the result is fixed. 0: only the first pass.</summary>
    public int Moves { get; init; } = 4_000;

    /// <summary>Rounds in which the prices of the bound are sharpened; more only lower it.</summary>
    public int Rounds { get; init; } = 600;

    /// <summary>Nodes of the tree that closes the bound beyond its prices; 0: prices only.</summary>
    public int Nodes { get; init; } = 20_000;
}
