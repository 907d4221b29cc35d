using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed class AllocationRepairTests
{
    private static readonly Gen<(ulong Seed, int Size)> s_plans = Gen.Select(Gen.ULong, Gen.Int[1, 40]);

    [Fact]
    public void A_mended_plan_can_be_carried_out_and_ends_nothing_later_than_right_shifting() => Slipped((problem, plan, seconds) =>
    {
        AllocationResult mended = Allocation.Repair(problem, plan, seconds, new(), out AllocationProblem now);
        AllocationAudit.AssertFeasible(now, mended);
        AllocationResult shifted = Allocation.RightShift(problem, plan, seconds, new(), out _);
        AllocationAudit.AssertFeasible(now, shifted);
        for (int order = 0; order < problem.OrderCount; order++)
            if (shifted.EndSecond[order] >= 0) Assert.InRange(mended.EndSecond[order], 0, shifted.EndSecond[order]);
    });

    [Fact]
    public void Right_shifting_moves_no_build_to_an_earlier_start_and_keeps_the_sequence() => Slipped((problem, plan, seconds) =>
    {
        AllocationResult shifted = Allocation.RightShift(problem, plan, seconds, new(), out _);
        Assert.Equal(plan.SlotOrder.Where(order => shifted.StartSecond[order] >= 0), shifted.SlotOrder);
        Assert.All(shifted.SlotOrder, order => Assert.True(shifted.StartSecond[order] >= plan.StartSecond[order]));
        if (problem.Lines.All(line => line.IsAlwaysOpen)) Assert.Equal(plan.SlotOrder.Length, shifted.SlotOrder.Length);
    });

    [Fact]
    public void Nothing_slipped_nothing_moves() => s_plans.Sample((seed, size) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size);
        AllocationResult plan = Allocation.Plan(problem, new());
        AllocationResult mended = Allocation.Repair(problem, plan, problem.LotSecond, new(), out _);
        Assert.Equal(plan.StartSecond, mended.StartSecond);
    }, iter: 500);

    [Fact]
    public void Pegs_laid_again_over_the_same_starts_can_be_carried_out() => s_plans.Sample((seed, size) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size);
        AllocationResult plan = Allocation.Plan(problem, new() { Effort = AllocationEffort.Best });
        AllocationResult again = Allocation.Settle(problem, plan.StartSecond, new() { Pegging = AllocationPegging.EarliestLot });
        AllocationAudit.AssertFeasible(problem, again);
        Assert.Equal(plan.StartSecond, again.StartSecond);
    }, iter: 500);

    [Fact]
    public void Starts_that_overlap_are_refused()
    {
        AllocationProblem problem = AllocationScenario.Make(3, 2, new(LineLimits: true));
        Array.Fill(problem.OrderLine, 0);
        int[] starts = [.. Allocation.Plan(problem, new(), TestContext.Current.CancellationToken).StartSecond];
        starts[1] = starts[0];
        Assert.True(starts[0] >= 0);
        Assert.Contains("is taken or closed then", Assert.Throws<ArgumentException>(() => Allocation.Settle(problem, starts, new())).Message, StringComparison.Ordinal);
    }

    /// <summary>Plans, then lets a third of the lots come up to ten days later.</summary>
    private static void Slipped(Action<AllocationProblem, AllocationResult, int[]> check) => s_plans.Sample((seed, size) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size);
        AllocationResult plan = Allocation.Plan(problem, new() { Effort = seed % 2 == 0 ? AllocationEffort.Best : AllocationEffort.Fast });
        var random = new SmallRandom(seed ^ 3);
        check(problem, plan, [.. problem.LotSecond.Select(second => second + (random.Below(3) == 0 ? random.Below(10 * AllocationScenario.Day) : 0))]);
    }, iter: 1_000);
}
