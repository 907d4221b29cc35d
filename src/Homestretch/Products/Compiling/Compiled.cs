using System.Numerics;

namespace Homestretch.Products.Compiling;

/// <summary>A compiled formula. Its questions are answered in time linear in the circuit, whatever the number of models.</summary>
/// <remarks>Darwiche 2001: on smooth d-DNNF, models under literals are counted by one pass upward, and what each literal still allows by one pass down.</remarks>
internal sealed class Compiled
{
    private readonly Circuit _circuit;
    private readonly int[] _stands;
    private readonly int _open;
    private readonly BigInteger[] _counts;

    private Compiled(Circuit circuit, int[] stands, int open)
    {
        (_circuit, _stands, _open) = (circuit, stands, open);
        _counts = Counting.Of(circuit, new sbyte[2 * open]);
    }

    public int Nodes => _circuit.Nodes;

    public int Parts => _circuit.Parts;

    /// <summary>How many models there are.</summary>
    public BigInteger Count => _counts[_circuit.Root];

    /// <summary>Null when the circuit would be too large.</summary>
    public static Compiled? Of(Formula formula, CancellationToken cancel, int most = Compiler.MostParts)
    {
        Simplified simple = Simplified.Of(formula, cancel);
        Circuit? circuit = simple.Contradiction ? new Circuit() : Compiler.Compile(simple.Formula, cancel, most);
        return circuit is null ? null : new(circuit, simple.Stands, simple.Formula.Variables);
    }

    /// <summary>Models in which all the literals hold.</summary>
    public BigInteger CountWith(IEnumerable<int> literals) => Held(literals) is { } held ? Counting.Of(_circuit, held)[_circuit.Root] : BigInteger.Zero;

    /// <summary>For each literal of the formula: does it hold in a model in which the given ones do?</summary>
    public bool[] Possible(IEnumerable<int> literals)
    {
        bool[] possible = new bool[2 * _stands.Length];
        if (Held(literals) is not { } held || Reach.Of(_circuit, held) is not { } reached) return possible;
        for (int l = 0; l < possible.Length; l++)
            possible[l] = Stands(l) is var to && (to == Simplified.True || to >= 0 && reached[to]);
        return possible;
    }

    /// <summary>The model of a rank from 0 up to <see cref="Count"/>: each model has one rank.</summary>
    public bool[] Model(BigInteger rank) => Whole(Ranked.Model(_circuit, _counts, _open, rank));

    /// <summary>A model in which the literals hold and whose other literals cost least; null when there is none.</summary>
    /// <param name="costs">For each literal, 0 or more.</param>
    public bool[]? Cheapest(IEnumerable<int> literals, ReadOnlySpan<int> costs)
    {
        if (Held(literals) is not { } held) return null;
        int[] own = new int[2 * _open];
        for (int l = 0; l < costs.Length; l++) if (Stands(l) is >= 0 and var to) own[to] += costs[l];
        return Compiling.Cheapest.Model(_circuit, held, own) is { } model ? Whole(model) : null;
    }

    /// <summary>The literals as the smaller formula's; null when they contradict each other or the formula at once.</summary>
    private sbyte[]? Held(IEnumerable<int> literals)
    {
        if (Count.IsZero) return null;
        sbyte[] held = new sbyte[2 * _open];
        foreach (int literal in literals)
        {
            int to = Stands(literal);
            if (to == Simplified.False || to >= 0 && held[to] < 0) return null;
            if (to >= 0) (held[to], held[to ^ 1]) = (1, -1);
        }
        return held;
    }

    private int Stands(int literal)
    {
        int stands = _stands[literal >> 1];
        return (literal & 1) == 0 ? stands : stands < 0 ? Simplified.True + Simplified.False - stands : stands ^ 1;
    }

    private bool[] Whole(bool[] model)
    {
        bool[] whole = new bool[_stands.Length];
        for (int v = 0; v < whole.Length; v++) whole[v] = _stands[v] == Simplified.True || _stands[v] >= 0 && model[_stands[v] >> 1] == ((_stands[v] & 1) == 0);
        return whole;
    }
}
