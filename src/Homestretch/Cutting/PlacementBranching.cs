namespace Homestretch.Cutting;

/// <summary>Closes the gap that message passing leaves: a stage whose inbound time is undecided is split into sooner and later, and each half is bounded by itself, until nothing open can be cheaper than the best.</summary>
internal sealed class PlacementBranching(PlacementDescent descent)
{
    /// <summary>Passes that a half has to move its bound by a twentieth of what is missing, before it is split.</summary>
    private const int Patience = 12;

    private sealed record Half(PlacementMessages Messages, double Bound);

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
        var open = new Stack<Half>([new(root, bound)]);
        while (open.Count > 0 && Passes < passes && !cancel.IsCancellationRequested)
        {
            Half half = open.Pop();
            double own = Tighten(half, close, passes, better, cancel);
            if (own >= Cost * (1 - close)) { Tell(); continue; }
            if (half.Messages.Undecided(0.05 * (Cost - own)) is not { } at) at = half.Messages.Undecided(double.PositiveInfinity) ?? (-1, 0);
            if (at.Stage < 0)       // every inbound time is settled: what they cost is known
            {
                Take(half.Messages.Soonest, better);
                Tell();
                continue;
            }
            var (sooner, later) = half.Messages.Split(at.Stage, at.At);
            bool firstSooner = half.Messages.Rounded[at.Stage] <= at.At;
            open.Push(new(firstSooner ? later : sooner, own));
            open.Push(new(firstSooner ? sooner : later, own));
            Tell();
        }
        Tell();

        void Tell()
        {
            double least = open.Count == 0 ? Cost : Math.Min(Cost, open.Min(static h => h.Bound));
            if (least <= Bound) return;
            Bound = least;
            better?.Invoke(Cost, Bound);
        }
    }

    private double Tighten(Half half, double close, int passes, Action<double, double>? better, CancellationToken cancel)
    {
        double bound = half.Bound, mark = bound;
        for (int pass = 1; Passes < passes && !cancel.IsCancellationRequested; pass++)
        {
            bound = Math.Max(bound, half.Messages.Pass());
            Passes++;
            Take([.. half.Messages.Rounded], better);
            if (bound >= Cost * (1 - close)) break;
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
