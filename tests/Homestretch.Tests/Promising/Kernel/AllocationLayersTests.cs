using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

/// <summary>What layers guarantee, on random problems with held slots and pegs.</summary>
public sealed class AllocationLayersTests
{
    private static readonly AllocationKind s_kind = new(Held: true);

    [Fact]
    public void Nobodys_slot_depends_on_a_layer_below() => Sample(static (problem, was, rank, options) =>
    {
        AllocationResult all = Allocation.Layer(problem, was, rank, options);
        for (byte layer = AllocationLayers.Win; layer < AllocationLayers.Lose; layer++)
        {
            // one that never gains and has nothing is not laid out: that takes all below the layer out of the problem
            int[] without = [.. was.Select((start, o) => rank[o] > layer ? -1 : start)];
            AllocationResult upper = Allocation.Layer(problem, without, [.. rank.Select(r => r > layer ? AllocationLayers.Lose : r)], options);
            for (int order = 0; order < rank.Length; order++)
                if (rank[order] <= layer) Assert.Equal(all.StartSecond[order], upper.StartSecond[order]);
        }
    });

    [Fact]
    public void Fill_and_Lose_never_start_sooner_than_they_did_and_get_no_slot_where_they_had_none() => Sample(static (problem, was, rank, options) =>
    {
        AllocationResult result = Allocation.Layer(problem, was, rank, options);
        for (int order = 0; order < rank.Length; order++)
        {
            if (rank[order] < AllocationLayers.Fill || problem.FixedStart![order] >= 0) continue;
            Assert.True(was[order] < 0 ? result.StartSecond[order] < 0 : result.StartSecond[order] < 0 || result.StartSecond[order] >= was[order]);
        }
    });

    [Fact]
    public void What_is_laid_out_can_be_built_and_held_slots_stay() => Sample(static (problem, was, rank, options) =>
    {
        AllocationResult result = Allocation.Layer(problem, was, rank, options);
        AllocationAudit.AssertFeasible(problem, result);
        for (int order = 0; order < rank.Length; order++)
            if (problem.FixedStart![order] >= 0) Assert.Equal(problem.FixedStart[order], result.StartSecond[order]);
    });

    private static void Sample(Action<AllocationProblem, int[], byte[], AllocationOptions> test) => Gen.Select(Gen.ULong, Gen.Int[1, 14], Gen.Bool).Sample((seed, size, early) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size, s_kind);
        var random = new SmallRandom(seed ^ 0x5eed);
        AllocationResult before = Allocation.Plan(problem, new() { Timing = early ? AllocationTiming.Earliest : AllocationTiming.Latest });
        int[] was = [.. before.StartSecond.Select((start, o) => problem.FixedStart![o] >= 0 ? problem.FixedStart[o] : random.Below(4) == 0 ? -1 : start)];
        byte[] rank = [.. was.Select(_ => (byte)random.Below(5))];
        test(problem, was, rank, new() { Pegging = early ? AllocationPegging.EarliestLot : AllocationPegging.LatestLot });
    }, iter: 300);
}
