using Homestretch.Cutting.Kernel;
using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Cutting.Sourcing;

/// <summary>Looks for the choice that costs least within limits, with a bound: messages give the bound and choices, descent and exchange of options better them, splitting closes what is left.</summary>
/// <remarks>Limits that are sums are charged to the choices at prices that are raised while what the messages round misses them (Lagrangian relaxation, with the step of B. Polyak 1969); other limits only shut halves in which nothing can meet them.</remarks>
internal sealed class SourcingSearch
{
    /// <summary>Passes that gain next to nothing after which stages are split, and after how many passes a choice is bettered by exchange whatever it costs.</summary>
    private const int StillFor = 30, ExchangeEach = 10;

    /// <summary>After how many passes prices of limits are moved, and how often at most.</summary>
    private const int PriceEach = 5, PriceMost = 80;

    /// <summary>Cost and bound so near to each other, as a share of the cost, are taken to be equal.</summary>
    private const double Close = 5e-8;

    private readonly SourcingProblem _p;
    private readonly IReadOnlyList<Bounded> _limits;
    private readonly (SumLimit Limit, double Price)[] _priced;
    private readonly OptionExchange _exchange;
    private readonly CancellationToken _cancel;
    private double _best = double.PositiveInfinity;

    public SourcingSearch(SourcingProblem p, IReadOnlyList<Bounded> limits, CancellationToken cancel)
    {
        (_p, _limits, _cancel) = (p, limits, cancel);
        _priced = [.. limits.OfType<SumLimit>().Select(static l => (l, 0.0))];
        _exchange = new(p, limits, cancel);
    }

    internal sealed record Found(int[] Options, int[] Inbound, double Cost, double Bound, int Passes);

    /// <summary>The best found, and its bound; an infinite cost when nothing allowed was found, and an infinite bound when there is nothing.</summary>
    /// <param name="any">Whether the first that is allowed will do.</param>
    /// <param name="taken">Hears each that is better than all before it.</param>
    public Found Run(PlacementBudget budget, Action<double, double>? better = null, bool any = false, Action<Found>? taken = null)
    {
        StagesLeft all = _p.All();
        var messages = new PlacementMessages(_p.Least(all, _priced));
        (int[] Options, int[] Inbound) best = ([], []);
        double cost = double.PositiveInfinity, bound = double.NegativeInfinity;
        int pass = 0, still = 0, moves = 0;
        if (Hopeless(all)) return new([], [], cost, double.PositiveInfinity, 0);
        (double Bound, double[] Prices) dearest = (double.NegativeInfinity, new double[_priced.Length]);
        while (still < StillFor && pass < budget.Passes && !_cancel.IsCancellationRequested)
        {
            double told = messages.Pass();
            pass++;
            if (double.IsPositiveInfinity(told)) return new([], [], double.PositiveInfinity, told, pass);
            int[] options = [.. messages.Chosen], rounded = [.. messages.Chosen], inbound = [.. messages.Rounded];
            double found = Settle(options, inbound, always: pass % ExchangeEach == 1);
            bool closer = told > bound, cheaper = found < cost;
            still = told - bound > 2e-4 * (Math.Min(cost, 2 * Math.Abs(told)) - bound) ? 0 : still + 1;
            bound = Math.Max(bound, told);
            if (told > dearest.Bound) dearest = (told, [.. _priced.Select(static l => l.Price)]);
            if (cheaper) (cost, best) = (found, (options, inbound));
            if (cheaper) taken?.Invoke(new(best.Options, best.Inbound, cost, bound, pass));
            if (Closed() || (any && double.IsFinite(cost))) break;
            if (closer || cheaper) better?.Invoke(cost, bound);
            if (_priced.Length == 0 || pass % PriceEach != 0 || moves >= PriceMost || !Price(rounded, told, cost, ++moves)) continue;
            messages.Use(_p.Least(all, _priced), all);
            still = 0;
        }
        if (Closed() || (any && double.IsFinite(cost))) return new(best.Options, best.Inbound, cost, bound, pass);
        for (int l = 0; l < _priced.Length; l++) _priced[l].Price = dearest.Prices[l];
        var splitting = new Splitting(left => _p.Least(left, _priced), (options, inbound) => Settle(options, inbound, always: false), _p.Bears, Hopeless);
        double least = cost;
        splitting.Run(messages, bound, best, cost, Close, budget.Passes - pass, Hear, _cancel, any);
        return new(splitting.Best.Options, splitting.Best.Inbound, splitting.Cost, splitting.Bound, pass + splitting.Passes);

        bool Closed() => double.IsFinite(cost) && cost - bound <= Close * cost;

        void Hear(double cheapest, double told)
        {
            if (cheapest < least) taken?.Invoke(new(splitting.Best.Options, splitting.Best.Inbound, least = cheapest, told, pass + splitting.Passes));
            better?.Invoke(cheapest, told);
        }
    }

    private bool Hopeless(StagesLeft left)
    {
        foreach (Bounded limit in _limits)
            if (limit.LeastMissed(left) > OptionExchange.Tolerance) return true;
        return false;
    }

    /// <summary>Moves the prices of limits towards what a choice misses; false when none moved.</summary>
    private bool Price(int[] options, double told, double cost, int moves)
    {
        double[] missed = [.. _priced.Select(l => l.Limit.Missed(options) is var m && Math.Abs(m) > 1e-6 ? m : 0)];
        double norm = 0;
        for (int l = 0; l < missed.Length; l++)
            if (missed[l] > 0 || _priced[l].Price > 0) norm += missed[l] * missed[l];
        if (norm == 0) return false;
        double ahead = Math.Max((double.IsFinite(cost) ? cost : told + 0.05 * Math.Abs(told)) - told, 1e-4 * Math.Abs(told)), step = Math.Pow(0.95, moves) * ahead / norm;
        for (int l = 0; l < missed.Length; l++) _priced[l].Price = Math.Clamp(_priced[l].Price + step * missed[l] / _priced[l].Limit.Scale, 0, 20 * Math.Abs(told) / _priced[l].Limit.Scale);       // beyond it digits are lost
        return true;
    }

    /// <summary>Betters a choice in place and says what it costs; infinite when it is not allowed.</summary>
    /// <param name="always">Whether options are exchanged even where the choice is not the cheapest so far.</param>
    private double Settle(int[] options, int[] inbound, bool always)
    {
        var (cost, missed) = _exchange.Whole(options, inbound);
        if (double.IsInfinity(cost) || (!always && (cost >= _best || missed > 0.05))) return _exchange.Allowed(cost, missed) ? cost : double.PositiveInfinity;
        cost = _exchange.Run(options, inbound);
        _best = Math.Min(_best, cost);
        return cost;
    }
}
