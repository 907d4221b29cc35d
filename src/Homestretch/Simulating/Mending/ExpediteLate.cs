using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Simulating.Mending;

/// <summary>Sends every lot that comes too late for a promise at risk, and can still be sent so, by the quickest lane that its item may take, whole and whatever it costs.</summary>
public sealed class ExpediteLate(Purse purse)
{
    public IReadOnlyList<WorldEvent> At(Plan plan)
    {
        var sent = new SortedDictionary<string, WorldEvent>(StringComparer.Ordinal);
        foreach (var (_, dated) in Late.FirstCome(plan))
            foreach (var (peg, _) in Late.Pegs(plan, dated))
            {
                if (sent.ContainsKey(peg.Supply) || Late.Sending(plan, peg) is not var (lot, lane, cost) || purse.Worth([cost]) is not { } worth || !purse.Holds(plan.Epoch, worth)) continue;
                purse.Pay(plan.Epoch, worth);
                sent[peg.Supply] = new WorldEvent.Put(lot with { Lane = lane.Key });
            }
        return [.. sent.Values];
    }
}
