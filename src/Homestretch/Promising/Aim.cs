using Homestretch.Promising.Kernel;
using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>What one allocation may move, and what it aims at.</summary>
internal sealed record Aim(Scope Scope)
{
    /// <summary>Whether a build that may move stays in its slot all the same when its kit can be had there, from whichever lots.</summary>
    public bool KeepSlots { get; init; }

    /// <summary>Order lines whose slots are given up even so.</summary>
    public IReadOnlySet<string> GivenUp { get; init; } = new HashSet<string>();

    /// <summary>Order lines that stay as they are, slot and parts; null: none.</summary>
    public IReadOnlySet<string>? Settled { get; init; }

    /// <summary>Order lines that get the parts back which they have now, as far as others can do without; null: none.</summary>
    public IReadOnlySet<string>? GivenBack { get; init; }

    /// <summary>What may be done with whom; null: classes alone decide.</summary>
    public Strategies? Strategies { get; init; }

    /// <summary>Order lines whose place is decided: where, and in what way each part is got that is not got in its first (index of the part, index of the way); null: none.</summary>
    public IReadOnlyDictionary<string, Placement>? Placed { get; init; }
    public AllocationOptions Options { get; init; } = new();
}

/// <summary>Where and how an order line is built, when that is decided before the allocation.</summary>
/// <param name="Start">Second after t at which it starts, open on the way's line and free of others that are placed or held.</param>
internal sealed record Placement(Routing Way, int Start, IReadOnlyList<(int Part, int Option)> Options);
