using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.World;

namespace Homestretch.Cutting.Trying;

/// <summary>What happens to a company while a design of it is tried.</summary>
/// <param name="Closed">A passage of the sea that closes; null: none.</param>
/// <param name="Lost">A supplier that stands still from then on; null: none.</param>
public sealed record TrialCase(Passage? Closed = null, Key<Party>? Lost = null)
{
    public string Name => Closed is { } passage ? $"{Words.Of(passage)} closed" : Lost is { } party ? $"{party} lost" : "as usual";
}

/// <summary>How a design is tried.</summary>
public sealed record TrialPolicy
{
    /// <summary>Days played, of which the last part counts.</summary>
    public int Days { get; init; } = 365;

    /// <summary>Futures of each case, from seed 1 on.</summary>
    public int Futures { get; init; } = 3;

    /// <summary>How it plans. Without the ways of ships a closed passage of the sea closes nothing.</summary>
    public PlanPolicy Plan { get; init; } = new() { Samples = 64 };

    /// <summary>Day on which a passage closes or a supplier is lost.</summary>
    public int From { get; init; } = 90;

    /// <summary>Days for which a passage is closed.</summary>
    public int ClosedDays { get; init; } = 120;

    /// <summary>Days between two times at which all that may move is planned anew.</summary>
    public int ReplanDays { get; init; } = 7;

    /// <summary>Futures that are played at once; -1: as many as there are cores. What comes of it does not depend on it.</summary>
    public int Threads { get; init; } = -1;
}

/// <summary>What became of a company in one case, over all futures.</summary>
/// <param name="Stock">Of each hub: what lay there on average, in value.</param>
/// <param name="UnitsPerDay">Units delivered a day.</param>
/// <param name="DaysToDeliver">Mean days from order to delivery.</param>
public sealed record TrialOutcome(TrialCase Case, Scores Scores, IReadOnlyList<TrialStock> Stock, double UnitsPerDay, double DaysToDeliver)
{
    public double StockValue => Stock.Sum(static s => s.Value);
}

/// <summary>Stock of an item at a hub: units there on average, and their value by the design's cost of a unit.</summary>
public sealed record TrialStock(Key<Site> Hub, Key<Item> Item, double Units, double Value);

/// <summary>A design beside what simulation makes of it.</summary>
/// <param name="StockValue">Value of what the design keeps at the hubs: safety stock and what came early.</param>
/// <param name="Kits">The least chance, over its customers, that all that they need waits in time.</param>
/// <param name="UnitsPerDay">Units a day that it is made for.</param>
/// <param name="Today">The company as it is, in each case.</param>
/// <param name="Designed">With the design adopted.</param>
/// <param name="Findings">What adopting could not do.</param>
public sealed record Trial(double StockValue, double Kits, double UnitsPerDay, IReadOnlyList<TrialOutcome> Today, IReadOnlyList<TrialOutcome> Designed, IReadOnlyList<Finding> Findings);
