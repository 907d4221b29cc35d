using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>How much of each supply an allocation may give out, so that no build gets a revision which it does not take.</summary>
/// <remarks>The kernel counts a lot from a second on, not until one, and not for some builds only. So it allocates first and is looked at afterwards: of a supply that went to a build which does not
/// take it, only what went to builds that do is left for the next round; after <see cref="Rounds"/> only what held pegs take. Nobody gets a wrong part; some of an old revision may be left over that
/// other builds could have used up.</remarks>
internal sealed class Allowance(Accepting accepting, Snapshot world, Instant t, Need[] orders, Supply[] supplies, Holds held)
{
    private const int Rounds = 4;

    private readonly HashSet<(string Order, string Supply)> _barred = [];
    private int _round;

    /// <summary>What may be given out now.</summary>
    public Supply[] Supplies { get; private set; } = supplies;

    /// <summary>Whether a held peg of an order line to a supply does not count any more.</summary>
    public bool Barred(string order, string supply) => _barred.Contains((order, supply));

    /// <summary>Takes back what went to builds that do not take it; false when nothing did.</summary>
    public bool Tighten(AllocationInput input, AllocationResult result)
    {
        var wrong = new HashSet<string>(StringComparer.Ordinal);
        var right = new Dictionary<string, (int All, int Held)>(StringComparer.Ordinal);
        for (int o = 0; o < orders.Length; o++)
        {
            if (result.StartSecond[o] < 0) continue;
            for (int p = result.PegFirst[o]; p < result.PegFirst[o] + result.PegCount[o]; p++)
            {
                if (result.PegSupply[p] >= result.LotCount || input.Supplies[result.PegSupply[p]] is var s && !accepting.Concerns(s.Item)) continue;
                OrderLine order = orders[o].Order;
                if (!accepting.Takes(world, order, Seconds.At(result.StartSecond[o], t), s.Item, s.Name))
                {
                    wrong.Add(s.Name);
                    _barred.Add((order.Id, s.Name));
                    continue;
                }
                var (all, kept) = right.GetValueOrDefault(s.Name);
                right[s.Name] = (all + result.PegQuantity[p], kept + (held.Pegs(order).Any(peg => peg.Supply == s.Name) ? result.PegQuantity[p] : 0));
            }
        }
        if (wrong.Count == 0) return false;
        _round++;
        Supplies = [.. Supplies.Select(s => !wrong.Contains(s.Name) ? s : s with { Steps = _round < Rounds ? right.GetValueOrDefault(s.Name).All : right.GetValueOrDefault(s.Name).Held })];
        return true;
    }
}
