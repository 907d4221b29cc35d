using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>What was said of one lot at one look, and when it was made.</summary>
/// <param name="Seed">Of the future that happened.</param>
/// <param name="Days">Days after the start at which it was said.</param>
/// <param name="Deciles">The nine dates by which it was to be made with 10, 20 ... 90 %.</param>
public sealed record ReadyStatement(ulong Seed, int Days, Key<Lot> Lot, IReadOnlyList<Instant> Deciles, Instant Made);

/// <summary>How often lots were made by a stated decile.</summary>
/// <param name="Stated">0.1, 0.2 ... 0.9.</param>
/// <param name="Gap">What came less what was stated, with its 95 % interval by seed.</param>
public sealed record DecileScore(double Stated, int Count, double Came, Estimate Gap)
{
    /// <summary>The gap is within three points, or its interval holds zero.</summary>
    public bool Holds => Math.Abs(Gap.Value) <= 0.03 || (Gap.Low <= 0 && Gap.High >= 0);
}

/// <summary>Ready dates checked by simulation: one future of every machine is drawn and happens; at each look the machines tell what they are seen to do, and what is then
/// forecast of every lot that is not made is set beside when it was.</summary>
public static class ReadyCheck
{
    /// <summary>Plays one future.</summary>
    /// <param name="seed">Names the truth, and with the policy's seed the forecaster's futures.</param>
    /// <param name="looks">Days after the start, ascending.</param>
    public static IReadOnlyList<ReadyStatement> Play(Snapshot world, Instant start, PlanPolicy policy, ulong seed, IReadOnlyList<int> looks)
    {
        var drawn = new Making(Links.Of(world), start, new Draws(StableHash.Join(StableHash.Of("truth"), seed)));
        MachineTruth[] machines = [.. world.Machines.Select(m => MachineTruth.Of(world, m, drawn, start, new Draws(StableHash.Join(StableHash.Of("truth"), seed)))).OfType<MachineTruth>()];
        var said = new List<ReadyStatement>();
        foreach (int days in looks)
        {
            Instant now = start + Duration.FromDays(days);
            world = world.With([.. machines.SelectMany(m => m.Told(world, now)).Select(static r => new WorldEvent.Put(r))]);
            world = world.With([.. world.Lots.Where(static l => l.State < LotState.Made).Select(l => (Lot: l, Made: Made(machines, l.Key))).Where(x => x.Made <= now)
                .Select(static x => new WorldEvent.Put(x.Lot with { State = LotState.Made, Ready = x.Made!.Value, ReadyP90Days = 0 }))]);
            var making = new Making(Links.Of(world), now, new Draws(StableHash.Join(policy.Seed, seed)));
            int[] ready = new int[policy.Samples];
            foreach (Lot lot in world.Lots.Where(static l => l.State < LotState.Made))
            {
                if (Made(machines, lot.Key) is not { } made) continue;
                making.Fill(world, lot, ready);
                said.Add(new(seed, days, lot.Key, [.. Enumerable.Range(1, 9).Select(d => Seconds.At(OrderStatistics.Quantile(ready, d / 10.0), now))], made));
            }
        }
        return said;
    }

    /// <summary>All that was said, by decile; kits of one future hang together, so intervals are bootstrapped by seed.</summary>
    public static IReadOnlyList<DecileScore> Score(IEnumerable<ReadyStatement> said)
    {
        var bySeed = said.GroupBy(static s => s.Seed).OrderBy(static g => g.Key).Select(static g => g.ToArray()).ToArray();
        return [.. Enumerable.Range(0, 9).Select(d =>
        {
            double stated = (d + 1) / 10.0;
            int count = bySeed.Sum(static s => s.Length);
            double came = bySeed.Sum(s => s.Count(x => x.Made <= x.Deciles[d])) / (double)Math.Max(1, count);
            Estimate gap = Bootstrap.Ratio([.. bySeed.Select(s => (s.Sum(x => (x.Made <= x.Deciles[d] ? 1 : 0) - stated), (double)s.Length))]) ?? new(0, null, null);
            return new DecileScore(stated, count, came, gap);
        })];
    }

    private static Instant? Made(MachineTruth[] machines, Key<Lot> lot)
    {
        foreach (MachineTruth machine in machines)
            if (machine.Made(lot) is { } at) return at;
        return null;
    }
}
