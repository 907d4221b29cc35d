using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Maintaining;

/// <summary>A plan on which changes of one world are tried one after another, each against that world. Only what a change touches is evaluated again;
/// what comes out is, bit for bit, what planning the changed world anew would give.</summary>
/// <param name="plan">Nobody else's: it is advanced.</param>
internal sealed class Branch(Plan plan)
{
    private readonly SortedDictionary<string, Forecast?> _was = new(StringComparer.Ordinal);     // at home, of every order line that has moved since
    private readonly Dictionary<(TableKind, string), Touch> _away = [], _settled = [];
    private readonly Snapshot _first = plan.World;

    /// <summary>The world that changes are tried on.</summary>
    public Snapshot Home { get; private set; } = plan.World;

    public Plan Plan => plan;

    /// <summary>What moves if the world changes so; the plan stays there until the next call.</summary>
    public IReadOnlyList<Moved> Try(params IReadOnlyList<WorldEvent> events) => TryIf(events, out IReadOnlyList<Finding> findings)
        ?? throw new InvalidOperationException($"The world refuses a change that is only tried: {findings[0]}.\nMaybe a record rule is newer than what the branch writes.");

    /// <summary>The same of a change that the world may refuse; null when it does, and the plan stays where it is.</summary>
    public IReadOnlyList<Moved>? TryIf(IReadOnlyList<WorldEvent> events, out IReadOnlyList<Finding> findings)
    {
        Applied applied = Home.Apply(events, "branch");
        findings = applied.Findings;
        if (!applied.Accepted) return null;
        Go(applied.World, applied.Touched);
        return [.. _was.Select(x => new Moved(x.Key, x.Value, plan.Of(new Key<OrderLine>(x.Key)))).Where(static m => !Equals(m.Before, m.After))];
    }

    /// <summary>Takes the plan back to the world it came from.</summary>
    public void Return() => Go(Home, []);

    /// <summary>What was tried last is now the world that changes are tried on.</summary>
    public void Settle()
    {
        Home = plan.World;
        foreach (var (key, away) in _away) _settled[key] = _settled.TryGetValue(key, out Touch? before) ? away with { Before = before.Before } : away;
        _was.Clear();
        _away.Clear();
    }

    /// <summary>Takes the plan back to the world it first came from: nothing is settled any more.</summary>
    public void Restart()
    {
        Return();
        foreach (var (key, settled) in _settled) _away[key] = settled;
        _settled.Clear();
        Home = _first;
        Return();
        _was.Clear();
    }

    private void Go(Snapshot world, IReadOnlyList<Touch> fromHome)
    {
        var touched = fromHome.ToDictionary(static t => (t.Kind, t.Key));
        foreach (var (key, away) in _away)
        {
            Touch there = touched.GetValueOrDefault(key, away with { After = away.Before });
            touched[key] = there with { Before = away.After };
        }
        Touch[] differ = [.. touched.Values.Where(static t => !Equals(t.Before, t.After)).OrderBy(static t => t.Kind.Index).ThenBy(static t => t.Key, StringComparer.Ordinal)];
        foreach (Moved m in plan.Advance(world, differ)) _was.TryAdd(m.OrderLine.Value, m.Before);
        _away.Clear();
        foreach (Touch t in fromHome) _away[(t.Kind, t.Key)] = t;
    }
}
