using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed class AllocationTests
{
    private static readonly Gen<(ulong Seed, int Size, AllocationOptions Options)> s_all = Gen.Select(Gen.ULong, Gen.Int[0, 40],
        Gen.Select(Gen.Enum<AllocationEffort>(), Gen.Enum<AllocationTiming>(), Gen.Enum<AllocationPegging>(), Gen.Bool,
            (effort, timing, pegging, pull) => new AllocationOptions { Effort = effort, Timing = timing, Pegging = pegging, PullAheadSeconds = pull ? 86_400 : 0 }));

    [Fact]
    public void Every_plan_can_be_carried_out() => s_all.Sample((seed, size, options) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size);
        AllocationAudit.AssertFeasible(problem, Allocation.Plan(problem, options));
    }, iter: 1_500);

    [Fact]
    public void Held_slots_and_pegs_stay_and_the_rest_can_be_carried_out() => s_all.Sample((seed, size, options) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size, new(Held: true));
        AllocationResult result = Allocation.Plan(problem, options);
        AllocationAudit.AssertFeasible(problem, result);
        for (int order = 0; order < size; order++)
        {
            var pegs = AllocationAudit.Pegs(result, order).ToList();
            for (int held = problem.FixedPegFirst![order]; held < problem.FixedPegFirst[order + 1] && result.StartSecond[order] >= 0; held++)
                Assert.Contains(pegs, peg => peg.Supply == problem.FixedPegLot[held] && peg.Quantity >= problem.FixedPegQuantity[held]);
        }
    }, iter: 1_500);

    [Fact]
    public void A_reason_is_given_exactly_when_an_order_is_late_or_has_no_slot() => s_all.Sample((seed, size, options) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size, new(Held: seed % 2 == 0));
        AllocationResult result = Allocation.Plan(problem, options);
        for (int order = 0; order < size; order++)
        {
            bool placed = result.StartSecond[order] >= 0, onTime = placed && result.EndSecond[order] <= problem.DueSecond[order];
            Assert.Equal(onTime, result.Reason[order] == LateReason.None);
            Assert.Equal(!placed, result.Reason[order] == LateReason.Unknown);
            if (result.Reason[order] is LateReason.MaterialShort or LateReason.AwaitsSupply or LateReason.LeadTime) Assert.InRange(result.GateItem[order], 0, problem.ItemCount - 1);
        }
    }, iter: 1_500);

    [Fact]
    public void The_same_problem_gives_the_same_plan_again() => s_all.Sample((seed, size, options) =>
    {
        AllocationResult one = Allocation.Plan(AllocationScenario.Make(seed, size), options), two = Allocation.Plan(AllocationScenario.Make(seed, size), options);
        Assert.Equal(one.StartSecond, two.StartSecond);
        Assert.Equal(one.PegSupply, two.PegSupply);
        Assert.Equal(one.PurchaseSecond, two.PurchaseSecond);
    }, iter: 200);

    /// <summary>Of the single pass: the priced search re-routes scarce supply for the sake of all, so an earlier lot may make an order of it later.</summary>
    [Fact]
    public void More_or_earlier_supply_makes_no_date_of_the_single_pass_later_before_another_is_earlier() => Gen.Select(Gen.ULong, Gen.Int[1, 12], Gen.Enum<AllocationTiming>()).Sample((seed, size, timing) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size, new(LineLimits: false));
        if (problem.LotCount == 0) return;
        AllocationProblem better = Better(problem, new SmallRandom(seed ^ 7));
        var options = new AllocationOptions { Timing = timing };
        AllocationResult before = Allocation.Plan(problem, options), after = Allocation.Plan(better, options);
        foreach (int order in AllocationSequence.ByClassThenDue(problem))
        {
            long was = Date(before, order), now = Date(after, order);
            Assert.True(now <= was, $"order {order} went from {was} to {now} and nobody before it gained");
            if (now < was) return;
        }
    }, iter: 3_000);

    [Fact]
    public void Sorting_by_radix_equals_a_stable_sort() => Gen.ULong[0, 1UL << 40].Array[0, 300].Sample(keys =>
        Assert.Equal(Enumerable.Range(0, keys.Length).OrderBy(k => keys[k] & ~3UL), AllocationSequence.Sorted([.. keys.Select(key => key & ~3UL)])));

    [Fact]
    public void A_held_peg_beyond_its_lot_is_refused_with_the_values()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        var error = Assert.Throws<ArgumentException>(() => Allocation.Plan(OneOrder(new() { Quantity = 2, HeldPeg = 3 }), new(), cancel));
        Assert.Contains("Held peg 0 takes 3 of lot 0", error.Message, StringComparison.Ordinal);
        Assert.Equal(LateReason.None, Allocation.Plan(OneOrder(new() { Quantity = 2, HeldPeg = 2 }), new(), cancel).Reason[0]);
    }

    private sealed record Single
    {
        public int Quantity { get; init; } = 1;
        public int HeldPeg { get; init; }
    }

    private static AllocationProblem OneOrder(Single single) => new()
    {
        LotFirst = [0, 1], LotSecond = [0], LotQuantity = [2], BuyLead = [int.MaxValue], BuyMinimum = [1], BuyMultiple = [1], BuyMaximum = [9], SoftSafety = [0],
        OrderLine = [0], WorkSeconds = [60], DueSecond = [3_600], ReleaseSecond = [0], OrderClass = [1], PartFirst = [0, 1], PartItem = [0], PartQuantity = [single.Quantity],
        Lines = [LineCalendar.AlwaysOpen], FixedPegFirst = single.HeldPeg == 0 ? null : [0, 1], FixedPegLot = single.HeldPeg == 0 ? [] : [0], FixedPegQuantity = single.HeldPeg == 0 ? [] : [single.HeldPeg],
    };

    private static long Date(AllocationResult result, int order) => result.EndSecond[order] < 0 ? long.MaxValue : result.EndSecond[order];

    /// <summary>A lot more of one lot, another lot earlier, and sometimes a shorter lead time.</summary>
    private static AllocationProblem Better(AllocationProblem p, SmallRandom random)
    {
        int[] seconds = [.. p.LotSecond], quantities = [.. p.LotQuantity], lead = [.. p.BuyLead];
        int lot = random.Below(p.LotCount), item = random.Below(p.ItemCount);
        seconds[lot] = random.Below(seconds[lot] + 1);
        if (random.Below(2) == 0) quantities[random.Below(p.LotCount)] += random.Below(4);
        if (random.Below(3) == 0 && lead[item] < int.MaxValue) lead[item] = random.Below(lead[item] + 1);
        return new AllocationProblem
        {
            LotFirst = p.LotFirst, LotSecond = p.LotSecond, LotQuantity = quantities, BuyLead = lead, BuyMinimum = p.BuyMinimum, BuyMultiple = p.BuyMultiple,
            BuyMaximum = p.BuyMaximum, SoftSafety = p.SoftSafety, OrderLine = p.OrderLine, WorkSeconds = p.WorkSeconds, DueSecond = p.DueSecond,
            ReleaseSecond = p.ReleaseSecond, OrderClass = p.OrderClass, PartFirst = p.PartFirst, PartItem = p.PartItem, PartQuantity = p.PartQuantity, Lines = p.Lines,
        }.WithLotSeconds(seconds, out _);
    }
}
