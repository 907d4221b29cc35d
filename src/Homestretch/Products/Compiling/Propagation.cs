namespace Homestretch.Products.Compiling;

/// <summary>Unit propagation over a set of clauses: what follows when a literal is taken, and taking it back.</summary>
internal sealed class Propagation
{
    private readonly Watched _watched;
    private readonly sbyte[] _value;

    public Propagation(int variables, IEnumerable<int[]> clauses)
    {
        _watched = new(variables);
        _value = _watched.Values;
        foreach (int[] clause in clauses) _watched.Add((int[])clause.Clone());
    }

    /// <summary>How many literals hold now, in the order in which they came.</summary>
    public int Held => _watched.Held;

    /// <summary>The n-th literal that came to hold.</summary>
    public int this[int n] => _watched[n];

    /// <summary>1 when the literal holds, -1 when its opposite does, 0 when neither.</summary>
    public sbyte Value(int literal) => _value[literal];

    /// <summary>Takes the clauses of one literal. False when the clauses contradict each other.</summary>
    public bool Start()
    {
        for (int c = 0; c < _watched.Count; c++)
        {
            int[] clause = _watched.Clause(c);
            if (clause.Length == 0) return false;
            if (clause.Length == 1 && _value[clause[0]] < 0) return false;
            if (clause.Length == 1 && _value[clause[0]] == 0) _watched.Hold(clause[0]);
        }
        return _watched.Follow() < 0;
    }

    /// <summary>Takes a literal that is open and all that follows. False on a contradiction; what came before it still holds and must be taken back.</summary>
    public bool Take(int literal)
    {
        _watched.Hold(literal);
        return _watched.Follow() < 0;
    }

    /// <summary>Takes back all but the first literals.</summary>
    public void Back(int held) => _watched.Back(held);

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
        var open = new List<int[]>(_watched.Count);
        for (int c = 0; c < _watched.Count; c++)
            if (_watched.Clause(c) is var clause && !clause.Any(l => _value[l] > 0)) open.Add([.. clause.Where(l => _value[l] == 0).Order()]);
        return open;
    }
}
