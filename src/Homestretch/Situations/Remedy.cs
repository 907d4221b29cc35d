using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>What a part of a remedy costs.</summary>
/// <param name="What">Such as 'air freight' or 'overtime'.</param>
/// <param name="Amount">On top of what the plan in force costs; null: nobody has said.</param>
public sealed record Cost(string What, Money? Amount);

/// <summary>Work that somebody must do for a remedy.</summary>
/// <param name="Party">Who does it.</param>
/// <param name="Subject">Record it is about, as table:key.</param>
/// <param name="Due">When it must be done.</param>
public sealed record Work(TaskKind Kind, Key<Party> Party, string Subject, string Text, Instant Due);

/// <summary>A concrete way to mend a situation: what it makes of the world, what it costs, what must happen by when.</summary>
/// <param name="What">What is done, in a sentence without a full stop.</param>
/// <param name="Events">What it tells the world; a host applies them when somebody decides so.</param>
/// <param name="ActBy">The last moment at which it can begin.</param>
public sealed record Remedy(RemedyKind Kind, string What, IReadOnlyList<WorldEvent> Events, IReadOnlyList<Cost> Costs, Instant ActBy, IReadOnlyList<Work> Work)
{
    /// <summary>What it costs in all, by currency; null when a part of it is unknown. Empty: nothing.</summary>
    public IReadOnlyList<Money>? Total { get; } = Costs.Any(static c => c.Amount is null) ? null
        : [.. Costs.GroupBy(static c => c.Amount!.Value.Currency, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => g.Aggregate(new Money(0, g.Key), static (sum, c) => sum + c.Amount!.Value))];
}
