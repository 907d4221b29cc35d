using Homestretch.Cutting.Kernel;
using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Cutting.Sourcing;

/// <summary>A study in arrays: what each choice costs exactly, and what it costs at least while others are open.</summary>
/// <remarks>A year costs  sum_d n mu_d C_d  +  a sum_i mu_i T_i (C_i - c_i / 2)  +  a sum of links mu_k phi tau C_j  +  what is written off  +  a sum_i C_i z_i sigma_i sqrt(SI_i + T_i - S_i),
/// with C_k = c_k + sum_j phi_jk (C_j (1 + r) + f): S. Graves, S. Willems: Optimizing the supply chain configuration for new products, Management Science 51 (2005) 1165-1180, whose costs have no legs.</remarks>
internal sealed class SourcingProblem
{
    private readonly StageGraph _graph;
    private readonly SourcingPolicy _policy;
    private readonly double[] _demand;                  // units a day of customers
    private readonly double[][] _factors;               // [stage][option]: what a unit of cost behind a unit makes of each unit of the curve
    private readonly SpreadCurve?[][] _curves;
    private readonly LegChoices[][] _legs;
    private readonly StageChoices _shape;
    private readonly double[][] _written;
    private readonly double[] _spreads;                 // standard deviation of a day's demand
    private readonly double[] _passed;                  // what a stage that must hold nothing is charged for what it holds

    public SourcingProblem(StageGraph graph, StageOption[][] options, LegChoices[][] legs, SourcingPolicy policy)
    {
        (_graph, Options, _legs, _policy) = (graph, options, legs, policy);
        _demand = [.. graph.Stages.Select(static s => s.Demand ?? 0)];
        Throughput = StageWeights.Flow(graph);
        Ticks = Ticks.Of([.. options.SelectMany(static o => o).Select(static o => o.Days), .. legs.SelectMany(static a => a).SelectMany(static l => l.Days.Cast<double>()), .. graph.Stages.Select(static s => s.MostDays).OfType<double>()], Longest(), policy.Stock.Spread && options.SelectMany(static o => o).Any(static o => o.DaysSpread > 0));
        Levels = StageWeights.Levels(graph, policy.Stock);
        double[] spreads = _spreads = StageWeights.Spreads(graph, policy.Stock.Variance), z = [.. Levels.Select(Normal.Quantile)];
        bool Spread(StageOption x, int i) => policy.Stock.Spread && x.DaysSpread > 0 && (spreads[i] > 0 || Throughput[i] > 0);
        _factors = [.. options.Select((o, i) => o.Select(x => !x.Holds ? 1 : policy.Stock.HoldingRate * (Spread(x, i) ? 1 : spreads[i] * z[i] * Math.Sqrt(Ticks.Days))).ToArray())];
        _written = [.. options.Select(o => o.Select(x => x.OneOff / policy.WriteOffYears).ToArray())];
        _shape = new([.. options.Select((o, i) => o.Select(x => Ticks.Of(x.Days) + (Spread(x, i) ? SpreadCurve.BeyondMean(x.DaysSpread, Ticks.Days, Throughput[i], spreads[i], z[i]) : 0)).ToArray())], _factors, [.. options.Select(static o => new double[o.Length])],
            [.. graph.Stages.Select((s, i) => s.MostDays is { } most ? Ticks.Of(most) : graph.After[i].Length == 0 ? 0 : int.MaxValue / 8)], graph.Before, graph.After,
            [.. legs.Select(a => a.Select(l => (LinkChoices?)new LinkChoices(l.InTicks(Ticks), l.Costs())).ToArray())]);
        _curves = [.. options.Select((o, i) => o.Select(x => x.Holds && Spread(x, i) ? new SpreadCurve(x.DaysSpread, Ticks.Days, Throughput[i], spreads[i], z[i], _shape.Roots.Length - 1) : null).ToArray())];
        for (int i = 0; i < Count; i++)
            for (int x = 0; x < options[i].Length; x++) _shape.Curves[i][x] = options[i][x].Holds ? _curves[i][x]?.Held ?? _shape.Roots : [0, .. Enumerable.Repeat(double.PositiveInfinity, _shape.Roots.Length - 1)];
        if (options.Any(static o => o.Any(static x => !x.Holds))) Stuck = 20 * Most();
        _passed = [.. _shape.Roots.Select(r => r == 0 ? 0 : Stuck * (1 + r))];
    }

