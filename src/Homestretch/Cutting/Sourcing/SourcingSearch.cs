using Homestretch.Cutting.Kernel;

namespace Homestretch.Cutting.Sourcing;

/// <summary>Looks for the choice that costs least, with a bound: messages give the bound and choices, descent and exchange of options better them, splitting closes what is left.</summary>
internal sealed class SourcingSearch
{
    /// <summary>Passes that gain next to nothing after which stages are split, and after how many passes a choice is bettered by exchange whatever it costs.</summary>
    private const int StillFor = 30, ExchangeEach = 10;

    /// <summary>Cost and bound so near to each other, as a share of the cost, are taken to be equal.</summary>
    private const double Close = 5e-8;

    private readonly SourcingProblem _p;
    private readonly PlacementProblem _placement;
    private readonly PlacementDescent _descent;
    private readonly CancellationToken _cancel;
    private readonly int[][] _near;
    private double _best = double.PositiveInfinity;

    public SourcingSearch(SourcingProblem p, CancellationToken cancel)
    {
        (_p, _placement, _cancel) = (p, p.Placement(), cancel);
        _descent = new(_placement);
        _near = [.. Enumerable.Range(0, p.Count).Select(i => (int[])[i, .. p.Graph.Before[i], .. p.Graph.After[i]])];
    }

    internal sealed record Found(int[] Options, int[] Inbound, double Cost, double Bound, int Passes);

    /// <summary>The best found, and its bound; an infinite cost when nothing that goes together was found, and an infinite bound when nothing does.</summary>
    public Found Run(PlacementBudget budget, Action<double, double>? better)
    {
        StageChoices choices = _p.Least(_p.All());
        var messages = new PlacementMessages(choices);
        (int[] Options, int[] Inbound) best = ([], []);
        double cost = double.PositiveInfinity, bound = double.NegativeInfinity;
        int pass = 0, still = 0;
        while (still < StillFor && pass < budget.Passes && !_cancel.IsCancellationRequested)
        {
            double told = messages.Pass();
            pass++;
            if (double.IsPositiveInfinity(told)) return new([], [], double.PositiveInfinity, told, pass);
            int[] options = [.. messages.Chosen], inbound = [.. messages.Rounded];
            double found = Settle(options, inbound, always: pass % ExchangeEach == 1);
            bool closer = told > bound, cheaper = found < cost;
            still = told - bound > 2e-4 * (Math.Min(cost, 2 * told) - bound) ? 0 : still + 1;
            bound = Math.Max(bound, told);
            if (cheaper) (cost, best) = (found, (options, inbound));
            if (Closed()) break;
            if (closer || cheaper) better?.Invoke(cost, bound);
        }
        if (Closed()) return new(best.Options, best.Inbound, cost, bound, pass);
        var splitting = new Splitting(_p.Least, (options, inbound) => Settle(options, inbound, always: false), _p.Bears);
        splitting.Run(messages, bound, best, cost, Close, budget.Passes - pass, better, _cancel);
        return new(splitting.Best.Options, splitting.Best.Inbound, splitting.Cost, splitting.Bound, pass + splitting.Passes);

        bool Closed() => double.IsFinite(cost) && cost - bound <= Close * cost;
    }

    /// <summary>Betters a choice in place and says what it costs.</summary>
    /// <param name="always">Whether options are exchanged even where the choice is not the cheapest so far.</param>
    private double Settle(int[] options, int[] inbound, bool always)
    {
        double cost = Whole(options, inbound);
        if (double.IsInfinity(cost) || (cost >= _best && !always)) return cost;
        while (Exchange(options, inbound, ref cost) && !_cancel.IsCancellationRequested) { }
        _best = Math.Min(_best, cost);
        return cost;
    }

    private double Whole(int[] options, int[] inbound)
    {
        double certain = _p.Write(options, _placement);
        return double.IsInfinity(certain) ? certain : certain + _descent.Run(inbound);
    }

    /// <summary>Takes each other option of each stage that makes the whole cheaper, once around.</summary>
    private bool Exchange(int[] options, int[] inbound, ref double cost)
    {
        bool changed = false;
        for (int i = 0; i < options.Length && !_cancel.IsCancellationRequested; i++)
        {
            if (_p.Options[i].Length < 2) continue;
            int was = options[i], best = was;
            int[] kept = inbound;
            for (int x = 0; x < _p.Options[i].Length; x++)
            {
                if (x == was) continue;
                options[i] = x;
                double certain = _p.Write(options, _placement);
                if (certain >= cost) continue;
                int[] tried = [.. inbound];
                double found = certain + _descent.Run(tried, _near[i]);
                if (found < cost - 1e-9 * cost) (cost, best, kept) = (found, x, tried);
            }
            options[i] = best;
            if (best == was) continue;
            kept.CopyTo(inbound, 0);
            changed = true;
        }
        if (changed) cost = Math.Min(cost, Whole(options, inbound));
        return changed;
    }
}
