namespace Homestretch.Products.Compiling;

/// <summary>Clauses, and what follows from them when literals come to hold; literals are taken back from the last on.</summary>
/// <remarks>Two literals of each clause are watched, so that a clause is looked at only when one of them comes to be false, and taking back costs nothing but the literals themselves (Moskewicz and others 2001).</remarks>
internal sealed class Watched
{
    /// <summary>What <see cref="Follow"/> says of a contradiction by a clause of two that is kept apart.</summary>
    public const int Pair = int.MaxValue;

    private readonly List<int[]> _clauses = [];
    private readonly int[][]? _implied;
    private readonly List<int>[] _watching;
    private readonly int[] _trail, _reason;
    private int _done;

    /// <param name="implied">For each literal those that follow from it by clauses of two, which are kept apart then; null: there are none apart.</param>
    public Watched(int variables, int[][]? implied = null)
    {
        _implied = implied;
        _watching = new List<int>[2 * variables];
        for (int l = 0; l < _watching.Length; l++) _watching[l] = [];
        (Values, _trail, _reason) = (new sbyte[2 * variables], new int[variables], new int[variables]);
    }

    /// <summary>For each literal 1 when it holds, -1 when its opposite does, 0 when neither.</summary>
    public sbyte[] Values { get; }

    /// <summary>How many literals hold now, in the order in which they came.</summary>
    public int Held { get; private set; }

    /// <summary>The n-th literal that came to hold.</summary>
    public int this[int n] => _trail[n];

    /// <summary>How many clauses there are.</summary>
    public int Count => _clauses.Count;

    /// <summary>A clause by its number; its literals change places.</summary>
    public int[] Clause(int number) => _clauses[number];

    /// <summary>The clause by which a variable that holds came to do so; below 0: it was decided, or follows by a clause that is kept apart.</summary>
    public int Reason(int variable) => _reason[variable];

    /// <summary>Takes a clause in, which keeps the array.</summary>
    /// <returns>Its number.</returns>
    public int Add(int[] clause)
    {
        if (clause.Length > 1)
        {
            _watching[clause[0]].Add(_clauses.Count);
            _watching[clause[1]].Add(_clauses.Count);
        }
        _clauses.Add(clause);
        return _clauses.Count - 1;
    }

    /// <summary>Lets an open literal hold; what follows waits for <see cref="Follow"/>.</summary>
    public void Hold(int literal, int reason = -1)
    {
        (Values[literal], Values[literal ^ 1]) = (1, -1);
        _reason[literal >> 1] = reason;
        _trail[Held++] = literal;
    }

    /// <summary>Takes back all but the first literals.</summary>
    public void Back(int held)
    {
        while (Held > held)
        {
            int literal = _trail[--Held];
            Values[literal] = Values[literal ^ 1] = 0;
        }
        _done = Math.Min(_done, Held);
    }

    /// <summary>Lets all hold that follows.</summary>
    /// <returns>The clause that contradicts what holds; -1: none does.</returns>
    public int Follow()
    {
        while (_done < Held)
        {
            int right = _trail[_done++], wrong = right ^ 1;
            if (_implied is not null && !Implied(right)) return Pair;
            List<int> watching = _watching[wrong];
            int kept = 0;
            for (int i = 0; i < watching.Count; i++)
            {
                int c = watching[i];
                int[] clause = _clauses[c];
                if (clause[0] == wrong) (clause[0], clause[1]) = (clause[1], wrong);
                sbyte other = Values[clause[0]];
                if (other <= 0 && Moved(clause, c)) continue;
                watching[kept++] = c;
                if (other > 0) continue;
                if (other < 0)
                {
                    for (i++; i < watching.Count; i++) watching[kept++] = watching[i];
                    watching.RemoveRange(kept, watching.Count - kept);
                    return c;
                }
                Hold(clause[0], c);
            }
            watching.RemoveRange(kept, watching.Count - kept);
        }
        return -1;
    }

    private bool Implied(int right)
    {
        foreach (int l in _implied![right])
        {
            if (Values[l] < 0) return false;
            if (Values[l] == 0) Hold(l);
        }
        return true;
    }

    private bool Moved(int[] clause, int c)
    {
        for (int k = 2; k < clause.Length; k++)
        {
            if (Values[clause[k]] < 0) continue;
            (clause[1], clause[k]) = (clause[k], clause[1]);
            _watching[clause[1]].Add(c);
            return true;
        }
        return false;
    }
}
