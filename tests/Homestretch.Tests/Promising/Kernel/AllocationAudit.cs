using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

/// <summary>Checks a result against its problem row by row, with nothing of the allocation's own structures.</summary>
internal static class AllocationAudit
{
    internal static void AssertFeasible(AllocationProblem problem, AllocationResult result)
    {
        AssertSupply(problem, result);
        AssertKits(problem, result);
        AssertLines(problem, result);
        AssertPurchases(problem, result);
    }

    /// <summary>No lot and no purchase gives more than it has.</summary>
    private static void AssertSupply(AllocationProblem problem, AllocationResult result)
    {
        int[] taken = new int[problem.LotCount + result.PurchaseItem.Length];
        for (int order = 0; order < problem.OrderCount; order++)
            foreach (var (supply, quantity) in Pegs(result, order)) taken[supply] += quantity;
        for (int supply = 0; supply < taken.Length; supply++)
            Assert.True(taken[supply] <= (supply < problem.LotCount ? problem.LotQuantity[supply] : result.PurchaseQuantity[supply - problem.LotCount]), $"supply {supply} is over-pegged");
    }

    /// <summary>Every build with a slot has its whole kit by its start; one whose slot is held may lack parts, but has none that comes later.</summary>
    private static void AssertKits(AllocationProblem problem, AllocationResult result)
    {
        for (int order = 0; order < problem.OrderCount; order++)
        {
            bool held = problem.FixedStart is { } starts && starts[order] >= 0;
            int[] pegged = new int[problem.ItemCount];
            foreach (var (supply, quantity) in Pegs(result, order))
            {
                Assert.True(quantity > 0);
                bool lot = supply < problem.LotCount;
                pegged[lot ? ItemOf(problem, supply) : result.PurchaseItem[supply - problem.LotCount]] += quantity;
                int arrival = lot ? problem.LotSecond[supply] : result.PurchaseSecond[supply - problem.LotCount];
                Assert.True(arrival <= result.StartSecond[order], $"order {order} starts before its part");
            }
            for (int part = problem.PartFirst[order]; part < problem.PartFirst[order + 1]; part++)
            {
                int item = problem.PartItem[part];
                if (result.StartSecond[order] >= 0 && !held) Assert.Equal(problem.PartQuantity[part], pegged[item]);
                Assert.True(pegged[item] <= problem.PartQuantity[part]);
                pegged[item] = 0;
            }
            Assert.All(pegged, quantity => Assert.Equal(0, quantity));
        }
    }

    /// <summary>One thing at a time, only when open, not before the release; start, end and sequence agree.</summary>
    private static void AssertLines(AllocationProblem problem, AllocationResult result)
    {
        for (int line = 0; line < problem.LineCount; line++)
        {
            LineCalendar calendar = problem.Lines[line];
            int free = 0;
            int[] sequence = result.SlotOrder[result.SlotFirst[line]..result.SlotFirst[line + 1]];
            Assert.Equal(Enumerable.Range(0, problem.OrderCount).Where(o => problem.OrderLine[o] == line && result.StartSecond[o] >= 0), sequence.Order());
            foreach (int order in sequence)
            {
                int start = result.StartWork[order], second = result.StartSecond[order];
                Assert.True(start >= free, $"line {line} does two things at once");
                Assert.True(calendar.Intervals.Any(open => open.Opens <= second && second < open.Closes), $"line {line} is closed at {second}");
                Assert.Equal(calendar.StartToCalendar(start), second);
                free = start + problem.WorkSeconds[order];
                Assert.True(free <= calendar.Horizon);
                Assert.Equal(calendar.EndToCalendar(free), result.EndSecond[order]);
                if (problem.FixedStart is { } held && held[order] >= 0) Assert.Equal(held[order], second);
                else Assert.True(second >= problem.ReleaseSecond[order]);
            }
        }
    }

    /// <summary>Purchases are placed now or later, last the lead time, and are of an allowed size.</summary>
    private static void AssertPurchases(AllocationProblem problem, AllocationResult result)
    {
        for (int p = 0; p < result.PurchaseItem.Length; p++)
        {
            int item = result.PurchaseItem[p], quantity = result.PurchaseQuantity[p];
            Assert.True(result.PurchasePlaceSecond[p] >= 0);
            Assert.Equal(problem.BuyLead[item], result.PurchaseSecond[p] - result.PurchasePlaceSecond[p]);
            Assert.InRange(quantity, problem.BuyMinimum[item], problem.BuyMaximum[item]);
            Assert.Equal(0, quantity % problem.BuyMultiple[item]);
        }
    }

    internal static IEnumerable<(int Supply, int Quantity)> Pegs(AllocationResult result, int order) => Enumerable.Range(result.PegFirst[order], result.PegCount[order])
        .Select(peg => (result.PegSupply[peg], result.PegQuantity[peg]));

    private static int ItemOf(AllocationProblem problem, int lot)
    {
        int item = 0;
        while (problem.LotFirst[item + 1] <= lot) item++;
        return item;
    }
}
