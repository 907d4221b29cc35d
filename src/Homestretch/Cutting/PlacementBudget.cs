namespace Homestretch.Cutting;

/// <summary>How long a placement is searched. It counts passes, so that the same network gives the same placement; a host turns seconds into cancellation.</summary>
public sealed record PlacementBudget
{
    /// <summary>Most passes.</summary>
    public int Passes { get; init; } = 2_000;

    /// <summary>Placements that are shaken after each pass that did not close the gap.</summary>
    public int Shakes { get; init; } = 8;

    /// <summary>Seed of the shakes.</summary>
    public ulong Seed { get; init; } = 1;
}
