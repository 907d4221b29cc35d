using Homestretch.Cutting.Kernel;

namespace Homestretch.Cutting;

/// <summary>Places safety stock in a network at the least holding cost, by the guaranteed-service model, with a lower bound that proves how good it is.</summary>
/// <remarks>S. Graves, S. Willems, M&amp;SOM 2 (2000) 68-83; general networks: S. Humair, S. Willems, Operations Research 59 (2011) 3. Here each pass of message passing (<see cref="PlacementMessages"/>) gives a bound and a placement,
/// which descent betters.</remarks>
public static class Placing
{
    /// <summary>Passes after which the best is shaken, and after so many that gain next to nothing stages are split.</summary>
    private const int ShakeEach = 8, StillFor = 40;

    /// <summary>Cost and bound so near to each other, as a share of the cost, are taken to be equal.</summary>
    private const double Close = 5e-8;

    /// <summary>Numbers in messages that are copied when stages are split; larger networks keep the bound of the passes.</summary>
    private const long MostToSplit = 2_000_000;

    /// <summary>All findings at once when the network breaks a rule; then there is no placement.</summary>
    /// <param name="better">Hears each better cost or bound as it is found.</param>
    public static (Placement? Placement, IReadOnlyList<Finding> Findings) Of(StageNetwork network, PlacementPolicy? policy = null, PlacementBudget? budget = null, Action<double, double>? better = null, CancellationToken cancel = default)
    {
        var (graph, findings) = StageGraph.Of(network);
        if (graph is null) return (null, findings);
        policy ??= new();
        budget ??= new();
        bool spread = policy.Spread && graph.Stages.Any(static s => s.DaysSpread > 0);
        Ticks ticks = Ticks.Of(graph, spread);
        double[] costs = StageWeights.Costs(graph);
        var (problem, curves) = Problem(graph, ticks, policy, costs);
        Placed placed = Search(problem, budget, better, cancel);
        int[] place = graph.Places, inbound = new int[graph.Count];
        problem.Receive(placed.Service, inbound);
        var stages = new StagePlacement[graph.Count];
        for (int i = 0; i < graph.Count; i++)
        {
            int net = inbound[i] + problem.Times[i] - placed.Service[i];
            stages[place[i]] = Held(graph.Stages[i].Name, inbound[i], placed.Service[i], net, curves[i], problem.Weights[i] * problem.Curves[i][net], costs[i], policy.HoldingRate, ticks.Days);
        }
        return (new(stages, placed.Cost, Math.Min(placed.Cost, placed.Bound), ticks.Days, ticks.Rounded, placed.Passes), []);
    }

    /// <summary>What a stage holds, in units and days.</summary>
    internal static StagePlacement Held(string stage, int inbound, int service, int net, SpreadCurve? curve, double held, double unit, double rate, double tick)
    {
        if (curve is null) return new(stage, inbound * tick, service * tick, net * tick, unit > 0 && rate > 0 ? held / (rate * unit) : 0, 0, unit, held);
        int at = curve.At(net);
        return new(stage, inbound * tick, (service - (at - net)) * tick, (at - curve.Beyond) * tick, curve.Safety(at), curve.Early(at), unit, held);
    }

    /// <summary>The same in ticks, with a curve for each stage whose time spreads.</summary>
    internal static (PlacementProblem Problem, SpreadCurve?[] Curves) Problem(StageGraph graph, Ticks ticks, PlacementPolicy policy, double[] costs)
    {
        double[] spreads = StageWeights.Spreads(graph, policy.Variance), z = [.. StageWeights.Levels(graph, policy).Select(Normal.Quantile)], flow = StageWeights.Flow(graph);
        bool[] spread = [.. graph.Stages.Select((s, i) => policy.Spread && s.DaysSpread > 0 && (spreads[i] > 0 || flow[i] > 0))];
        double scale = Math.Sqrt(ticks.Days);
        var problem = new PlacementProblem([.. graph.Stages.Select((s, i) => ticks.Of(s.Days) + (spread[i] ? SpreadCurve.BeyondMean(s.DaysSpread, ticks.Days, flow[i], spreads[i], z[i]) : 0))],
            [.. costs.Select((c, i) => policy.HoldingRate * c * (spread[i] ? 1 : z[i] * spreads[i] * scale))],
            [.. graph.Stages.Select((s, i) => s.MostDays is { } most ? ticks.Of(most) : graph.After[i].Length == 0 ? 0 : int.MaxValue / 8)], graph.Before, graph.After);
        var curves = new SpreadCurve?[graph.Count];
        for (int i = 0; i < graph.Count; i++)
            if (spread[i]) problem.Curves[i] = (curves[i] = new(graph.Stages[i].DaysSpread, ticks.Days, flow[i], spreads[i], z[i], problem.Roots.Length - 1)).Held;
        return (problem, curves);
    }

    internal sealed record Placed(int[] Service, double Cost, double Bound, int Passes);

    internal static Placed Search(PlacementProblem problem, PlacementBudget budget, Action<double, double>? better, CancellationToken cancel)
    {
        if (TreePlacement.Fits(problem))
        {
            int[] least = TreePlacement.Of(problem), times = new int[problem.Count];
            problem.Serve(least, times);
            double exact = problem.Cost(times);
            better?.Invoke(exact, exact);
            return new(times, exact, exact, 1);
        }
        var messages = new PlacementMessages(problem);
        var descent = new PlacementDescent(problem);
        var shaking = new PlacementShake(problem, descent, budget.Seed);
        int[] best = new int[problem.Count];
        double cost = descent.Run(best), bound = double.NegativeInfinity;
        int pass = 0, still = 0;
        while (still < StillFor && pass < budget.Passes && !cancel.IsCancellationRequested)
        {
            double told = messages.Pass();
            int[] inbound = [.. messages.Rounded];
            double found = descent.Run(inbound);
            bool closer = told > bound, cheaper = found < cost;
            still = told - bound > 2e-5 * (cost - bound) ? 0 : still + 1;
            bound = Math.Max(bound, told);
            if (cheaper) (cost, best) = (found, inbound);
            pass++;
            if (cost - bound <= Close * cost) break;
            for (int k = 0; pass % ShakeEach == 0 && k < budget.Shakes && !cancel.IsCancellationRequested; k++)
                if (shaking.Try(best, cost) is { } other) (cost, best, cheaper) = (other.Cost, other.Inbound, true);
            if (closer || cheaper) better?.Invoke(cost, bound);
        }
        if (cost - bound > Close * cost && messages.Size <= MostToSplit)
        {
            StageChoices choices = StageChoices.Of(problem);
            var splitting = new Splitting(_ => choices, (_, inbound) => descent.Run(inbound));
            splitting.Run(messages, bound, ([], best), cost, Close, budget.Passes - pass, better, cancel);
            (best, cost, bound, pass) = (splitting.Best.Inbound, splitting.Cost, splitting.Bound, pass + splitting.Passes);
        }
        int[] service = new int[problem.Count];
        problem.Serve(best, service);
        return new(service, problem.Cost(service), bound, pass);
    }
}
