using CsCheck;
using Homestretch.Clearing;
using Xunit;

namespace Homestretch.Tests.Clearing;

public sealed class ClearSearchTests
{
    private static readonly ClearPolicy s_policy = new() { Moves = 400 };

    [Fact]
    public void What_is_released_can_be_built_and_whoever_is_protected_keeps_its_date() => Gen.Select(Gen.ULong, Gen.Int[1, 20]).Sample(static (seed, jobs) =>
    {
        ClearProblem problem = ClearScenario.Make(seed, jobs);
        ClearAudit.AssertFeasible(problem, ClearSearch.Of(problem, s_policy).Best);
    }, iter: 300);

    [Fact]
    public void No_list_is_worth_more_than_the_bound_and_ours_is_worth_no_less_than_any_first_pass() => Gen.Select(Gen.ULong, Gen.Int[1, 9]).Sample(static (seed, jobs) =>
    {
        ClearProblem problem = ClearScenario.Make(seed, jobs);
        Cleared cleared = ClearSearch.Of(problem, s_policy);
        Assert.InRange(cleared.Best.Score.Kits, 0, cleared.MostKits);
        Assert.True(cleared.MostPromises is null || cleared.Best.Score.Promises <= cleared.MostPromises);
        Cleared first = ClearSearch.Of(problem, s_policy with { Moves = 0 });
        Assert.True(cleared.Best.Score >= first.Best.Score);
        Assert.InRange(first.Best.Score.Kits, 0, cleared.MostKits);
        Assert.InRange(cleared.Best.Score.Kits, 0, first.MostKits);
        foreach (ClearSolution any in SlowClearing.Random(problem, seed, 30)) Assert.True(any.Score.Kits < cleared.MostKits || any.Score.Kits == cleared.MostKits && (cleared.MostPromises is null || any.Score.Promises <= cleared.MostPromises));
    }, iter: 200);

    /// <summary>A search that drifted over a plateau to where less could be gained by putting lines in order than where it had begun.</summary>
    [Fact]
    public void A_search_is_not_behind_the_first_pass_that_it_began_with()
    {
        ClearProblem problem = ClearScenario.Make(329645970, 9);
        Assert.True(ClearSearch.Of(problem, s_policy, TestContext.Current.CancellationToken).Best.Score >= ClearSearch.Of(problem, s_policy with { Moves = 0 }, TestContext.Current.CancellationToken).Best.Score);
    }

    [Fact]
    public void The_same_problem_gives_the_same_list() => Gen.Select(Gen.ULong, Gen.Int[5, 20]).Sample(static (seed, jobs) =>
    {
        ClearProblem problem = ClearScenario.Make(seed, jobs);
        Cleared one = ClearSearch.Of(problem, s_policy), two = ClearSearch.Of(ClearScenario.Make(seed, jobs), s_policy);
        Assert.Equal(one.Best.StartWork, two.Best.StartWork);
        Assert.Equal((one.MostKits, one.MostPromises), (two.MostKits, two.MostPromises));
    }, iter: 30);
}