    /// <summary>Of each stage that only keeps parts where they are used: the part.</summary>
    public IReadOnlyDictionary<string, string> Kept { get; init; } = new Dictionary<string, string>();

    public int Count => _graph.Count;
    public StageGraph Graph => _graph;
    public SourcingPolicy Policy => _policy;
    public StageOption[][] Options { get; }
    public LegChoices[][] Legs => _legs;
    public double[] Throughput { get; }
    public Ticks Ticks { get; }

    /// <summary>Service level of each stage.</summary>
    public double[] Levels { get; }

    /// <summary>What costs so much holds stock where a choice says that none waits: it is no choice.</summary>
    public double Stuck { get; } = double.PositiveInfinity;

    /// <summary>Whether safety stock waits at a stage under an option, which falls short now and then.</summary>
    public bool MayFail(int stage, StageOption option) => option.Holds && (_spreads[stage] > 0 || (_policy.Stock.Spread && option.DaysSpread > 0));

    /// <summary>[stage][option]: share of sources of a kind in a stage that somebody does, each such stage counted once.</summary>
    public double[][] Parts(Func<Source, bool> of) => [.. Options.Select((o, i) => o.Select(x => x.First.Stage.Length == 0 || Kept.ContainsKey(_graph.Stages[i].Name) ? 0 : x.Parts.Sum(s => of(s.Source) ? s.Share : 0)).ToArray())];

    /// <summary>[stage][option]: value that sources of a kind add a day.</summary>
    public double[][] Value(Func<Source, bool> of) => [.. Options.Select((o, i) => o.Select(x => Throughput[i] * x.Parts.Sum(s => of(s.Source) ? s.Share * s.Source.Cost : 0)).ToArray())];

    /// <summary>[stage][option]: a figure of each unit, over a year.</summary>
    public double[][] PerYear(Func<Source, double> each) => [.. Options.Select((o, i) => o.Select(x => _policy.DaysAYear * Throughput[i] * x.Parts.Sum(s => s.Share * each(s.Source))).ToArray())];

    /// <summary>What an option's stage holds where its time spreads; null: it does not.</summary>
    public SpreadCurve? Curve(int stage, int option) => _curves[stage][option];

    /// <summary>Everything left to choose.</summary>
    public StagesLeft All() => StagesLeft.All(_shape);

    /// <summary>A placement into which a choice can be written.</summary>
    public PlacementProblem Placement() => new(_shape);

