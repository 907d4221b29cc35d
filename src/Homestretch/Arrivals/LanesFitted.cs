using NodaTime;

namespace Homestretch.Arrivals;

/// <summary>One step that was carried out, or still runs: its days against nothing (a duration) or against a plan
/// (lateness, early is negative). All rows of one fit mean the same.</summary>
/// <param name="Lane">What we want a distribution for: lane and step.</param>
/// <param name="Group">What it borrows from: mode and region, mode and kind.</param>
/// <param name="Event">The physical event: lines of one shipment are one observation.</param>
/// <param name="Known">Day on which this was known; a fit as of an earlier day does not see it.</param>
/// <param name="Finished">False: still running, so the true value lies above <paramref name="Days"/>.</param>
public sealed record Executed(string Lane, string Group, string Event, LocalDate Known, double Days, bool Finished = true);

/// <param name="LanePull">How many observations of its own a lane needs to weigh as much as its group.</param>
/// <param name="GroupPull">The same for a group against everything.</param>
/// <param name="HalfLifeDays">Age at which an observation weighs half.</param>
/// <param name="OnTimeDays">Done within this is 'on time', in the unit of <see cref="Executed.Days"/>.</param>
public sealed record FitPolicy(double LanePull = 10, double GroupPull = 50, double HalfLifeDays = 180, double OnTimeDays = 0);

/// <param name="OwnShare">Weight of the lane's own history in its distribution; the rest is borrowed.</param>
/// <param name="Count">Its own events in the window.</param>
public sealed record LaneFitted(string Lane, string Group, StageTime.Table Time, double P50, double P90, Share OnTime,
    double TailIndex, int Count, Share OwnShare);

/// <summary>Distributions fitted to executed history, by lane with partial pooling.</summary>
/// <remarks>Each lane's distribution is the posterior mean of a Dirichlet process whose base is its group's, whose base is
/// that of everything: F_lane = (n F_own + k F_group) / (n + k) (Ferguson 1973), n the decayed count. F_own is Kaplan and
/// Meier's, so running steps count as 'longer than this' instead of being left out. A value that holds 5 % or more stays
/// a mass. Beyond the 98 % point a Pareto II tail takes over with the Hill index of all exceedances (held in 1.5 to 6)
/// and the lane's own mean excess.</remarks>
public sealed class LanesFitted
{
    private const double MassShare = 0.05, LeastRise = 0.002, TailFrom = 0.98, LeastExcessDays = 0.5;

    private readonly FitPolicy _policy;
    private readonly double[] _values;
    private readonly double _tailIndex;
    private readonly double[] _everything;
    private readonly Dictionary<string, (double[] Mass, int Count)> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LaneFitted> _byLane = new(StringComparer.Ordinal);

    private LanesFitted(Executed[] events, LocalDate asOf, FitPolicy policy)
    {
        (AsOf, _policy, Count) = (asOf, policy, events.Length);
        (From, To) = (events.Min(e => e.Known), events.Max(e => e.Known));
        Version = events.Aggregate(0UL, (h, e) => StableHash.Join(h, StableHash.Of(e.Lane, e.Event,
            BitConverter.DoubleToInt64Bits(e.Days).ToString("x"), e.Finished ? "1" : "0")));
        _values = [.. events.Select(e => e.Days).Distinct().Order()];
        _everything = Pooled(events, null, 0).Mass;
        _tailIndex = HillIndex();
        foreach (var group in events.GroupBy(e => e.Group, StringComparer.Ordinal))
            _groups[group.Key] = (Pooled(group, _everything, policy.GroupPull).Mass, group.Count());
        foreach (var lane in events.GroupBy(e => e.Lane, StringComparer.Ordinal))
        {
            string group = lane.First().Group;
            var (mass, own) = Pooled(lane, _groups[group].Mass, policy.LanePull);
            _byLane[lane.Key] = Fitted(lane.Key, group, mass, lane.Count(), own);
        }
        Lanes = [.. _byLane.Values.OrderBy(l => l.Lane, StringComparer.Ordinal)];
    }

    /// <summary>The day whose knowledge was used, and the first and last day of the rows.</summary>
    public LocalDate AsOf { get; }
    public LocalDate From { get; }
    public LocalDate To { get; }

    /// <summary>Events used.</summary>
    public int Count { get; }

    /// <summary>Hash of the events used: two fits with the same policy, day and version are the same.</summary>
    public ulong Version { get; }

    /// <summary>All lanes with history of their own, by name.</summary>
    public IReadOnlyList<LaneFitted> Lanes { get; }

