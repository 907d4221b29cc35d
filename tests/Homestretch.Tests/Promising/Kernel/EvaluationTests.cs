using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed class EvaluationTests
{
    public static TheoryData<int> Windows => [0, 20_000, 86_400, 5 * 86_400];

    [Theory, MemberData(nameof(Windows))]
    public void Every_end_is_what_the_rule_read_word_by_word_gives(int window)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            RandomPlan plan = RandomPlan.Of(seed, window: window);
            Evaluation evaluation = Evaluation.Run(plan.Problem, plan.Futures);
            for (int line = 0; line < plan.Problem.LineCount; line++)
            {
                for (int s = 0; s < plan.Futures.Samples; s++)
                {
                    foreach (var (build, end) in RuleWordByWord.Ends(plan, line, s)) Assert.Equal(end, evaluation.Ends(build)[s]);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Windows))]
    public void A_ripple_leaves_the_same_bits_as_a_full_evaluation(int window)
    {
        for (int seed = 0; seed < 25; seed++)
        {
            RandomPlan plan = RandomPlan.Of(seed, builds: 900, supplies: 300, window: window);
            var random = new Random(seed);
            Evaluation evaluation = Evaluation.Run(plan.Problem, plan.Futures);
            for (int step = 0; step < 6; step++)
            {
                int[] before = All(evaluation), redrawn = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Next(300)).Distinct()];
                foreach (int supply in redrawn) RandomPlan.Draw(plan.Futures, supply, random);
                int[] changed = evaluation.Ripple(redrawn);
                int[] after = All(evaluation);
                Assert.Equal(All(Evaluation.Run(plan.Problem, plan.Futures)), after);
                Assert.Equal(Enumerable.Range(0, 900).Where(b => !Row(before, b).SequenceEqual(Row(after, b))), changed);
            }
        }

        static IEnumerable<int> Row(int[] all, int build) => all.Skip(build * 16).Take(16);
    }

    [Fact]
    public void One_thread_and_many_leave_the_same_bits()
    {
        RandomPlan plan = RandomPlan.Of(7, builds: 2000, lines: 8, supplies: 400, samples: 64);
        Assert.Equal(All(Evaluation.Run(plan.Problem, plan.Futures, parallel: false)), All(Evaluation.Run(plan.Problem, plan.Futures)));
    }

    [Fact]
    public void In_strict_sequence_an_earlier_arrival_makes_no_date_later()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            RandomPlan plan = RandomPlan.Of(seed, window: 0);
            Evaluation evaluation = Evaluation.Run(plan.Problem, plan.Futures);
            int[] before = All(evaluation);
            foreach (ref int at in plan.Futures[seed % 25]) at = Math.Max(0, at - 90_000);
            evaluation.Ripple([seed % 25]);
            Assert.All(All(evaluation).Zip(before), static pair => Assert.True(pair.First <= pair.Second));
        }
    }

    [Fact]
    public void The_example_of_the_rule_holds()
    {
        var futures = new Futures(2, 8);
        futures[1].Fill(3 * 86_400);
        Evaluation evaluation = Evaluation.Run(new EvaluationProblem
        {
            Lines = [LineCalendar.AlwaysOpen], LineFirst = [0, 3], WorkSeconds = [86_400, 86_400, 86_400], PlannedStart = [0, 86_400, 2 * 86_400],
            Confirmed = [false, false, false], Release = [0, 0, 0], PegFirst = [0, 1, 2, 3], PegSupply = [1, 0, 0], Outbound = [-1, -1, -1],
            OutboundSeconds = [], Window = 86_400,
        }, futures);
        Assert.Equal([4 * 86_400, 86_400, 2 * 86_400], [evaluation.Ends(0)[0], evaluation.Ends(1)[0], evaluation.Ends(2)[0]]);
    }

    [Fact]
    public void Gates_count_every_sample_once()
    {
        RandomPlan plan = RandomPlan.Of(3);
        Evaluation evaluation = Evaluation.Run(plan.Problem, plan.Futures);
        for (int b = 0; b < plan.Problem.BuildCount; b++)
        {
            int[] counts = new int[plan.Problem.PegFirst[b + 1] - plan.Problem.PegFirst[b]];
            evaluation.Gates(b, counts);
            Assert.Equal(16, counts.Sum());
        }
    }

    private static int[] All(Evaluation evaluation) =>
        [.. Enumerable.Range(0, evaluation.Problem.BuildCount).SelectMany(b => evaluation.Ends(b).ToArray())];
}

/// <summary>The slow obvious twin: the overtaking rule as its words say it, looking at everything at every step.</summary>
internal static class RuleWordByWord
{
    public static IEnumerable<(int Build, int End)> Ends(RandomPlan plan, int line, int sample)
    {
        EvaluationProblem p = plan.Problem;
        LineCalendar calendar = p.Lines[line];
        int begin = p.LineFirst[line], end = p.LineFirst[line + 1], free = 0;
        int Planned(int b) => calendar.ToWork(p.PlannedStart[b]);
        int Hold(int b) => calendar.ToWork(p.PlannedStart[b] + p.Window);
        int Ready(int b) => calendar.ToWork(Math.Max(p.Release[b], Enumerable.Range(p.PegFirst[b], p.PegFirst[b + 1] - p.PegFirst[b]).Max(k => plan.Futures[p.PegSupply[k]][sample])));
        List<int> open = [.. Enumerable.Range(begin, end - begin)];
        while (open.Count > 0)
        {
            int taken;
            if (p.Window == 0) (taken, free) = (open[0], Math.Max(free, Ready(open[0])));
            else
            {
                int turn = open.FindIndex(b => Hold(b) > free);
                var candidates = open.Where((b, i) => turn < 0 || i < turn || Planned(b) <= Hold(open[turn]))
                    .Where(b => !p.Confirmed[b] || b == open.First(c => p.Confirmed[c])).ToList();
                int whole = candidates.FindIndex(b => Ready(b) <= free);
                if (whole < 0)
                {
                    bool beyond = turn >= 0 && open.Any(b => Planned(b) > Hold(open[turn]));
                    int earliest = candidates.Min(Ready);
                    free = beyond ? Math.Min(earliest, Hold(open[turn])) : earliest;
                    continue;
                }
                taken = candidates[whole];
            }
            free += p.WorkSeconds[taken];
            open.Remove(taken);
            yield return (taken, free);
        }
    }
}
