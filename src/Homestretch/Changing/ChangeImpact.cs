using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Changing;

/// <summary>A kit, or what it is pegged to, that a change takes a part from.</summary>
/// <param name="Supply">'stock:KEY' or 'lot:KEY'.</param>
public sealed record LackingBuild(Key<Build> Build, Key<OrderLine> OrderLine, LocalDate Day, string Supply, Quantity Quantity, RevisionUse Use);

/// <summary>A promise that a change moves.</summary>
/// <param name="P90Before">Day by which the order is delivered nine times in ten without the change; null: no date.</param>
/// <param name="KeptBefore">Share of samples that keep the promise without the change.</param>
public sealed record MovedPromise(Key<OrderLine> OrderLine, Key<Party> Customer, Instant Promised, Instant? P90Before, Instant? P90After, double KeptBefore, double KeptAfter)
{
    /// <summary>Days by which the P90 date moves, later positive; null: there is none before, or after.</summary>
    public double? Days => P90Before is { } before && P90After is { } after ? (after - before).TotalDays : null;
}

/// <summary>What an engineering change does: parts that it makes unusable or to be reworked, kits that lack parts for it, promises that it moves, and the day on which it would cost least.</summary>
/// <param name="Stock">All parts of the item wherever they are, each once.</param>
/// <param name="Lacking">Builds that would lose a part they are pegged to, by start.</param>
/// <param name="Moved">Promises that move, by loss, then order line.</param>
/// <param name="PromisesKeptBefore">Promises expected to be kept without the change: the sum of their shares.</param>
/// <param name="LastDay">Last day on which a build may take the old revision; null: there is none, because it may go in afterwards too or the change is not by date.</param>
/// <param name="UsedUp">Day of the last build that takes the old revision without the change, where the builds there are take all of it; null: some is left.</param>
/// <param name="Dates">Days on which the change might take effect, with what each would cost; empty for a change by lot or serial.</param>
/// <param name="Best">The cheapest of them, the earliest of equals; null: none is asked for, or no cost is known.</param>
public sealed record ChangeImpact(EngineeringChange Change, IReadOnlyList<ConcernedStock> Stock, IReadOnlyList<LackingBuild> Lacking, IReadOnlyList<MovedPromise> Moved, double PromisesKeptBefore, double PromisesKeptAfter,
    LocalDate? LastDay, LocalDate? UsedUp, IReadOnlyList<EffectiveDay> Dates, EffectiveDay? Best, IReadOnlyList<Finding> Findings)
{
    /// <summary>Days on which a change might take effect that are looked at unless told otherwise.</summary>
    public const int UsualDates = 10;

    /// <summary>What a change does, a draft as if it were released, one in force against the world in which it is not. Changes nothing; the same input gives the same answer, bit for bit.</summary>
    /// <param name="dates">Most days that are looked at to find the best; each costs an allocation and a plan.</param>
    public static ChangeImpact Of(Snapshot world, Instant t, PlanPolicy policy, EngineeringChange change, int dates = UsualDates)
    {
        var effectivity = Effectivity.Of(world.EngineeringChanges.Where(c => c.InForce && c.Key != change.Key).Append(change));
        List<Finding> findings = [.. effectivity.Findings, .. Missing(world, change)];
        var (before, wrong) = ChangeBranch.Of(world, t, policy, ChangeBranch.Without(change));
        if (before is null) return new(change, [], [], [], 0, 0, null, null, [], null, [.. findings, .. wrong]);
        var concerned = new Concerned(before.World, change, effectivity, before.Plan.Of);
        IReadOnlyList<ConcernedStock> stock = concerned.All();
        (ChangeBranch? after, wrong) = ChangeBranch.Of(world, t, policy, ChangeBranch.With(change, t));
        if (after is null) return new(change, stock, [], [], Kept(before.Plan), Kept(before.Plan), null, null, [], null, [.. findings, .. wrong]);
        LackingBuild[] lacking = [.. Lacks(before.World, effectivity, change)];
        var days = new EffectiveDays(world, before, t, policy, change, stock);
        EffectiveDay[] costed = change.FromDay is null ? [] : [.. days.All(after, dates)];
        if (change.FromDay is not null && costed.All(static d => d.Cost is null) && costed.Length > 0) findings.Add(new(new("engineering_changes", 0, "from_day"), "cost-unknown", $"What {change.Key} costs is not known on any day.", days.Unknown));
        return new(change, stock, lacking, Moves(before, after), Kept(before.Plan), Kept(after.Plan), change is { FromDay: { } from, OldInNew: YesNo.No } ? from.PlusDays(-1) : null, days.UsedUp(),
            costed, costed.Where(static d => d.Cost is not null).OrderBy(static d => d.Cost!.Value.Minor).ThenBy(static d => d.Day).FirstOrDefault(), findings);
    }

    /// <summary>The parts that a change concerns in a world, such as a supplier's slice, without planning anything.</summary>
    /// <param name="coming">When a lot comes; null: nobody knows.</param>
    public static IReadOnlyList<ConcernedStock> Parts(Snapshot world, EngineeringChange change, Func<Key<Lot>, LotForecast?> coming) =>
        new Concerned(world, change, Effectivity.Of(world.EngineeringChanges.Where(c => c.InForce && c.Key != change.Key).Append(change)), coming).All();

    internal static double Kept(Plan plan) => plan.Forecasts.Sum(static f => f.AsDated?.Kept?.Value ?? 0);

    /// <summary>Promises whose date or share differs between two plans, those that lose most first.</summary>
    internal static IReadOnlyList<MovedPromise> Moves(ChangeBranch before, ChangeBranch after)
    {
        var moved = new List<MovedPromise>();
        foreach (Moved m in Promising.Moved.Between(before.Plan.Forecasts, after.Plan.Forecasts))
        {
            if (before.World.Promises.StartingWith($"{m.OrderLine}|").LastOrDefault() is not { } promise) continue;
            Forecast.Dated? was = m.Before?.AsDated, now = m.After?.AsDated;
            double keptBefore = was?.Kept?.Value ?? 0, keptAfter = now?.Kept?.Value ?? 0;
            if (was?.Dates.P90 == now?.Dates.P90 && keptBefore == keptAfter) continue;
            moved.Add(new(m.OrderLine, before.World.OrderLines[m.OrderLine].Customer, promise.Date, was?.Dates.P90, now?.Dates.P90, keptBefore, keptAfter));
        }
        return [.. moved.OrderByDescending(static m => m.KeptBefore - m.KeptAfter).ThenBy(static m => m.OrderLine.Value, StringComparer.Ordinal)];
    }

    /// <summary>Pegs of open builds to what they may no longer take.</summary>
    private static IEnumerable<LackingBuild> Lacks(Snapshot world, Effectivity effectivity, EngineeringChange change)
    {
        var pegs = world.Pegs.Where(p => p.Item == change.Item).ToLookup(static p => p.Build);
        foreach (Build build in world.Builds.Where(b => b.Status < OrderStatus.Completed).OrderBy(static b => b.Start).ThenBy(static b => b.Id, StringComparer.Ordinal))
        {
            OrderLine order = world.OrderLines[build.OrderLine];
            LocalDate day = world.DayOf(order, build.Start);
            foreach (Peg peg in pegs[build.Key])
            {
                var (revision, lot) = Supplied(world, peg.Supply);
                if (effectivity.Of(change.Item, revision, lot, new(order.Family.Value, world.Within(order.Market.Value), day)) is { Counts: false } verdict) yield return new(build.Key, order.Key, day, peg.Supply, peg.Quantity, verdict.Use);
            }
        }
    }

    internal static (string Revision, string Lot) Supplied(Snapshot world, string supply) => supply.StartsWith("lot:", StringComparison.Ordinal) && world.Lots.Find(supply[4..]) is { } l ? (l.Revision, l.Id)
        : supply.StartsWith("stock:", StringComparison.Ordinal) && world.Stock.Find(supply[6..]) is { } s ? (s.Revision, s.LotNumber) : ("", "");

    /// <summary>What keeps the change from being worked by.</summary>
    private static IEnumerable<Finding> Missing(Snapshot world, EngineeringChange change)
    {
        if (world.ItemRevisions.StartingWith($"{change.Item}|").Any() && !world.ItemRevisions.Contains($"{change.Item}|{change.ToRevision}"))
            yield return new(new("engineering_changes", 0, "to_revision"), "revision-not-recorded", $"Revision {change.ToRevision} of {change.Item} is not in item_revisions: the floor would refuse it.", "Add it there with the day from which it may be used.");
        if (change.ReworkStep.Length > 0 && !world.WorkSteps.Any(s => s.Step == change.ReworkStep))
            yield return new(new("engineering_changes", 0, "rework_step"), "step-not-recorded", $"There is no step {change.ReworkStep}: the floor takes the parts only when they are reworked before they are picked.", "Add it to work_steps, or leave rework_step empty.");
        if (change.FromSerial.Length > 0)
            yield return new(new("engineering_changes", 0, "from_serial"), "serial-not-planned", "Which build gets which serial number is known when its unit is begun: the plan takes the old revision until then.", "Give a day where promises are to be planned by it.");
    }
}
