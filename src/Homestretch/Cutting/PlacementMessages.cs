namespace Homestretch.Cutting;

/// <summary>A lower bound of a placement by sequential tree-reweighted message passing, and the placements that its passes come by.</summary>
/// <remarks>V. Kolmogorov: Convergent tree-reweighted message passing for energy minimization, IEEE PAMI 28 (2006) 1568-1583. Variables are each stage's inbound and outbound service time in ticks; the pair of one stage costs
/// w sqrt(I + T - S), a link forbids S_j > I_k. Each pass back takes from what a variable is told its
/// least, and from each pair and link its least beyond what is told: what is left is nowhere below 0, so the sum of what was taken is a bound, whatever the messages were. It never falls from pass to pass.</remarks>
internal sealed class PlacementMessages
{
    private readonly PlacementProblem _p;
    private readonly Envelope _envelope;
    private readonly double[][] _pairToOut, _pairToIn;                      // of each stage: message to S, and to I
    private readonly double[][][] _linkToIn, _linkToOut;                    // [j][a]: of the link from j to After[j][a]: message to I of the next, and to S of j
    private readonly (int From, int Slot)[][] _into;                        // of each stage: its links before, as the stage and the slot in its After
    private readonly int[] _low, _high;                                     // of each stage: bounds of its inbound time
    private readonly double[] _sum, _scaled;

    public PlacementMessages(PlacementProblem problem)
    {
        _p = problem;
        int n = problem.Count;
        _pairToOut = [.. Enumerable.Range(0, n).Select(i => new double[problem.MostOut[i] + 1])];
        _pairToIn = [.. Enumerable.Range(0, n).Select(i => new double[problem.MostIn[i] + 1])];
        _linkToIn = [.. Enumerable.Range(0, n).Select(j => problem.After[j].Select(k => new double[problem.MostIn[k] + 1]).ToArray())];
        _linkToOut = [.. Enumerable.Range(0, n).Select(j => problem.After[j].Select(_ => new double[problem.MostOut[j] + 1]).ToArray())];
        _into = [.. Enumerable.Range(0, n).Select(i => problem.Before[i].Select(j => (j, Array.IndexOf(problem.After[j], i))).ToArray())];
        (_low, _high) = (new int[n], [.. problem.MostIn]);
        int widest = Math.Max(problem.MostIn.Max(), problem.MostOut.Max()) + 1;
        (_sum, _scaled, _envelope) = (new double[widest], new double[widest], new(widest + 1));
    }

    private PlacementMessages(PlacementMessages other)
    {
        (_p, _into, _sum, _scaled, _envelope, Rounded) = (other._p, other._into, other._sum, other._scaled, other._envelope, other.Rounded);
        (_low, _high) = ([.. other._low], [.. other._high]);
        (_pairToOut, _pairToIn) = ([.. other._pairToOut.Select(static m => m.ToArray())], [.. other._pairToIn.Select(static m => m.ToArray())]);
        (_linkToIn, _linkToOut) = ([.. other._linkToIn.Select(static a => a.Select(static m => m.ToArray()).ToArray())], [.. other._linkToOut.Select(static a => a.Select(static m => m.ToArray()).ToArray())]);
    }

    /// <summary>Numbers that it holds.</summary>
    public long Size => _pairToOut.Sum(static m => (long)m.Length) + _pairToIn.Sum(static m => (long)m.Length) + _linkToIn.Sum(static a => a.Sum(static m => (long)m.Length)) + _linkToOut.Sum(static a => a.Sum(static m => (long)m.Length));

    /// <summary>The stage whose inbound time is least decided and where to split it: of those times that cost no more than a tolerance above the least by what the stage is told, the widest range; null when each has one.</summary>
    public (int Stage, int At)? Undecided(double tolerance)
    {
        (int Stage, int At)? widest = null;
        double most = 0;
        for (int i = 0; i < _p.Count; i++)
        {
            if (_low[i] == _high[i] || _p.MostIn[i] == 0) continue;
            Span<double> sum = _sum.AsSpan(0, _p.MostIn[i] + 1);
            sum.Clear();
            foreach (var (j, slot) in _into[i]) Add(sum, _linkToIn[j][slot]);
            Add(sum, _pairToIn[i]);
            double least = double.PositiveInfinity;
            for (int x = _low[i]; x <= _high[i]; x++) least = Math.Min(least, sum[x]);
            int first = -1, last = -1;
            for (int x = _low[i]; x <= _high[i]; x++)
                if (sum[x] <= least + tolerance) (first, last) = (first < 0 ? x : first, x);
            double width = (_p.Roots[last] - _p.Roots[first]) * (_p.Weights[i] + 1e-9);
            if (last > first && width > most) (most, widest) = (width, (i, first + (last - first - 1) / 2));
        }
        return widest;
    }

