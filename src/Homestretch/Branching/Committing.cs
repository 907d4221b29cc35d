using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Branching;

/// <summary>What committing one assumption would write.</summary>
/// <param name="Place">Its place in the branch, from 0.</param>
/// <param name="Nature">What it is.</param>
/// <param name="Events">Records it would write; empty for what is only supposed.</param>
public sealed record Committed(int Place, Assumption Assumption, Nature Nature, IReadOnlyList<WorldEvent> Events);

/// <summary>Makes of a branch what can be made real: decisions are done, facts about the world outside are written as what they are when somebody says that they are so, suppositions never.</summary>
public static class Committing
{
    /// <summary>What each assumption would write into this world, each on top of those before it that are written too.</summary>
    /// <param name="chosen">Places of the assumptions to make real; suppositions among them write nothing.</param>
    /// <param name="by">Who commits: what is reported is reported by this person.</param>
    public static (IReadOnlyList<Committed> Written, IReadOnlyList<Finding> Findings) Of(Snapshot world, Instant t, Branch branch, IReadOnlyCollection<int> chosen, string by)
    {
        int[] real = [.. Enumerable.Range(0, branch.Assumed.Count).Where(i => chosen.Contains(i) && branch.Assumed[i].Nature != Nature.Supposition)];
        var (meant, findings) = Assuming.Of(world, t, branch with { Assumed = [.. real.Select(i => branch.Assumed[i])] });
        return ([.. meant.Select(m => new Committed(real[m.Place], branch.Assumed[real[m.Place]], branch.Assumed[real[m.Place]].Nature, [.. m.Events.Select(e => Said(e, by))]))], findings);
    }

    private static WorldEvent Said(WorldEvent e, string by) => e is WorldEvent.Put { Record: PassageClosure { Source: "what-if" } closure } ? new WorldEvent.Put(closure with { Source = by }) : e;
}
