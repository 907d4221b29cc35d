using Homestretch.Promising.Kernel;

namespace Homestretch.Exchange.Neutral;

/// <summary>How good a plan is for the customers of an instance.</summary>
/// <param name="Orders">Orders in all.</param>
/// <param name="OnTime">Built by their due second.</param>
/// <param name="Late">Built, but later.</param>
/// <param name="Unplanned">Without a slot.</param>
/// <param name="ByClass">Orders and on-time orders of each class, most important first.</param>
/// <param name="TardinessDays">Days late, summed over late orders.</param>
/// <param name="MostDaysLate">Days late of the latest order.</param>
/// <param name="Reasons">Late orders by reason.</param>
/// <param name="SlackDays">Median days between end and due of the orders on time.</param>
/// <param name="Purchases">Planned purchases.</param>
public sealed record NeutralScore(int Orders, int OnTime, int Late, int Unplanned, IReadOnlyList<ClassScore> ByClass,
    double TardinessDays, double MostDaysLate, IReadOnlyDictionary<LateReason, int> Reasons, double SlackDays, int Purchases)
{
    /// <summary>Share of all orders that are on time, in percent.</summary>
    public double OnTimePercent => Orders == 0 ? 100 : 100.0 * OnTime / Orders;

    /// <summary>Scores an allocation of the instance.</summary>
    public static NeutralScore Of(AllocationProblem problem, AllocationResult result)
    {
        var byClass = new SortedDictionary<int, (int Orders, int OnTime)>();
        var reasons = new SortedDictionary<LateReason, int>();
        var slack = new List<int>();
        int late = 0, unplanned = 0, most = 0;
        long tardiness = 0;
        for (int order = 0; order < problem.OrderCount; order++)
        {
            int over = result.EndSecond[order] - problem.DueSecond[order];
            bool planned = result.StartSecond[order] >= 0, onTime = planned && over <= 0;
            var (orders, before) = byClass.GetValueOrDefault(problem.OrderClass[order]);
            byClass[problem.OrderClass[order]] = (orders + 1, before + (onTime ? 1 : 0));
            if (onTime) slack.Add(-over);
            else reasons[result.Reason[order]] = reasons.GetValueOrDefault(result.Reason[order]) + 1;
            if (!planned) unplanned++;
            if (!planned || onTime) continue;
            late++;
            tardiness += over;
            most = Math.Max(most, over);
        }
        slack.Sort();
        return new(problem.OrderCount, slack.Count, late, unplanned, [.. byClass.Select(c => new ClassScore(c.Key, c.Value.Orders, c.Value.OnTime))],
            tardiness / 86_400.0, most / 86_400.0, reasons, slack.Count == 0 ? 0 : slack[slack.Count / 2] / 86_400.0, result.PurchaseItem.Length);
    }
}

/// <summary>Orders and on-time orders of one customer class.</summary>
public sealed record ClassScore(int Class, int Orders, int OnTime);