    /// <summary>The least inbound time that is left to each stage.</summary>
    public int[] Soonest => [.. _low];

    /// <summary>Two of its kind: a stage's inbound time up to a time, and behind it.</summary>
    public (PlacementMessages Sooner, PlacementMessages Later) Split(int stage, int at)
    {
        var (sooner, later) = (new PlacementMessages(this), new PlacementMessages(this));
        (sooner._high[stage], later._low[stage]) = (at, at + 1);
        return (sooner, later);
    }

    /// <summary>Inbound times as the last forward pass rounded them.</summary>
    public int[] Rounded { get; private set; } = [];

    /// <summary>One pass forth, which rounds, and one back.</summary>
    /// <returns>The lower bound.</returns>
    public double Pass()
    {
        Rounded = new int[_p.Count];
        int[] service = new int[_p.Count];
        for (int i = 0; i < _p.Count; i++) Forward(i, service);
        double bound = 0;
        for (int i = _p.Count - 1; i >= 0; i--) bound += Backward(i);
        return bound;
    }

    /// <summary>Forward messages, from which the bound can be reckoned anew: of a stage's pair to its service time, and of its link in a slot to the next inbound time.</summary>
    internal ReadOnlySpan<double> PairForward(int stage) => _pairToOut[stage];
    internal ReadOnlySpan<double> LinkForward(int stage, int slot) => _linkToIn[stage][slot];

    private void Forward(int i, int[] service)
    {
        int ins = _p.MostIn[i] + 1, outs = _p.MostOut[i] + 1;
        // inbound time
        Span<double> sum = _sum.AsSpan(0, ins);
        sum.Clear();
        Only(sum, _low[i], _high[i]);
        foreach (var (j, slot) in _into[i]) Add(sum, _linkToIn[j][slot]);
        Add(sum, _pairToIn[i]);
        int least = 0;
        foreach (int j in _p.Before[i]) least = Math.Max(least, service[j]);
        Rounded[i] = Best(_pairToIn[i], Math.Max(least, _low[i]), Math.Max(least, _high[i]));
        double gamma = 1.0 / Math.Max(1, _into[i].Length);
        Scaled(sum, gamma, _pairToIn[i]);
        PairToOut(i, _scaled.AsSpan(0, ins), _pairToOut[i]);
        Normalise(_pairToOut[i]);
        // outbound time
        sum = _sum.AsSpan(0, outs);
        sum.Clear();
        Add(sum, _pairToOut[i]);
        foreach (double[] message in _linkToOut[i]) Add(sum, message);
        service[i] = Round(i, sum);
        gamma = 1.0 / Math.Max(1, _p.After[i].Length);
        for (int a = 0; a < _p.After[i].Length; a++)
        {
            Scaled(sum, gamma, _linkToOut[i][a]);
            ToIn(_scaled.AsSpan(0, outs), _linkToIn[i][a]);
            Normalise(_linkToIn[i][a]);
        }
    }

    private double Backward(int i)
    {
        int ins = _p.MostIn[i] + 1, outs = _p.MostOut[i] + 1;
        double bound = 0;
        Span<double> sum = _sum.AsSpan(0, outs);
        sum.Clear();
        Add(sum, _pairToOut[i]);
        foreach (double[] message in _linkToOut[i]) Add(sum, message);
        bound += Normalise(sum);
        double gamma = 1.0 / Math.Max(1, _p.After[i].Length);
        Scaled(sum, gamma, _pairToOut[i]);
        PairToIn(i, _scaled.AsSpan(0, outs), _pairToIn[i]);
        bound += Normalise(_pairToIn[i]);
        sum = _sum.AsSpan(0, ins);
        sum.Clear();
        Only(sum, _low[i], _high[i]);
        foreach (var (j, slot) in _into[i]) Add(sum, _linkToIn[j][slot]);
        Add(sum, _pairToIn[i]);
        bound += Normalise(sum);
        gamma = 1.0 / Math.Max(1, _into[i].Length);
        foreach (var (j, slot) in _into[i])
        {
            Scaled(sum, gamma, _linkToIn[j][slot]);
            ToOut(_scaled.AsSpan(0, ins), _linkToOut[j][slot]);
            bound += Normalise(_linkToOut[j][slot]);
        }
        return bound;
    }

