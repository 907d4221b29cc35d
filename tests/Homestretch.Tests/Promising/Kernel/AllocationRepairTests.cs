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
    public void A_mended_plan_moves_nothing_that_right_shifting_keeps_in_its_place() => Slipped((problem, plan, seconds) =>
    {
        AllocationResult mended = Allocation.Repair(problem, plan, seconds, new(), out _), shifted = Allocation.RightShift(problem, plan, seconds, new(), out _);
        for (int order = 0; order < problem.OrderCount; order++)
            if (plan.StartSecond[order] >= 0 && shifted.StartSecond[order] == plan.StartSecond[order]) Assert.Equal(plan.StartSecond[order], mended.StartSecond[order]);
    });

    [Fact]
    public void A_slot_that_is_held_stays_when_its_supply_slips() => Slipped((problem, plan, seconds) =>
    {
        int[] held = [.. plan.StartSecond.Select((start, order) => order % 3 == 0 ? start : -1)];
        AllocationProblem pinned = problem.WithHeldSlots(held);
        AllocationResult mended = Allocation.Repair(pinned, Allocation.Plan(pinned, new()), seconds, new(), out _);
        for (int order = 0; order < held.Length; order++)
            if (held[order] >= 0) Assert.Equal(held[order], mended.StartSecond[order]);
    });

    [Fact]
    public void A_kit_that_slips_into_a_full_line_pushes_others_only_up_to_the_next_gap()
    {
        // One line: builds of 10 h side by side from hour 0 on, a gap of 10 h after every fourth. The first kit's lot slips to hour 25.
        const int hour = 3_600;
        int[] starts = [.. Enumerable.Range(0, 40).Select(k => (k / 4 * 50 + k % 4 * 10) * hour)];
        AllocationProblem problem = new()
        {
            LotFirst = [0, 1, 2], LotSecond = [0, 0], LotQuantity = [1, 39], BuyLead = [int.MaxValue, int.MaxValue],
            BuyMinimum = [1, 1], BuyMultiple = [1, 1], BuyMaximum = [1, 1], SoftSafety = [0, 0],
            OrderLine = new int[40], WorkSeconds = [.. Enumerable.Repeat(10 * hour, 40)], DueSecond = [.. Enumerable.Repeat(1_000 * hour, 40)],
            ReleaseSecond = new int[40], OrderClass = [.. Enumerable.Repeat((byte)2, 40)],
            PartFirst = [.. Enumerable.Range(0, 41)], PartItem = [0, .. Enumerable.Repeat(1, 39)], PartQuantity = [.. Enumerable.Repeat(1, 40)],
            Lines = [LineCalendar.AlwaysOpen],
        };
        AllocationResult plan = Allocation.Settle(problem, starts, new());
        AllocationResult mended = Allocation.Repair(problem, plan, [25 * hour, 0], new(), out _, TestContext.Current.CancellationToken),
            shifted = Allocation.RightShift(problem, plan, [25 * hour, 0], new(), out _);
        // It may not start after hour 25, so the build there waits for it, and so do five more: the gaps at hours 40 and 90 swallow ten hours of push less five.
        Assert.Equal([25 * hour, 10 * hour, 35 * hour, 45 * hour, 55 * hour, 65 * hour, 75 * hour, 85 * hour, .. starts[8..]], mended.StartSecond);
        Assert.Equal(12, Enumerable.Range(0, 40).Count(order => shifted.StartSecond[order] != starts[order]));
    }

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
