using Homestretch.World;

namespace Homestretch.Exposure;

/// <summary>Finds the smallest set of changes that meets limits.</summary>
/// <remarks>A limit that is broken names a group of holders that know too much (for the fewest parties: the set that reaches the threshold). Since R never falls when more is told, any set of changes that mends it has a change that tells that group less: the search branches
/// over these, leaving out at each branch what the branches before it took. It ends early where the cost reaches the best, where changes that are yet needed and have nothing in common cost too much, and where not even telling as little as possible would do.</remarks>
public sealed class ChangeSearch
{
    private const double Even = 1e-12;
    private readonly ExposureCase _case;
    private readonly ChangeOption[][] _variables;
    private readonly DisclosureLevel[][] _fixed;
    private readonly double _threshold;
    private readonly int _budget;
    private readonly CancellationToken _cancel;
    private readonly MendingCost _mending;
    private readonly int[] _taken;
    private readonly bool[][] _barred;
    private IReadOnlyList<Bar> _bars = [];
    private int[]? _best;
    private double _bestCost;
    private int _nodes;
    private bool _stopped;

    private sealed record Bar(ExposureLimit Limit, int[] Group, double Most);

    private ChangeSearch(ExposureCase given, ChangeCosts costs, double threshold, int budget, CancellationToken cancel)
    {
        (_case, _threshold, _budget, _cancel) = (given, threshold, budget, cancel);
        (_variables, _fixed) = (ChangeVariables.Of(given, costs), given.Done().Levels());
        _mending = new(given.Graph);
        _taken = new int[_variables.Length];
        _barred = [.. _variables.Select(static v => new bool[v.Length])];
    }

    /// <param name="limits">All must be met.</param>
    /// <param name="budget">Most sets that are looked at; when they do not suffice, the answer is not proven.</param>
    public static ChangeProposal Of(ExposureCase given, IReadOnlyList<ExposureLimit> limits, ChangeCosts? costs = null, double threshold = ExposureReport.Reached, int budget = 100_000, CancellationToken cancel = default)
    {
        var search = new ChangeSearch(given, costs ?? new(), threshold, budget, cancel);
        ChangeProposal whole = search.Meet(limits);
        if (whole.Changes is not null || !whole.Proven) return whole;
        // no changes meet all: the smallest set of limits that cannot be met together
        int nodes = whole.Nodes;
        for (int size = 1; size < limits.Count; size++)
        {
            foreach (int[] subset in Subsets(limits.Count, size))
            {
                ExposureLimit[] some = [.. subset.Select(k => limits[k])];
                ChangeProposal part = search.Meet(some);
                nodes += part.Nodes;
                if (part.Changes is not null) continue;
                return whole with { Conflict = part.Proven ? some : [], Nodes = nodes };
            }
        }
        return whole with { Conflict = limits, Nodes = nodes };
    }

    private ChangeProposal Meet(IReadOnlyList<ExposureLimit> limits)
    {
        Coalition[] countries = [.. Coalition.Of(_case).Where(static c => c.Kind == CoalitionKind.Country)];
        int[] everybody = [.. Enumerable.Range(0, _case.Holders.Count)];
        _bars = [.. limits.SelectMany(l => l switch
        {
            ExposureLimit.Party p => everybody.Select(h => new Bar(p, [h], p.Most)),
            ExposureLimit.Country c => Countries(c),
            ExposureLimit.Home h => [new Bar(h, everybody, 1 - h.Least)],
            ExposureLimit.Parties p => [new Bar(p, [], p.Least)],
            _ => throw new InvalidOperationException($"{l.GetType().Name} is no case of {nameof(ExposureLimit)}."),
        })];
        (_best, _bestCost, _nodes, _stopped) = (null, double.PositiveInfinity, 0, false);
        Array.Clear(_taken);
        foreach (bool[] row in _barred) Array.Clear(row);
        double bound = Needed(Broken(Levels(_taken)), Disclosed(Levels(_taken)), Disclosed(Least()));
        Greedy();
        Array.Clear(_taken);
        Branch(0);
        if (_best is null) return new(null, double.PositiveInfinity, _stopped ? bound : double.PositiveInfinity, !_stopped, [], _nodes);
        return new([.. _best.SelectMany((o, v) => _variables[v][o].Changes)], _bestCost, _stopped ? Math.Min(bound, _bestCost) : _bestCost, !_stopped, [], _nodes);

        IEnumerable<Bar> Countries(ExposureLimit.Country c) => countries.Where(k => c.Name is null || k.Name == c.Name).Select(k => new Bar(c, [.. k.Members], c.Most));
    }

