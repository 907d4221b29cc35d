using CsCheck;
using Homestretch.Cutting;
using Homestretch.Cutting.Kernel;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Xunit;

namespace Homestretch.Tests.Cutting.Sourcing;

/// <summary>Choices within limits against enumeration, and limits in conflict.</summary>
public sealed class LimitTests
{
    private static (Configuration? Configuration, IReadOnlyList<Finding> Findings) Configured(SourcingStudy study, params IReadOnlyList<Limit> limits) => Configuring.Of(study, null, limits, new() { Passes = 50_000 }, cancel: TestContext.Current.CancellationToken);

    [Fact]
    public void Small_studies_within_limits_cost_what_enumeration_finds_or_the_limits_are_said_to_be_in_conflict() => Gen.Int.Sample(seed =>
    {
        SourcingStudy study = SmallStudies.Of(seed);
        IReadOnlyList<Limit> limits = SmallStudies.Limits(study, seed);
        if (SourcingRules.Of(study, new(), limits).Problem is not { } problem) return;
        var (bounded, unmeasured) = LimitRules.Of(problem, limits, study);
        Assert.Empty(unmeasured);
        double least = SmallStudies.Enumerated(problem, bounded);
        var (configuration, findings) = Configured(study, limits);
        if (double.IsInfinity(least))
        {
            Finding told = Assert.Single(findings);
            if (double.IsInfinity(SmallStudies.Enumerated(problem))) Assert.Equal("no-way", told.Rule);
            else Assert.Equal(("conflict", Fewest(study, problem, limits)), (told.Rule, limits.Count(l => told.What.Contains($" {l}", StringComparison.Ordinal))));
            return;
        }
        Assert.NotNull(configuration);
        Assert.True(configuration.Bound <= least * (1 + 1e-9) + 1e-9, $"bound {configuration.Bound} of {least}");
        Assert.Equal(least, configuration.Cost.Total, 1e-6 * Math.Max(1, least));
        Assert.True(configuration.Proven, $"{configuration.Bound} of {configuration.Cost.Total} after {configuration.Passes} passes");
    }, iter: 400);

    [Fact]
    public void Taking_a_limit_away_never_costs_more() => Gen.Int.Sample(seed =>
    {
        SourcingStudy study = SmallStudies.Of(seed, 5);
        IReadOnlyList<Limit> limits = SmallStudies.Limits(study, seed);
        if (Configured(study, limits).Configuration is not { } limited) return;
        foreach (Limit spared in limits) Assert.True(Configured(study, [.. limits.Where(l => l != spared)]).Configuration!.Cost.Total <= limited.Cost.Total * (1 + 1e-6));
    }, iter: 100);

    [Fact]
    public void What_is_left_never_misses_a_limit_by_less_than_the_bound_says() => Gen.Select(Gen.Int, Gen.Int).Sample((seed, pick) =>
    {
        SourcingStudy study = SmallStudies.Of(seed, 6);
        if (SourcingRules.Of(study, new(), SmallStudies.Limits(study, seed)).Problem is not { } p) return;
        var random = new Random(pick);
        int[] chosen = [.. p.Options.Select(o => random.Next(o.Length))];
        StagesLeft left = p.All();
        foreach (Bounded limit in LimitRules.Of(p, SmallStudies.Limits(study, seed), study).Bounded)
        {
            StagesLeft own = left;
            for (int i = 0; i < p.Count; i++)
            {
                if (own.Options(i) > 1) own = own.SplitOption(i, chosen[i]).With;
                Assert.True(limit.LeastMissed(own) <= limit.Missed(chosen) + 1e-9, $"{limit.Limit}: {limit.LeastMissed(own)} of {limit.Missed(chosen)}");
            }
            if (limit is SumLimit or ExposureBound) Assert.Equal(limit.Missed(chosen), limit.LeastMissed(own), 1e-9);
        }
    }, iter: 300);

    [Fact]
    public void What_cannot_be_measured_is_told_and_nothing_is_taken_for_it()
    {
        var study = new SourcingStudy(new([new("frame", 0, 0), new("bike", 10, 1, 0, 10, 4)], [new("frame", "bike")]), [new("frame", "far", 80, 10, "", "KAI", "CN"), new("frame", "near", 90, 10)], [], Home: ["US"]);
        var (configuration, findings) = Configured(study, new Limit(Measure.HomeHours, 10), new Limit(Measure.Co2, 3), new Limit(Measure.HomeValue, 2), new Limit(Measure.CountryShare, 0.5, "VN"), new Limit(Measure.Co2, 3, "CN"));
        Assert.Null(configuration);
        Assert.Equal(["1 unknown", "2 unknown", "3 range", "4 unknown-key", "5 subject"], findings.Select(static f => $"{f.Place.Line} {f.Rule}"));
        Assert.Contains("frame: near", findings[0].What, StringComparison.Ordinal);
        Assert.DoesNotContain("far", findings[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kit_that_must_be_whole_more_surely_has_fewer_places_to_wait()
    {
        // three parts that may wait before the bike: each at 95 %, and all three together at 86 %
        var study = new SourcingStudy(new([new("frame", 40, 20), new("motor", 60, 25), new("battery", 80, 30), new("bike", 900, 1, 0, 10, 4, 0.95, MostDays: 0)], [new("frame", "bike"), new("motor", "bike"), new("battery", "bike")]), [], []);
        Configuration free = Configured(study).Configuration!;
        Assert.Equal(0.95 * 0.95 * 0.95, Assert.Single(free.Kits).Probability, 1e-12);
        double before = free.Cost.Total;
        foreach (var (asked, waiting) in (ReadOnlySpan<(double, int)>)[(0.9, 2), (0.95, 1), (0.99, 0)])
        {
            Configuration sure = Configured(study, new Limit(Measure.KitInTime, asked)).Configuration!;
            Assert.Equal(waiting, sure.Stages.Count(static s => s.Stage != "bike" && s.Stock.SafetyStock > 0));
            Assert.Equal(Math.Pow(0.95, waiting), sure.Kits[0].Probability, 1e-12);
            Assert.True(sure.Proven && sure.Cost.Total > before);
            before = sure.Cost.Total;
        }
    }

    private static int Fewest(SourcingStudy study, SourcingProblem p, IReadOnlyList<Limit> limits)
    {
        int fewest = limits.Count;
        for (int set = 1; set < 1 << limits.Count; set++)
        {
            Limit[] own = [.. limits.Where((_, k) => (set >> k & 1) != 0)];
            if (own.Length < fewest && double.IsInfinity(SmallStudies.Enumerated(p, LimitRules.Of(p, own, study).Bounded))) fewest = own.Length;
        }
        return fewest;
    }
}
