using System.Numerics;

namespace Homestretch.Products.Compiling;

/// <summary>Numbers models: the branch of a node by whose models come first, the parts of a branch as the digits of a number.</summary>
/// <remarks>A rank drawn evenly gives a model drawn evenly (Knuth 2009, section 7.1.4, draws from diagrams so; Sharma and others 2018 from d-DNNF).</remarks>
internal static class Ranked
{
    public static bool[] Model(Circuit circuit, BigInteger[] counts, int variables, BigInteger rank)
    {
        bool[] model = new bool[variables];
        sbyte[] nothing = new sbyte[2 * variables];
        var open = new Stack<(int Node, BigInteger Rank)>([(circuit.Root, rank)]);
        while (open.TryPop(out var at))
        {
            int branch = circuit.First(at.Node);
            BigInteger left = at.Rank;
            while (true)
            {
                BigInteger own = Counting.OfBranch(circuit, branch, nothing, counts);
                if (left < own) break;
                left -= own;
                branch++;
            }
            foreach (int literal in circuit.LiteralsOf(branch)) model[literal >> 1] = (literal & 1) == 0;
            foreach (int variable in circuit.FreeOf(branch))
            {
                model[variable] = !left.IsEven;
                left >>= 1;
            }
            foreach (int child in circuit.ChildrenOf(branch))
            {
                left = BigInteger.DivRem(left, counts[child], out BigInteger digit);
                open.Push((child, digit));
            }
        }
        return model;
    }
}
