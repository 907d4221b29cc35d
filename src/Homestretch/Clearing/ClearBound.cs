namespace Homestretch.Clearing;

/// <summary>A proven upper bound on what release lists can be worth, and the prices that say so.</summary>
/// <remarks>Lagrangian relaxation of the limits: for any prices p >= 0, no list is worth more than sum p_l limit_l + sum over jobs of the most that an option is worth less what it uses at
/// those prices (Geoffrion 1974). Prices by subgradient with Polyak's step towards the best list known (Held, Wolfe and Crowder 1974). Worths are whole, so the bound is rounded down. Then
/// a tree over the jobs whose regret is less than the gap tells whether limits and wholeness together allow more.</remarks>
internal sealed class ClearBound
{
    /// <summary>Jobs up to which a tree is tried: it goes as deep as there are jobs.</summary>
    private const int MostInTree = 2_000;
    private const double Slip = 1e-6;
    private readonly ClearRelaxation _relaxed;
    private readonly double[] _worth;       // by option
    private readonly double[] _limit, _price, _best;
    private readonly List<(int Limit, double Uses)>[] _uses;
    private double _value = double.MaxValue;

    /// <param name="worth">What is bounded, by option; whole numbers.</param>
    /// <param name="floor">Weights by option whose sum must reach a least; null: none.</param>
    private ClearBound(ClearRelaxation relaxed, Func<int, double> worth, (Func<int, double> Weight, double Least)? floor)
    {
        _relaxed = relaxed;
        int options = relaxed.First[^1], limits = relaxed.Limit.Count + (floor is null ? 0 : 1);
        _worth = [.. Enumerable.Range(0, options).Select(worth)];
        _limit = [.. relaxed.Limit, .. floor is { } f ? (double[])[-f.Least] : []];
        _uses = [.. Enumerable.Range(0, options).Select(o => relaxed.Uses(o).ToList())];
        if (floor is { } least)
            for (int o = 0; o < options; o++) if (least.Weight(o) != 0) _uses[o].Add((limits - 1, -least.Weight(o)));
        (_price, _best) = (new double[limits], new double[limits]);
    }

    /// <summary>Bounds weighted kits and, when the list has as many as any can, promises.</summary>
    public static (long Kits, long? Promises, double[] Regret) Of(ClearProblem problem, ClearScore found, ClearPolicy policy)
    {
        var relaxed = new ClearRelaxation(problem);
        var kits = new ClearBound(relaxed, o => relaxed.WorthOf(o).Kits, null);
        long most = kits.Most(found.Kits, policy);
        double[] regret = kits.Preferences();
        if (most > found.Kits) return (most, null, regret);
        var promises = new ClearBound(relaxed, o => relaxed.WorthOf(o).Promises, (o => relaxed.WorthOf(o).Kits, found.Kits));
        return (most, promises.Most(found.Promises, policy), regret);
    }

    private long Most(long found, ClearPolicy policy)
    {
        Sharpen(found, policy.Rounds);
        long bound = Math.Max(found, (long)Math.Floor(_value + Slip));
        return bound == found || policy.Nodes == 0 || _relaxed.First.Length > MostInTree ? bound : new Tree(this, policy.Nodes).Most(found, bound);
    }

    /// <summary>How much each job's best option is worth at the prices found, less what it uses: what a first pass goes by.</summary>
    private double[] Preferences()
    {
        var preference = new double[_relaxed.First.Length - 1];
        for (int j = 0; j < preference.Length; j++)
        {
            preference[j] = double.MinValue;
            for (int o = _relaxed.First[j]; o < _relaxed.First[j + 1]; o++) preference[j] = Math.Max(preference[j], Reduced(o, _best));
        }
        return preference;
    }

    private double Reduced(int option, double[] price)
    {
        double worth = _worth[option];
        foreach (var (limit, uses) in _uses[option]) worth -= price[limit] * uses;
        return worth;
    }

    private void Sharpen(double found, int rounds)
    {
        double pace = 1;
        int idle = 0;
        double[] over = new double[_limit.Length];
        for (int round = 0; round < rounds && Math.Floor(_value + Slip) > found; round++)
        {
            double value = 0, squares = 0;
            for (int l = 0; l < over.Length; l++)
            {
                over[l] = -_limit[l];
                value += _price[l] * _limit[l];
            }
            for (int j = 0; j + 1 < _relaxed.First.Length; j++)
            {
                int best = Choice(j, _price, out double worth);
                value += worth;
                if (best < 0) continue;
                foreach (var (limit, uses) in _uses[best]) over[limit] += uses;
            }
            if (value < _value - 1e-9)
            {
                (_value, idle) = (value, 0);
                _price.CopyTo(_best, 0);
            }
            else if (++idle == 15) (pace, idle) = (pace / 2, 0);
            // limits count in shares of themselves: seconds of a line and pieces of an item weigh alike
            for (int l = 0; l < over.Length; l++)
            {
                double scale = Math.Max(1, Math.Abs(_limit[l])), share = over[l] / scale;
                if (share > 0 || _price[l] > 0) squares += share * share;
            }
            if (squares < 1e-18) break;
            double step = pace * (value - found) / squares;
            for (int l = 0; l < over.Length; l++)
            {
                double scale = Math.Max(1, Math.Abs(_limit[l]));
                _price[l] = Math.Max(0, _price[l] + step * over[l] / (scale * scale));
            }
        }
    }