    private int Round(int i, ReadOnlySpan<double> sum)
    {
        int latest = Math.Min(_p.MostOut[i], Rounded[i] + _p.Times[i]), best = 0;
        double least = double.PositiveInfinity;
        for (int s = 0; s <= latest; s++)
        {
            double cost = _p.Weights[i] * _p.Roots[Rounded[i] + _p.Times[i] - s] + sum[s] - _pairToOut[i][s];
            if (cost < least) (least, best) = (cost, s);
        }
        return best;
    }

    private static int Best(double[] costs, int from, int to)
    {
        int best = from;
        for (int k = from + 1; k <= to; k++)
            if (costs[k] < costs[best]) best = k;
        return best;
    }

    /// <summary>to(S) = min over I of from(I) + w sqrt(I + T - S): the curve of I begins at S = I + T and goes down the times.</summary>
    private void PairToOut(int i, ReadOnlySpan<double> from, Span<double> to)
    {
        int time = _p.Times[i], next = from.Length - 1;
        _envelope.Clear();
        for (int s = from.Length - 1 + time; s >= 0; s--)
        {
            if (next >= 0 && next + time == s)
            {
                if (from[next] < Far) _envelope.Add(-s, from[next], _p.Weights[i]);
                next--;
            }
            if (s < to.Length) to[s] = _envelope.IsEmpty ? Forbidden : _envelope.Least(-s, _p.Weights[i]);
        }
    }

    /// <summary>to(I) = min over S of from(S) + w sqrt(I + T - S).</summary>
    private void PairToIn(int i, ReadOnlySpan<double> from, Span<double> to)
    {
        int time = _p.Times[i];
        _envelope.Clear();
        for (int place = 0; place < to.Length + time; place++)
        {
            if (place < from.Length && from[place] < Far) _envelope.Add(place, from[place], _p.Weights[i]);
            if (place >= time) to[place - time] = _envelope.IsEmpty ? Forbidden : _envelope.Least(place, _p.Weights[i]);
        }
    }

    /// <summary>to(I) = min over S &lt;= I of from(S).</summary>
    private static void ToIn(ReadOnlySpan<double> from, Span<double> to)
    {
        double least = double.PositiveInfinity;
        for (int x = 0; x < to.Length; x++)
        {
            if (x < from.Length) least = Math.Min(least, from[x]);
            to[x] = least;
        }
    }

    /// <summary>to(S) = min over I >= S of from(I).</summary>
    private static void ToOut(ReadOnlySpan<double> from, Span<double> to)
    {
        double least = double.PositiveInfinity;
        for (int x = from.Length - 1; x >= 0; x--)
        {
            least = Math.Min(least, from[x]);
            if (x < to.Length) to[x] = least;
        }
    }

    private const double Far = 1e17, Forbidden = 1e18;

    private static void Only(Span<double> sum, int low, int high)
    {
        if (low > 0) sum[..low].Fill(Forbidden);
        if (high + 1 < sum.Length) sum[(high + 1)..].Fill(Forbidden);
    }

    private static void Add(Span<double> sum, ReadOnlySpan<double> other)
    {
        for (int k = 0; k < sum.Length; k++) sum[k] += other[k];
    }

    private void Scaled(ReadOnlySpan<double> sum, double gamma, double[] less)
    {
        for (int k = 0; k < sum.Length; k++) _scaled[k] = gamma * sum[k] - less[k];
    }

    private static double Normalise(Span<double> message)
    {
        double least = double.PositiveInfinity;
        foreach (double x in message) least = Math.Min(least, x);
        for (int k = 0; k < message.Length; k++) message[k] -= least;
        return least;
    }
}
