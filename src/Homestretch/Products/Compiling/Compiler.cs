namespace Homestretch.Products.Compiling;

/// <summary>Compiles a formula top-down: decide a variable, follow what it implies, split what is left into parts that share no variable, and
/// compile each part once.</summary>
/// <remarks>The trace of a counter with component caching (Thurley 2006) is a d-DNNF (Huang and Darwiche 2005).</remarks>
internal sealed class Compiler
{
    /// <summary>Parts of the circuit and bytes of component keys after which a formula is given up: some 2 GB of memory.</summary>
    public const int MostParts = 100_000_000;
    public const long MostKeys = 1_000_000_000;

    private readonly Residue _residue;
    private readonly int[] _depth;
    private readonly Circuit _circuit = new();
    private readonly Dictionary<ComponentKey, int> _known = [];
    private readonly Stack<Frame> _frames = new();
    private readonly CancellationToken _cancel;
    private readonly int _most;
    private long _decisions, _keys;

    private Compiler(Formula formula, int most, CancellationToken cancel)
    {
        _most = most;
        _cancel = cancel;
        _depth = Separators.Depths(formula, cancel);
        _residue = new(formula);
    }

    /// <summary>The circuit; null when it would have more parts than <paramref name="most"/> or take more memory than is good.</summary>
    public static Circuit? Compile(Formula formula, CancellationToken cancel, int most = MostParts)
    {
        var compiler = new Compiler(formula, most, cancel);
        return compiler.Run(formula) ? compiler._circuit : null;
    }

    private bool Run(Formula formula)
    {
        var whole = new BranchParts();
        var parts = new List<Component>();
        _residue.Split(new([.. Enumerable.Range(0, formula.Variables)], [.. _residue.Long]), parts, whole.Free);
        foreach (Component part in parts)
        {
            int node = Solve(part);
            if (node < 0) return false;
            if (node == 0) { whole = null; break; }
            whole!.Children.Add(node);
        }
        if (whole is not null) _circuit.Add(whole, null);
        return true;
    }

    /// <summary>The node of a component; -1 when it was given up.</summary>
    private int Solve(Component component)
    {
        if (Enter(component) is int known) return known;
        int result = -1;
        while (_frames.Count > 0)
        {
            Frame frame = _frames.Peek();
            if (result >= 0) frame.Came(result);
            result = -1;
            if (frame.Next < frame.Parts.Count)
            {
                if (Enter(frame.Parts[frame.Next++]) is int node) result = node;
                continue;
            }
            if (frame.Open) Close(frame);
            if (frame.Tried < 2)
            {
                Begin(frame);
                continue;
            }
            _frames.Pop();
            result = frame.Made[0] is null && frame.Made[1] is null ? 0 : _circuit.Add(frame.Made[0], frame.Made[1]);
            _known.Add(frame.Key, result);
            if (_circuit.Parts > _most || (_keys += frame.Key.Length) > MostKeys) return -1;
        }
        return result;
    }

    private int? Enter(Component component)
    {
        ComponentKey key = component.Key();
        if (_known.TryGetValue(key, out int node)) return node;
        _frames.Push(new(component, key, Choose(component)));
        return null;
    }

    private void Begin(Frame frame)
    {
        if ((_decisions++ & 255) == 0) _cancel.ThrowIfCancellationRequested();
        int literal = 2 * frame.Variable + (frame.Tried++ == 0 ? 0 : 1);
        frame.Held = _residue.Held;
        frame.Start();
        if (!_residue.Take(literal))
        {
            frame.Fail();
            return;
        }
        for (int n = frame.Held; n < _residue.Held; n++) frame.Branch!.Literals.Add(_residue[n]);
        _residue.Split(frame.Component, frame.Parts, frame.Branch!.Free);
    }

    private void Close(Frame frame)
    {
        _residue.Back(frame.Held);
        frame.End();
    }

    /// <summary>The variable nearest to the middle; of those, the one that stands in most open clauses.</summary>
    private int Choose(Component component)
    {
        int depth = int.MaxValue, best = -1, standing = -1;
        foreach (int v in component.Variables) depth = Math.Min(depth, _depth[v]);
        foreach (int v in component.Variables)
            if (_depth[v] == depth && _residue.Standing(v) is var now && now > standing) (best, standing) = (v, now);
        return best;
    }

    private sealed class Frame(Component component, ComponentKey key, int variable)
    {
        public Component Component { get; } = component;
        public ComponentKey Key { get; } = key;
        public int Variable { get; } = variable;
        public List<Component> Parts { get; } = [];
        public BranchParts?[] Made { get; } = new BranchParts?[2];
        public BranchParts? Branch { get; private set; }
        public int Tried { get; set; }
        public int Next { get; set; }
        public int Held { get; set; }
        public bool Open { get; private set; }

        public void Start()
        {
            Branch = new();
            Open = true;
        }

        public void Came(int node)
        {
            if (node == 0) Fail();
            else Branch!.Children.Add(node);
        }

        public void Fail()
        {
            Branch = null;
            Next = Parts.Count;
        }

        public void End()
        {
            Made[Tried - 1] = Branch;
            Branch = null;
            Parts.Clear();
            Next = 0;
            Open = false;
        }
    }
}
