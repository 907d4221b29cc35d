using System.Numerics;

namespace Homestretch.Products.Compiling;

/// <summary>Counts the models of every node: branches exclude each other, so they add; parts of a branch share no variable, so they multiply.</summary>
internal static class Counting
{
    /// <param name="held">For each literal: 1 it holds, -1 its opposite does, 0 open.</param>
    public static BigInteger[] Of(Circuit circuit, sbyte[] held)
    {
        var counts = new BigInteger[circuit.Nodes];
        for (int node = 1; node < counts.Length; node++)
        {
            BigInteger sum = BigInteger.Zero;
            for (int branch = circuit.First(node); branch < circuit.Last(node); branch++) sum += OfBranch(circuit, branch, held, counts);
            counts[node] = sum;
        }
        return counts;
    }

    public static BigInteger OfBranch(Circuit circuit, int branch, sbyte[] held, BigInteger[] counts)
    {
        foreach (int literal in circuit.LiteralsOf(branch)) if (held[literal] < 0) return BigInteger.Zero;
        BigInteger product = BigInteger.One;
        foreach (int child in circuit.ChildrenOf(branch))
        {
            if (counts[child].IsZero) return BigInteger.Zero;
            product *= counts[child];
        }
        int free = 0;
        foreach (int variable in circuit.FreeOf(branch)) if (held[2 * variable] == 0) free++;
        return product << free;
    }
}