    private void Branch(double cost)
    {
        if (++_nodes > _budget || _cancel.IsCancellationRequested)
        {
            _stopped = true;
            return;
        }
        DisclosureLevel[][] levels = Levels(_taken), least = Least();
        List<Bar> broken = Broken(levels);
        if (broken.Count == 0)
        {
            if (cost < _bestCost - Even) (_best, _bestCost) = ([.. _taken], cost);
            return;
        }
        if (Broken(least, first: true).Count > 0 || cost + Needed(broken, Disclosed(levels), Disclosed(least)) >= _bestCost - Even) return;
        List<(int V, int O)>? options = null;
        foreach (Bar bar in broken)
            if (Options(bar.Group) is var these && (options is null || these.Count < options.Count)) options = these;
        foreach (var (v, o) in options!.OrderBy(x => _variables[x.V][x.O].Cost).ThenBy(static x => x))
        {
            if (_stopped) break;
            if (cost + _variables[v][o].Cost < _bestCost - Even)
            {
                _taken[v] = o;
                Branch(cost + _variables[v][o].Cost);
                _taken[v] = 0;
            }
            _barred[v][o] = true;
        }
        foreach (var (v, o) in options!) _barred[v][o] = false;
    }

    /// <summary>Options not barred that tell the group less than the plan does, of variables that are as planned.</summary>
    private List<(int V, int O)> Options(int[] group)
    {
        var found = new List<(int, int)>();
        for (int v = 0; v < _variables.Length; v++)
        {
            if (_taken[v] != 0) continue;
            for (int o = 1; o < _variables[v].Length; o++)
                if (!_barred[v][o] && Less(_variables[v][0], _variables[v][o], group)) found.Add((v, o));
        }
        return found;
    }

    private static bool Less(ChangeOption plan, ChangeOption option, int[] group)
    {
        foreach (var (holder, item, level) in plan.Tells)
        {
            if (level == DisclosureLevel.Sealed || Array.IndexOf(group, holder) < 0) continue;
            bool still = false;
            foreach (var (other, same, theirs) in option.Tells) still |= same == item && theirs >= level && Array.IndexOf(group, other) >= 0;
            if (!still) return true;
        }
        return false;
    }

    /// <summary>What mending costs at least: of broken limits whose options lie in different variables the costs add up.</summary>
    private double Needed(List<Bar> broken, double[][] disclosed, double[][] least)
    {
        var used = new HashSet<int>();
        double cost = 0, dearest = 0;
        foreach (var (bar, options) in broken.Select(b => (b, Options(b.Group))).OrderBy(static o => o.Item2.Count))
        {
            if (options.Count == 0) return double.PositiveInfinity;
            double one = Math.Max(options.Min(x => _variables[x.V][x.O].Cost), _mending.Of(bar.Group, bar.Limit is ExposureLimit.Parties ? _threshold : bar.Most, disclosed, ExposureCase.Together(least, bar.Group), options, _variables));
            dearest = Math.Max(dearest, one);
            if (options.Any(x => used.Contains(x.V))) continue;
            used.UnionWith(options.Select(static x => x.V));
            cost += one;
        }
        return Math.Max(cost, dearest);
    }

