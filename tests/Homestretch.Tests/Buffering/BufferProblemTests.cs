using Homestretch.Buffering;
using Xunit;

namespace Homestretch.Tests.Buffering;

public sealed class BufferProblemTests
{
    /// <summary>A problem made from a seed: parts that share a common shock, so that their futures hang together.</summary>
    internal static BufferProblem Made(int seed, int parts, int most, int futures, double share)
    {
        var draws = new Draws((ulong)seed);
        long[] cost = [.. Enumerable.Range(0, parts).Select(i => 1 + (long)(draws.Uniform(1, i) * 99))];
        var asked = new (int, int)[futures][];
        for (int j = 0; j < futures; j++)
        {
            double common = draws.Normal(2, j);
            var row = new List<(int, int)>();
            for (int i = 0; i < parts; i++)
            {
                int level = (int)Math.Ceiling((0.6 * common + 0.8 * draws.Normal(3 + (ulong)i, j) - 0.8) * most / 2.2);
                if (level > 0 && draws.Uniform(100 + (ulong)i, j) < 0.85) row.Add((i, level));
            }
            asked[j] = [.. row];
        }
        int[] weight = [.. Enumerable.Range(0, futures).Select(j => 1 + (int)(draws.Uniform(200, j) * 3))];
        return new(cost, [.. Enumerable.Repeat(most, parts)], asked, weight, (long)Math.Ceiling(share * weight.Sum(static w => (long)w)));
    }

    private static BufferSolution? Solved(BufferProblem problem, IEnumerable<int[]> starts, int cuts) => BufferSolving.Of(problem, starts, cuts, TestContext.Current.CancellationToken);

    /// <summary>Tries every choice of levels.</summary>
    private static long? Brute(BufferProblem problem)
    {
        long? best = null;
        int[] levels = new int[problem.Parts];
        while (true)
        {
            if (problem.CostOf(levels) is var cost && !(cost >= best) && problem.Covered(levels) >= problem.Needed) best = cost;
            int i = 0;
            while (i < levels.Length && levels[i] == problem.Most[i]) levels[i++] = 0;
            if (i == levels.Length) return best;
            levels[i]++;
        }
    }

    [Theory]
    [InlineData(2, 30, 40, 0.8)]
    [InlineData(3, 14, 60, 0.75)]
    [InlineData(3, 12, 60, 0.9)]
    [InlineData(4, 7, 50, 0.7)]
    [InlineData(5, 4, 80, 0.85)]
    public void The_least_cost_is_that_of_trying_every_choice(int parts, int most, int futures, double share)
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            BufferProblem problem = Made(seed, parts, most, futures, share);
            BufferSolution? solved = Solved(problem, [], int.MaxValue);
            Assert.Equal(Brute(problem), solved?.Cost);
            if (solved is null) continue;
            Assert.True(solved.Proven);
            Assert.Equal(solved.Cost, problem.CostOf(solved.Levels));
            Assert.True(problem.Covered(solved.Levels) >= problem.Needed);
        }
    }

    [Fact]
    public void Every_bound_is_below_the_least_cost_and_the_search_alone_above_it()
    {
        double bound = 0, least = 0, search = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            BufferProblem problem = Made(seed, 4, 7, 60, 0.85);
            if (Brute(problem) is not { } brute) continue;
            BufferBound root = BufferBound.Of(problem, new int[4], problem.Most)!;
            long found = problem.CostOf(BufferSearch.From(problem, problem.Most)!);
            Assert.True(root.Least <= brute && brute <= found, $"seed {seed}: {root.Least} <= {brute} <= {found}");
            Assert.True(problem.Covered(root.High) >= problem.Needed);
            (bound, least, search) = (bound + root.Least, least + brute, search + found);
        }
        Assert.InRange(bound / least, 0.6, 1);
        Assert.InRange(search / least, 1, 1.03);
    }

    [Fact]
    public void A_closure_is_worth_as_much_as_the_best_choice_tried()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            BufferProblem problem = Made(seed, 3, 8, 40, 0.9);
            int[] floor = [seed % 3, 0, seed % 2];
            int[] open = [.. Enumerable.Range(0, problem.Futures).Where(j => !problem.Covers(floor, j))];
            var closure = new Closure(problem, open, floor);
            foreach (long price in (long[])[1, 7, 23, 90, 400])
            {
                var (levels, weight, cost) = closure.Best(price, 1);
                long best = 0;
                for (int a = floor[0]; a <= 8; a++)
                    for (int b = floor[1]; b <= 8; b++)
                        for (int c = floor[2]; c <= 8; c++)
                            best = Math.Max(best, price * (problem.Covered([a, b, c]) - problem.Covered(floor)) - (problem.CostOf([a, b, c]) - problem.CostOf(floor)));
                Assert.Equal(best, price * weight - cost);
                Assert.Equal(cost, problem.CostOf(levels) - problem.CostOf(floor));
                Assert.Equal(weight, problem.Covered(levels) - problem.Covered(floor));
            }
        }
    }

    [Fact]
    public void A_higher_target_never_costs_less()
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            long last = 0;
            foreach (double share in (double[])[0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93])
            {
                if (Solved(Made(seed, 4, 12, 150, share), [], int.MaxValue) is not { } solved) break;
                Assert.True(solved.Cost >= last);
                last = solved.Cost;
            }
        }
    }

    [Fact]
    public void It_is_never_dearer_than_one_quantile_for_all_that_covers_as_much()
    {
        double saved = 0;
        for (int seed = 1; seed <= 12; seed++)
        {
            BufferProblem any = Made(seed, 6, 20, 400, 0.5);
            int[] uniform = [.. any.ByLevel.Select(static r => r[(int)(0.9 * r.Length)].Level)];
            BufferProblem asked = Made(seed, 6, 20, 400, any.Covered(uniform) / (double)any.Total - 1e-12);
            BufferSolution solved = Solved(asked, [uniform], 10)!;
            Assert.True(asked.Covered(uniform) >= asked.Needed);
            Assert.True(solved.Cost <= asked.CostOf(uniform));
            saved += 1 - solved.Cost / (double)asked.CostOf(uniform);
        }
        Assert.True(saved > 0.1, $"it saved {saved / 12:P1} on average");
    }

    [Fact]
    public void What_is_too_late_for_every_buffer_is_missed_and_a_target_beyond_that_is_refused()
    {
        (int, int)[][] futures = [[(0, 3)], [(0, 9)], [], []];
        Assert.Null(Solved(new([5], [4], futures, [1, 1, 1, 1], 4), [], 100));
        Assert.Equal([3], Solved(new([5], [4], futures, [1, 1, 1, 1], 3), [], 100)!.Levels);
        Assert.Equal([0], Solved(new([5], [4], futures, [1, 1, 1, 1], 2), [], 100)!.Levels);
    }

    [Fact]
    public void A_cover_that_moves_part_by_part_counts_what_counting_anew_counts()
    {
        var draws = new Draws(5);
        BufferProblem problem = Made(3, 5, 9, 200, 0.9);
        var cover = new Cover(problem, new int[5]);
        for (int move = 0; move < 500; move++)
        {
            cover.Set((int)(draws.Uniform(1, move) * 5), (int)(draws.Uniform(2, move) * 10));
            Assert.Equal(problem.Covered(cover.Levels), cover.Weight);
            Assert.Equal(problem.CostOf(cover.Levels), cover.Cost);
        }
    }
}
