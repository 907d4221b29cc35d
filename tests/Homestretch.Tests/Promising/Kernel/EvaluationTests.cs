using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed class EvaluationTests
{
    private static readonly Gen<(ulong Seed, int Size)> Plans = Gen.Select(Gen.ULong, Gen.Int[1, 150]);

    [Fact]
    public void Every_end_equals_the_slow_twin() => Plans.Sample((seed, size) =>
    {
        Scenario plan = new(seed, size);
        Evaluation evaluation = plan.Evaluate();
        for (int s = 0; s < plan.Arrivals.Samples; s++)
        {
            int[] twin = SlowTwin.Ends(plan, s);
            for (int build = 0; build < size; build++) Assert.Equal(twin[build], evaluation.EndsOf(build)[s]);
        }
    }, iter: 400, threads: 1);

    [Fact]
    public void Every_forecast_equals_the_slow_twin() => Plans.Sample((seed, size) =>
    {
        Scenario plan = new(seed, size, samples: 24);
        Evaluation evaluation = plan.Evaluate();
        int[][] ends = [.. Enumerable.Range(0, 24).Select(s => SlowTwin.Ends(plan, s))];
        for (int build = 0; build < size; build++) Assert.Equal(SlowTwin.Judge(plan, build, ends), evaluation[build]);
    }, iter: 60, threads: 1);

    [Fact]
    public void One_thread_and_many_give_the_same() => Plans.Sample((seed, size) =>
    {
        Evaluation one = new Scenario(seed, 4 * size).Evaluate(threads: 1), many = new Scenario(seed, 4 * size).Evaluate(threads: 4);
        AssertSame(one, many, 4 * size);
    }, iter: 40, threads: 1);

    [Fact]
    public void In_strict_sequence_an_earlier_arrival_makes_no_date_later() => Plans.Sample((seed, size) =>
    {
        Scenario plan = new(seed, size, overtaking: 0), earlier = new(seed, size, overtaking: 0);
        int lot = earlier.Below(earlier.Arrivals.Count);
        earlier.Arrivals.Set(lot, earlier.Arrivals[lot].ToArray().Select(a => a - earlier.Below(3 * Scenario.Day)).ToArray());
        Evaluation before = plan.Evaluate(), after = earlier.Evaluate();
        for (int build = 0; build < size; build++)
            for (int s = 0; s < plan.Arrivals.Samples; s++) Assert.True(after.EndsOf(build)[s] <= before.EndsOf(build)[s]);
    }, iter: 100, threads: 1);

    [Fact]
    public void The_example_of_the_rule_holds()
    {
        Futures arrivals = new(8);
        foreach (int ready in (int[])[500, 0, 25]) arrivals.Append(Enumerable.Repeat(ready, 8).ToArray());
        PlannedBuilds builds = new();
        for (int i = 0; i < 3; i++) builds.Add(new(0, 10 * i, 10), [i]);
        Evaluation three = Evaluation.Run(builds, arrivals, new(8), [new(LineCalendar.AlwaysOpen, 100)]);
        Assert.Equal([510, 10, 35], Enumerable.Range(0, 3).Select(b => three.EndsOf(b)[7]));

        for (int i = 3; i < 203; i++) builds.Add(new(0, 10 * i, 10), []);
        Evaluation many = Evaluation.Run(builds, arrivals, new(8), [new(LineCalendar.AlwaysOpen, 100)]);
        Assert.Equal([20, 30, 50, 60, 70, 80, 90, 100], Enumerable.Range(3, 8).Select(b => many.EndsOf(b)[0]));
        Assert.Equal(111, many.EndsOf(11)[0]);
    }

    internal static void AssertSame(Evaluation expected, Evaluation actual, int builds)
    {
        for (int build = 0; build < builds; build++)
        {
            Assert.Equal(expected[build], actual[build]);
            Assert.True(expected.EndsOf(build).SequenceEqual(actual.EndsOf(build)));
        }
    }
}
