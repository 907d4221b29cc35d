using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>What every allocation of one world at one epoch begins with: order lines netted, and supplies with the second on which each is counted. It does not change
/// any more, so that several allocations may read it at once.</summary>
internal sealed class Netted
{
    private Netted(Snapshot world, Instant t, PlanPolicy policy, Links links, LotSampler sampler, IReadOnlyDictionary<string, int> seconds)
    {
        (World, Epoch, Policy, Links, Sampler, Seconds) = (world, t, policy, links, sampler, seconds);
        Supplies = Supply.All(world);
        Needs = new Needs(world, policy.FollowsUnits);
        Orders = Routed(Needs, [.. world.OrderLines.Where(Needs.Open).Select(o => Begun(world, Needs.Of(world, links, o))).Where(static n => n.Plannable)]);
        for (int item = 0; item < Needs.Items.Count; item++) Needs.StandIns(item);      // asked for now: later answers only read
    }

    public Snapshot World { get; }
    public Instant Epoch { get; }
    public PlanPolicy Policy { get; }
    public Links Links { get; }
    public Needs Needs { get; }
    public Need[] Orders { get; }

    /// <summary>All supply, in order of name.</summary>
    public Supply[] Supplies { get; }

    /// <summary>Of each supply by name: the policy's quantile of its arrival, seconds after the epoch.</summary>
    public IReadOnlyDictionary<string, int> Seconds { get; }

    /// <summary>For one thread; others take one beside it.</summary>
    public LotSampler Sampler { get; }

    public static Netted Of(Snapshot world, Instant t, PlanPolicy policy)
    {
        Links links = Links.Of(world);
        var sampler = new LotSampler(world, links, new Lanes(world, policy.Sea), t, policy);
        var seconds = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] arrivals = new int[policy.Samples];
        foreach (Supply s in Supply.All(world))
        {
            if (s.Lot is { } lot) sampler.Fill(world, lot, arrivals);
            seconds[s.Name] = s.Lot is null ? 0 : OrderStatistics.Quantile(arrivals, policy.AllocationQuantile);
        }
        return new(world, t, policy, links, sampler, seconds);
    }

    /// <summary>Of a plan's world, from the arrivals that the plan has drawn.</summary>
    /// <param name="near">Certainty asked of what is counted by the end of a near horizon, and that end; null: the policy's quantile throughout.</param>
    public static Netted Of(Plan plan, Links links, LotSampler sampler, Supplies drawn, (double Certainty, int Second)? near)
    {
        var seconds = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int s = 0; s < drawn.Count; s++)
        {
            if (drawn[s] is { } supply) seconds[supply.Name] = supply.Lot is null ? 0 : Counted(s);
        }
        return new(plan.World, plan.Epoch, plan.Policy, links, sampler, seconds);

        int Counted(int s)
        {
            int usual = OrderStatistics.Quantile(drawn.Arrivals[s], plan.Policy.AllocationQuantile);
            if (near is not { } n) return usual;
            int sure = OrderStatistics.Quantile(drawn.Arrivals[s], n.Certainty);
            return sure < n.Second ? sure : Math.Max(usual, n.Second);
        }
    }

    /// <summary>A confirmed build without pegs has taken its parts off the shelf: it needs its slot only.</summary>
    private static Need Begun(Snapshot world, Need need) =>
        need.Held is { Status: OrderStatus.Confirmed } build && !world.Pegs.StartingWith($"{build.Key}|").Any() ? need with { Parts = [] } : need;

    /// <summary>Order lines without a slot go to the line of their best routing that has the least work, in key order.</summary>
    private static Need[] Routed(Needs needs, Need[] orders)
    {
        var load = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (Need n in orders.Where(static n => n.Held is not null)) Carry(n);
        for (int o = 0; o < orders.Length; o++)
        {
            if (orders[o].Held is not null) continue;
            orders[o] = orders[o] with { Way = Allocating.Least(needs.Ways(orders[o].Order), l => load.GetValueOrDefault(l)) };
            Carry(orders[o]);
        }
        return orders;

        void Carry(Need n) => load[n.Way!.Line.Value] = load.GetValueOrDefault(n.Way.Line.Value) + n.WorkSeconds;
    }
}
