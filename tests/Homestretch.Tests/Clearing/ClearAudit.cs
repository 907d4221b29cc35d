using Homestretch.Clearing;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Clearing;

/// <summary>Checks a solution against its problem with nothing of the search's own structures.</summary>
internal static class ClearAudit
{
    public static void AssertFeasible(ClearProblem problem, ClearSolution solution)
    {
        var built = new List<(int Row, int Start, int Second)>();
        for (int row = 0; row < problem.RowFirst[0]; row++) built.Add((row, Lines(problem, row).ToWork(problem.Rows.FixedStart![row]), problem.Rows.FixedStart[row]));
        ClearScore score = default;
        for (int job = 0; job < problem.Jobs; job++)
        {
            int row = solution.Row[job], start = solution.StartWork[job];
            if (row < 0)
            {
                Assert.False(problem.IsProtected(job));
                continue;
            }
            Assert.InRange(row, problem.RowFirst[job], problem.RowFirst[job + 1] - 1);
            int second = Lines(problem, row).StartToCalendar(start), end = Lines(problem, row).EndToCalendar(start + problem.Rows.WorkSeconds[row]);
            bool stays = row == problem.StayRow[job] && second == problem.StaySecond[job];
            Assert.True(stays || second >= problem.Rows.ReleaseSecond[row] && end <= problem.LimitSecond[job] && start + problem.Rows.WorkSeconds[row] <= problem.HorizonWork[problem.Rows.OrderLine[row]]);
            score += problem.WorthOf(job, row, start);
            built.Add((row, start, second));
        }
        Assert.Equal(score, solution.Score);
        foreach (var line in built.GroupBy(b => problem.Rows.OrderLine[b.Row]))
        {
            int free = 0;
            foreach (var (row, start, _) in line.OrderBy(static b => b.Start))
            {
                Assert.True(start >= free);
                free = start + problem.Rows.WorkSeconds[row];
            }
        }
        AssertSupply(problem, built);
    }

    /// <summary>In order of start, each takes from the lots that are there then.</summary>
    private static void AssertSupply(ClearProblem problem, List<(int Row, int Start, int Second)> built)
    {
        int[] left = [.. problem.Rows.LotQuantity];
        foreach (var (row, _, second) in built.OrderBy(static b => b.Second))
        {
            for (int p = problem.Rows.PartFirst[row]; p < problem.Rows.PartFirst[row + 1]; p++)
            {
                int item = problem.Rows.PartItem[p], needed = problem.Rows.PartQuantity[p];
                for (int lot = problem.Rows.LotFirst[item]; lot < problem.Rows.LotFirst[item + 1] && problem.Rows.LotSecond[lot] <= second; lot++)
                {
                    int taken = Math.Min(needed, left[lot]);
                    (left[lot], needed) = (left[lot] - taken, needed - taken);
                }
                if (row >= problem.RowFirst[0] && problem.Rows.BuyLead[item] > second) Assert.Equal(0, needed);
            }
        }
    }

    private static LineCalendar Lines(ClearProblem problem, int row) => problem.Rows.Lines[problem.Rows.OrderLine[row]];
}
