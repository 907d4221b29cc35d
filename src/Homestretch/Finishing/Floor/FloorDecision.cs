using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What comes of an operation on the floor.</summary>
/// <param name="Operation">The operation with its answer, as the ledger keeps it.</param>
/// <param name="Events">What it does to the world, the operation itself among it; empty when it had been told before.</param>
public sealed record FloorDecision(FloorOperation Operation, IReadOnlyList<WorldEvent> Events);
