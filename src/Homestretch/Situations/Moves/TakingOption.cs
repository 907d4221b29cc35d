using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Situations.Moves;

/// <summary>An order line takes another option that its customer has agreed to, whose parts no kit has.</summary>
internal static class TakingOption
{
    public static IEnumerable<Move> Of(Setting at)
    {
        if (at.Plan.World.OptionOffers.Count == 0) return [];
        var agreed = at.Plan.World.OptionOffers.Where(static o => o.State == OfferState.Agreed).ToLookup(static o => o.OrderLine);
        return at.Hurt.Where(static l => l.Supply.Contains(':', StringComparison.Ordinal)).SelectMany(l => agreed[l.OrderLine].Select(o => (Hurt: l, Offer: o))).Select(x => (Move)(plan => Take(at, plan, x.Hurt, x.Offer)));
    }

    private static Remedy? Take(Setting at, Plan plan, LostPromise hurt, OptionOffer offer)
    {
        if (Switching.Of(at, plan, hurt, offer.Feature, offer.Option) is not { } with) return null;
        Snapshot world = plan.World;
        OrderLine order = with.Order;
        string customer = world.Parties[order.Customer].Name;
        Cost[] rebate = offer.Rebate is { Minor: > 0 } back ? [new("rebate", back)] : [];
        // the consent stands among what it changes: when it is withdrawn, the remedy holds no longer
        return new(RemedyKind.OtherOption, $"{order.Key} takes {with.Name} instead of {Setting.OptionOf(world, order, offer.Feature)}, as {customer} agreed", [new WorldEvent.Put(offer), .. with.Events], [.. rebate, .. with.Costs], with.ActBy,
            [new(TaskKind.LineChange, world.Sites[order.Hub].Party, $"order_lines:{order.Key}", $"Build {order.Key} with {with.Name}", with.ActBy),
             new(TaskKind.CustomerNotice, order.Party, $"order_lines:{order.Key}", $"Tell {customer} that {order.Key} comes with {with.Name}, as agreed{(offer.Rebate is { Minor: > 0 } given ? $", less {given}" : "")}", hurt.Promise.Date)]);
    }
}