    /// <summary>Fits what was known on a day. Null when nothing was.</summary>
    public static LanesFitted? Of(IEnumerable<Executed> rows, LocalDate asOf, FitPolicy? policy = null)
    {
        Executed[] events = [.. rows.Where(r => r.Known <= asOf && double.IsFinite(r.Days))
            .GroupBy(r => (r.Lane, r.Event)).Select(g => g.OrderByDescending(r => r.Finished).ThenByDescending(r => r.Days).First())
            .OrderBy(r => r.Lane, StringComparer.Ordinal).ThenBy(r => r.Event, StringComparer.Ordinal)];
        return events.Any(e => e.Finished) ? new LanesFitted(events, asOf, policy ?? new FitPolicy()) : null;
    }

    /// <summary>The distribution of a lane; of its group, or of everything, where it has no history.</summary>
    public LaneFitted For(string lane, string group) =>
        _byLane.TryGetValue(lane, out var known) ? known
        : Fitted(lane, group, _groups.TryGetValue(group, out var pooled) ? pooled.Mass : _everything, 0, 0);

    /// <summary>The mass at each value: own history (Kaplan-Meier, decayed) drawn towards a base by its pull.</summary>
    private (double[] Mass, double Own) Pooled(IEnumerable<Executed> events, double[]? towards, double pull)
    {
        double[] ended = new double[_values.Length], left = new double[_values.Length];
        double total = 0;
        foreach (var e in events)
        {
            double weight = Math.Pow(2, -Math.Max(0, Period.DaysBetween(e.Known, AsOf)) / _policy.HalfLifeDays);
            (e.Finished ? ended : left)[Array.BinarySearch(_values, e.Days)] += weight;
            total += weight;
        }
        double own = towards is null ? 1 : total / (total + pull), survival = 1, atRisk = total;
        var mass = new double[_values.Length];
        for (int i = 0; i < mass.Length; i++)
        {
            double ends = atRisk > 1e-12 ? survival * ended[i] / atRisk : 0;
            (survival, atRisk) = (survival - ends, atRisk - ended[i] - left[i]);
            mass[i] = own * ends + (1 - own) * (towards?[i] ?? 0);
        }
        // what nobody has seen ending goes to the base, and without one to the last value
        if (towards is null) mass[^1] += survival;
        else if (survival > 1e-12) Spread(mass, towards, own * survival, events.Where(e => !e.Finished).Max(e => e.Days));
        return (mass, own);
    }

    /// <summary>Adds a weight to the values above a point, in the proportions of the base; all on the last when it has none there.</summary>
    private void Spread(double[] mass, double[] proportions, double weight, double above)
    {
        double sum = 0;
        for (int i = 0; i < mass.Length; i++) sum += _values[i] > above ? proportions[i] : 0;
        if (sum <= 0) mass[^1] += weight;
        else for (int i = 0; i < mass.Length; i++) mass[i] += _values[i] > above ? weight * proportions[i] / sum : 0;
    }

    private LaneFitted Fitted(string lane, string group, double[] mass, int count, double own)
    {
        List<double> levels = [], values = [];
        double below = 0, excess = 0, beyond = 0;
        for (int i = 0; i < mass.Length; i++)
        {
            double upTo = below + mass[i];
            if (below >= TailFrom) (excess, beyond) = (excess + mass[i] * (_values[i] - values[^1]), beyond + mass[i]);
            else if (mass[i] >= MassShare || upTo >= TailFrom || levels.Count == 0 || upTo - levels[^1] >= LeastRise)
            {
                if ((mass[i] >= MassShare || levels.Count == 0) && mass[i] > 1e-6) Point(below + 1e-9, _values[i]);
                Point(Math.Min(upTo, 1 - 1e-3), _values[i]);
            }
            below = upTo;
        }
        double scale = (_tailIndex - 1) * Math.Max(LeastExcessDays, beyond > 0 ? excess / beyond : 0);
        var time = new StageTime.Table(levels, values, scale, _tailIndex);
        return new LaneFitted(lane, group, time, time.Quantile(0.5), time.Quantile(0.9),
            new Share(Math.Clamp(time.Cdf(_policy.OnTimeDays), 0, 1)), _tailIndex, count, new Share(own));

        void Point(double level, double value)
        {
            if (levels.Count > 0 && level <= levels[^1]) return;
            levels.Add(level);
            values.Add(value);
        }
    }

    /// <summary>Hill's estimate of the tail index over the latest 10 % of everything, measured from the median.</summary>
    private double HillIndex()
    {
        double median = AtLevel(0.5), threshold = Math.Max(AtLevel(0.9) - median, 1), sum = 0, weight = 0;
        for (int i = 0; i < _values.Length; i++)
            if (_values[i] - median > threshold) (sum, weight) = (sum + _everything[i] * Math.Log((_values[i] - median) / threshold), weight + _everything[i]);
        return sum > 0 ? Math.Clamp(weight / sum, 1.5, 6) : 3;
    }

    private double AtLevel(double level)
    {
        double below = 0;
        for (int i = 0; i < _values.Length; i++)
            if ((below += _everything[i]) >= level) return _values[i];
        return _values[^1];
    }
}
