using CsCheck;
using Homestretch.Cutting;
using Homestretch.Cutting.Kernel;
using Homestretch.Cutting.Sourcing;
using Xunit;

namespace Homestretch.Tests.Cutting.Sourcing;

/// <summary>Choices of sources and their bounds against enumeration.</summary>
public sealed class ConfiguringTests
{
    private static (Configuration? Configuration, IReadOnlyList<Finding> Findings) Configured(SourcingStudy study, SourcingPolicy? policy = null) => Configuring.Of(study, policy, cancel: TestContext.Current.CancellationToken);

    [Fact]
    public void Small_studies_cost_what_enumeration_finds_and_the_bound_says_so() => Gen.Int.Sample(seed =>
    {
        SourcingStudy study = SmallStudies.Of(seed);
        var (configuration, findings) = Configured(study);
        var (problem, broken) = SourcingRules.Of(study, new());
        if (problem is null)
        {
            Assert.Equal(broken, findings);
            return;
        }
        double least = SmallStudies.Enumerated(problem);
        if (double.IsInfinity(least))
        {
            Assert.Equal("no-way", Assert.Single(findings).Rule);
            return;
        }
        Assert.NotNull(configuration);
        Assert.True(configuration.Bound <= least * (1 + 1e-9) + 1e-9, $"bound {configuration.Bound} of {least}");
        Assert.Equal(least, configuration.Cost.Total, 1e-6 * Math.Max(1, least));
        Assert.True(configuration.Proven, $"{configuration.Bound} of {configuration.Cost.Total} after {configuration.Passes} passes");
    }, iter: 400);

    [Fact]
    public void What_choices_cost_at_least_is_exact_where_one_is_left_and_never_more_than_any_that_is_left() => Gen.Select(Gen.Int, Gen.Int).Sample((seed, pick) =>
    {
        if (SourcingRules.Of(SmallStudies.Of(seed, 6), new()).Problem is not { } p) return;
        var random = new Random(pick);
        int[] chosen = [.. p.Options.Select(o => random.Next(o.Length))];
        PlacementProblem placement = p.Placement();
        double certain = p.Write(chosen, placement);
        StagesLeft left = p.All();
        for (int i = 0; i < p.Count; i++)
        {
            if (left.Options(i) > 1 && random.Next(2) == 0) left = left.SplitOption(i, chosen[i]).With;
            Below(p.Least(left, []), exact: false);
        }
        for (int i = 0; i < p.Count; i++)
            if (left.Options(i) > 1) left = left.SplitOption(i, chosen[i]).With;
        Below(p.Least(left, []), exact: true);

        void Below(StageChoices least, bool exact)
        {
            double sum = 0, roots = 0;
            for (int i = 0; i < p.Count; i++)
            {
                sum += least.Costs[i][chosen[i]];
                roots += 3 * (placement.Weights[i] - least.Weights[i][chosen[i]]);
                if (!double.IsInfinity(certain)) Assert.True(least.Weights[i][chosen[i]] <= placement.Weights[i] + 1e-9);
                for (int a = 0; a < p.Graph.After[i].Length; a++) sum += least.Links[i][a]!.Cost[chosen[i], chosen[p.Graph.After[i][a]]];
            }
            if (double.IsInfinity(certain)) { Assert.True(!exact || double.IsInfinity(sum)); return; }
            Assert.True(sum <= certain * (1 + 1e-9) + 1e-9, $"{sum} of {certain}");
            if (!exact) return;
            Assert.Equal(certain, sum, 1e-9 * Math.Max(1, certain));
            Assert.Equal(0, roots, 1e-6);
        }
    }, iter: 500);

