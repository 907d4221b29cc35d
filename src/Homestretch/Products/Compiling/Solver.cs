namespace Homestretch.Products.Compiling;

/// <summary>Decides whether clauses hold together with assumed literals; if not, says which of them clash.</summary>
/// <remarks>Conflict-driven clause learning (Marques-Silva and Sakallah 1999) with assumptions as first decisions (Een and Sorensson 2003).</remarks>
internal sealed class Solver
{
    private readonly Watched _watched;
    private readonly sbyte[] _value;
    private readonly bool[] _phase, _seen, _queued;
    private readonly int[] _level;
    private readonly List<int> _levels = [];
    private readonly double[] _activity;
    private readonly PriorityQueue<int, (double, int)> _order = new();
    private readonly int _decided;
    private int _told;        // literals of which level and phase are written down
    private double _step = 1;
    private bool _contradiction;

    /// <param name="decided">Variables from this on are never decided: clauses hold when those are left open.</param>
    public Solver(int variables, IEnumerable<int[]> clauses, int decided = int.MaxValue)
    {
        _watched = new(variables);
        _value = _watched.Values;
        _phase = new bool[variables];
        _seen = new bool[variables];
        _level = new int[variables];
        _activity = new double[variables];
        _decided = Math.Min(decided, variables);
        _queued = new bool[variables];
        for (int v = 0; v < _decided; v++) Queue(v);
        foreach (int[] clause in clauses) Add([.. clause]);
    }

    /// <summary>Which value each variable is tried with first.</summary>
    public Span<bool> Phases => _phase;

    /// <summary>After a solve that found one: does the variable hold?</summary>
    public bool this[int variable] => _phase[variable];

    /// <summary>After a solve that found none: assumed literals that cannot hold together.</summary>
    public IReadOnlyList<int> Core { get; private set; } = [];

    public bool Solve(IReadOnlyList<int> assumed, CancellationToken cancel)
    {
        Back(0);
        Core = [];
        if (_contradiction || Follow() >= 0)
        {
            _contradiction = true;
            return false;
        }
        for (int conflicts = 0; ;)
        {
            int conflict = Follow();
            if (conflict >= 0)
            {
                if ((++conflicts & 63) == 0) cancel.ThrowIfCancellationRequested();
                if (_levels.Count == 0)
                {
                    _contradiction = true;
                    return false;
                }
                Learn(conflict);
                _step /= 0.95;
                if (_step > 1e100) Rescale();
                continue;
            }
            int next = -1;
            while (_levels.Count < assumed.Count && next < 0)
            {
                int literal = assumed[_levels.Count];
                if (_value[literal] < 0)
                {
                    Core = Clash(literal);
                    return false;
                }
                if (_value[literal] > 0) _levels.Add(_watched.Held);
                else next = literal;
            }
            if (next < 0) next = Decide();
            if (next < 0) return true;
            _levels.Add(_watched.Held);
            _watched.Hold(next);
        }
    }

    private void Add(int[] clause)
    {
        if (clause.Length == 0) _contradiction = true;
        else if (clause.Length == 1)
        {
            if (_value[clause[0]] < 0) _contradiction = true;
            else if (_value[clause[0]] == 0) _watched.Hold(clause[0]);
        }
        else _watched.Add(clause);
    }

    private int Decide()
    {
        while (_order.TryDequeue(out int v, out _))
        {
            _queued[v] = false;
            if (_value[2 * v] == 0) return _phase[v] ? 2 * v : 2 * v + 1;
        }
        return -1;
    }

    /// <summary>A variable waits once, with the activity it had when it came to wait.</summary>
    private void Queue(int variable)
    {
        if (variable >= _decided || _queued[variable]) return;
        _queued[variable] = true;
        _order.Enqueue(variable, (-_activity[variable], variable));
    }

    private void Back(int level)
    {
        if (_levels.Count <= level) return;
        int held = _levels[level];
        for (int n = _watched.Held - 1; n >= held; n--) Queue(_watched[n] >> 1);
        _watched.Back(held);
        _told = Math.Min(_told, held);
        _levels.RemoveRange(level, _levels.Count - level);
    }

    /// <summary>Lets all hold that follows, and writes down at which level.</summary>
    /// <returns>The clause that contradicts what holds; -1: none does.</returns>
    private int Follow()
    {
        int conflict = _watched.Follow();
        for (; _told < _watched.Held; _told++)
        {
            int literal = _watched[_told];
            (_level[literal >> 1], _phase[literal >> 1]) = (_levels.Count, (literal & 1) == 0);
        }
        return conflict;
    }

    /// <summary>Learns the clause at the first literal through which all of the last decision's consequences pass, and goes back to where it acts.</summary>
    private void Learn(int conflict)
    {
        var learned = new List<int> { -1 };
        int open = 0, at = _watched.Held, literal = -1, reason = conflict;
        do
        {
            foreach (int l in _watched.Clause(reason))
            {
                if (l == literal || _seen[l >> 1] || _level[l >> 1] == 0) continue;
                _seen[l >> 1] = true;
                _activity[l >> 1] += _step;
                if (_level[l >> 1] == _levels.Count) open++;
                else learned.Add(l);
            }
            do literal = _watched[--at]; while (!_seen[literal >> 1]);
            _seen[literal >> 1] = false;
            reason = _watched.Reason(literal >> 1);
        }
        while (--open > 0);
        learned[0] = literal ^ 1;
        int back = 0;
        for (int i = 1; i < learned.Count; i++)
        {
            _seen[learned[i] >> 1] = false;
            if (_level[learned[i] >> 1] <= back) continue;
            back = _level[learned[i] >> 1];
            (learned[1], learned[i]) = (learned[i], learned[1]);
        }
        Back(back);
        _watched.Hold(learned[0], learned.Count > 1 ? _watched.Add([.. learned]) : -1);
    }

    /// <summary>The assumed literals from which the opposite of one follows, and that one.</summary>
    private List<int> Clash(int literal)
    {
        List<int> core = [literal];
        if (_level[literal >> 1] == 0) return core;
        _seen[literal >> 1] = true;
        for (int at = _watched.Held - 1; at >= _levels[0]; at--)
        {
            int held = _watched[at];
            if (!_seen[held >> 1]) continue;
            _seen[held >> 1] = false;
            if (_watched.Reason(held >> 1) < 0) core.Add(held);
            else foreach (int l in _watched.Clause(_watched.Reason(held >> 1))) if (l != held && _level[l >> 1] > 0) _seen[l >> 1] = true;
        }
        return core;
    }

    private void Rescale()
    {
        for (int v = 0; v < _activity.Length; v++) _activity[v] *= 1e-100;
        _step *= 1e-100;
    }
}
