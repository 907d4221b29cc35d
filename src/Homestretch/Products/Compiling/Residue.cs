namespace Homestretch.Products.Compiling;

/// <summary>What is left of a formula after decisions: which literals hold, which clauses are open, and how the open ones hang together.</summary>
internal sealed class Residue
{
    private readonly int[][] _clauses;
    private readonly int[][] _implied;
    private readonly int[][] _long;
    private readonly Watched _watched;
    private readonly sbyte[] _value;
    private readonly int[] _seenVariable, _seenClause, _shut;
    private readonly List<int> _wave = [], _part = [];
    private int _stamp;

    public Residue(Formula formula)
    {
        int n = formula.Variables;
        _clauses = [.. formula.Clauses.Where(static c => c.Length > 2).Select(static c => (int[])c.Clone())];
        var implied = Lists(2 * n);
        foreach (int[] clause in formula.Clauses)
        {
            if (clause.Length != 2) continue;
            implied[clause[0] ^ 1].Add(clause[1]);
            implied[clause[1] ^ 1].Add(clause[0]);
        }
        _implied = [.. implied.Select(static l => l.ToArray())];
        _watched = new(n, _implied);
        _value = _watched.Values;
        var standing = Lists(n);
        for (int c = 0; c < _clauses.Length; c++)
        {
            _watched.Add(_clauses[c]);
            foreach (int l in _clauses[c]) standing[l >> 1].Add(c);
        }
        _long = [.. standing.Select(static l => l.ToArray())];
        _seenVariable = new int[n];
        _seenClause = new int[_clauses.Length];
        _shut = new int[_clauses.Length];
    }

    /// <summary>The clauses of three literals and more, by number.</summary>
    public IEnumerable<int> Long => Enumerable.Range(0, _clauses.Length);

    public int Held => _watched.Held;

    public int this[int n] => _watched[n];

    public bool Take(int literal)
    {
        _watched.Hold(literal);
        return _watched.Follow() < 0;
    }

    public void Back(int held) => _watched.Back(held);

    /// <summary>How often an open variable stands in open clauses.</summary>
    public int Standing(int variable)
    {
        int count = 0;
        foreach (int l in _implied[2 * variable]) if (_value[l] == 0) count++;
        foreach (int l in _implied[2 * variable + 1]) if (_value[l] == 0) count++;
        foreach (int c in _long[variable]) if (IsOpen(c)) count++;
        return count;
    }

    /// <summary>Splits what is open of a component into its parts; a variable that no open clause holds is free.</summary>
    public void Split(Component whole, List<Component> parts, List<int> free)
    {
        int first = _stamp + 1;
        _part.Clear();
        var sizes = new List<int>();
        foreach (int start in whole.Variables)
        {
            if (_value[2 * start] != 0 || _seenVariable[start] >= first) continue;
            _stamp++;
            _wave.Clear();
            _wave.Add(start);
            _seenVariable[start] = _stamp;
            for (int i = 0; i < _wave.Count; i++) Reach(_wave[i], first);
            _part.Add(_wave.Count == 1 ? -1 : sizes.Count);
            if (_wave.Count == 1) free.Add(start);
            else sizes.Add(_wave.Count);
        }
        if (sizes.Count == 0) return;
        // A second sweep in the order of the whole keeps numbers rising, as keys need them.
        int[][] variables = [.. sizes.Select(static s => new int[s])];
        int[] filled = new int[sizes.Count];
        var clauses = new List<int>[sizes.Count];
        for (int p = 0; p < clauses.Length; p++) clauses[p] = [];
        foreach (int v in whole.Variables)
            if (_value[2 * v] == 0 && _part[_seenVariable[v] - first] is >= 0 and var p) variables[p][filled[p]++] = v;
        foreach (int c in whole.Clauses) if (_seenClause[c] >= first) clauses[_part[_seenClause[c] - first]].Add(c);
        for (int p = 0; p < variables.Length; p++) parts.Add(new(variables[p], [.. clauses[p]]));
        parts.Sort(static (a, b) => a.Variables.Length.CompareTo(b.Variables.Length));
    }

    private void Reach(int variable, int first)
    {
        foreach (int l in _implied[2 * variable]) Meet(l >> 1);
        foreach (int l in _implied[2 * variable + 1]) Meet(l >> 1);
        foreach (int c in _long[variable])
        {
            if (_seenClause[c] >= first || _shut[c] == first) continue;
            if (!IsOpen(c))
            {
                _shut[c] = first;
                continue;
            }
            _seenClause[c] = _stamp;
            foreach (int l in _clauses[c]) Meet(l >> 1);
        }
    }

    private void Meet(int variable)
    {
        if (_value[2 * variable] != 0 || _seenVariable[variable] == _stamp) return;
        _seenVariable[variable] = _stamp;
        _wave.Add(variable);
    }

    private bool IsOpen(int clause)
    {
        foreach (int l in _clauses[clause]) if (_value[l] > 0) return false;
        return true;
    }

    private static List<int>[] Lists(int n)
    {
        var lists = new List<int>[n];
        for (int i = 0; i < n; i++) lists[i] = [];
        return lists;
    }
}
