namespace Homestretch.Products.Compiling;

/// <summary>A formula with as many models and fewer variables: literals that every model holds are set, variables that always agree
/// (or always differ) are one, clauses that follow from shorter ones are gone.</summary>
/// <param name="Stands">For each variable of the formula before: the literal of the smaller one that it equals, or <see cref="True"/> or <see cref="False"/>.</param>
/// <remarks>Each step keeps the number of models: unit propagation, failed literals and equivalences are consequences of the formula, and a
/// variable that equals another's literal is defined by it (Lagniez and Marquis 2017, section 3, name the steps that keep only the number).</remarks>
internal sealed record Simplified(Formula Formula, int[] Stands, bool Contradiction)
{
    public const int True = -1;
    public const int False = -2;

    public static Simplified Of(Formula formula, CancellationToken cancel)
    {
        int[] stands = [.. Enumerable.Range(0, formula.Variables).Select(static v => 2 * v)];
        List<int[]> clauses = [.. formula.Clauses];
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var fixpoint = new Propagation(formula.Variables, clauses);
            if (!fixpoint.Start() || !fixpoint.Probe(cancel)) return new(new(0, []), stands, true);
            clauses = fixpoint.Reduced();
            int[]? same = Equivalences.Of(formula.Variables, clauses, out bool clash);
            if (clash) return new(new(0, []), stands, true);
            for (int v = 0; v < stands.Length; v++)
            {
                if (stands[v] < 0) continue;
                int literal = stands[v];
                sbyte value = fixpoint.Value(literal);
                stands[v] = value > 0 ? True : value < 0 ? False : same is null ? literal : same[literal];
            }
            if (same is not null) clauses = Renamed(clauses, same);
            int before = clauses.Count;
            clauses = Subsumption.Without(formula.Variables, clauses, out bool shorter);
            if (same is null && !shorter) break;
        }
        return Packed(formula.Variables, clauses, stands);
    }

    private static List<int[]> Renamed(List<int[]> clauses, int[] same)
    {
        var renamed = new List<int[]>(clauses.Count);
        foreach (int[] clause in clauses)
        {
            int[] changed = [.. clause.Select(l => same[l]).Distinct().Order()];
            if (!Tautology(changed)) renamed.Add(changed);
        }
        return renamed;
    }

    /// <summary>Does a sorted clause hold whatever its variables are?</summary>
    internal static bool Tautology(int[] clause)
    {
        for (int i = 1; i < clause.Length; i++) if (clause[i] == (clause[i - 1] ^ 1)) return true;
        return false;
    }

    private static Simplified Packed(int variables, List<int[]> clauses, int[] stands)
    {
        int[] number = new int[variables];
        Array.Fill(number, -1);
        int next = 0;
        for (int v = 0; v < variables; v++) if (stands[v] >= 0 && number[stands[v] >> 1] < 0) number[stands[v] >> 1] = next++;
        for (int v = 0; v < variables; v++) if (stands[v] >= 0) stands[v] = 2 * number[stands[v] >> 1] + (stands[v] & 1);
        return new(new(next, [.. clauses.Select(c => c.Select(l => 2 * number[l >> 1] + (l & 1)).Order().ToArray())]), stands, false);
    }
}
