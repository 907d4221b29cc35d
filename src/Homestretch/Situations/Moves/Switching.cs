using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>An order line with another option.</summary>
/// <param name="Events">The order line and its pegs as they are then.</param>
/// <param name="Costs">What its kit costs more; unknown when a part's cost is.</param>
/// <param name="ActBy">The last moment at which it can begin.</param>
internal sealed record Switch(OrderLine Order, ProductOption Option, IReadOnlyList<WorldEvent> Events, IReadOnlyList<Cost> Costs, Instant ActBy)
{
    /// <summary>The option in words.</summary>
    public string Name => Setting.NameOf(Option);

    /// <summary>As a remedy that is only tried.</summary>
    public Remedy Tried => new(RemedyKind.OtherOption, Name, Events, Costs, ActBy, []);
}

/// <summary>What an order line takes with another option: parts that it needs no more go back, those that it needs anew come from what no kit has, sooner than the part that is late.</summary>
internal static class Switching
{
    /// <summary>Null when the variant is not legal, the late part is needed all the same, a part that it needs instead is not free in time, or the build may not be touched.</summary>
    public static Switch? Of(Setting at, Plan plan, LostPromise hurt, string feature, string option)
    {
        Snapshot world = plan.World;
        OrderLine order = world.OrderLines[hurt.OrderLine];
        if (world.ProductOptions.Find($"{order.Family}|{feature}|{option}") is not { } other || order.Options[feature] is var taken && (taken.Length == 0 || taken == option)) return null;
        if (plan.Of(order.Key)?.AsDated is not { } dated || Shelves.Fixed(plan, dated.Build) || plan.SecondOf(hurt.Supply, plan.Policy.AllocationQuantile) is not { } late) return null;
        Need was = at.Needs.Of(world, plan.Links, order), need = at.Needs.Of(world, plan.Links, order with { Options = order.Options.With(feature, option) });
        Peg[] pegs = [.. Shelves.PegsOf(plan, order.Key)];
        if (!need.Plannable || !Frees(at.Needs, was, need, pegs, hurt.Supply)) return null;
        var book = new PegBook(world);
        var serves = new KitPegs(at.Needs, need, pegs, k => pegs[k].Supply != hurt.Supply && plan.SecondOf(pegs[k].Supply, plan.Policy.AllocationQuantile) is not null);
        Return(at.Needs, need, pegs, serves, book);
        for (int part = 0; part < need.Parts.Count; part++)
            if (serves.Lacking(part) is > 0 and var steps && !Take(plan, order.Hub, at.Needs.Items[need.Parts[part].Item].Item, steps, late, dated.Build, book)) return null;     // a kit is whole or it is not
        return new(order, other, [new WorldEvent.Put(need.Order), .. book.Events()], Dearer(at.Needs, was, need), Instant.Max(plan.Epoch, dated.Build.Start));
    }

    /// <summary>Whether what comes late serves the kit now, and the other kit takes none of the parts that it serves.</summary>
    private static bool Frees(Needs needs, Need was, Need need, Peg[] pegs, string late)
    {
        var serves = new KitPegs(needs, was, pegs);
        int[] parts = [.. pegs.Select((p, k) => p.Supply == late ? serves.PartOf[k] : -1).Where(static p => p >= 0).Select(p => was.Parts[p].Item)];
        return parts.Length > 0 && !need.Parts.Any(p => parts.Contains(p.Item));
    }

    /// <summary>Pegs that serve no part of the kit any more go, and what a part has more than it takes, the latest by name first.</summary>
    private static void Return(Needs needs, Need need, Peg[] pegs, KitPegs serves, PegBook book)
    {
        decimal[] taken = new decimal[need.Parts.Count];
        for (int k = 0; k < pegs.Length; k++)
        {
            int part = serves.PartOf[k];
            decimal keeps = part < 0 ? 0 : Math.Min(pegs[k].Quantity.Value, need.Parts[part].Steps * needs.Items[need.Parts[part].Item].Item.Step - taken[part]);
            if (part >= 0) taken[part] += keeps;
            book.Drop(pegs[k], pegs[k].Quantity.Value - keeps);
        }
    }

    /// <summary>Gives a build so much of an item that no kit has and that is there sooner than the late part; false, and nothing, when there is not as much.</summary>
    private static bool Take(Plan plan, Key<Site> hub, Item item, long steps, int late, Build build, PegBook book)
    {
        decimal open = steps * item.Step;
        Held[] sooner = [.. Shelves.Of(plan, hub, item.Key).Where(h => h.Second < late)];
        if (sooner.Sum(static h => Math.Max(0, h.Free)) < open) return false;
        foreach (Held held in sooner)
        {
            decimal take = Math.Min(open, held.Free);
            if (take <= 0) continue;
            book.Give(build, item, held.Supply, take);
            open -= take;
        }
        return true;
    }

    /// <summary>What the parts of the other kit cost more than those of this one.</summary>
    private static IReadOnlyList<Cost> Dearer(Needs needs, Need was, Need need)
    {
        var more = new SortedDictionary<int, long>();
        foreach (var (item, steps) in need.Parts) more[item] = more.GetValueOrDefault(item) + steps;
        foreach (var (item, steps) in was.Parts) more[item] = more.GetValueOrDefault(item) - steps;
        var parts = more.Where(static m => m.Value != 0).Select(m => (needs.Items[m.Key].Item, Steps: m.Value)).ToList();
        if (parts.Count == 0) return [];
        if (parts.Any(static p => p.Item.Cost is null) || parts.DistinctBy(static p => p.Item.Cost!.Value.Currency).Count() > 1) return [new("dearer parts", null)];
        Money sum = parts.Select(static p => p.Item.Cost!.Value * (p.Steps * p.Item.Step)).Aggregate(static (a, b) => a + b);
        return sum.Minor > 0 ? [new("dearer parts", sum)] : [];
    }
}
