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
        Ticks ticks = Ticks.Of(graph);
        double[] weights = StageWeights.Of(graph, policy), costs = StageWeights.Costs(graph);
        PlacementProblem problem = Problem(graph, ticks, weights);
        Placed placed = Search(problem, budget, better, cancel);
        int[] place = graph.Places;
        double scale = Math.Sqrt(ticks.Days);
        var stages = new StagePlacement[graph.Count];
        for (int i = 0; i < graph.Count; i++)
        {
            int inbound = 0;
            foreach (int j in graph.Before[i]) inbound = Math.Max(inbound, placed.Service[j]);
            int net = inbound + problem.Times[i] - placed.Service[i];
            double held = weights[i] * scale * problem.Roots[net];
            stages[place[i]] = new(graph.Stages[i].Name, inbound * ticks.Days, placed.Service[i] * ticks.Days, net * ticks.Days, costs[i] > 0 && policy.HoldingRate > 0 ? held / (policy.HoldingRate * costs[i]) : 0, costs[i], held);
        }
        return (new(stages, placed.Cost, Math.Min(placed.Cost, placed.Bound), ticks.Days, ticks.Rounded, placed.Passes), []);
    }

    /// <summary>The same in ticks.</summary>
    internal static PlacementProblem Problem(StageGraph graph, Ticks ticks, double[] weights)
    {
        double scale = Math.Sqrt(ticks.Days);
        return new([.. graph.Stages.Select(s => ticks.Of(s.Days))], [.. weights.Select(w => w * scale)],
            [.. graph.Stages.Select((s, i) => s.MostDays is { } most ? ticks.Of(most) : graph.After[i].Length == 0 ? 0 : int.MaxValue / 8)], graph.Before, graph.After);
    }

    internal sealed record Placed(int[] Service, double Cost, double Bound, int Passes);

    internal static Placed Search(PlacementProblem problem, PlacementBudget budget, Action<double, double>? better, CancellationToken cancel)
    {
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
            still = told - bound > 2e-4 * (cost - bound) ? 0 : still + 1;
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
