namespace Homestretch.Cutting.Kernel;

/// <summary>Closes the gap that message passing leaves: a stage whose inbound time is undecided is split into sooner and later, and each half is bounded by itself, until nothing open can be cheaper than the best.</summary>
/// <remarks>The half with the lowest bound comes next, and one of two halves is followed at once, so that its messages need not be found anew; others begin with those of the whole.</remarks>
internal sealed class PlacementBranching(PlacementProblem problem, PlacementDescent descent)
{
    /// <summary>Passes that a half has to move its bound by a twentieth of what is missing, before it is split.</summary>
    private const int Patience = 12;

    private readonly StageChoices _choices = StageChoices.Of(problem);

    public double Cost { get; private set; }
    public double Bound { get; private set; }
    public int[] Best { get; private set; } = [];
    public int Passes { get; private set; }

    /// <param name="root">Messages that have converged.</param>
    /// <param name="best">Inbound times of the best placement so far.</param>
    /// <param name="close">Cost and bound so near to each other, as a share of the cost, are equal.</param>
    public void Run(PlacementMessages root, double bound, int[] best, double cost, double close, int passes, Action<double, double>? better, CancellationToken cancel)
    {
        (Cost, Best, Bound) = (cost, best, bound);
        PlacementMessages messages = root.Copy();
        var open = new PriorityQueue<StagesLeft, double>();
        (StagesLeft Left, double Bound)? next = (root.Left, bound);
        while (Passes < passes && !cancel.IsCancellationRequested)
        {
            if (next is not { } half)
            {
                if (!open.TryDequeue(out StagesLeft? left, out double told)) break;
                half = (left, told);
                messages.Take(root);
            }
            next = null;
            if (half.Bound >= Cost * (1 - close)) continue;
            messages.Use(_choices, half.Left);
            double own = Tighten(messages, half.Bound, close, passes, better, cancel);
            if (own >= Cost * (1 - close)) { Tell(double.PositiveInfinity); continue; }
            if ((Undecided(messages, 0.05 * (Cost - own)) ?? Undecided(messages, double.PositiveInfinity)) is not { } at)       // every inbound time is settled: what they cost is known
            {
                Take([.. half.Left.Low], better);
                Tell(double.PositiveInfinity);
                continue;
            }
            var (sooner, later) = half.Left.SplitTime(at.Stage, at.At);
            bool first = messages.Rounded[at.Stage] <= at.At;
            open.Enqueue(first ? later : sooner, own);
            next = (first ? sooner : later, own);
            Tell(own);
        }
        Tell(next?.Bound ?? double.PositiveInfinity);

        void Tell(double inHand)
        {
            double least = Math.Min(inHand, open.TryPeek(out _, out double o) ? o : double.PositiveInfinity);
            if (Math.Min(Cost, least) <= Bound) return;
            Bound = Math.Min(Cost, least);
            better?.Invoke(Cost, Bound);
        }
    }

    /// <summary>The stage whose inbound time is least decided and where to split it: of those times that cost no more than a tolerance above the least by what the stage is told, the widest range; null when each has one.</summary>
    private (int Stage, int At)? Undecided(PlacementMessages messages, double tolerance)
    {
        (int Stage, int At)? widest = null;
        double most = 0;
        StagesLeft left = messages.Left;
        for (int i = 0; i < problem.Count; i++)
        {
            if (left.Low[i] == left.High[i] || problem.MostIn[i] == 0) continue;
            ReadOnlySpan<double> told = messages.Told(i, 0);
            double least = double.PositiveInfinity;
            foreach (double x in told) least = Math.Min(least, x);
            int first = -1, last = -1;
            for (int x = left.Low[i]; x <= left.High[i]; x++)
                if (told[x] <= least + tolerance) (first, last) = (first < 0 ? x : first, x);
            double width = (problem.Roots[last] - problem.Roots[first]) * (problem.Weights[i] + 1e-9);
            if (last > first && width > most) (most, widest) = (width, (i, first + (last - first - 1) / 2));
        }
        return widest;
    }

    private double Tighten(PlacementMessages messages, double bound, double close, int passes, Action<double, double>? better, CancellationToken cancel)
    {
        double mark = bound;
        for (int pass = 1; Passes < passes && !cancel.IsCancellationRequested; pass++)
        {
            bound = Math.Max(bound, messages.Pass());
            Passes++;
            if (bound >= Cost * (1 - close)) break;
            Take([.. messages.Rounded], better);
            if (pass % Patience != 0) continue;
            if (bound - mark < 0.05 * (Cost - bound)) break;
            mark = bound;
        }
        return bound;
    }

    private void Take(int[] inbound, Action<double, double>? better)
    {
        double found = descent.Run(inbound);
        if (found >= Cost) return;
        (Cost, Best) = (found, inbound);
        better?.Invoke(Cost, Bound);
    }
}
