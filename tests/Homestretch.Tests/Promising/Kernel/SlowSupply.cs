using Homestretch.Promising.Kernel;

namespace Homestretch.Tests.Promising.Kernel;

/// <summary>Whether a set of starts can be supplied, and when a kit could start beside it, by walking every item through time.</summary>
internal static class SlowSupply
{
    /// <summary>True when every order that has a start (0 or more) can have its whole kit then.</summary>
    internal static bool Covers(AllocationProblem problem, int[] starts)
    {
        for (int item = 0; item < problem.ItemCount; item++)
        {
            var uses = Enumerable.Range(0, problem.OrderCount).Where(order => starts[order] >= 0 && starts[order] < problem.BuyLead[item])
                .Select(order => (Second: starts[order], Quantity: Needed(problem, order, item))).Where(use => use.Quantity > 0).OrderBy(use => use.Second).ToList();
            foreach (var (second, _) in uses)
                if (uses.Where(use => use.Second <= second).Sum(use => use.Quantity) > Arrived(problem, item, second)) return false;
        }
        return true;
    }

    /// <summary>Seconds at which anything about supply changes: a kit that cannot be had at one of them cannot be had before the next.</summary>
    internal static int[] Moments(AllocationProblem problem) => [.. problem.LotSecond.Concat(problem.BuyLead.Where(lead => lead < int.MaxValue)).Distinct().Order()];

    /// <summary>The earliest second, not before <paramref name="from"/>, at which an order could start beside the other starts; <see cref="int.MaxValue"/> when never.</summary>
    internal static int WholeFrom(AllocationProblem problem, int[] starts, int order, int from)
    {
        int[] tried = [.. starts];
        foreach (int second in Moments(problem).Where(moment => moment > from).Prepend(from))
        {
            tried[order] = second;
            if (Covers(problem, tried)) return second;
        }
        return int.MaxValue;
    }

    internal static int Needed(AllocationProblem problem, int order, int item) =>
        Enumerable.Range(problem.PartFirst[order], problem.PartFirst[order + 1] - problem.PartFirst[order]).Where(part => problem.PartItem[part] == item).Sum(part => problem.PartQuantity[part]);

    private static int Arrived(AllocationProblem problem, int item, int second) =>
        Enumerable.Range(problem.LotFirst[item], problem.LotFirst[item + 1] - problem.LotFirst[item]).Where(lot => problem.LotSecond[lot] <= second).Sum(lot => problem.LotQuantity[lot]);
}
