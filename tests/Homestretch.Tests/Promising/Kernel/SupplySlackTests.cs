using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed class SupplySlackTests
{
    private static readonly Gen<(ulong Seed, int Size)> s_problems = Gen.Select(Gen.ULong, Gen.Int[1, 12]);

    [Fact]
    public void A_kit_is_taken_exactly_when_a_walk_through_time_finds_it() => Walk((slack, problem, starts, random, order, second) =>
    {
        int[] tried = [.. starts];
        tried[order] = second;
        Assert.Equal(SlowSupply.Covers(problem, tried), slack.Has(order, second, out int lacking));
        Assert.Equal(lacking >= 0, !SlowSupply.Covers(problem, tried));
        Assert.Equal(SlowSupply.WholeFrom(problem, starts, order, second), slack.WholeFrom(order, second, out _));
    });

    [Fact]
    public void Trying_to_take_is_asking_and_then_taking() => Walk((slack, problem, starts, random, order, second) =>
    {
        int[] before = [.. slack.Slack];
        bool had = slack.Has(order, second, out _);
        Assert.Equal(had, slack.TryTake(order, second));
        int[] after = [.. slack.Slack];
        if (had) slack.Release(order, second);
        Assert.Equal(before, slack.Slack);
        if (had) slack.Take(order, second);
        Assert.Equal(after, slack.Slack);
        if (had) slack.Release(order, second);
    });

    [Fact]
    public void Trying_to_shift_is_releasing_asking_and_taking() => Walk((slack, problem, starts, random, order, second) =>
    {
        if (Pick(starts, random) is not { } placed) return;
        int[] before = [.. slack.Slack];
        slack.Release(placed, starts[placed]);
        bool possible = slack.Has(placed, second, out _);
        slack.Take(placed, possible ? second : starts[placed]);
        int[] wanted = [.. slack.Slack];
        before.CopyTo(slack.Slack, 0);
        Assert.Equal(possible, slack.TryShift(placed, starts[placed], second));
        Assert.Equal(wanted, slack.Slack);
        if (possible) starts[placed] = second;
    });

    [Fact]
    public void Whole_without_is_releasing_asking_and_taking_again() => Walk((slack, problem, starts, random, order, second) =>
    {
        if (Pick(starts, random) is not { } placed) return;
        second = Math.Min(second, starts[placed]);
        slack.Release(placed, starts[placed]);
        int whole = slack.WholeFrom(placed, second, out _);
        slack.Take(placed, starts[placed]);
        int[] before = [.. slack.Slack];
        Assert.Equal(whole, slack.WholeWithout(placed, starts[placed], second));
        Assert.Equal(before, slack.Slack);
    });

    [Fact]
    public void The_rank_in_a_sorted_list_equals_counting() => Gen.Select(Gen.Int[0, 300].Array[0, 200], Gen.Int[-5, 305]).Sample((values, second) =>
    {
        Array.Sort(values);
        Assert.Equal(values.Count(value => value <= second), SortedSeconds.CountUpTo(values, second));
    }, iter: 2_000);

    /// <summary>Takes and releases kits at random, never more than there is, and checks before each step.</summary>
    private static void Walk(Action<SupplySlack, AllocationProblem, int[], SmallRandom, int, int> check) => s_problems.Sample((seed, size) =>
    {
        AllocationProblem problem = AllocationScenario.Make(seed, size, new(LineLimits: false));
        var random = new SmallRandom(seed ^ 1);
        var slack = new SupplySlack(problem, new HeldPegs(problem));
        int[] starts = [.. Enumerable.Repeat(-1, size)], moments = SlowSupply.Moments(problem);
        for (int step = 0; step < 3 * size; step++)
        {
            int order = random.Below(size);
            int second = moments.Length > 0 && random.Below(2) == 0 ? Math.Max(0, moments[random.Below(moments.Length)] - random.Below(2)) : random.Below(30 * AllocationScenario.Day);
            if (starts[order] >= 0)
            {
                slack.Release(order, starts[order]);
                starts[order] = -1;
            }
            check(slack, problem, starts, random, order, second);
            if (slack.TryTake(order, second)) starts[order] = second;
        }
    }, iter: 1_000);

    private static int? Pick(int[] starts, SmallRandom random)
    {
        int[] placed = [.. Enumerable.Range(0, starts.Length).Where(order => starts[order] >= 0)];
        return placed.Length == 0 ? null : placed[random.Below(placed.Length)];
    }
}