    [Fact]
    public void Another_source_never_costs_more_and_stages_say_what_the_whole_costs() => Gen.Int.Sample(seed =>
    {
        SourcingStudy study = SmallStudies.Of(seed, 5);
        if (Configured(study).Configuration is not { } before || study.Sources.Count == 0) return;
        Source one = study.Sources[Math.Abs(seed % study.Sources.Count)];
        Configuration after = Configured(study with { Sources = [.. study.Sources, one with { Name = "another", Cost = one.Cost * 0.9 + 1 }] }).Configuration!;
        Assert.True(after.Cost.Total <= before.Cost.Total * (1 + 1e-6));
        Assert.Equal(before.Cost.Safety, before.Stages.Sum(static s => s.Stock.HoldingCost), 1e-9 * Math.Max(1, before.Cost.Safety));
        Assert.Equal([.. study.Network.Stages.Select(static s => s.Name), .. study.Network.Links.Where(static l => l.Kept).Select(KeptParts.Name)], before.Stages.Select(static s => s.Stage));
        Assert.Equal(before, Configured(study).Configuration! with { Stages = before.Stages, Measured = before.Measured });
    }, iter: 100);

    /// <summary>Reckoned by hand: frames from CN at 80 with 20 % duty, 4 freight and 30 days, or made at home at 110, for 10 a day, assembled at home for 50 in a day.</summary>
    [Fact]
    public void A_frame_from_far_costs_what_its_price_duty_freight_and_time_say()
    {
        var study = new SourcingStudy(new([new("frame", 0, 0), new("bike", 0, 0, 0, 10, 4, 0.95, 2)], [new("frame", "bike")]),
            [new("frame", "far", 80, 10, "CN"), new("frame", "near", 110, 5, "HOME", OneOff: 50_000), new("bike", "hub", 50, 1, "HOME")], [new("CN", "HOME", 4, 0.2, 30)]);
        Configuration far = Configured(study with { Sources = [study.Sources[0], study.Sources[2]] }).Configuration!, near = Configured(study with { Sources = [study.Sources[1], study.Sources[2]], Legs = [] }).Configuration!, best = Configured(study).Configuration!;
        Assert.Equal(365 * 10 * (80 + 50), far.Cost.Added, 6);
        Assert.Equal(365 * 10 * 4, far.Cost.Freight, 6);
        Assert.Equal(365 * 10 * 16, far.Cost.Duty, 6);
        Assert.Equal(0.2 * (10 * 10 * 40 + 10 * 30 * 80 + 10 * 1 * (150 - 25)), far.Cost.Pipeline, 6);
        double z = Normal.Quantile(0.95), each = 0.2 * z * 4;
        // stock as frames at CN and nothing behind it would leave 31 - 2 days to the customer: frames that wait (10 days of 80) with bikes (29 days of 150), or all as bikes (39 days of 150)
        Assert.Equal(Math.Min(each * (80 * Math.Sqrt(10) + 150 * Math.Sqrt(29)), each * 150 * Math.Sqrt(39)), far.Cost.Safety, 6);
        Assert.Equal(10_000, near.Cost.OneOff, 6);
        Assert.Equal(365 * 10 * 160, near.Cost.Added, 6);
        Assert.Equal(Math.Min(far.Cost.Total, near.Cost.Total), best.Cost.Total, 6);
        Assert.True(best.Proven);
    }

    [Fact]
    public void Two_sources_share_a_stage_that_one_cannot_do()
    {
        var study = new SourcingStudy(new([new("frame", 0, 0), new("bike", 0, 1, 0, 10, 4)], [new("frame", "bike")]), [new("frame", "a", 80, 10, MostPerDay: 7), new("frame", "b", 90, 4, MostPerDay: 9)], []);
        Finding none = Assert.Single(Configured(study).Findings);
        Assert.Equal("no-source", none.Rule);
        Assert.Contains("10 units a day", none.What, StringComparison.Ordinal);
        Configuration both = Configured(study with { Rules = [new("frame", 2)] }).Configuration!;
        Assert.Equal([("a", 0.7), ("b", 0.3)], both.Stages[0].Sources.Select(static s => (s.Source.Name, Math.Round(s.Share, 9))));
        Assert.Equal(365 * 10 * (0.7 * 80 + 0.3 * 90), both.Cost.Added, 6);
        Assert.Equal(10, both.Stages[0].Days);
    }

