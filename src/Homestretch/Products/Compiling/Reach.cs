namespace Homestretch.Products.Compiling;

/// <summary>What still can be: a literal can hold exactly when it stands in a branch that has a model and that a model of the whole passes through.</summary>
internal static class Reach
{
    /// <summary>For each literal whether a model that agrees with what is held has it; null when no model agrees.</summary>
    public static bool[]? Of(Circuit circuit, sbyte[] held)
    {
        bool[] fits = new bool[circuit.Nodes], open = new bool[circuit.Branches];
        for (int node = 1; node < fits.Length; node++)
            for (int branch = circuit.First(node); branch < circuit.Last(node); branch++) fits[node] |= open[branch] = Fits(circuit, branch, held, fits);
        if (!fits[circuit.Root]) return null;
        bool[] reached = new bool[circuit.Nodes], possible = new bool[held.Length];
        reached[circuit.Root] = true;
        for (int node = circuit.Root; node > 0; node--)
        {
            if (!reached[node]) continue;
            for (int branch = circuit.First(node); branch < circuit.Last(node); branch++)
            {
                if (!open[branch]) continue;
                foreach (int literal in circuit.LiteralsOf(branch)) possible[literal] = true;
                foreach (int child in circuit.ChildrenOf(branch)) reached[child] = true;
                foreach (int variable in circuit.FreeOf(branch))
                {
                    possible[2 * variable] |= held[2 * variable] >= 0;
                    possible[2 * variable + 1] |= held[2 * variable] <= 0;
                }
            }
        }
        return possible;
    }

    private static bool Fits(Circuit circuit, int branch, sbyte[] held, bool[] fits)
    {
        foreach (int literal in circuit.LiteralsOf(branch)) if (held[literal] < 0) return false;
        foreach (int child in circuit.ChildrenOf(branch)) if (!fits[child]) return false;
        return true;
    }
}
