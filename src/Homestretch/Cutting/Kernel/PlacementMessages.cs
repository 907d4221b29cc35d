namespace Homestretch.Cutting.Kernel;

/// <summary>A lower bound of what choices and placements cost by sequential tree-reweighted message passing, and the placements that its passes come by.</summary>
/// <remarks>V. Kolmogorov: Convergent tree-reweighted message passing for energy minimization, IEEE PAMI 28 (2006) 1568-1583. Variables are each stage's option with its inbound time, and its option with its service time, in ticks; the pair of one
/// stage costs what the option does and w h(I + T - S), a link forbids I_k &lt; S_j + lag. Each pass back takes from what a variable is told its least, and from each pair and link its least beyond what is told: what is left is nowhere below 0, so the
/// sum of what was taken is a bound, whatever the messages were. It never falls from pass to pass. What cannot be is infinite, and an infinite bound says that nothing can.</remarks>
internal sealed class PlacementMessages
{
    private const double Forbidden = double.PositiveInfinity;

    private StageChoices _c;
    private readonly MinPlus _steps;
    private readonly int[] _ins, _outs;                                     // of each stage: times of one option, of which its numbers have one block each
    private readonly double[][] _pairToOut, _pairToIn;                      // of each stage: message to its service time, and to its inbound time
    private readonly double[][][] _linkToIn, _linkToOut;                    // [j][a]: of the link from j to After[j][a]: message to the next inbound time, and to the service time of j
    private readonly (int From, int Slot)[][] _into;                        // of each stage: its links before, as the stage and the slot in its After
    private readonly double[] _sum, _scaled;

    public PlacementMessages(PlacementProblem problem) : this(StageChoices.Of(problem)) { }

    public PlacementMessages(StageChoices choices)
    {
        _c = choices;
        int n = choices.Count;
        (_ins, _outs) = ([.. choices.MostIn.Select(static m => m + 1)], [.. choices.MostOut.Select(static m => m + 1)]);
        int[] ins = [.. Enumerable.Range(0, n).Select(i => _ins[i] * choices.Times[i].Length)], outs = [.. Enumerable.Range(0, n).Select(i => _outs[i] * choices.Times[i].Length)];
        _pairToOut = [.. outs.Select(static k => new double[k])];
        _pairToIn = [.. ins.Select(static k => new double[k])];
        _linkToIn = [.. Enumerable.Range(0, n).Select(j => choices.After[j].Select(k => new double[ins[k]]).ToArray())];
        _linkToOut = [.. Enumerable.Range(0, n).Select(j => choices.After[j].Select(_ => new double[outs[j]]).ToArray())];
        _into = [.. Enumerable.Range(0, n).Select(i => choices.Before[i].Select(j => (j, Array.IndexOf(choices.After[j], i))).ToArray())];
        Left = StagesLeft.All(choices);
        int widest = Math.Max(ins.Max(), outs.Max());
        (_sum, _scaled, _steps) = (new double[widest], new double[widest], new(choices));
        (Rounded, Chosen) = (new int[n], new int[n]);
    }

    private PlacementMessages(PlacementMessages other)
    {
        (_c, _into, _ins, _outs, _sum, _scaled, _steps, Left) = (other._c, other._into, other._ins, other._outs, other._sum, other._scaled, new(other._c), other.Left);
        (Rounded, Chosen) = ([.. other.Rounded], [.. other.Chosen]);
        (_pairToOut, _pairToIn) = ([.. other._pairToOut.Select(static m => m.ToArray())], [.. other._pairToIn.Select(static m => m.ToArray())]);
        (_linkToIn, _linkToOut) = ([.. other._linkToIn.Select(static a => a.Select(static m => m.ToArray()).ToArray())], [.. other._linkToOut.Select(static a => a.Select(static m => m.ToArray()).ToArray())]);
    }

    /// <summary>What is left to choose: the bound is that of these.</summary>
    public StagesLeft Left { get; private set; }

