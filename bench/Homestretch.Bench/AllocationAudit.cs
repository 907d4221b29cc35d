using Homestretch.Promising.Kernel;

namespace Homestretch.Bench;

/// <summary>Checks an allocation row by row, with nothing of its own structures, at any size.</summary>
internal static class AllocationAudit
{
    /// <summary>What is broken first; null when the plan can be carried out.</summary>
    internal static string? Fault(AllocationProblem problem, AllocationResult result)
    {
        int[] itemOf = new int[problem.LotCount], taken = new int[problem.LotCount + result.PurchaseItem.Length], pegged = new int[problem.ItemCount];
        for (int item = 0; item < problem.ItemCount; item++) Array.Fill(itemOf, item, problem.LotFirst[item], problem.LotFirst[item + 1] - problem.LotFirst[item]);
        for (int order = 0; order < problem.OrderCount; order++)
        {
            for (int peg = result.PegFirst[order]; peg < result.PegFirst[order] + result.PegCount[order]; peg++)
            {
                int supply = result.PegSupply[peg], bought = supply - problem.LotCount;
                taken[supply] += result.PegQuantity[peg];
                pegged[bought < 0 ? itemOf[supply] : result.PurchaseItem[bought]] += result.PegQuantity[peg];
                if ((bought < 0 ? problem.LotSecond[supply] : result.PurchaseSecond[bought]) > result.StartSecond[order]) return $"order {order} starts before supply {supply} is there";
            }
            for (int part = problem.PartFirst[order]; part < problem.PartFirst[order + 1]; part++)
            {
                if (pegged[problem.PartItem[part]] != (result.StartSecond[order] < 0 ? 0 : problem.PartQuantity[part])) return $"order {order} has not its whole kit";
                pegged[problem.PartItem[part]] = 0;
            }
        }
        for (int supply = 0; supply < taken.Length; supply++)
            if (taken[supply] > (supply < problem.LotCount ? problem.LotQuantity[supply] : result.PurchaseQuantity[supply - problem.LotCount])) return $"supply {supply} is over-pegged";
        for (int p = 0; p < result.PurchaseItem.Length; p++)
        {
            int item = result.PurchaseItem[p];
            if (result.PurchasePlaceSecond[p] < 0 || result.PurchaseSecond[p] - result.PurchasePlaceSecond[p] < problem.BuyLead[item]
                || result.PurchaseQuantity[p] < problem.BuyMinimum[item] || result.PurchaseQuantity[p] % problem.BuyMultiple[item] != 0) return $"purchase {p} cannot be placed";
        }
        return Lines(problem, result);
    }

    private static string? Lines(AllocationProblem problem, AllocationResult result)
    {
        for (int line = 0; line < problem.LineCount; line++)
        {
            (int Opens, int Closes)[] open = [.. problem.Lines[line].Intervals];
            int at = 0, free = 0;
            foreach (int order in Enumerable.Range(0, problem.OrderCount).Where(o => problem.OrderLine[o] == line && result.StartSecond[o] >= 0).OrderBy(o => result.StartSecond[o]))
            {
                int now = result.StartSecond[order], left = problem.WorkSeconds[order];
                if (now < free || now < problem.ReleaseSecond[order]) return $"order {order} starts while line {line} is taken";
                while (open[at].Closes <= now) at++;
                if (now < open[at].Opens) return $"order {order} starts while line {line} is closed";
                while (left > open[at].Closes - now)
                {
                    left -= open[at].Closes - now;
                    now = open[++at].Opens;
                }
                if ((free = now + left) != result.EndSecond[order]) return $"order {order} ends at {result.EndSecond[order]}, its work at {free}";
            }
        }
        return null;
    }
}
