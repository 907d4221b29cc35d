using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Buffering;

/// <summary>Advises buffers: for each part of a hub's kits, how many days before the kit's day its supply should be planned to be in, so that the target share of kits is whole on its day at the least
/// holding cost.</summary>
public static class Advising
{
    /// <summary>By hub with open order lines, in order of key. The same world, epoch and policies give the same advice, bit for bit.</summary>
    /// <param name="policy">Null: the default one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A policy outside its ranges.</exception>
    public static IReadOnlyList<BufferAnswer> Of(Snapshot world, Instant t, PlanPolicy plan, BufferPolicy? policy = null, CancellationToken cancel = default)
    {
        policy ??= new();
        Check(policy);
        Links links = Links.Of(world);
        var sampler = new LotSampler(world, links, new Lanes(world, plan.Sea), t, plan);
        var needs = new Needs(world);
        var sourcing = new Sourcing(world, needs, sampler, t, plan);
        IReadOnlyList<HubKits> hubs = HubKits.Of(world, links, needs, item => sourcing[item][0].Buy);
        var draws = new BufferDraws(world, sampler, t, plan, policy, hubs.SelectMany(static h => h.Parts).Select(static p => p.Buy).OfType<ItemSupplier>().DistinctBy(static b => b.Id));
        return [.. hubs.Select(h => Of(h, world, t, plan, policy, draws, cancel))];
    }

    private static void Check(BufferPolicy policy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(policy.Target, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(policy.Target, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(policy.RatePerYear);
        ArgumentOutOfRangeException.ThrowIfLessThan(policy.StepDays, 0.05m);
        ArgumentOutOfRangeException.ThrowIfLessThan(policy.MostDays, policy.StepDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(policy.MostDays, 366);
        ArgumentOutOfRangeException.ThrowIfLessThan(policy.Days, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(policy.SamplesPerDay, 8);
    }

    private static BufferAnswer Of(HubKits asked, Snapshot world, Instant t, PlanPolicy plan, BufferPolicy policy, BufferDraws draws, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        HubKits hub = asked with { Kinds = [.. asked.Kinds.Where(k => k.Parts.All(p => asked.Parts[p].Buy is not null))] };
        foreach (HubPart p in asked.Parts.Where(static p => p.Buy is null))
            findings.Add(new(new(p.Item.Id), "no-supplier", $"Nobody sells {p.Item.Key} to {hub.Hub}: kits with it are not counted.", "Add a way to buy it."));
        if (asked.Unplannable > 0)
            findings.Add(new(new(hub.Hub.Value), "no-kit", $"{asked.Unplannable} open order lines have no kit that can be planned; they are not counted.", "See why on the order lines."));
        if (hub.Kinds.Count == 0) return new BufferAnswer.Refused(hub.Hub, [.. findings, new(new(hub.Hub.Value), "no-kits", "No open order line has a kit of parts that can all be bought.", "Enter orders and ways to buy their parts.")]);

        Prices prices = Prices.Of(hub.Parts, policy.RatePerYear);
        foreach (var (p, i) in hub.Parts.Select(static (p, i) => (p, i)).Where(x => x.p.Buy is not null && prices.PerDay[x.i] is null))
            findings.Add(new(new(p.Item.Id), "cost-unknown", $"The cost of {p.Item.Key} {(p.Item.Cost is { } c ? $"is in {c.Currency}, the others' in {prices.Currency}" : "is unknown")}: its buffer takes an even part of the misses, and its holding cost is in no sum.",
                "Give the item a cost in the same currency as the others."));

        cancel.ThrowIfCancellationRequested();
        int[][] fit = draws.Late(hub, StableHash.Join(plan.Seed, 1)), tune = draws.Late(hub, StableHash.Join(plan.Seed, 2));
        int[][] rising = [.. fit.Select(static r => r.Order().ToArray())];
        var chooser = new BufferFit(hub, policy, prices, fit, tune, cancel);
        double[]? uniform = BufferRules.First(draws.Futures, at => BufferRules.Uniform(rising, at), chooser.Reaches);
        double[] classic = BufferRules.Classic(fit, BufferRules.Z(policy.Target, chooser.PartsInKit));
        double[]? tuned = BufferRules.First(601, z => BufferRules.Classic(fit, z * 0.01), chooser.Reaches);
        if (chooser.Least([.. new[] { uniform, tuned }.OfType<double[]>()]) is not var (buffers, fitWhole, gap))
            return new BufferAnswer.Refused(hub.Hub, [.. findings, new(new(hub.Hub.Value), "target-out-of-reach", FormattableString.Invariant($"Even {policy.MostDays} days of buffer for every part do not make {policy.Target:P1} of kits whole."), "Ask for less, or make its lanes steadier.")]);

        ulong fresh = StableHash.Join(plan.Seed, 3);
        double[] now = [.. hub.Parts.Select(static p => (double)Seconds.OfDays((p.Buy?.HardSafetyDays ?? 0) + (p.Buy?.SoftSafetyDays ?? 0)))];
        var (was, wasCounted) = Counted(now);
        var (will, willCounted) = Counted(buffers);
        int[][] counted = draws.Late(hub, fresh), ordered = [.. counted.Select(static r => r.Order().ToArray())];
        double reached = KitsCounted.Of(hub, counted, buffers).Whole;
        bool AsWell(double[] seconds) => KitsCounted.Of(hub, counted, seconds).Whole >= reached;
        PartBuffer[] parts = [.. hub.Parts.Select((p, i) => p.Buy is null ? null : Part(p, i)).OfType<PartBuffer>()];
        return new BufferAnswer.Advised(new(hub.Hub, t, world.Version, policy, prices.Currency, asked.Different, asked.Ordered, was, will, uniform is null ? null : Counted(uniform).Outcome, Counted(classic).Outcome,
            tuned is null ? null : Counted(tuned).Outcome, Cost(BufferRules.First(draws.Futures, at => BufferRules.Uniform(ordered, at), AsWell)), Cost(BufferRules.First(601, z => BufferRules.Classic(counted, z * 0.01), AsWell)), new(fitWhole), gap, parts, findings));

        (BufferOutcome Outcome, KitsCounted Counted) Counted(double[] seconds)
        {
            cancel.ThrowIfCancellationRequested();
            double[] days = [.. seconds.Select(static s => s / Seconds.Day)];
            KitsCounted counted = KitsCounted.Of(hub, draws.Late(hub, fresh, [.. days.Select(static d => (decimal)d)]), new double[seconds.Length]);
            return (new(new(Math.Min(1, counted.Whole)), new(counted.Worst), prices.Of(days)), counted);
        }

        double? Cost(double[]? seconds) => seconds is null ? null : prices.Of([.. seconds.Select(static s => s / Seconds.Day)]);

        PartBuffer Part(HubPart p, int i)
        {
            double Days(double share) => Seconds.Days(OrderStatistics.Quantile(fit[i], share));
            decimal Of(double[] seconds) => Math.Round((decimal)seconds[i] / Seconds.Day, 6);
            double? Holding(double[] seconds) => prices.PerDay[i] * seconds[i] / Seconds.Day;
            return new(p.Item.Key, p.Buy!.Id, p.Item.Cost, p.PerKit, p.TakenShare, Of(now), Of(buffers), draws.LeadDays(p.Buy), Days(0.9) - Days(0.1), Days(0.99), Holding(now), Holding(buffers),
                new(wasCounted.OnTime[i]), new(willCounted.OnTime[i]), new(Math.Min(1, wasCounted.Gates[i])), new(Math.Min(1, willCounted.Gates[i])));
        }
    }
}