    /// <summary>Numbers that it holds.</summary>
    public long Size => _pairToOut.Sum(static m => (long)m.Length) + _pairToIn.Sum(static m => (long)m.Length) + _linkToIn.Sum(static a => a.Sum(static m => (long)m.Length)) + _linkToOut.Sum(static a => a.Sum(static m => (long)m.Length));

    /// <summary>Inbound times as the last forward pass rounded them, and options.</summary>
    public int[] Rounded { get; private set; }
    public int[] Chosen { get; private set; }

    /// <summary>The same messages, which go on by themselves.</summary>
    public PlacementMessages Copy() => new(this);

    /// <summary>Goes on under other costs of the same shape and with other choices left: messages stay good, whatever they are.</summary>
    public void Use(StageChoices choices, StagesLeft left)
    {
        (_c, Left) = (choices, left);
        _steps.Use(choices);
    }

    /// <summary>Takes over what another says.</summary>
    public void Take(PlacementMessages other)
    {
        for (int i = 0; i < _c.Count; i++)
        {
            other._pairToOut[i].CopyTo(_pairToOut[i], 0);
            other._pairToIn[i].CopyTo(_pairToIn[i], 0);
            for (int a = 0; a < _linkToIn[i].Length; a++)
            {
                other._linkToIn[i][a].CopyTo(_linkToIn[i][a], 0);
                other._linkToOut[i][a].CopyTo(_linkToOut[i][a], 0);
            }
        }
    }

    /// <summary>One pass forth, which rounds, and one back.</summary>
    /// <returns>The lower bound.</returns>
    public double Pass()
    {
        (Rounded, Chosen) = (new int[_c.Count], new int[_c.Count]);
        int[] service = new int[_c.Count];
        for (int i = 0; i < _c.Count; i++) Forward(i, service);
        double bound = 0;
        for (int i = _c.Count - 1; i >= 0; i--) bound += Backward(i);
        return bound;
    }

    /// <summary>What a stage's option with its inbound time is told: the block of an option, each time in its place; infinite where it is not left.</summary>
    public ReadOnlySpan<double> Told(int i, int option)
    {
        Inbound(i);
        return _sum.AsSpan(option * _ins[i], _ins[i]);
    }

    /// <summary>Forward messages, from which the bound can be reckoned anew: of a stage's pair to its service time, and of its link in a slot to the next inbound time.</summary>
    internal ReadOnlySpan<double> PairForward(int stage) => _pairToOut[stage];
    internal ReadOnlySpan<double> LinkForward(int stage, int slot) => _linkToIn[stage][slot];

    private Span<double> Inbound(int i)
    {
        Span<double> sum = _sum.AsSpan(0, _pairToIn[i].Length);
        sum.Clear();
        Only(i, sum);
        foreach (var (j, slot) in _into[i]) Add(sum, _linkToIn[j][slot]);
        Add(sum, _pairToIn[i]);
        return sum;
    }

    private Span<double> Outbound(int i)
    {
        Span<double> sum = _sum.AsSpan(0, _pairToOut[i].Length);
        sum.Clear();
        Add(sum, _pairToOut[i]);
        foreach (double[] message in _linkToOut[i]) Add(sum, message);
        return sum;
    }

    private void Forward(int i, int[] service)
    {
        Span<double> sum = Inbound(i);
        RoundIn(i, service);
        Scaled(sum, 1.0 / Math.Max(1, _into[i].Length), _pairToIn[i]);
        _steps.PairToOut(i, _scaled.AsSpan(0, sum.Length), _pairToOut[i]);
        Normalise(_pairToOut[i]);
        sum = Outbound(i);
        service[i] = RoundOut(i, sum);
        for (int a = 0; a < _c.After[i].Length; a++)
        {
            Scaled(sum, 1.0 / _c.After[i].Length, _linkToOut[i][a]);
            _steps.LinkToIn(i, a, _scaled.AsSpan(0, sum.Length), _linkToIn[i][a]);
            Normalise(_linkToIn[i][a]);
        }
    }

