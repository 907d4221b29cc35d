namespace Homestretch.Buffering;

/// <summary>What buffers are to reach, and how they are looked for.</summary>
public sealed record BufferPolicy
{
    /// <summary>Share of kits, bought for their day, that are to be whole on it; above 0 and below 1.</summary>
    public double Target { get; init; } = 0.95;

    /// <summary>Holding cost of a part for a year, as a share of its cost. 0.20 is a convention, not a measurement: the low end of the 20 to 40 % that firms usually state (glossary of the Sourcing Industry
    /// Group, sig.org/inventory-holding-carrying-cost). Take your own company's.</summary>
    public double RatePerYear { get; init; } = 0.20;

    /// <summary>Buffers are multiples of this many days.</summary>
    public decimal StepDays { get; init; } = 0.5m;

    /// <summary>The longest buffer that is looked at, days; a future in which a part is later than that is missed.</summary>
    public decimal MostDays { get; init; } = 60;

    /// <summary>Kits' days that are drawn, a week apart: lanes share a month's congestion on some and not on others.</summary>
    public int Days { get; init; } = 4;

    /// <summary>Futures of each day; a multiple of 8. Buffers are chosen on one set, their target is set by a second and what is said of them is counted on a third.</summary>
    public int SamplesPerDay { get; init; } = 2048;

    /// <summary>Minimum cuts spent on proving how good the choice is.</summary>
    public int Cuts { get; init; } = 400;
}
