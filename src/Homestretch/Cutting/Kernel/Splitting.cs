namespace Homestretch.Cutting.Kernel;

/// <summary>Closes the gap that message passing leaves: a stage whose option is undecided is split into with and without, one whose inbound time is undecided into sooner and later, and each half is bounded by itself, until nothing open can be cheaper than the best.</summary>
/// <remarks>The half with the lowest bound comes next, and one of two halves is followed at once, so that its messages need not be found anew; others begin with those of the whole.</remarks>
/// <param name="choices">What the choices cost at least when only some are left.</param>
/// <param name="settle">Betters a choice with its inbound times, in place, and says what it costs.</param>
/// <param name="hopeless">Whether nothing of what is left can be allowed.</param>
/// <param name="weight">How much what a stage chooses bears on the rest; only needed where there are options.</param>
internal sealed class Splitting(Func<StagesLeft, StageChoices> choices, Func<int[], int[], double> settle, Func<int, double>? weight = null, Func<StagesLeft, bool>? hopeless = null)
{
    /// <summary>Passes that a half has to move its bound by a twentieth of what is missing, before it is split.</summary>
    private const int Patience = 12;

    public double Cost { get; private set; }
    public double Bound { get; private set; }

    /// <summary>Options and inbound times of the best.</summary>
    public (int[] Options, int[] Inbound) Best { get; private set; }
    public int Passes { get; private set; }

    /// <param name="root">Messages that have converged.</param>
    /// <param name="best">Options and inbound times of the best so far.</param>
    /// <param name="close">Cost and bound so near to each other, as a share of the cost, are equal.</param>
    /// <param name="any">Whether the first that is allowed will do.</param>
    public void Run(PlacementMessages root, double bound, (int[] Options, int[] Inbound) best, double cost, double close, int passes, Action<double, double>? better, CancellationToken cancel, bool any = false)
    {
        (Cost, Best, Bound) = (cost, best, bound);
        PlacementMessages messages = root.Copy();
        var open = new PriorityQueue<StagesLeft, double>();
        (StagesLeft Left, double Bound)? next = (root.Left, bound);
        while (Passes < passes && !cancel.IsCancellationRequested && !(any && double.IsFinite(Cost)))
        {
            if (next is not { } half)
            {
                if (!open.TryDequeue(out StagesLeft? left, out double told)) break;
                half = (left, told);
                messages.Take(root);
            }
            next = null;
            if (half.Bound >= Cost * (1 - close) || hopeless?.Invoke(half.Left) == true) { Tell(double.PositiveInfinity); continue; }
            StageChoices costs = choices(half.Left);
            messages.Use(costs, half.Left);
            double own = Tighten(messages, half.Bound, close, passes, better, cancel);
            if (own >= Cost * (1 - close)) { Tell(double.PositiveInfinity); continue; }
            if (Split(messages, costs, 0.05 * (Cost - own)) is not { } halves)       // all is settled: what it costs is known
            {
                Take([.. Enumerable.Range(0, costs.Count).Select(half.Left.First)], [.. half.Left.Low], better);
                Tell(double.PositiveInfinity);
                continue;
            }
            open.Enqueue(halves.Second, own);
            next = (halves.First, own);
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

    /// <summary>Two halves, that in which the last pass rounded first; null when nothing is left to split.</summary>
    private (StagesLeft First, StagesLeft Second)? Split(PlacementMessages messages, StageChoices costs, double tolerance)
    {
        StagesLeft left = messages.Left;
        if ((Option(messages, costs, tolerance) ?? Option(messages, costs, double.PositiveInfinity)) is { } option)
        {
            var (with, without) = left.SplitOption(option.Stage, option.Option);
            return (with, without);
        }
        if ((Time(messages, costs, tolerance) ?? Time(messages, costs, double.PositiveInfinity)) is not { } at) return null;
        var (sooner, later) = left.SplitTime(at.Stage, at.At);
        return messages.Rounded[at.Stage] <= at.At ? (sooner, later) : (later, sooner);
    }

    /// <summary>Of the stages of which two options or more cost no more than a tolerance above the least by what the stage is told, the one that bears most on the rest, and its cheapest option.</summary>
    private (int Stage, int Option)? Option(PlacementMessages messages, StageChoices costs, double tolerance)
    {
        (int Stage, int Option)? heaviest = null;
        double most = double.NegativeInfinity;
        for (int i = 0; i < costs.Count; i++)
        {
            if (messages.Left.Options(i) < 2 || weight!(i) <= most) continue;
            double least = double.PositiveInfinity, second = double.PositiveInfinity;
            int best = -1;
            for (int x = 0; x < costs.Times[i].Length; x++)
            {
                if (!messages.Left.Has(i, x)) continue;
                double told = double.PositiveInfinity;
                foreach (double t in messages.Told(i, x)) told = Math.Min(told, t);
                if (best < 0 || told < least) (second, least, best) = (least, told, x);
                else second = Math.Min(second, told);
            }
            if (second - least <= tolerance || double.IsPositiveInfinity(tolerance)) (most, heaviest) = (weight(i), (i, best));
        }
        return heaviest;
    }

    /// <summary>The stage whose inbound time is least decided and where to split it: of those times that cost no more than a tolerance above the least by what the stage is told, the widest range; null when each has one.</summary>
    private static (int Stage, int At)? Time(PlacementMessages messages, StageChoices costs, double tolerance)
    {
        (int Stage, int At)? widest = null;
        double most = 0;
        StagesLeft left = messages.Left;
        for (int i = 0; i < costs.Count; i++)
        {
            if (left.Low[i] == left.High[i] || costs.MostIn[i] == 0) continue;
            int option = left.First(i);
            ReadOnlySpan<double> told = messages.Told(i, option);
            double least = double.PositiveInfinity;
            foreach (double x in told) least = Math.Min(least, x);
            int first = -1, last = -1;
            for (int x = left.Low[i]; x <= left.High[i]; x++)
                if (told[x] <= least + tolerance) (first, last) = (first < 0 ? x : first, x);
            double width = (costs.Roots[last] - costs.Roots[first]) * (costs.Weights[i][option] + 1e-9);
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
            Take([.. messages.Chosen], [.. messages.Rounded], better);
            if (pass % Patience != 0) continue;
            if (bound - mark < 0.05 * (Cost - bound)) break;
            mark = bound;
        }
        return bound;
    }

    private void Take(int[] options, int[] inbound, Action<double, double>? better)
    {
        double found = settle(options, inbound);
        if (!(found < Cost)) return;
        (Cost, Best) = (found, (options, inbound));
        better?.Invoke(Cost, Bound);
    }
}
