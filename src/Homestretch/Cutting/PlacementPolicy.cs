namespace Homestretch.Cutting;

/// <summary>How variance of demand reaches a stage over several ways.</summary>
public enum VarianceRule
{
    /// <summary>By the units of the stage in one unit that is sold, over all ways: sigma_i^2 = sum_d phi_id^2 sigma_d^2. One demand over two ways is one demand.</summary>
    Paths,

    /// <summary>Link by link: sigma_i^2 = sum over next stages k of phi_ik^2 sigma_k^2, as published runs on the real chains have it. Too little where ways meet.</summary>
    Arcs,
}

/// <summary>How safety stock is reckoned.</summary>
public sealed record PlacementPolicy
{
    /// <summary>Cost of holding a unit of value for a year.</summary>
    public double HoldingRate { get; init; } = 0.2;

    public VarianceRule Variance { get; init; }

    /// <summary>Whether times spread as stages say; otherwise each takes its mean, as in published runs on the real chains.</summary>
    public bool Spread { get; init; } = true;

    /// <summary>Service level of stages that state none where no stage does.</summary>
    public double ServiceLevel { get; init; } = 0.95;

    /// <summary>Whether one service level, the highest stated, holds everywhere, as in published runs on the real chains; otherwise each demand's own reaches the stages before it, the highest where several meet.</summary>
    public bool OneLevel { get; init; }
}
