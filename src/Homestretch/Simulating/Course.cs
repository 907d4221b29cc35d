using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Simulating;

/// <summary>What a company does at a look about the plan in force, as events; the plan is only read.</summary>
public delegate IReadOnlyList<WorldEvent> Mend(Plan plan);

/// <summary>How a future is played beyond what its world and its seed say.</summary>
public sealed record Course
{
    /// <summary>What goes wrong.</summary>
    public Mishaps Mishaps { get; init; } = Mishaps.None;

    /// <summary>What is done about it, once a look; null: nothing.</summary>
    public Mend? Mend { get; init; }

    /// <summary>Promises that are given when their time comes whatever the plan says, so that several courses are held to the same; null: as the plan says.</summary>
    public IReadOnlyList<Promise>? Promises { get; init; }
}
