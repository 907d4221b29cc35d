using Homestretch.Changing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>What an engineering change does, as far as somebody may see it. A supplier sees its change and its own lots; who may not see prices no costs; who may not see orders no promises.</summary>
/// <param name="Lacking">Null: not for the one who asks.</param>
public sealed record EngineeringImpact(EngineeringChange Change, IReadOnlyList<ConcernedStock> Stock, IReadOnlyList<LackingBuild>? Lacking, IReadOnlyList<MovedPromise>? Moved, double? PromisesKeptBefore, double? PromisesKeptAfter,
    LocalDate? LastDay, LocalDate? UsedUp, IReadOnlyList<EffectiveDay>? Dates, EffectiveDay? Best, IReadOnlyList<Finding> Findings)
{
    /// <summary>All that the brand owner's people see of it.</summary>
    public static EngineeringImpact Of(ChangeImpact i, bool money, bool orders) => new(money ? i.Change : i.Change with { ReworkCost = null },
        money ? i.Stock : [.. i.Stock.Select(static s => s with { Value = null, ReworkCost = null })], i.Lacking, orders ? i.Moved : null, orders ? i.PromisesKeptBefore : null, orders ? i.PromisesKeptAfter : null,
        i.LastDay, i.UsedUp, money ? i.Dates : null, money ? i.Best : null, i.Findings);

    /// <summary>What others see: the change as their slice has it and their own lots, without values.</summary>
    public static EngineeringImpact Of(EngineeringChange change, IReadOnlyList<ConcernedStock> own) => new(change, [.. own.Select(static s => s with { Value = null, ReworkMinutes = null, ReworkCost = null })], null, null, null, null, null, null, null, null, []);
}