    /// <summary>A first set: the option that takes most of what is too much for its cost, again and again, and then without what was not needed.</summary>
    private void Greedy()
    {
        int[] taken = _taken;
        double over = Over(taken);
        while (over > 0)
        {
            (double Rate, int V, int O, double Over) best = (0, -1, 0, 0);
            for (int v = 0; v < _variables.Length; v++)
            {
                int was = taken[v];
                for (int o = 1; o < _variables[v].Length; o++)
                {
                    if (o == was) continue;
                    taken[v] = o;
                    double then = Over(taken), cost = Math.Max(1e-9, _variables[v][o].Cost - _variables[v][was].Cost);
                    if ((over - then) / cost > best.Rate + Even) best = ((over - then) / cost, v, o, then);
                }
                taken[v] = was;
            }
            if (best.V < 0 || _cancel.IsCancellationRequested) return;
            taken[best.V] = best.O;
            over = best.Over;
        }
        if (Broken(Levels(taken), first: true).Count > 0) return;
        for (int v = 0; v < taken.Length; v++)
        {
            int was = taken[v];
            if (was == 0) continue;
            taken[v] = 0;
            if (Broken(Levels(taken), first: true).Count > 0) taken[v] = was;
        }
        double total = 0;
        for (int v = 0; v < taken.Length; v++) total += _variables[v][taken[v]].Cost;
        (_best, _bestCost) = ([.. taken], total);
    }

    /// <summary>By how much limits are broken in all; a set of parties that is too small counts by how far it is over the threshold, and the sets missing.</summary>
    private double Over(int[] taken)
    {
        double[][] disclosed = Disclosed(Levels(taken));
        double over = 0;
        foreach (Bar bar in _bars)
        {
            if (bar.Limit is not ExposureLimit.Parties) over += Math.Max(0, Together(disclosed, bar.Group) - bar.Most - Even);
            else if (Few(disclosed, (int)bar.Most) is { } few) over += Math.Max(1e-9, Together(disclosed, few) - _threshold) + (bar.Most - few.Count);
        }
        return over;
    }

    private List<Bar> Broken(DisclosureLevel[][] levels, bool first = false)
    {
        double[][] disclosed = Disclosed(levels);
        var broken = new List<Bar>();
        foreach (Bar bar in _bars)
        {
            if (first && broken.Count > 0) break;
            if (bar.Limit is ExposureLimit.Parties) continue;
            if (Together(disclosed, bar.Group) > bar.Most + Even) broken.Add(bar);
        }
        if (broken.Count > 0) return broken;
        foreach (Bar bar in _bars.Where(static b => b.Limit is ExposureLimit.Parties))
            if (Few(disclosed, (int)bar.Most) is { } few) broken.Add(bar with { Group = [.. few] });
        return broken;
    }

    private IReadOnlyList<int>? Few(double[][] disclosed, int least) => FewestParties.Reaching(_case.Graph, disclosed, _threshold, least - 1);

    private double Together(double[][] disclosed, IReadOnlyList<int> group) => group.Count == 0 ? 0 : _case.Graph.Reconstructed(ExposureCase.Together(disclosed, group));

    private DisclosureLevel[][] Levels(int[] taken)
    {
        DisclosureLevel[][] levels = [.. _fixed.Select(static row => (DisclosureLevel[])row.Clone())];
        for (int v = 0; v < taken.Length; v++)
            foreach (var (holder, item, level) in _variables[v][taken[v]].Tells) ExposureCase.Raise(levels[holder], item, level);
        return levels;
    }

    /// <summary>What is told at least, whatever is yet changed.</summary>
    private DisclosureLevel[][] Least()
    {
        DisclosureLevel[][] levels = [.. _fixed.Select(static row => (DisclosureLevel[])row.Clone())];
        for (int v = 0; v < _taken.Length; v++)
        {
            ChangeOption[] options = _taken[v] != 0 ? [_variables[v][_taken[v]]] : [.. _variables[v].Where((_, o) => !_barred[v][o])];
            foreach (var (holder, item, level) in options[0].Tells)
            {
                DisclosureLevel least = level;
                foreach (ChangeOption other in options.Skip(1))
                {
                    DisclosureLevel theirs = DisclosureLevel.Sealed;
                    foreach (var (h, i, l) in other.Tells)
                        if (h == holder && i == item) theirs = l;
                    if (theirs < least) least = theirs;
                }
                ExposureCase.Raise(levels[holder], item, least);
            }
        }
        return levels;
    }

    private static double[][] Disclosed(DisclosureLevel[][] levels) => [.. levels.Select(static row => (double[])[.. row.Select(ExposureLevels.Of)])];

    private static IEnumerable<int[]> Subsets(int count, int size)
    {
        for (int mask = 0; mask < 1 << count; mask++)
            if (int.PopCount(mask) == size) yield return [.. Enumerable.Range(0, count).Where(k => (mask >> k & 1) == 1)];
    }
}
