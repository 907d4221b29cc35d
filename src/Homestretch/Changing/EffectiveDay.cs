using Homestretch.Landing;
using Homestretch.Promising;
using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Changing;

/// <summary>A day on which a change might take effect, and what that would cost.</summary>
/// <param name="LeftOver">Parts of the old revision that no build there is takes by then, in the item's unit.</param>
/// <param name="OldStock">What becomes of them costs: their value where they are used up or scrapped, the work where they are reworked; null: unknown.</param>
/// <param name="PromisesLost">Promises expected to be broken for it: the shares that fall, less those that rise.</param>
/// <param name="Late">What those are worth: <see cref="Worth.LateShare"/> of the price of each order line; null: an order line has no price, or its currency no rate.</param>
/// <param name="Cost">Both; null when either is unknown.</param>
public sealed record EffectiveDay(LocalDate Day, decimal LeftOver, Money? OldStock, double PromisesLost, int PromisesMoved, Money? Late, Money? Cost);

/// <summary>Looks at days on which a change might take effect.</summary>
internal sealed class EffectiveDays(Snapshot world, ChangeBranch before, Instant t, PlanPolicy policy, EngineeringChange change, IReadOnlyList<ConcernedStock> stock)
{
    private readonly ConcernedStock[] _old = [.. stock.Where(s => s.Supply.Length > 0 && s.Revision == change.FromRevision && s.Place is ConcernedPlace.OnHand or ConcernedPlace.InKit or ConcernedPlace.OnTheWater or ConcernedPlace.BeingMade)];

    /// <summary>What to do where no cost is known.</summary>
    public string Unknown => change.OldStock switch
    {
        World.OldStock.Rework => "Give rework_cost, and prices of the orders.",
        World.OldStock.Return => "What the supplier pays back is not recorded: choose by the promises and what is left over.",
        _ => "Give the item its cost, and the orders their prices, in currencies that exchange_rates has.",
    };

    /// <summary>Day of the last build that takes old parts without the change, when builds take all of them.</summary>
    public LocalDate? UsedUp()
    {
        HashSet<string> old = [.. _old.Select(static s => s.Supply)];
        Peg[] pegs = [.. before.World.Pegs.Where(p => p.Item == change.Item && old.Contains(p.Supply))];
        if (pegs.Length == 0 || pegs.Sum(static p => p.Quantity.Value) < _old.Sum(static s => s.Quantity.Value)) return null;
        return pegs.Select(p => before.World.Builds[p.Build]).Max(b => before.World.DayOf(before.World.OrderLines[b.OrderLine], b.Start));
    }

    /// <param name="asked">The branch of the day that the change names.</param>
    public IEnumerable<EffectiveDay> All(ChangeBranch asked, int most)
    {
        foreach (LocalDate day in Candidates(most))
        {
            if (day == change.FromDay) yield return Of(day, asked);
            else if (ChangeBranch.Of(world, t, policy, ChangeBranch.With(change, t) with { FromDay = day }).Branch is { } branch) yield return Of(day, branch);
        }
    }

    /// <summary>The day it names; those on which new parts come and old ones are used up; then earlier and later ones, a week, two, four, eight away. None before tomorrow but the day it names.</summary>
    private IEnumerable<LocalDate> Candidates(int most)
    {
        LocalDate named = change.FromDay!.Value, tomorrow = t.InUtc().Date.PlusDays(1);
        var days = new List<LocalDate> { named };
        days.AddRange(stock.Where(s => s.Revision == change.ToRevision && s.P90 is not null).Select(static s => s.P90!.Value.InUtc().Date.PlusDays(1)).Order().Distinct().Take(3));
        if (UsedUp() is { } used) days.Add(used.PlusDays(1));
        days.Add(tomorrow);
        foreach (int weeks in (int[])[1, 2, 4, 8]) days.AddRange([named.PlusWeeks(weeks), named.PlusWeeks(-weeks)]);
        return days.Where(d => d == named || d >= tomorrow).Distinct().Take(Math.Max(1, most)).Order();
    }

    private EffectiveDay Of(LocalDate day, ChangeBranch branch)
    {
        decimal left = change.OldInNew == YesNo.Yes ? 0 : LeftOver(day, branch.World);
        IReadOnlyList<MovedPromise> moved = ChangeImpact.Moves(before, branch);
        Item item = before.World.Items[change.Item];
        string? currency = (change.OldStock == World.OldStock.Rework ? change.ReworkCost : item.Cost)?.Currency;
        Money? old = left == 0 && currency is not null ? new Money(0, currency) : change.OldStock switch
        {
            World.OldStock.Rework => change.ReworkCost * left,
            World.OldStock.Return => null,
            _ => item.Cost * left,
        };
        Money? late = currency is null ? null : Late(moved, currency);
        return new(day, left, old, moved.Sum(static m => m.KeptBefore - m.KeptAfter), moved.Count, late, old is { } o && late is { } l ? o + l : null);
    }

    /// <summary>Old parts less those that builds take which begin before the day.</summary>
    private decimal LeftOver(LocalDate day, Snapshot planned)
    {
        HashSet<string> old = [.. _old.Select(static s => s.Supply)];
        decimal taken = 0;
        foreach (Peg peg in planned.Pegs.Where(p => p.Item == change.Item && old.Contains(p.Supply)))
        {
            Build build = planned.Builds[peg.Build];
            OrderLine order = planned.OrderLines[build.OrderLine];
            if (planned.DayOf(order, build.Start) < day || !Effectivity.Concerns(change, new(order.Family.Value, planned.Within(order.Market.Value), day))) taken += peg.Quantity.Value;
        }
        return Math.Max(0, _old.Sum(static s => s.Quantity.Value) - taken);
    }

    /// <summary>What promises are worth that are lost, less those that are won, in one currency; null when it is not known.</summary>
    private Money? Late(IReadOnlyList<MovedPromise> moved, string currency)
    {
        var tables = LandingTables.Of(before.World);
        decimal sum = 0;
        foreach (MovedPromise m in moved)
        {
            if (m.KeptBefore == m.KeptAfter) continue;
            if (Worth.Of(before.World.OrderLines[m.OrderLine], m.KeptBefore - m.KeptAfter) is not { } worth || tables.Exchange(worth.Currency, currency, t.InUtc().Date) is not { } rate) return null;
            sum += rate.Of(worth.Minor);
        }
        return new((long)decimal.Round(sum), currency);
    }
}
