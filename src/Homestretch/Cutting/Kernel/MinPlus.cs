namespace Homestretch.Cutting.Kernel;

/// <summary>The four steps by which what is told of one time becomes what is told of the next: the least over all values of one side, for each value of the other. Numbers of an option stand in one block.</summary>
internal sealed class MinPlus
{
    private const double Forbidden = double.PositiveInfinity;

    private StageChoices _c;
    private readonly Envelope _envelope;
    private readonly int[] _ins, _outs;
    private readonly double[] _least;

    public MinPlus(StageChoices choices)
    {
        _c = choices;
        (_ins, _outs) = ([.. choices.MostIn.Select(static m => m + 1)], [.. choices.MostOut.Select(static m => m + 1)]);
        int widest = 0;
        for (int i = 0; i < choices.Count; i++) widest = Math.Max(widest, choices.Times[i].Length * Math.Max(_ins[i], _outs[i]));
        (_least, _envelope) = (new double[widest], new(Math.Max(_ins.Max(), _outs.Max()) + 1));
    }

    /// <summary>Goes on under other costs of the same shape.</summary>
    public void Use(StageChoices choices) => _c = choices;

    /// <summary>to(S) = cost + min over I of from(I) + w sqrt(I + T - S): the curve of I begins at S = I + T and goes down the times.</summary>
    public void PairToOut(int i, ReadOnlySpan<double> from, Span<double> to)
    {
        int ins = _ins[i], outs = _outs[i];
        for (int x = 0; x < _c.Times[i].Length; x++)
        {
            ReadOnlySpan<double> f = from.Slice(x * ins, ins);
            Span<double> t = to.Slice(x * outs, outs);
            int time = _c.Times[i][x], next = ins - 1;
            double weight = _c.Weights[i][x], cost = _c.Costs[i][x];
            t.Fill(Forbidden);
            if (_c.Curves[i][x] != _c.Roots)
            {
                double[] curve = _c.Curves[i][x];
                for (int s = 0; s < outs; s++)
                    for (int at = Math.Max(0, s - time); at < ins; at++) t[s] = Math.Min(t[s], f[at] + (cost + weight * curve[at + time - s]));
                continue;
            }
            _envelope.Clear();
            for (int s = ins - 1 + time; s >= 0; s--)
            {
                if (next >= 0 && next + time == s)
                {
                    if (double.IsFinite(f[next])) _envelope.Add(-s, f[next], weight);
                    next--;
                }
                if (s < outs && !_envelope.IsEmpty) t[s] = cost + _envelope.Least(-s, weight);
            }
        }
    }

    /// <summary>to(I) = cost + min over S of from(S) + w sqrt(I + T - S).</summary>
    public void PairToIn(int i, ReadOnlySpan<double> from, Span<double> to)
    {
        int ins = _ins[i], outs = _outs[i];
        for (int x = 0; x < _c.Times[i].Length; x++)
        {
            ReadOnlySpan<double> f = from.Slice(x * outs, outs);
            Span<double> t = to.Slice(x * ins, ins);
            int time = _c.Times[i][x];
            double weight = _c.Weights[i][x], cost = _c.Costs[i][x];
            t.Fill(Forbidden);
            if (_c.Curves[i][x] != _c.Roots)
            {
                double[] curve = _c.Curves[i][x];
                for (int at = 0; at < ins; at++)
                    for (int s = 0; s < outs && s <= at + time; s++) t[at] = Math.Min(t[at], f[s] + (cost + weight * curve[at + time - s]));
                continue;
            }
            _envelope.Clear();
            for (int place = 0; place < ins + time; place++)
            {
                if (place < outs && double.IsFinite(f[place])) _envelope.Add(place, f[place], weight);
                if (place >= time && !_envelope.IsEmpty) t[place - time] = cost + _envelope.Least(place, weight);
            }
        }
    }

    /// <summary>to(x_k, I) = min over x_j of the link's cost + min over S &lt;= I - lag of from(x_j, S).</summary>
    public void LinkToIn(int j, int slot, ReadOnlySpan<double> from, Span<double> to)
    {
        int k = _c.After[j][slot], outs = _outs[j], ins = _ins[k];
        Span<double> least = _least.AsSpan(0, from.Length);
        for (int x = 0; x < from.Length; x += outs)
        {
            double so = Forbidden;
            for (int s = x; s < x + outs; s++) least[s] = so = Math.Min(so, from[s]);
        }
        if (_c.Links[j][slot] is not { } link)
        {
            Span<double> one = to[..ins];
            one.Fill(Forbidden);
            for (int x = 0; x < from.Length; x += outs)
                for (int at = 0; at < ins; at++) one[at] = Math.Min(one[at], least[x + Math.Min(at, outs - 1)]);
            for (int x = ins; x < to.Length; x += ins) one.CopyTo(to[x..]);
            return;
        }
        to.Fill(Forbidden);
        for (int y = 0; y < to.Length / ins; y++)
            for (int x = 0; x < from.Length / outs; x++)
            {
                double cost = link.Cost[x, y];
                if (!double.IsFinite(cost)) continue;
                int lag = link.Lag[x, y];
                ReadOnlySpan<double> block = least.Slice(x * outs, outs);
                Span<double> t = to.Slice(y * ins, ins);
                for (int at = lag; at < ins; at++) t[at] = Math.Min(t[at], cost + block[Math.Min(at - lag, outs - 1)]);
            }
    }

    /// <summary>to(x_j, S) = min over x_k of the link's cost + min over I >= S + lag of from(x_k, I).</summary>
    public void LinkToOut(int j, int slot, ReadOnlySpan<double> from, Span<double> to)
    {
        int k = _c.After[j][slot], outs = _outs[j], ins = _ins[k];
        Span<double> least = _least.AsSpan(0, from.Length);
        for (int x = 0; x < from.Length; x += ins)
        {
            double so = Forbidden;
            for (int at = x + ins - 1; at >= x; at--) least[at] = so = Math.Min(so, from[at]);
        }
        to.Fill(Forbidden);
        if (_c.Links[j][slot] is not { } link)
        {
            Span<double> one = to[..outs];
            for (int x = 0; x < from.Length; x += ins)
                for (int s = 0; s < Math.Min(outs, ins); s++) one[s] = Math.Min(one[s], least[x + s]);
            for (int x = outs; x < to.Length; x += outs) one.CopyTo(to[x..]);
            return;
        }
        for (int x = 0; x < to.Length / outs; x++)
            for (int y = 0; y < from.Length / ins; y++)
            {
                double cost = link.Cost[x, y];
                if (!double.IsFinite(cost)) continue;
                int lag = link.Lag[x, y];
                ReadOnlySpan<double> block = least.Slice(y * ins, ins);
                Span<double> t = to.Slice(x * outs, outs);
                for (int s = 0; s < outs && s + lag < ins; s++) t[s] = Math.Min(t[s], cost + block[s + lag]);
            }
    }
}
