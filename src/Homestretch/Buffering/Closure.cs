namespace Homestretch.Buffering;

/// <summary>Finds the choice of levels that is worth most when every unit of covered weight is paid a price: a maximum closure, got as a minimum cut.</summary>
/// <remarks>A future is worth having only with every level it asks for below it, and a level only with those below it (Picard, Management Science 22, 1976). The cut is found by Dinic's
/// algorithm (1970) in whole numbers.</remarks>
internal sealed class Closure
{
    private const long Unbounded = long.MaxValue / 4;

    private readonly BufferProblem _problem;
    private readonly int[] _futures, _floor, _partOf, _levelOf;     // by level node: part and level
    private readonly int _source, _sink, _levels;
    private readonly int[] _head, _depth, _arc;
    private readonly List<int> _to = [], _next = [];
    private readonly List<long> _room = [];
    private readonly int[] _futureArc, _levelArc;
    private readonly long[] _costOf;
    private long[] _left = [];

    /// <param name="futures">Those in question: each asks for more than the floor somewhere.</param>
    /// <param name="floor">Levels that there are anyway.</param>
    public Closure(BufferProblem problem, int[] futures, int[] floor)
    {
        (_problem, _futures, _floor) = (problem, futures, floor);
        var partOf = new List<int>();
        var levelOf = new List<int>();
        var costOf = new List<long>();
        var node = new Dictionary<(int Part, int Level), int>();
        var asked = new SortedSet<int>[problem.Parts];
        for (int i = 0; i < asked.Length; i++) asked[i] = [];
        foreach (int j in futures)
        {
            ReadOnlySpan<int> parts = problem.PartsOf(j), levels = problem.LevelsOf(j);
            for (int k = 0; k < parts.Length; k++)
                if (levels[k] > floor[parts[k]]) asked[parts[k]].Add(levels[k]);
        }
        for (int i = 0; i < asked.Length; i++)
        {
            int below = floor[i];
            foreach (int level in asked[i])
            {
                node[(i, level)] = partOf.Count;
                partOf.Add(i);
                levelOf.Add(level);
                costOf.Add(problem.Cost[i] * (level - below));
                below = level;
            }
        }
        (_partOf, _levelOf, _costOf, _levels) = ([.. partOf], [.. levelOf], [.. costOf], partOf.Count);
        _source = _levels + futures.Length;
        _sink = _source + 1;
        _head = new int[_sink + 1];
        (_depth, _arc) = (new int[_head.Length], new int[_head.Length]);
        Array.Fill(_head, -1);
        (_futureArc, _levelArc) = (new int[futures.Length], new int[_levels]);
        for (int v = 0; v < _levels; v++)
        {
            _levelArc[v] = Add(v, _sink, 0);
            if (v > 0 && _partOf[v - 1] == _partOf[v]) Add(v, v - 1, Unbounded);
        }
        for (int f = 0; f < futures.Length; f++)
        {
            _futureArc[f] = Add(_source, _levels + f, 0);
            ReadOnlySpan<int> parts = problem.PartsOf(futures[f]), levels = problem.LevelsOf(futures[f]);
            for (int k = 0; k < parts.Length; k++)
                if (levels[k] > floor[parts[k]]) Add(_levels + f, node[(parts[k], levels[k])], Unbounded);
        }
    }

    /// <summary>The choice with the most price * weight - scale * cost over the floor.</summary>
    /// <returns>Its levels, its weight of the futures in question, its cost over the floor.</returns>
    public (int[] Levels, long Weight, long Cost) Best(long price, long scale)
    {
        _left = [.. _room];
        for (int f = 0; f < _futures.Length; f++) _left[_futureArc[f]] = price * _problem.Weight[_futures[f]];
        for (int v = 0; v < _levels; v++) _left[_levelArc[v]] = scale * _costOf[v];
        while (Layer())
        {
            Array.Copy(_head, _arc, _head.Length);
            while (Push(_source, Unbounded) > 0) { }
        }
        var levels = (int[])_floor.Clone();
        long weight = 0, cost = 0;
        for (int v = 0; v < _levels; v++)
        {
            if (_depth[v] < 0) continue;
            levels[_partOf[v]] = Math.Max(levels[_partOf[v]], _levelOf[v]);
            cost += _costOf[v];
        }
        for (int f = 0; f < _futures.Length; f++) weight += _problem.Covers(levels, _futures[f]) ? _problem.Weight[_futures[f]] : 0;
        return (levels, weight, cost);
    }

    private int Add(int from, int to, long room)
    {
        _to.Add(to);
        _next.Add(_head[from]);
        _room.Add(room);
        _head[from] = _to.Count - 1;
        _to.Add(from);
        _next.Add(_head[to]);
        _room.Add(0);
        _head[to] = _to.Count - 1;
        return _to.Count - 2;
    }

    /// <summary>Distances from the source over arcs with room; false when the sink is not reached, and then what is reached is the closure.</summary>
    private bool Layer()
    {
        Array.Fill(_depth, -1);
        var queue = new Queue<int>();
        _depth[_source] = 0;
        queue.Enqueue(_source);
        while (queue.TryDequeue(out int node))
        {
            for (int a = _head[node]; a >= 0; a = _next[a])
            {
                if (_left[a] <= 0 || _depth[_to[a]] >= 0) continue;
                _depth[_to[a]] = _depth[node] + 1;
                queue.Enqueue(_to[a]);
            }
        }
        return _depth[_sink] >= 0;
    }

    private long Push(int node, long most)
    {
        if (node == _sink) return most;
        long pushed = 0;
        for (; _arc[node] >= 0; _arc[node] = _next[_arc[node]])
        {
            int a = _arc[node];
            if (_left[a] <= 0 || _depth[_to[a]] != _depth[node] + 1) continue;
            long got = Push(_to[a], Math.Min(most - pushed, _left[a]));
            if (got == 0) continue;
            _left[a] -= got;
            _left[a ^ 1] += got;
            if ((pushed += got) == most) return pushed;
        }
        return pushed;
    }
}