    /// <summary>Writes what a choice makes of times, weights and ways into a placement.</summary>
    /// <returns>What the choice costs a year beside safety stock; infinite when two of its options do not go together.</returns>
    public double Write(int[] x, PlacementProblem into)
    {
        double cost = 0, rate = _policy.Stock.HoldingRate;
        double[] units = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            StageOption own = Options[i][x[i]];
            units[i] += own.Cost;
            cost += _written[i][x[i]] + _policy.DaysAYear * _demand[i] * units[i] + rate * Throughput[i] * own.MeanDays * (units[i] - own.Cost / 2);
            into.Times[i] = _shape.Times[i][x[i]];
            into.Weights[i] = own.Holds ? _factors[i][x[i]] * units[i] : 1;
            into.Curves[i] = own.Holds ? _shape.Curves[i][x[i]] : _passed;
            for (int a = 0; a < _graph.After[i].Length; a++)
            {
                int k = _graph.After[i][a];
                LegChoices leg = _legs[i][a];
                double each = leg.PerUnit[x[i], x[k]];
                if (double.IsInfinity(each)) return double.PositiveInfinity;
                double quantity = _graph.Quantities[i][a];
                units[k] += quantity * (units[i] * (1 + leg.Rate[x[i], x[k]]) + each);
                cost += rate * Throughput[k] * quantity * leg.MeanDays[x[i], x[k]] * units[i];
                into.Lags[i][a] = _shape.Links[i][a]!.Lag[x[i], x[k]];
            }
        }
        into.Settle();
        return cost;
    }

    /// <summary>What choices cost at least when only some are left, stage by stage and link by link: exact where one is left of each.</summary>
    /// <remarks>A stage is charged with the least cost that can be behind its unit, and each link with what its two options cost beyond that times the least that a unit of cost behind a stage costs until the customer has it. What is left out is
    /// a product of two differences.</remarks>
    /// <param name="left">What is left to choose.</param>
    /// <param name="priced">Limits that are sums, each with what missing it by one unit is charged; one that all that is left meets is not.</param>
    public StageChoices Least(StagesLeft left, IReadOnlyList<(SumLimit Limit, double Price)> priced)
    {
        double rate = _policy.Stock.HoldingRate;
        double[][] unit = Units(left), worth = Worth(left);
        double[][] weights = new double[Count][], costs = new double[Count][];
        var links = new LinkChoices?[Count][];
        for (int i = 0; i < Count; i++)
        {
            StageOption[] own = Options[i];
            (weights[i], costs[i], links[i]) = (new double[own.Length], new double[own.Length], new LinkChoices?[_graph.After[i].Length]);
            for (int x = 0; x < own.Length; x++)
            {
                double known = double.IsFinite(unit[i][x]) ? unit[i][x] : 0;       // what cannot be is forbidden by its links
                weights[i][x] = own[x].Holds ? _factors[i][x] * known : 1;
                costs[i][x] = _written[i][x] + _policy.DaysAYear * _demand[i] * known + rate * Throughput[i] * own[x].MeanDays * (known - own[x].Cost / 2);
            }
            for (int a = 0; a < links[i].Length; a++) links[i][a] = new(_shape.Links[i][a]!.Lag, Link(i, a, left, unit, worth));
        }
        foreach (var (limit, price) in priced)
            if (price > 0 && limit.MostMissed(left) > 0) Charge(limit, price, costs, links);
        return _shape.With(weights, costs, links);
    }

    private void Charge(SumLimit limit, double price, double[][] costs, LinkChoices?[][] links)
    {
        costs[0] = [.. costs[0].Select(c => c + price * limit.Constant)];       // every choice has one option of the first stage
        for (int i = 0; i < Count; i++)
        {
            for (int x = 0; x < costs[i].Length; x++) costs[i][x] += price * limit.Stage[i][x];
            for (int a = 0; limit.Link is { } all && a < links[i].Length; a++)
                if (all[i][a] is { } table)
                    for (int x = 0; x < table.GetLength(0); x++)
                        for (int y = 0; y < table.GetLength(1); y++) links[i][a]!.Cost[x, y] += price * table[x, y];
        }
    }

    /// <summary>How much a stage's choice bears on the rest: by how much its options differ in what they cost until the customer has them.</summary>
    public double Bears(int i)
    {
        double low = Options[i].Min(static o => o.Cost), high = Options[i].Max(static o => o.Cost), days = Options[i].Max(static o => o.MeanDays) - Options[i].Min(static o => o.MeanDays);
        return Throughput[i] * ((high - low) * _policy.DaysAYear + days * _policy.Stock.HoldingRate * high);
    }

    private double[,] Link(int i, int a, StagesLeft left, double[][] unit, double[][] worth)
    {
        int k = _graph.After[i][a];
        double quantity = _graph.Quantities[i][a], hold = _policy.Stock.HoldingRate * Throughput[k] * quantity;
        LegChoices leg = _legs[i][a];
        double[,] cost = new double[Options[i].Length, Options[k].Length];
        for (int y = 0; y < Options[k].Length; y++)
        {
            double least = Cheapest(i, a, y, left, unit);
            for (int x = 0; x < Options[i].Length; x++)
                cost[x, y] = !left.Has(i, x) || !left.Has(k, y) || double.IsInfinity(leg.PerUnit[x, y]) || double.IsInfinity(unit[i][x]) ? double.PositiveInfinity
                    : quantity * (unit[i][x] * (1 + leg.Rate[x, y]) + leg.PerUnit[x, y] - least) * worth[k][y] + hold * leg.MeanDays[x, y] * unit[i][x];
        }
        return cost;
    }

    /// <summary>The least that one unit before a link can cost with its way, for each option behind it.</summary>
    private double Cheapest(int i, int a, int y, StagesLeft left, double[][] unit)
    {
        LegChoices leg = _legs[i][a];
        double least = double.PositiveInfinity;
        for (int x = 0; x < Options[i].Length; x++)
            if (left.Has(i, x)) least = Math.Min(least, unit[i][x] * (1 + leg.Rate[x, y]) + leg.PerUnit[x, y]);
        return least;
    }

    /// <summary>[stage][option]: the least cost that can be behind its unit.</summary>
    private double[][] Units(StagesLeft left)
    {
        double[][] unit = [.. Options.Select(static o => o.Select(static x => x.Cost).ToArray())];
        for (int i = 0; i < Count; i++)
            for (int a = 0; a < _graph.After[i].Length; a++)
            {
                int k = _graph.After[i][a];
                for (int y = 0; y < unit[k].Length; y++) unit[k][y] += _graph.Quantities[i][a] * Cheapest(i, a, y, left, unit);
            }
        return unit;
    }

    /// <summary>[stage][option]: the least that a unit of cost more behind one of its units costs a year.</summary>
    private double[][] Worth(StagesLeft left)
    {
        double rate = _policy.Stock.HoldingRate;
        double[][] worth = new double[Count][];
        for (int i = Count - 1; i >= 0; i--)
        {
            worth[i] = new double[Options[i].Length];
            for (int x = 0; x < worth[i].Length; x++)
            {
                double sum = _policy.DaysAYear * _demand[i] + rate * Throughput[i] * Options[i][x].MeanDays;
                for (int a = 0; a < _graph.After[i].Length; a++)
                {
                    int k = _graph.After[i][a];
                    LegChoices leg = _legs[i][a];
                    double least = double.PositiveInfinity;
                    for (int y = 0; y < Options[k].Length; y++)
                        if (left.Has(k, y) && double.IsFinite(leg.PerUnit[x, y])) least = Math.Min(least, (1 + leg.Rate[x, y]) * worth[k][y] + rate * Throughput[k] * leg.MeanDays[x, y]);
                    if (double.IsFinite(least)) sum += _graph.Quantities[i][a] * least;
                }
                worth[i][x] = sum;
            }
        }
        return worth;
    }

    /// <summary>More than any choice costs a year.</summary>
    private double Most()
    {
        double most = 0, rate = _policy.Stock.HoldingRate;
        double[] unit = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            unit[i] += Options[i].Max(static o => o.Cost);
            double held = Options[i].Select((x, k) => x.Holds ? _factors[i][k] * (_curves[i][k]?.Held ?? _shape.Roots).Max() : 0).Max();
            most += _written[i].Max() + unit[i] * (_policy.DaysAYear * _demand[i] + rate * Throughput[i] * Options[i].Max(static o => o.MeanDays) + held);
            for (int a = 0; a < _graph.After[i].Length; a++)
            {
                LegChoices leg = _legs[i][a];
                most += rate * Throughput[_graph.After[i][a]] * _graph.Quantities[i][a] * leg.MostDays * unit[i];
                unit[_graph.After[i][a]] += _graph.Quantities[i][a] * (unit[i] * (1 + leg.Rate.Cast<double>().Max()) + leg.PerUnit.Cast<double>().Where(double.IsFinite).DefaultIfEmpty(0).Max());
            }
        }
        return Math.Max(most, 1);
    }

    private double Longest()
    {
        double[] until = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            until[i] += Options[i].Max(static o => o.Days);
            for (int a = 0; a < _graph.After[i].Length; a++) until[_graph.After[i][a]] = Math.Max(until[_graph.After[i][a]], until[i] + _legs[i][a].MostDays);
        }
        return until.Max();
    }
}
