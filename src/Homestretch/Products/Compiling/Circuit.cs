namespace Homestretch.Products.Compiling;

/// <summary>A formula in deterministic decomposable negation normal form: nodes of at most two branches that exclude each other, each a
/// conjunction of literals, free variables and other nodes that share no variable. Children come before their parents.</summary>
/// <remarks>Darwiche 2001. Every branch of a node speaks of the same variables (the free ones are named), so the form is smooth.</remarks>
internal sealed class Circuit
{
    private readonly List<int> _parts = [];
    private readonly List<(int Start, int Children, int Free, int End)> _branches = [];
    private readonly List<int> _nodes = [0];

    /// <summary>Node 0 is the formula that nothing satisfies.</summary>
    public int Nodes => _nodes.Count;

    public int Parts => _parts.Count;

    public int Root => Nodes - 1;

    /// <summary>Branches of all nodes, in order.</summary>
    public int Branches => _branches.Count;

    /// <summary>The first branch of the next node.</summary>
    public int First(int node) => node == 0 ? 0 : _nodes[node - 1];

    public int Last(int node) => _nodes[node];

    public ReadOnlySpan<int> LiteralsOf(int branch) => Slice(_branches[branch].Start, _branches[branch].Children);

    public ReadOnlySpan<int> ChildrenOf(int branch) => Slice(_branches[branch].Children, _branches[branch].Free);

    public ReadOnlySpan<int> FreeOf(int branch) => Slice(_branches[branch].Free, _branches[branch].End);

    internal int Add(BranchParts? first, BranchParts? second)
    {
        if (first is not null) Append(first);
        if (second is not null) Append(second);
        _nodes.Add(_branches.Count);
        return _nodes.Count - 1;
    }

    private void Append(BranchParts parts)
    {
        int start = _parts.Count;
        _parts.AddRange(parts.Literals);
        int children = _parts.Count;
        _parts.AddRange(parts.Children);
        int free = _parts.Count;
        _parts.AddRange(parts.Free);
        _branches.Add((start, children, free, _parts.Count));
    }

    private ReadOnlySpan<int> Slice(int from, int to) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_parts)[from..to];
}

/// <summary>One branch while it is made.</summary>
internal sealed class BranchParts
{
    public List<int> Literals { get; } = [];

    public List<int> Children { get; } = [];

    public List<int> Free { get; } = [];
}
