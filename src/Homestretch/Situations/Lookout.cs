using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>A plan that is kept beside the one in force, so that a host which follows a world pays for planning it once; searches work on copies of it. Says what is wrong now, looks for remedies and prices one again. One caller at a
/// time. After an exception it is of no world: make another.</summary>
public sealed class Lookout
{
    private Plan _plan;

    public Lookout(Snapshot world, Instant t, PlanPolicy policy) => _plan = Plan.Make(world, t, policy);

    /// <summary>The world that is looked at.</summary>
    public Snapshot World => _plan.World;
    public Instant Epoch => _plan.Epoch;
    public PlanPolicy Policy => _plan.Policy;

    /// <summary>Looks at the next world of the same epoch.</summary>
    /// <param name="touched">All that happened between the two, in order; a record may have changed several times.</param>
    public void Follow(Snapshot next, IEnumerable<Touch> touched)
    {
        Touch[] differ = [.. touched.GroupBy(static t => (t.Kind, t.Key)).Select(static g => g.Last() with { Before = g.First().Before }).Where(static t => !Equals(t.Before, t.After))
            .OrderBy(static t => t.Kind.Index).ThenBy(static t => t.Key, StringComparer.Ordinal)];
        _plan.Advance(next, differ);
    }

    /// <summary>Looks at the same world at another epoch.</summary>
    public void Move(Instant t)
    {
        if (t != Epoch) _plan = _plan.At(t);
    }

    /// <summary>Every cause that takes something from a promise now.</summary>
    public IReadOnlyList<Assessment> Detect(Watch? watch = null) => Detecting.Of(_plan, watch);

    /// <summary>Remedies of one of these causes; the same as <see cref="Situations.Search"/> finds from nothing.</summary>
    public RemedyList Search(Assessment assessment, Watch? watch = null, SearchBudget? budget = null, Action<PricedRemedy>? found = null, CancellationToken cancel = default) =>
        Situations.Search.Of(new Trial(_plan), assessment, watch ?? new(), budget ?? new(), found, cancel);

    /// <summary>What a remedy does in this world; null when the world refuses it.</summary>
    public PricedRemedy? Price(Remedy remedy) => new Trial(_plan).Price(remedy);
}
