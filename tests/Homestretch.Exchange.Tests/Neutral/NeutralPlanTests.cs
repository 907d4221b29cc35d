using Homestretch.Exchange.Neutral;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Exchange.Tests.Neutral;

/// <summary>One instance of our own generator with its known score. When the method changes, the score may only get better; then write it here anew.</summary>
public sealed class NeutralPlanTests
{
    private static readonly NeutralInstance s_instance = NeutralGenerator.Make(new(Orders: 2_000));
    private static readonly AllocationProblem s_problem = s_instance.ToProblem(out _);

    [Theory]
    [InlineData(AllocationEffort.Fast, 1_650, 807, 2_407.2, 45.1)]
    [InlineData(AllocationEffort.Best, 1_866, 808, 2_311.0, 49.0)]
    public void The_score_is_known_and_the_plan_feasible(AllocationEffort effort, int onTime, int important, double tardinessDays, double mostDaysLate)
    {
        AllocationResult result = Allocation.Plan(s_problem, new() { Effort = effort }, TestContext.Current.CancellationToken);
        NeutralScore score = NeutralScore.Of(s_problem, result);
        NeutralVerdict verdict = NeutralChecker.Check(s_instance, NeutralPlan.Read(NeutralPlan.Write(s_instance, result), "plan.csv", [])!);
        Assert.Empty(verdict.Violations);
        Assert.Equal((onTime, important, tardinessDays, mostDaysLate),
            (score.OnTime, score.ByClass.Where(c => c.Class <= 2).Sum(c => c.OnTime), Math.Round(score.TardinessDays, 1), Math.Round(score.MostDaysLate, 1)));
        Assert.Equal((score.OnTime, score.Late, score.Unplanned), (verdict.OnTime, verdict.Late, verdict.Short));
        Assert.Equal(score.TardinessDays, verdict.TardinessDays, 0.1);
    }

    [Fact]
    public void No_plan_beats_the_bound()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        double all = Allocation.MostOnTime(s_problem, cancel: cancel), important = Allocation.MostOnTime(s_problem, 2, cancel: cancel);
        NeutralScore score = NeutralScore.Of(s_problem, Allocation.Plan(s_problem, new() { Effort = AllocationEffort.Best }, cancel));
        Assert.InRange(score.OnTime, 0.9 * all, all);
        Assert.InRange(score.ByClass.Where(c => c.Class <= 2).Sum(c => c.OnTime), 0.99 * important, important);
    }

    [Fact]
    public void A_slip_is_mended_with_few_moves_and_none_later_than_right_shifting()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        var options = new AllocationOptions { Effort = AllocationEffort.Best };
        AllocationResult plan = Allocation.Plan(s_problem, options, cancel);
        var slips = s_instance.Purchases.OrderBy(p => p.EtaSecond).Where((_, k) => k % 40 == 7).Take(10).ToDictionary(p => p.Key, p => p.EtaSecond + 7 * 86_400);
        NeutralInstance slipped = s_instance.WithSlips(slips);
        s_instance.ToProblem(out int[] lotPurchase);
        int[] seconds = [.. s_problem.LotSecond.Select((second, lot) => lotPurchase[lot] >= 0 && slips.TryGetValue(s_instance.Purchases[lotPurchase[lot]].Key, out int eta) ? eta : second)];
        AllocationResult mended = Allocation.Repair(s_problem, plan, seconds, options, out _, cancel), shifted = Allocation.RightShift(s_problem, plan, seconds, options, out _);
        Assert.True(NeutralChecker.Check(slipped, NeutralPlan.Read(NeutralPlan.Write(slipped, mended), "plan.csv", [])!).Feasible);
        Assert.All(Enumerable.Range(0, s_problem.OrderCount), order => Assert.True(mended.EndSecond[order] <= shifted.EndSecond[order]));
        int again = NeutralMoves.Of(plan.EndSecond, Allocation.Plan(slipped.ToProblem(out _), options, cancel).EndSecond).Moved;
        Assert.InRange(NeutralMoves.Of(plan.EndSecond, mended.EndSecond).Moved, 1, again / 10);
    }
}
