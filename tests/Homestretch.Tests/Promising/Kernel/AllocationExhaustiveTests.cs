using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed class AllocationExhaustiveTests
{
    private static readonly AllocationKind s_tiny = new(Items: 3, MostWork: 3 * 86_400);

    [Fact]
    public void Without_line_limits_the_single_pass_is_the_best_there_is_in_its_sequence() => Gen.Select(Gen.ULong, Gen.Int[1, 4]).Sample((seed, size) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size, new(LineLimits: false, Items: 2));
        int[] sequence = AllocationSequence.ByClassThenDue(problem);
        AllocationResult result = Allocation.Plan(problem, new AllocationOptions());
        Assert.Equal(AllocationExhaustive.LeastLate(problem, sequence), sequence.Select(order => AllocationExhaustive.Late(problem, order, result.StartSecond[order])));
    }, iter: 400);

    [Fact]
    public void No_plan_has_more_on_time_than_the_bound_says() => Gen.Select(Gen.ULong, Gen.Int[1, 5]).Sample((seed, size) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size, s_tiny);
        for (int mostClass = 1; mostClass <= 3; mostClass++)
        {
            int most = AllocationExhaustive.MostOnTime(problem, UpTo(problem, mostClass));
            Assert.True(most <= Allocation.MostOnTime(problem, mostClass, rounds: 200) + 1e-9);
            Assert.True(OnTime(problem, new() { Effort = AllocationEffort.Best }, mostClass) <= most);
            Assert.True(OnTime(problem, new(), mostClass) <= most);
        }
    }, iter: 400);

    [Fact]
    public void Without_line_limits_a_first_class_that_can_all_be_on_time_is() => Gen.Select(Gen.ULong, Gen.Int[1, 6]).Sample((seed, size) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size, new(LineLimits: false, Items: 3));
        int[] first = UpTo(problem, 1);
        if (AllocationExhaustive.MostOnTime(problem, first) < first.Length) return;
        Assert.Equal(first.Length, OnTime(problem, new() { Effort = AllocationEffort.Best }, 1));
        Assert.Equal(first.Length, OnTime(problem, new(), 1));
    }, iter: 1_500);

    /// <summary>How near the search comes to the best there is where everything binds: 400 fixed problems, all of one class. Raise the floors when it gets better.</summary>
    [Fact]
    public void The_search_misses_few_of_the_orders_that_could_be_on_time()
    {
        int most = 0, best = 0, fast = 0;
        for (ulong seed = 1; seed <= 400; seed++)
        {
            AllocationProblem problem = AllocationScenario.Make(seed, 5, s_tiny);
            Array.Fill(problem.OrderClass, (byte)1);
            most += AllocationExhaustive.MostOnTime(problem, UpTo(problem, 1));
            best += OnTime(problem, new() { Effort = AllocationEffort.Best }, 1);
            fast += OnTime(problem, new(), 1);
        }
        Assert.Equal(1_030, most);
        Assert.InRange(best, 976, most);
        Assert.InRange(fast, 823, best);
    }

    private static int[] UpTo(AllocationProblem problem, int mostClass) => [.. Enumerable.Range(0, problem.OrderCount).Where(order => problem.OrderClass[order] <= mostClass)];

    private static int OnTime(AllocationProblem problem, AllocationOptions options, int mostClass)
    {
        AllocationResult result = Allocation.Plan(problem, options);
        return UpTo(problem, mostClass).Count(order => result.Reason[order] == LateReason.None);
    }
}