    [Fact]
    public void All_that_is_wrong_with_a_study_is_told_at_once()
    {
        var study = new SourcingStudy(new([new("frame", 0, 0), new("bike", 0, 1, 0, 10, 4)], [new("frame", "bike")]),
            [new("frame", "a", -1, 10, "CN"), new("frame", "a", 1, -1, "CN"), new("wheel", "w", 1, 1, "CN", MostPerDay: 0), new("bike", "hub", 1, 1, "HOME", LeastPerDay: 3, MostPerDay: 2)], [new("CN", "XX", -1, 2, -3), new("HOME", "CN", 0, 0, 0, "lamp")], [new("tyre", 3, 0.9)]);
        var (configuration, findings) = Configured(study);
        Assert.Null(configuration);
        Assert.Equal(["cost range 2", "source duplicate-key 3", "days range 3", "stage unknown-key 4", "most_per_day range 4", "least_per_day range 5", " unknown-key 0", " range 0", " range 0", "to unknown-key 2", "per_unit range 2", "days range 2", "from_stage unknown-key 3"],
            findings.Select(static f => $"{f.Place.Column} {f.Rule} {f.Place.Line}"));
        var apart = new SourcingStudy(study.Network, [new("frame", "a", 1, 1, "CN"), new("bike", "hub", 1, 1, "HOME")], []);
        Assert.Equal("no-leg", Assert.Single(Configured(apart).Findings).Rule);
    }

    [Fact]
    public void Parts_that_are_kept_take_no_cheap_way_by_where_nobody_uses_them()
    {
        // bikes could be done at PORT too, at a price: frames pay no duty on their way there, nor on from there
        var study = new SourcingStudy(new([new("frame", 0, 0), new("bike", 0, 0, 0, 10, 4, 0.95, 2)], [new("frame", "bike", 1, Kept: true)]), [new("frame", "far", 80, 10, "CN", "KAI", "CN"), new("bike", "hub", 50, 1, "HOME"), new("bike", "dear", 500, 1, "PORT")],
            [new("CN", "HOME", 4, 0.2, 30), new("CN", "PORT", 1, 0, 20), new("PORT", "HOME", 1, 0, 2)], Home: ["US"]);
        Configuration found = Configured(study).Configuration!;
        Assert.All(found.Stages.Skip(1), static s => Assert.Equal("HOME", s.Sources.Single().Source.Place));
        Assert.Equal(365 * 10 * 16, found.Cost.Duty, 6);
    }

    [Fact]
    public void Parts_that_are_kept_where_they_are_used_wait_there_for_all_who_are_promised_time_enough()
    {
        var study = new SourcingStudy(new([new("frame", 0, 0), new("bike", 0, 0, 0, 10, 4, 0.95, 2)], [new("frame", "bike", 1, Kept: true)]), [new("frame", "far", 80, 10, "CN", "KAI", "CN"), new("bike", "hub", 50, 1, "HOME")], [new("CN", "HOME", 4, 0.2, 30)], Home: ["US"]);
        Configuration kept = Configured(study).Configuration!, apart = Configured(study with { Network = study.Network with { Links = [new("frame", "bike")] } }).Configuration!;
        double each = 0.2 * Normal.Quantile(0.95) * 4;
        Assert.Equal(each * 100 * Math.Sqrt(39), kept.Cost.Safety, 6);       // 10 days and 30 on the way, less the day that the customer grants beside a day of finishing; no bikes wait
        Assert.True(kept.Cost.Total < apart.Cost.Total);
        ConfiguredStage bench = kept.Stages[2];
        Assert.Equal(("frame at bike", "frame", "HOME"), (bench.Stage, bench.Keeps, bench.Sources[0].Source.Place));
        Assert.Equal(100, bench.Stock.UnitCost, 9);
        Assert.True(kept.Proven);
        Assert.Equal(["no-place", "two-sources"], Configured(study with { Sources = [study.Sources[0]], Legs = [], Rules = [new("bike", 2)] }).Findings.Select(static f => f.Rule));
    }
}
