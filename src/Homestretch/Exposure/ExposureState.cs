namespace Homestretch.Exposure;

/// <summary>What one holder, or a coalition that puts together what its members have, could reconstruct. One disclosure changed costs about what it touches: the items inferred from it and their ties.</summary>
/// <remarks>Nothing is taken out of a product or a sum: what a change touches is made anew from what stands, in one fixed order. So a state is a function of its disclosures alone, going back gives the same bits, and a factor of 0 is like any other.</remarks>
public sealed class ExposureState
{
    private readonly ExposureGraph _graph;
    private readonly double[] _disclosed, _known, _parts, _blocks;
    private readonly int[] _changed, _touched, _mark, _blockMark;
    private readonly int _shift;
    private int _stamp;

    public ExposureState(ExposureGraph graph, ReadOnlySpan<double> disclosed = default)
    {
        _graph = graph;
        int n = graph.Count;
        while (_shift < 10 && 1 << (2 * (_shift + 1)) <= n) _shift++;       // blocks of about the root of the count
        (_disclosed, _known, _parts, _blocks) = (new double[n], new double[n], new double[n], new double[(n >> _shift) + 1]);
        (_changed, _touched, _mark, _blockMark) = (new int[n], new int[n], new int[n], new int[_blocks.Length]);
        disclosed.CopyTo(_disclosed);
        for (int i = 0; i < n; i++) _known[i] = graph.Known(i, _disclosed);
        for (int i = 0; i < n; i++) _parts[i] = graph.Part(i, _known);
        for (int b = 0; b < _blocks.Length; b++) _blocks[b] = Block(b);
        Reconstructed = Sum();
    }

    /// <summary>Share of the product that the holder could reconstruct, R in [0, 1].</summary>
    public double Reconstructed { get; private set; }

    /// <summary>How much of an item was disclosed.</summary>
    public double Disclosed(int item) => _disclosed[item];

    /// <summary>How much of an item is known, disclosed or inferred.</summary>
    public double Known(int item) => _known[item];

    /// <summary>Changes one disclosure, up or down.</summary>
    /// <returns>What can be reconstructed then.</returns>
    public double Set(int item, double disclosed)
    {
        if (_disclosed[item] == disclosed) return Reconstructed;
        _disclosed[item] = disclosed;
        ExposureGraph g = _graph;
        int[] told = g.Told, tiedFrom = g.TiedFrom;
        int changed = 0, touched = 0, stamp = ++_stamp;
        if (Renew(item)) _changed[changed++] = item;
        for (int t = g.ToldStart[item], end = g.ToldStart[item + 1]; t < end; t++)
            if (Renew(told[t])) _changed[changed++] = told[t];
        for (int c = 0; c < changed; c++)
        {
            int i = _changed[c];
            if (_mark[i] != stamp) (_mark[i], _touched[touched++]) = (stamp, i);
            for (int t = g.TiedStart[i], end = g.TiedStart[i + 1]; t < end; t++)
                if (_mark[tiedFrom[t]] != stamp) (_mark[tiedFrom[t]], _touched[touched++]) = (stamp, tiedFrom[t]);
        }
        for (int t = 0; t < touched; t++) _parts[_touched[t]] = g.Part(_touched[t], _known);
        for (int t = 0; t < touched; t++)
        {
            int b = _touched[t] >> _shift;
            if (_blockMark[b] == stamp) continue;
            _blockMark[b] = stamp;
            _blocks[b] = Block(b);
        }
        return touched == 0 ? Reconstructed : Reconstructed = Sum();
    }

    /// <summary>What could be reconstructed if so much of an item were disclosed; nothing changes.</summary>
    public double If(int item, double disclosed)
    {
        double was = _disclosed[item], then = Set(item, disclosed);
        Set(item, was);
        return then;
    }

    private bool Renew(int item)
    {
        double now = _graph.Known(item, _disclosed);
        if (now == _known[item]) return false;
        _known[item] = now;
        return true;
    }

    private double Block(int block)
    {
        double sum = 0;
        for (int i = block << _shift, end = Math.Min(_parts.Length, (block + 1) << _shift); i < end; i++) sum += _parts[i];
        return sum;
    }

    private double Sum()
    {
        double sum = 0;
        foreach (double b in _blocks) sum += b;
        return sum;
    }
}
