using Homestretch.Promising;
using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating.Mending;

/// <summary>Looks at situations, those that take most first, and takes of each the remedy that is ranked first of those its purse holds. Telling a customer a new date or asking about another option, and delivering in parts, keep no promise whole: it does neither.</summary>
/// <param name="most">Situations looked at in a day.</param>
public sealed class FirstRanked(Purse purse, Watch watch, SearchBudget budget, int most = 8)
{
    /// <summary>A cause for which nothing was found is looked at again when it takes so much more, or after so many days.</summary>
    private const double Worse = 1.2;
    private static readonly Duration s_again = Duration.FromDays(3);
    private readonly Dictionary<Cause, (Instant At, double Lost)> _looked = [];
    private readonly List<(Instant At, Cause Cause, PricedRemedy Remedy)> _taken = [];

    /// <summary>What it has done so far.</summary>
    public IReadOnlyList<(Instant At, Cause Cause, PricedRemedy Remedy)> Taken => _taken;

    public IReadOnlyList<WorldEvent> At(Plan plan)
    {
        Plan? inForce = null, branch = null;
        for (int n = 0; n < most; n++)
        {
            if (Detecting.Of(inForce ?? plan, watch).FirstOrDefault(a => a.Confirmed && Due(plan.Epoch, a)) is not { } next) break;
            inForce ??= plan.Copy();
            branch ??= plan.Copy();
            RemedyList found = Search.Of(new Trial(inForce, branch), next, watch, budget, null, default);
            _looked[next.Cause] = (plan.Epoch, next.Promises);
            if (found.Remedies.FirstOrDefault(r => Takes(plan.Epoch, r)) is not { } best) continue;
            Applied applied = inForce.World.Apply(best.Remedy.Events, "remedy");
            if (!applied.Accepted) continue;
            purse.Pay(plan.Epoch, purse.Worth(best.Remedy.Total)!.Value);
            _taken.Add((plan.Epoch, next.Cause, best));
            inForce.Advance(applied.World, applied.Touched);
            branch.Advance(applied.World, applied.Touched);
        }
        // what one remedy did, a later one may have done otherwise: told is what differs in the end
        return inForce is null ? [] : [.. Snapshot.Between(plan.World, inForce.World).Select(static t => t.After is { } now ? new WorldEvent.Put(now) : (WorldEvent)new WorldEvent.Removed(t.Kind, t.Key, "remedy"))];
    }

    private bool Due(Instant now, Assessment a) => !_looked.TryGetValue(a.Cause, out var last) || now >= last.At + s_again || now > last.At && a.Promises > Worse * last.Lost;

    private bool Takes(Instant now, PricedRemedy r) => !r.Remedy.Kind.OnlySays() && r.Promises >= budget.LeastGain && !r.Remedy.Events.Any(static e => e is WorldEvent.Put { Record: Promise or OrderLine })
        && purse.Worth(r.Remedy.Total) is { } cost && purse.Holds(now, cost);
}