    private double Backward(int i)
    {
        double bound = 0;
        Span<double> sum = Outbound(i);
        bound += Normalise(sum);
        Scaled(sum, 1.0 / Math.Max(1, _c.After[i].Length), _pairToOut[i]);
        _steps.PairToIn(i, _scaled.AsSpan(0, sum.Length), _pairToIn[i]);
        bound += Normalise(_pairToIn[i]);
        sum = Inbound(i);
        bound += Normalise(sum);
        foreach (var (j, slot) in _into[i])
        {
            Scaled(sum, 1.0 / _into[i].Length, _linkToIn[j][slot]);
            _steps.LinkToOut(j, slot, _scaled.AsSpan(0, sum.Length), _linkToOut[j][slot]);
            bound += Normalise(_linkToOut[j][slot]);
        }
        return bound;
    }

    /// <summary>The option and inbound time that go best with what stages before have, and with what those behind say.</summary>
    private void RoundIn(int i, int[] service)
    {
        double least = double.PositiveInfinity;
        (Chosen[i], Rounded[i]) = (-1, 0);
        for (int x = 0; x < _c.Times[i].Length; x++)
        {
            if (!Left.Has(i, x)) continue;
            int soonest = Left.Low[i];
            double links = 0;
            foreach (var (j, slot) in _into[i])
            {
                LinkChoices? link = _c.Links[j][slot];
                soonest = Math.Max(soonest, service[j] + (link?.Lag[Chosen[j], x] ?? 0));
                links += link?.Cost[Chosen[j], x] ?? 0;
            }
            if (Chosen[i] < 0) (Chosen[i], Rounded[i]) = (x, Math.Min(soonest, _ins[i] - 1));
            ReadOnlySpan<double> told = _pairToIn[i].AsSpan(x * _ins[i], _ins[i]);
            int at = Math.Min(soonest, _ins[i] - 1);
            for (int k = at + 1; k <= Left.High[i]; k++)
                if (told[k] < told[at]) at = k;
            if (!(told[at] + links < least)) continue;
            (least, Chosen[i], Rounded[i]) = (told[at] + links, x, at);
        }
    }

    private int RoundOut(int i, ReadOnlySpan<double> sum)
    {
        int x = Chosen[i], time = _c.Times[i][x], latest = Math.Min(_outs[i] - 1, Rounded[i] + time), best = 0;
        double least = double.PositiveInfinity, weight = _c.Weights[i][x];
        double[] curve = _c.Curves[i][x];
        ReadOnlySpan<double> told = _pairToOut[i].AsSpan(x * _outs[i], _outs[i]), sums = sum.Slice(x * _outs[i], _outs[i]);
        for (int s = 0; s <= latest; s++)
        {
            double cost = weight * curve[Rounded[i] + time - s] + sums[s] - told[s];
            if (cost < least) (least, best) = (cost, s);
        }
        return best;
    }

    private void Only(int i, Span<double> sum)
    {
        int ins = _ins[i];
        for (int x = 0; x < _c.Times[i].Length; x++)
        {
            Span<double> block = sum.Slice(x * ins, ins);
            if (!Left.Has(i, x)) { block.Fill(Forbidden); continue; }
            block[..Left.Low[i]].Fill(Forbidden);
            block[(Left.High[i] + 1)..].Fill(Forbidden);
        }
    }

    private static void Add(Span<double> sum, ReadOnlySpan<double> other)
    {
        for (int k = 0; k < sum.Length; k++) sum[k] += other[k];
    }

    private void Scaled(ReadOnlySpan<double> sum, double gamma, double[] less)
    {
        for (int k = 0; k < sum.Length; k++) _scaled[k] = sum[k] == Forbidden ? Forbidden : gamma * sum[k] - less[k];
    }

    private static double Normalise(Span<double> message)
    {
        double least = double.PositiveInfinity;
        foreach (double x in message) least = Math.Min(least, x);
        if (double.IsFinite(least))
            for (int k = 0; k < message.Length; k++) message[k] -= least;
        return least;
    }
}
