using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed class RippleTests
{
    private static readonly Gen<(ulong Seed, int Size)> Plans = Gen.Select(Gen.ULong, Gen.Int[1, 600]);

    [Fact]
    public void A_ripple_equals_a_full_evaluation_bit_for_bit() => Plans.Sample((seed, size) =>
    {
        Scenario plan = new(seed, size);
        Evaluation evaluation = Evaluation.Run(plan.Builds, plan.Arrivals, plan.Outbounds, plan.Lines, threads: 1 + size % 2, Proof.AfterEveryRipple, plan.Shut);
        for (int round = 0; round < 6; round++) evaluation.Ripple(Anything(plan));
    }, iter: 250, threads: 1);

    [Fact]
    public void A_ripple_along_many_checkpoints_equals_a_full_evaluation() => Gen.Select(Gen.ULong, Gen.Int[1_000, 3_000], Gen.Int[0, 2]).Sample((seed, size, days) =>
    {
        Scenario plan = new(seed, size, overtaking: days * Scenario.Day / 2, roomy: true);
        Evaluation evaluation = Evaluation.Run(plan.Builds, plan.Arrivals, plan.Outbounds, plan.Lines, threads: 2, Proof.AfterEveryRipple, plan.Shut);
        for (int round = 0; round < 5; round++) evaluation.Ripple(Anything(plan));
    }, iter: 12, threads: 1);

    [Fact]
    public void Slips_of_several_lots_along_many_checkpoints_equal_a_full_evaluation() => Gen.Select(Gen.ULong, Gen.Int[500, 3_000], Gen.Int[0, 4]).Sample((seed, size, days) =>
    {
        Scenario plan = new(seed, size, samples: 40, overtaking: days * Scenario.Day / 4, roomy: true);
        Evaluation evaluation = Evaluation.Run(plan.Builds, plan.Arrivals, plan.Outbounds, plan.Lines, threads: 2, Proof.AfterEveryRipple, plan.Shut);
        for (int round = 0; round < 8; round++)
        {
            Disturbance slips = new();
            for (int i = 0; i <= round; i++) slips.Redraw(plan.Below(plan.Arrivals.Count), plan.Arrival(plan.HorizonDays));
            evaluation.Ripple(slips);
        }
    }, iter: 12, threads: 1);

    [Fact]
    public void Many_slips_at_once_run_lines_whole_and_equal_a_full_evaluation_in_ends_and_in_what_changed() => Gen.Select(Gen.ULong, Gen.Int[300, 2_000], Gen.Int[0, 4]).Sample((seed, size, days) =>
    {
        Scenario plan = new(seed, size, samples: 40, overtaking: days * Scenario.Day / 4, roomy: true);
        Evaluation evaluation = Evaluation.Run(plan.Builds, plan.Arrivals, plan.Outbounds, plan.Lines, threads: 2, Proof.AfterEveryRipple);
        for (int round = 0; round < 3; round++)
        {
            Disturbance slips = Anything(plan);
            for (int lot = round; lot < plan.Arrivals.Count; lot += 3) slips.Redraw(lot, plan.Arrival(plan.HorizonDays));
            int[][] ends = [.. Enumerable.Range(0, evaluation.Builds.Count).Select(b => evaluation.EndsOf(b).ToArray())];
            BuildDates[] dates = [.. Enumerable.Range(0, evaluation.Builds.Count).Select(b => evaluation[b])];
            RippleResult result = evaluation.Ripple(slips);
            var told = result.Changed.ToHashSet();
            for (int b = 0; b < ends.Length; b++)
                if (!evaluation.Builds.Withdrawn[b] && (dates[b] != evaluation[b] || !evaluation.EndsOf(b).SequenceEqual(ends[b]))) Assert.Contains(b, told);
        }
    }, iter: 12, threads: 1);

    [Fact]
    public void A_ripple_names_exactly_the_builds_whose_ends_or_forecast_changed() => Plans.Sample((seed, size) =>
    {
        Scenario plan = new(seed, size);
        Evaluation evaluation = plan.Evaluate(threads: 1 + size % 2), before = new Scenario(seed, size).Evaluate();
        int lot = plan.Below(plan.Arrivals.Count);
        RippleResult result = evaluation.Ripple(new Disturbance().Redraw(lot, plan.Arrival(plan.HorizonDays)));
        IEnumerable<int> changed = Enumerable.Range(0, size).Where(b =>
            before[b] != evaluation[b] || !before.EndsOf(b).SequenceEqual(evaluation.EndsOf(b)));
        Assert.Equal(changed, result.Changed);
    }, iter: 100, threads: 1);

    [Fact]
    public void A_lot_nobody_is_pegged_to_changes_nothing()
    {
        Scenario plan = new(seed: 7, size: 300);
        Evaluation evaluation = plan.Evaluate();
        RippleResult result = evaluation.Ripple(new Disturbance().Redraw(plan.Arrivals.Count, plan.Arrival(3)));
        Assert.Empty(result.Changed);
        Assert.Equal(0, result.Considered);
    }

    [Fact]
    public void Many_builds_appended_one_by_one_stay_equal_to_a_full_evaluation()
    {
        Scenario plan = new(seed: 11, size: 5);
        Evaluation evaluation = plan.Evaluate();
        for (int i = 0; i < 700; i++) evaluation.Ripple(new Disturbance().Append(plan.NewBuild(), plan.NewPegs()));
        evaluation.ProveEqualsFull();
    }

    [Fact]
    public void The_proof_notices_a_build_changed_behind_its_back()
    {
        Scenario plan = new(seed: 3, size: 50, roomy: true);
        Evaluation evaluation = plan.Evaluate();
        plan.Builds.Change(0, plan.Builds[0] with { Outbound = plan.Builds[0].Outbound + 1 });
        Assert.Throws<InvalidOperationException>(evaluation.ProveEqualsFull);
    }

    [Fact]
    public void A_quoted_date_is_the_date_of_the_build_once_placed() => Plans.Sample((seed, size) =>
    {
        Scenario plan = new(seed, size);
        Evaluation evaluation = plan.Evaluate(threads: 1 + size % 2);
        (PlannedBuild build, int[] lots) = (plan.NewBuild(), plan.NewPegs());
        QuotedDate quote = evaluation.Quote(build, lots);
        EvaluationTests.AssertSame(new Scenario(seed, size).Evaluate(), evaluation, size);
        evaluation.Ripple(new Disturbance().Append(build, lots));
        Assert.Equal(quote.Dates, evaluation[size].Dates);
        AssertSameDates(quote, evaluation, size);
    }, iter: 150, threads: 1);

    [Fact]
    public void Quotes_along_many_checkpoints_are_the_dates_once_placed_in_every_sample() => Gen.Select(Gen.ULong, Gen.Int[500, 2_000], Gen.Int[1, 4]).Sample((seed, size, days) =>
    {
        Scenario plan = new(seed, size, overtaking: days * Scenario.Day / 4, roomy: true);
        Evaluation evaluation = plan.Evaluate(threads: 1 + size % 2);
        for (int placed = size; placed < size + 10; placed++)
        {
            (PlannedBuild build, int[] lots) = (plan.NewBuild(), plan.NewPegs());
            QuotedDate quote = evaluation.Quote(build, lots);
            evaluation.Ripple(new Disturbance().Append(build, lots));
            AssertSameDates(quote, evaluation, placed);
        }
    }, iter: 20, threads: 1);

    private static void AssertSameDates(QuotedDate quote, Evaluation evaluation, int build)
    {
        int[] placed = new int[evaluation.Samples];
        evaluation.CopyDates(build, placed);
        Assert.Equal(placed, quote.Samples);
    }

    [Fact]
    public void The_value_of_a_day_equals_evaluating_with_that_one_part_a_day_earlier() => Plans.Sample((seed, size) =>
    {
        Scenario plan = new(seed, size), earlier = new(seed, size);
        int build = plan.Below(size), pegs = plan.Builds.Pegs(build).Length;
        if (pegs == 0) return;
        int peg = plan.Below(pegs), lot = plan.Builds.Pegs(build)[peg];
        int early = earlier.Arrivals.Append(plan.Arrivals[lot].ToArray().Select(a => a - Scenario.Day).ToArray());
        int[] lots = plan.Builds.Pegs(build).ToArray();
        lots[peg] = early;
        earlier.Builds.Repeg(build, lots);
        Assert.Equal(earlier.Evaluate()[build].Dates, plan.Evaluate().DatesIfEarlier(build, peg, Scenario.Day));
    }, iter: 150, threads: 1);

    /// <summary>Regression: with nothing left behind the last checkpoint, samples taken up there after others had come that far were done and not written.</summary>
    [Fact]
    public void Withdrawing_all_behind_the_last_checkpoint_equals_a_full_evaluation() => Gen.Select(Gen.ULong, Gen.Int[66, 400]).Sample((seed, size) =>
    {
        Scenario plan = new(seed, size, overtaking: Scenario.Day / 2);
        Evaluation evaluation = Evaluation.Run(plan.Builds, plan.Arrivals, plan.Outbounds, plan.Lines, threads: 1, Proof.AfterEveryRipple, plan.Shut);
        for (int l = 0; l < plan.Lines.Length; l++)
            for (LineRecord line = evaluation.Lines[l]; line.Positions.Count > 1 && line.Length > line.Positions[^1];)
                evaluation.Ripple(new Disturbance().Withdraw(line.Sequence[line.Length - 1]).Append(plan.NewBuild() with { Line = l, PlannedStart = 1, Passed = 0, Tie = 0, Work = 1 }, plan.NewPegs()));
    }, iter: 40, threads: 1);

    private static Disturbance Anything(Scenario plan)
    {
        Disturbance disturbance = new();
        int lots = plan.Arrivals.Count;
        for (int i = plan.Below(3); i > 0; i--) disturbance.Redraw(plan.Below(lots), plan.Arrival(plan.HorizonDays));
        if (plan.Below(3) == 0) disturbance.Redraw(lots, plan.Arrival(plan.HorizonDays));
        List<int> present = [.. Enumerable.Range(0, plan.Builds.Count).Where(b => !plan.Builds.Withdrawn[b])];
        for (int i = plan.Below(3); i > 0 && present.Count > 0; i--)
        {
            int build = present[plan.Below(present.Count)];
            PlannedBuild row = plan.Builds[build];
            disturbance.Change(build, plan.NewBuild() with { Line = row.Line, PlannedStart = row.PlannedStart, Tie = row.Tie, Passed = row.Passed }, plan.NewPegs());
        }
        for (int i = plan.Below(3); i > 0 && present.Count > 0; i--) disturbance.Withdraw(present[plan.Below(present.Count)]);
        for (int i = plan.Below(3); i > 0; i--) disturbance.Append(plan.NewBuild(), plan.NewPegs());
        return disturbance;
    }
}
