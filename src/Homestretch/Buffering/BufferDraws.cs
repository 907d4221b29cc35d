using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Buffering;

/// <summary>How late each part of a hub's kits is for its kit's day, when the plan buys it for that day without any buffer, in futures that all parts share.</summary>
/// <remarks>A purchase is placed so that the plan's own quantile of its arrival falls on the kit's day; what is drawn is arrival less that day: the same lots, lanes, common factors and months
/// as the planner draws.</remarks>
internal sealed class BufferDraws
{
    private readonly Snapshot _world;
    private readonly PlanPolicy _plan;
    private readonly BufferPolicy _policy;
    private readonly LotSampler _sampler;
    private readonly Instant _t;
    private readonly Dictionary<string, int> _leads = new(StringComparer.Ordinal);

    /// <param name="sampler">The planner's: what it knows of common factors is known here.</param>
    public BufferDraws(Snapshot world, LotSampler sampler, Instant t, PlanPolicy plan, BufferPolicy policy, IEnumerable<ItemSupplier> buys)
    {
        (_world, _t, _plan, _policy, _sampler) = (world, t, plan, policy, sampler);
        int[] arrivals = new int[plan.Samples];
        foreach (ItemSupplier buy in buys)
        {
            sampler.Fill(world, Bought(buy, t), arrivals);
            _leads[buy.Id] = OrderStatistics.Quantile(arrivals, plan.AllocationQuantile);
        }
        First = _leads.Count == 0 ? 0 : _leads.Values.Max() + Seconds.OfDays(policy.MostDays);
    }

    /// <summary>The first kit's day, seconds after t: every part can still be bought for it, with the longest buffer.</summary>
    private int First { get; }

    public int Futures => _policy.Days * _policy.SamplesPerDay;

    /// <summary>Days from order to ready to kit at the plan's quantile: what the plan reckons with before any buffer.</summary>
    public double LeadDays(ItemSupplier buy) => Seconds.Days(_leads[buy.Id]);

    /// <summary>One row a part: seconds that it is late for its kit's day, negative: early; day by day of the policy, future by future. A part that nobody sells has an empty row.</summary>
    /// <param name="seed">Names the set of futures.</param>
    /// <param name="buffers">Days that each is bought earlier; null: none.</param>
    public int[][] Late(HubKits hub, ulong seed, IReadOnlyList<decimal>? buffers = null)
    {
        int samples = _policy.SamplesPerDay;
        int[][] late = [.. hub.Parts.Select(p => p.Buy is null ? [] : new int[Futures])];
        for (int d = 0; d < _policy.Days; d++)
        {
            int day = First + d * 7 * Seconds.Day;
            LotSampler sampler = _sampler.Under(_plan with { Samples = samples, Seed = StableHash.Join(seed, (ulong)d) });
            for (int i = 0; i < late.Length; i++)
            {
                if (hub.Parts[i].Buy is not { } buy) continue;
                Span<int> row = late[i].AsSpan(d * samples, samples);
                int placed = day - _leads[buy.Id] - (buffers is null ? 0 : Seconds.OfDays(buffers[i]));
                sampler.Fill(_world, Bought(buy, Seconds.At(placed, _t)), row);
                foreach (ref int second in row) second -= day;
            }
        }
        return late;
    }

    private static Lot Bought(ItemSupplier buy, Instant placed) => Sourcing.PlannedLot(buy, $"PLAN-{buy.Item}", placed, new(0, ""));
}
