namespace Homestretch.Promising.Kernel;

/// <summary>A proven upper bound on how many orders any plan can have on time, whatever its method.</summary>
/// <remarks>Line limits are dropped, and supply limits are relaxed with prices (Geoffrion 1974): for any prices p of at
/// least 0, the count cannot exceed sum over limits of p times supply + sum over orders of max(0, 1 - price of the kit
/// at the order's latest start). Subgradient steps look for prices that make this small; every value seen is a bound,
/// and the least is returned, so stopping early costs sharpness, not truth.</remarks>
internal static class AllocationBound
{
    /// <summary>Bound on the number of on-time orders among those of <paramref name="mostClass"/> or more important.</summary>
    public static double OnTime(AllocationProblem problem, int mostClass, int rounds, CancellationToken cancel)
    {
        var slack = new SupplySlack(problem, new HeldPegs(problem.FixedPegFirst is null ? problem : problem.WithHeldSlots(null)));
        var first = new List<int> { 0 };
        var limit = new List<int>(); // lot index of the first limit a part draws on
        var quantity = new List<int>();
        for (int order = 0; order < problem.OrderCount; order++)
        {
            if (problem.OrderClass[order] > mostClass) continue;
            LineCalendar calendar = problem.Lines[problem.OrderLine[order]];
            int latestWork = (problem.DueSecond[order] <= 0 ? 0 : calendar.ToWork(problem.DueSecond[order])) - problem.WorkSeconds[order];
            int latest = latestWork < 0 ? -1 : calendar.StartToCalendar(latestWork), at = limit.Count;
            bool possible = latest >= Math.Max(0, problem.ReleaseSecond[order]);
            for (int part = problem.PartFirst[order]; possible && part < problem.PartFirst[order + 1]; part++)
            {
                int item = problem.PartItem[part], rank;
                if (problem.BuyLead[item] <= latest) continue;
                possible = (rank = slack.Rank(item, latest)) > 0 && slack.LeastFrom(item, rank) >= problem.PartQuantity[part];
                limit.Add(problem.LotFirst[item] + rank - 1);
                quantity.Add(problem.PartQuantity[part]);
            }
            if (!possible)
            {
                limit.RemoveRange(at, limit.Count - at);
                quantity.RemoveRange(at, quantity.Count - at);
                continue;
            }
            first.Add(limit.Count);
        }
        return Descend(problem, slack, [.. first], [.. limit], [.. quantity], rounds, cancel);
    }

    private static double Descend(AllocationProblem problem, SupplySlack slack, int[] first, int[] limit, int[] quantity, int rounds, CancellationToken cancel)
    {
        double[] price = new double[problem.LotCount], suffix = new double[problem.LotCount], squares = new double[problem.LotCount];
        long[] asked = new long[problem.LotCount];
        double best = first.Length - 1;
        for (int round = 0; round < rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            Array.Clear(asked);
            double value = 0;
            for (int item = 0; item < problem.ItemCount; item++)
            {
                double sum = 0;
                for (int lot = problem.LotFirst[item] + slack.Binding[item] - 1; lot >= problem.LotFirst[item]; lot--)
                {
                    suffix[lot] = sum += price[lot];
                    value += price[lot] * slack.Slack[lot];
                }
            }
            for (int k = 0; k + 1 < first.Length; k++)
            {
                double kit = 0;
                for (int term = first[k]; term < first[k + 1]; term++) kit += quantity[term] * suffix[limit[term]];
                if (kit >= 1) continue;
                value += 1 - kit;
                for (int term = first[k]; term < first[k + 1]; term++) asked[limit[term]] += quantity[term];
            }
            best = Math.Min(best, value);
            const double Step = 0.05;
            for (int item = 0; item < problem.ItemCount; item++)
            {
                long before = 0;
                for (int lot = problem.LotFirst[item]; lot < problem.LotFirst[item] + slack.Binding[item]; lot++)
                {
                    double over = (before += asked[lot]) - slack.Slack[lot];
                    if (over == 0 || (over < 0 && price[lot] == 0)) continue;
                    squares[lot] += over * over;
                    price[lot] = Math.Max(0, price[lot] + Step * over / Math.Sqrt(squares[lot]));
                }
            }
        }
        return best;
    }
}
