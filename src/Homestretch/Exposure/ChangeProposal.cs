using Homestretch.World;

namespace Homestretch.Exposure;

/// <summary>One change of what is planned. Closed: the cases are here.</summary>
public abstract record ExposureChange
{
    private ExposureChange() { }

    /// <summary>A holder is given less of an item than was planned.</summary>
    public sealed record Lowered(int Item, int Holder, DisclosureLevel From, DisclosureLevel To) : ExposureChange;

    /// <summary>An item is made by another, and the documents go there.</summary>
    /// <param name="To">Null: at home.</param>
    public sealed record Moved(int Item, int From, int? To) : ExposureChange;
}

/// <summary>What may be changed, and at what cost.</summary>
public sealed record ChangeCosts
{
    /// <summary>Cost of lowering one planned disclosure by one level, by item and holder; above 0.</summary>
    public Func<int, int, double> Lower { get; init; } = static (_, _) => 1;

    /// <summary>Cost of moving an item from one maker to another, or home (null); null: it cannot go there.</summary>
    public Func<int, int, int?, double?> Move { get; init; } = static (_, _, _) => 1;
}

/// <summary>The smallest set of changes that meets limits, as far as it was found.</summary>
/// <param name="Changes">Null: none was found, or none exists (see <paramref name="Conflict"/>).</param>
/// <param name="Cost">Of the changes together.</param>
/// <param name="Bound">No set of changes that meets the limits costs less.</param>
/// <param name="Proven">The search was finished: there is no cheaper set, or none at all.</param>
/// <param name="Conflict">When no changes meet all limits: a smallest set of limits that cannot be met together; empty when that was not settled.</param>
/// <param name="Nodes">Sets that were looked at.</param>
public sealed record ChangeProposal(IReadOnlyList<ExposureChange>? Changes, double Cost, double Bound, bool Proven, IReadOnlyList<ExposureLimit> Conflict, int Nodes)
{
    /// <summary>What is planned, after the changes.</summary>
    public static ExposureCase Applied(ExposureCase given, IReadOnlyList<ExposureChange> changes)
    {
        foreach (ExposureChange change in changes.OrderBy(static c => c is ExposureChange.Lowered))
        {
            given = change switch
            {
                ExposureChange.Moved m => Move(given, m),
                ExposureChange.Lowered l => given with { Givings = [.. given.Givings.Select(g => !g.Done && g.Item == l.Item && g.Holder == l.Holder && g.Level > l.To ? g with { Level = l.To } : g)] },
                _ => throw new InvalidOperationException($"{change.GetType().Name} is no case of {nameof(ExposureChange)}."),
            };
        }
        return given;
    }

    private static ExposureCase Move(ExposureCase given, ExposureChange.Moved m) => given with
    {
        Makings = [.. given.Makings.Where(k => k.Done || (k.Item, k.Holder) != (m.Item, m.From)), .. m.To is { } to ? [new Making(m.Item, to, false)] : (Making[])[]],
        Givings = [.. given.Givings.Where(g => g.Done || (g.Item, g.Holder) != (m.Item, m.From) || m.To is not null).Select(g => !g.Done && (g.Item, g.Holder) == (m.Item, m.From) ? g with { Holder = m.To!.Value } : g)],
    };
}
