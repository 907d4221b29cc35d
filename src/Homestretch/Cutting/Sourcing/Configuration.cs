using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Cutting.Sourcing;

/// <summary>A source that a stage has, and its share of the stage's units.</summary>
public sealed record SourceShare(Source Source, double Share);

/// <summary>How a stage is done: by whom, and where its stock waits.</summary>
/// <param name="Keeps">The part that only waits here for the stage that uses it; null: the stage is one of the network.</param>
/// <param name="Sources">None: as the network says.</param>
/// <param name="PerDay">Units a day.</param>
/// <param name="Days">Days from its parts to its unit that stock covers.</param>
/// <param name="InWork">Value of what is in work there.</param>
/// <param name="OnTheWay">Value of its units on the way to the next stages.</param>
public sealed record ConfiguredStage(string Stage, string? Keeps, IReadOnlyList<SourceShare> Sources, double PerDay, double Days, double InWork, double OnTheWay, StagePlacement Stock);

/// <summary>What a year costs.</summary>
/// <param name="Added">What stages add to the units that are sold.</param>
/// <param name="Freight">By unit on the ways.</param>
/// <param name="Duty">By value on the ways.</param>
/// <param name="Pipeline">Holding what is made and moved.</param>
/// <param name="Safety">Holding safety stock.</param>
/// <param name="OneOff">What is spent once, written off.</param>
public sealed record YearCost(double Added, double Freight, double Duty, double Pipeline, double Safety, double OneOff)
{
    public double Total => Added + Freight + Duty + Pipeline + Safety + OneOff;
}

/// <summary>Chance that all that a demand needs waits in time: the product of the service levels of all stages before it that hold safety stock, each failing by itself.</summary>
public sealed record KitChance(string Demand, double Probability);

/// <summary>Sources and stock of a whole network, with a proven lower bound.</summary>
/// <param name="Stages">In the order of the network, then those at which parts are kept.</param>
/// <param name="Cost">A year, all together.</param>
/// <param name="Bound">No choice costs less.</param>
/// <param name="Measured">Where its value, work and CO2 come from.</param>
/// <param name="DaysCounted">Times are counted in whole multiples of so many days.</param>
/// <param name="Rounded">Some time may be no such multiple and was rounded: the bound is that of the rounded study.</param>
/// <param name="Passes">Passes of the search.</param>
public sealed record Configuration(IReadOnlyList<ConfiguredStage> Stages, YearCost Cost, double Bound, Measured Measured, double DaysCounted, bool Rounded, int Passes)
{
    /// <summary>One for each stage at which customers buy.</summary>
    public IReadOnlyList<KitChance> Kits => Measured.Kits;

    /// <summary>How much less another choice could cost at most, as a share of this one's cost.</summary>
    public double Gap => Cost.Total <= 0 ? 0 : Math.Max(0, 1 - Bound / Cost.Total);

    /// <summary>Cost and bound differ by no more than a millionth of the cost.</summary>
    public bool Proven => !Rounded && Gap <= 1e-6;
}