    /// <summary>The option of a job that is worth most at prices; -1 for none, when that is better and allowed.</summary>
    private int Choice(int job, double[] price, out double worth)
    {
        int best = -1;
        worth = _relaxed.IsProtected(job) && _relaxed.First[job] < _relaxed.First[job + 1] ? double.MinValue : 0;
        for (int o = _relaxed.First[job]; o < _relaxed.First[job + 1]; o++)
        {
            double reduced = Reduced(o, price);
            if (reduced > worth) (best, worth) = (o, reduced);
        }
        return best;
    }

    /// <summary>Depth first over the jobs in order of how much is lost by another choice than the best at the prices; a node's bound is the root's less the losses so far.</summary>
    private sealed class Tree
    {
        private readonly ClearBound _of;
        private readonly List<(int Option, double Regret)>[] _choices;      // by place, best first
        private readonly double[] _left;
        private readonly double[] _leastUse;                                 // by place * limits: least that this and all later jobs use of each limit
        private int _nodes;
        private double _found;
        private bool _ended;

        public Tree(ClearBound of, int nodes)
        {
            (_of, _nodes, _left) = (of, nodes, [.. of._limit]);
            var choices = new List<(int Job, List<(int Option, double Regret)> Of)>();
            for (int j = 0; j + 1 < of._relaxed.First.Length; j++)
            {
                var all = new List<(int Option, double Reduced)>();
                for (int o = of._relaxed.First[j]; o < of._relaxed.First[j + 1]; o++) all.Add((o, of.Reduced(o, of._best)));
                if (all.Count == 0) continue;
                if (!of._relaxed.IsProtected(j)) all.Add((-1, 0));
                all.Sort(static (a, b) => a.Reduced != b.Reduced ? b.Reduced.CompareTo(a.Reduced) : a.Option.CompareTo(b.Option));
                choices.Add((j, [.. all.Select(a => (a.Option, all[0].Reduced - a.Reduced))]));
            }
            _choices = [.. choices.OrderByDescending(static c => c.Of.Count < 2 ? double.MaxValue : c.Of[1].Regret).ThenBy(static c => c.Job).Select(static c => c.Of)];
            int limits = _left.Length;
            _leastUse = new double[(_choices.Length + 1) * limits];
            for (int place = _choices.Length - 1; place >= 0; place--)
                for (int l = 0; l < limits; l++)
                    _leastUse[place * limits + l] = _leastUse[(place + 1) * limits + l] + _choices[place].Min(c => c.Option < 0 ? 0 : of._uses[c.Option].Where(u => u.Limit == l).Sum(static u => u.Uses));
        }

        /// <summary>The most that options can be worth within all limits; the root's bound when the nodes do not suffice to tell.</summary>
        public long Most(long found, long bound)
        {
            _found = found;
            Go(0, _of._value, 0);
            return _ended ? bound : Math.Min(bound, (long)Math.Round(_found));
        }

        private void Go(int place, double bound, double worth)
        {
            if (_ended || Math.Floor(bound + Slip) <= _found) return;
            if (--_nodes < 0)
            {
                _ended = true;
                return;
            }
            if (place == _choices.Length)
            {
                _found = Math.Max(_found, worth);
                return;
            }
            foreach (var (option, regret) in _choices[place])
            {
                if (Math.Floor(bound - regret + Slip) <= _found) return;
                Use(option, -1);
                if (Room(place + 1)) Go(place + 1, bound - regret, worth + (option < 0 ? 0 : _of._worth[option]));
                Use(option, 1);
            }
        }

        private void Use(int option, int sign)
        {
            if (option < 0) return;
            foreach (var (limit, uses) in _of._uses[option]) _left[limit] += sign * uses;
        }

        private bool Room(int place)
        {
            for (int l = 0; l < _left.Length; l++) if (_left[l] - _leastUse[place * _left.Length + l] < -Slip) return false;
            return true;
        }
    }
}
