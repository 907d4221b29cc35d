namespace Homestretch.Products.Compiling;

/// <summary>Unit propagation over a set of clauses: what follows when a literal is taken, and taking it back.</summary>
/// <remarks>Two literals of each clause are watched, and taking back costs nothing but the literals themselves (Moskewicz and others 2001).</remarks>
internal sealed class Propagation
{
    private readonly List<int[]> _clauses;
    private readonly List<int>[] _watching;
    private readonly sbyte[] _value;
    private readonly int[] _trail;
    private int _done;

    public Propagation(int variables, IEnumerable<int[]> clauses)
    {
        _clauses = [.. clauses.Select(static c => (int[])c.Clone())];
        _watching = new List<int>[2 * variables];
        for (int l = 0; l < _watching.Length; l++) _watching[l] = [];
        _value = new sbyte[2 * variables];
        _trail = new int[variables];
        for (int c = 0; c < _clauses.Count; c++)
        {
            if (_clauses[c].Length < 2) continue;
            _watching[_clauses[c][0]].Add(c);
            _watching[_clauses[c][1]].Add(c);
        }
    }

    /// <summary>How many literals hold now, in the order in which they came.</summary>
    public int Held { get; private set; }

    /// <summary>The n-th literal that came to hold.</summary>
    public int this[int n] => _trail[n];

    /// <summary>1 when the literal holds, -1 when its opposite does, 0 when neither.</summary>
    public sbyte Value(int literal) => _value[literal];

    /// <summary>Takes the clauses of one literal. False when the clauses contradict each other.</summary>
    public bool Start()
    {
        foreach (int[] clause in _clauses)
        {
            if (clause.Length == 0) return false;
            if (clause.Length == 1 && _value[clause[0]] < 0) return false;
            if (clause.Length == 1 && _value[clause[0]] == 0) Hold(clause[0]);
        }
        return Follow();
    }

    /// <summary>Takes a literal that is open and all that follows. False on a contradiction; what came before it still holds and must be taken back.</summary>
    public bool Take(int literal)
    {
        Hold(literal);
        return Follow();
    }

    /// <summary>Takes back all but the first literals.</summary>
    public void Back(int held)
    {
        while (Held > held)
        {
            int literal = _trail[--Held];
            _value[literal] = _value[literal ^ 1] = 0;
        }
        _done = Held;
    }

    /// <summary>Tries each open literal; where one fails, its opposite holds in all models. False when the clauses contradict each other.</summary>
    public bool Probe(CancellationToken cancel)
    {
        for (int literal = 0; literal < _value.Length; literal++)
        {
            if ((literal & 255) == 0) cancel.ThrowIfCancellationRequested();
            if (_value[literal] != 0) continue;
            int held = Held;
            bool fits = Take(literal);
            Back(held);
            if (!fits && !Take(literal ^ 1)) return false;
        }
        return true;
    }

    /// <summary>The clauses that what holds does not satisfy, without the literals that it makes false.</summary>
    public List<int[]> Reduced()
    {
        var open = new List<int[]>(_clauses.Count);
        foreach (int[] clause in _clauses)
            if (!clause.Any(l => _value[l] > 0)) open.Add([.. clause.Where(l => _value[l] == 0).Order()]);
        return open;
    }

    private void Hold(int literal)
    {
        _value[literal] = 1;
        _value[literal ^ 1] = -1;
        _trail[Held++] = literal;
    }

    private bool Follow()
    {
        while (_done < Held)
        {
            int wrong = _trail[_done++] ^ 1;
            List<int> watching = _watching[wrong];
            int kept = 0;
            for (int i = 0; i < watching.Count; i++)
            {
                int c = watching[i];
                int[] clause = _clauses[c];
                if (clause[0] == wrong) (clause[0], clause[1]) = (clause[1], wrong);
                if (_value[clause[0]] > 0 || !Moved(clause, c))
                {
                    watching[kept++] = c;
                    if (_value[clause[0]] > 0) continue;
                    if (_value[clause[0]] < 0)
                    {
                        for (i++; i < watching.Count; i++) watching[kept++] = watching[i];
                        watching.RemoveRange(kept, watching.Count - kept);
                        return false;
                    }
                    Hold(clause[0]);
                }
            }
            watching.RemoveRange(kept, watching.Count - kept);
        }
        return true;
    }

    private bool Moved(int[] clause, int c)
    {
        for (int k = 2; k < clause.Length; k++)
        {
            if (_value[clause[k]] < 0) continue;
            (clause[1], clause[k]) = (clause[k], clause[1]);
            _watching[clause[1]].Add(c);
            return true;
        }
        return false;
    }
}
