using Homestretch.Promising.Kernel;

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
    public AllocationOptions Options { get; init; } = new();
}
