using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A peg as the plan counts it.</summary>
/// <param name="Supply">Index of its supply.</param>
/// <param name="Part">Index of the part it serves among the kit's; -1 for none.</param>
/// <param name="Steps">Amount in the item's smallest steps.</param>
internal readonly record struct LaidPeg(int Supply, int Part, int Steps, Peg Peg);

/// <summary>One open order line laid out under the slot and the pegs that the world holds for it.</summary>
/// <param name="Pegs">Pegs whose supply is there, in order of part, then key.</param>
/// <param name="Reasons">Why it has no date; empty when it has one.</param>
/// <param name="Named">Names of all supplies its pegs name, whether they are there or not.</param>
internal sealed record Laid(Need Need, LaidPeg[] Pegs, IReadOnlyList<Finding> Reasons, string[] Named)
{
    public bool Dated => Reasons.Count == 0;

    /// <summary>Supplies of the pegs that serve the kit, by index, in order of part: the kernel's pegs.</summary>
    public int[] Lots { get; } = [.. Pegs.Where(static p => p.Part >= 0).Select(static p => p.Supply)];

    public static Laid Of(Snapshot world, Needs needs, Links links, Supplies supplies, OrderLine order)
    {
        Need need = needs.Of(world, links, order);
        Peg[] kept = need.Held is { } build ? [.. world.Pegs.StartingWith($"{build.Key}|")] : [];
        int[] supply = [.. kept.Select(p => supplies.Find(p.Supply))];
        bool begunWithout = need.Held is { Status: OrderStatus.Confirmed } && kept.Length == 0;
        RevisionVerdict? refused(int k) => needs.Accepting?.Of(world, order, need.Held!.Start, kept[k].Item, kept[k].Supply) is { Counts: false } verdict ? verdict : null;
        var match = new KitPegs(needs, need, kept, k => supply[k] >= 0 && refused(k) is null);
        IReadOnlyList<Finding> reasons = need.Refusals.Count > 0 ? need.Refusals : begunWithout ? [] : Short(needs, need, match, item => Enumerable.Range(0, kept.Length).Where(k => kept[k].Item == item && supply[k] >= 0).Select(refused).FirstOrDefault(static v => v is not null));
        LaidPeg[] pegs = [.. kept.Select((p, k) => new LaidPeg(supply[k], match.PartOf[k], Needs.Steps(world.Items[p.Item], p.Quantity.Value), p)).Where(static p => p.Supply >= 0)];
        if (pegs.Length > 1) pegs = [.. pegs.OrderBy(static p => p.Part)];
        return new(need, pegs, reasons, [.. kept.Select(static p => p.Supply)]);
    }

    /// <summary>The build as the kernel sees it at an epoch.</summary>
    /// <param name="line">Index of its line.</param>
    /// <param name="outbound">Row of its way out.</param>
    /// <param name="passed">Working seconds of its line by which its turn lies before t.</param>
    public PlannedBuild Row(Snapshot world, Links links, Instant t, LineCalendar calendar, int line, int outbound, int passed)
    {
        Build held = Need.Held!;
        return new(line, Math.Max(0, Seconds.Of(held.Start, t)), Need.RemainingSeconds(calendar, t), Release(world, links, t), held.Status == OrderStatus.Confirmed, 0, outbound,
            Need.Promised is { } promised ? Math.Max(0, Seconds.Of(promised.Date, t)) : Futures.Never, Tie(held, t), passed);
    }

    /// <summary>What is on its line goes first. Builds whose turns have passed keep their order; what is planned for one second goes by a hash of its key.</summary>
    public static long Tie(Build build, Instant t)
    {
        long turn = Seconds.Of(build.Start, t) - (build.Status == OrderStatus.Confirmed && build.Start <= t ? 2L * Seconds.Far : 0);
        return (turn << 32) | unchecked((uint)StableHash.Of("build", build.Party.Value, build.Id));
    }

    private int Release(Snapshot world, Links links, Instant t)
    {
        Pin? pin = links.Pins(world, Need.Order.Id, t).LastOrDefault(static p => p.Kind is PinKind.Date or PinKind.Slot);
        return pin?.At is { } at ? Math.Max(0, Seconds.Of(at, t)) : 0;
    }

    /// <param name="refused">Of an item: what changes say of a peg that the build may not take; null: nothing.</param>
    private static List<Finding> Short(Needs needs, Need need, KitPegs match, Func<Key<Item>, RevisionVerdict?> refused)
    {
        var place = new Place(need.Order.Id);
        if (need.Held is null) return [new(place, "not-allocated", "The order line has no slot yet.", "Run the plan.")];
        if (match.Whole) return [];
        var reasons = new List<Finding>();
        for (int part = 0; part < need.Parts.Count; part++)
        {
            Item item = needs.Items[need.Parts[part].Item].Item;
            if (match.Lacking(part) is > 0 and { } lacks && refused(item.Key) is { By: { } change } verdict)
                reasons.Add(new(place with { Column = item.Id }, "revision-not-accepted", $"{lacks * item.Step} {item.Unit} of {item.Key} ({item.Name}) are pegged to a revision that {change.Key} does not allow here{(verdict.Asked.Length > 0 ? $"; it asks for {verdict.Asked}" : "")}.", "Run the plan, or change when the change takes effect."));
            else if (match.Lacking(part) is > 0 and { } steps)
                reasons.Add(new(place with { Column = item.Id }, "no-supply", $"{steps * item.Step} {item.Unit} of {item.Key} ({item.Name}) have no supply.", "Buy the item, or give it a supplier in item_suppliers."));
        }
        return reasons;
    }
}
