using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>A re-plan of everything that may move, beside the plan it would replace.</summary>
/// <param name="Events">What makes it the plan; empty when the plan in force is the best that was found.</param>
/// <param name="InForce">The plan as it is.</param>
/// <param name="Plan">The plan that the events make.</param>
/// <param name="Tried">Every re-plan that was weighed, in the order of its upheaval and, behind them, those that were mended, by what it does.</param>
public sealed record Proposal(IReadOnlyList<WorldEvent> Events, Plan InForce, Merit Before, Plan Plan, Merit After, IReadOnlyList<(string What, Merit Merit)> Tried)
{
    /// <summary>Order lines of the strategy Win that a re-plan could give their date, but not without taking futures from one of Gain; empty in a world without strategies.</summary>
    public IReadOnlyList<Key<OrderLine>> Unserved { get; init; } = [];

    /// <summary>Promises that it keeps in fewer futures than the plan in force, the greatest loss first.</summary>
    public IReadOnlyList<Loss> Losses { get; } = [.. After.Losses(Before)];
}
