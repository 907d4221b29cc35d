using Homestretch.Clearing;
using Homestretch.Tests.Clearing;
using Xunit;

namespace Homestretch.Solvers.Tests;

/// <summary>Our search against CP-SAT, which meets the same problem in quite another way.</summary>
public sealed class ExactClearingTests
{
    private static readonly ClearPolicy s_policy = new() { Moves = 1_500 };

    /// <summary>120 small horizons: how often the search finds the optimum, in kits and in all, and how often its own bound proves that of kits. Raise the floors when it gets better.</summary>
    [Fact]
    public void On_small_horizons_the_search_finds_what_is_proven_best_and_no_bound_is_below_it()
    {
        int kits = 0, all = 0, proven = 0;
        const int count = 120;
        for (ulong seed = 1; seed <= count; seed++)
        {
            ClearProblem problem = ClearScenario.Make(seed, 4 + (int)(seed % 9));
            Cleared ours = ClearSearch.Of(problem, s_policy, TestContext.Current.CancellationToken), exact = ExactClearing.Solve(problem, s_policy, 20);
            Assert.True(exact.Exact, $"CP-SAT did not prove seed {seed}");
            ClearAudit.AssertFeasible(problem, exact.Best);
            Assert.True(ours.Best.Score <= exact.Best.Score);
            Assert.InRange(exact.Best.Score.Kits, 0, ours.MostKits);
            if (ours.MostPromises is { } most) Assert.InRange(exact.Best.Score.Promises, 0, most);
            if (ours.Best.Score.Kits == exact.Best.Score.Kits) kits++;
            if (ours.Best.Score == exact.Best.Score) all++;
            if (ours.MostKits == exact.Best.Score.Kits) proven++;
        }
        TestContext.Current.SendDiagnosticMessage($"of {count}: {kits} best in kits, {all} in all, {proven} proven by our own bound");
        Assert.InRange(kits, count - 2, count);
        Assert.InRange(all, 110, count);
        Assert.InRange(proven, 80, count);
    }

    [Fact]
    public void The_exact_answer_is_the_same_twice()
    {
        ClearProblem problem = ClearScenario.Make(77, 14);
        Cleared one = ExactClearing.Solve(problem, s_policy, 5), two = ExactClearing.Solve(ClearScenario.Make(77, 14), s_policy, 5);
        Assert.Equal(one.Best.StartWork, two.Best.StartWork);
        Assert.Equal((one.MostKits, one.MostPromises, one.Exact), (two.MostKits, two.MostPromises, two.Exact));
    }
}
