using CsCheck;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Xunit;

namespace Homestretch.Tests.Cutting.Sourcing;

/// <summary>Fronts, prices of limits, losses and the place of the cut, on studies that can be reckoned by hand and on drawn ones.</summary>
public sealed class FrontTests
{
    /// <summary>Frame and battery from far or near, put together far or at home for two markets.</summary>
    internal static SourcingStudy Bikes => new(
        new([new("frame", 0, 0), new("battery", 0, 0), new("bike US", 0, 0), new("bike EU", 0, 0), new("shop US", 0, 0, 0, 8, 5, 0.95, 3), new("shop EU", 0, 0, 0, 6, 4, 0.95, 3)], [new("bike US", "shop US"), new("bike EU", "shop EU"), new("frame", "bike US"), new("battery", "bike US"), new("frame", "bike EU"), new("battery", "bike EU")]),
        [
            new("frame", "Kaida", 80, 12, "CN", "KAI", "CN", Co2: 30, Hours: 3), new("frame", "Lusso", 105, 9, "HOME", "LUS", "US", Co2: 18, Hours: 2.5),
            new("battery", "Songbe", 150, 20, "CN", "SON", "CN", Co2: 60, Hours: 2), new("battery", "Volta", 185, 12, "HOME", "VOL", "US", Co2: 45, Hours: 1.5),
            new("bike US", "far", 35, 2, "CN", "KAI", "CN", Co2: 4, Hours: 2), new("bike US", "hub", 55, 1, "HOME", Co2: 3, Hours: 1.5),
            new("shop US", "store", 0, 1, "HOME", Co2: 0, Hours: 0.2), new("shop EU", "store", 0, 1, "HOME", Co2: 0, Hours: 0.2),
            new("bike EU", "far", 35, 2, "CN", "KAI", "CN", Co2: 4, Hours: 2), new("bike EU", "hub", 58, 1, "HOME", Co2: 3, Hours: 1.5),
        ],
        [new("CN", "HOME", 6, 0.1, 32, Co2: 5), new("HOME", "CN", 9, 0.1, 32, Co2: 5)], Home: ["US"]);

    [Fact]
    public void A_front_gets_dearer_as_it_gets_better_and_none_of_its_points_is_bettered()
    {
        var (points, findings) = Fronts.Of(Bikes, [new(Measure.CountryShare, "CN")], 6, cancel: TestContext.Current.CancellationToken);
        Assert.Empty(findings);
        Assert.True(points.Count >= 3, $"{points.Count} points");
        double[] shares = [.. points.Select(static p => p.Design.Measured.Of(Measure.CountryShare, "CN", ["US"])!.Value)];
        for (int k = 1; k < points.Count; k++)
        {
            Assert.True(points[k].Design.Cost.Total > points[k - 1].Design.Cost.Total);
            Assert.True(shares[k] < shares[k - 1]);
        }
        Assert.Equal(0, shares[^1], 9);
        Assert.All(points, static p => Assert.True(p.Design.Proven));
        var (two, _) = Fronts.Of(Bikes, [new(Measure.HomeHours), new(Measure.Co2)], 4, cancel: TestContext.Current.CancellationToken);
        Assert.True(two.Count >= 3);
        Assert.Equal("unknown-key", Assert.Single(Fronts.Of(Bikes, [new(Measure.CountryShare, "XX")], 3, cancel: TestContext.Current.CancellationToken).Findings).Rule);
    }

    [Fact]
    public void A_limit_that_binds_has_a_price_and_one_that_does_not_has_none()
    {
        IReadOnlyList<Limit> limits = [new(Measure.CountryShare, 0.6, "CN"), new(Measure.Co2, 10_000)];
        Configuration design = Configuring.Of(Bikes, null, limits, cancel: TestContext.Current.CancellationToken).Configuration!, free = Configuring.Of(Bikes, cancel: TestContext.Current.CancellationToken).Configuration!;
        Assert.True(design.Cost.Total > free.Cost.Total);
        Assert.True(design.Measured.Of(Measure.CountryShare, "CN", ["US"]) <= 0.6);
        IReadOnlyList<LimitPrice> prices = Fronts.Prices(Bikes, limits, design, cancel: TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (prices[1].Saved, prices[1].More));
        Assert.True(prices[0].Saved >= 0 && prices[0].More >= 0);
        Configuration eased = Configuring.Of(Bikes, null, [limits[0] with { Value = 0.61 }, limits[1]], cancel: TestContext.Current.CancellationToken).Configuration!;
        Assert.Equal(design.Cost.Total - eased.Cost.Total, prices[0].Saved, 6);
    }

    [Fact]
    public void A_country_lost_costs_what_the_best_without_it_does_and_a_stage_without_another_source_is_named()
    {
        Configuration free = Configuring.Of(Bikes, cancel: TestContext.Current.CancellationToken).Configuration!;
        Loss china = Fronts.Losses(Bikes, [], free, cancel: TestContext.Current.CancellationToken).Single(static l => l.IsCountry);
        Configuration home = Configuring.Of(Bikes with { Sources = [.. Bikes.Sources.Where(static s => s.Country != "CN")], Legs = [] }, cancel: TestContext.Current.CancellationToken).Configuration!;
        Assert.Equal("CN", china.Lost);
        Assert.Equal(home.Cost.Total - free.Cost.Total, china.More!.Value, 6);
        SourcingStudy alone = Bikes with { Sources = [.. Bikes.Sources.Where(static s => s.Name != "Volta")] };
        Loss none = Fronts.Losses(alone, [], Configuring.Of(alone, cancel: TestContext.Current.CancellationToken).Configuration!, cancel: TestContext.Current.CancellationToken).Single(static l => l.IsCountry);
        Assert.Null(none.More);
        Assert.Equal(["battery"], none.Without);
    }

    [Fact]
    public void The_cut_moves_from_finished_bikes_that_cross_to_everything_at_home()
    {
        var (levels, findings) = Postponement.Of(Bikes, 0.25, cancel: TestContext.Current.CancellationToken);
        Assert.Empty(findings);
        Assert.Equal([0, 1, 2], levels.Select(static l => l.StagesHome));
        Assert.All(levels[0].Design!.Stages.Take(4), static s => Assert.Equal("CN", s.Sources[0].Source.Country));
        Assert.All(levels[2].Design!.Stages, static s => Assert.Equal("HOME", s.Sources[0].Source.Place));
        Assert.True(levels[1].Specific < levels[0].Specific, $"{levels[1].Specific} of {levels[0].Specific}");       // parts that both markets share wait instead of bikes
        Assert.True(levels[1].Generic > levels[0].Generic);
        Assert.Equal(0.25 * levels[0].Specific, levels[0].Obsolete, 6);
        Configuration free = Configuring.Of(Bikes, cancel: TestContext.Current.CancellationToken).Configuration!;
        Assert.All(levels, l => Assert.True(l.Design!.Cost.Total >= free.Cost.Total * (1 - 1e-9)));
    }

    [Fact]
    public void Value_in_stock_is_what_holding_it_costs_over_the_rate() => Gen.Int.Sample(seed =>
    {
        if (Configuring.Of(SmallStudies.Of(seed, 5), cancel: TestContext.Current.CancellationToken).Configuration is not { } design) return;
        Assert.Equal(design.Cost.Pipeline, 0.2 * design.Stages.Sum(static s => s.InWork + s.OnTheWay), 1e-9 * Math.Max(1, design.Cost.Pipeline));
        double shares = design.Measured.Countries.Sum(static c => c.Value);
        Assert.True(Math.Abs(shares - 1) < 1e-9 || shares == 0);
    }, iter: 60);

    [Fact]
    public void Why_a_stage_is_done_so_is_what_its_other_sources_would_cost()
    {
        Configuration free = Configuring.Of(Bikes, cancel: TestContext.Current.CancellationToken).Configuration!;
        string now = free.Stages.Single(static s => s.Stage == "battery").Sources[0].Source.Name;
        Alternative other = Assert.Single(Fronts.Why(Bikes, [], free, "battery", cancel: TestContext.Current.CancellationToken));
        Assert.NotEqual(now, other.Source);
        Assert.True(other.More >= -1e-6 * free.Cost.Total);
        Assert.Empty(Fronts.Why(Bikes, [], free, "shop US", cancel: TestContext.Current.CancellationToken));
        IReadOnlyList<Limit> home = [new(Measure.CountryShare, 0, "CN")];
        Configuration within = Configuring.Of(Bikes, null, home, cancel: TestContext.Current.CancellationToken).Configuration!;
        Assert.Equal(new Alternative("Songbe", null, []).More, Assert.Single(Fronts.Why(Bikes, home, within, "battery", cancel: TestContext.Current.CancellationToken)).More);
    }

    [Fact]
    public void More_certain_kits_cost_more_and_are_the_product_of_levels_of_what_holds_stock()
    {
        var (points, findings) = Fronts.Levels(Bikes, [0.99, 0.9, 0.95], cancel: TestContext.Current.CancellationToken);
        Assert.Empty(findings);
        Assert.Equal([0.9, 0.95, 0.99], points.Select(static p => p.ServiceLevel));
        for (int k = 1; k < points.Count; k++) Assert.True(points[k].Design.Cost.Total > points[k - 1].Design.Cost.Total);
        foreach (LevelPoint p in points)
            foreach (KitChance kit in p.Design.Kits)
            {
                string bike = kit.Demand.Replace("shop", "bike", StringComparison.Ordinal);
                int holding = p.Design.Stages.Count(s => (s.Stage is "frame" or "battery" || s.Stage == bike) && s.Stock.SafetyStock > 0);
                Assert.Equal(Math.Pow(p.ServiceLevel, holding), kit.Probability, 9);
            }
    }

    [Fact]
    public void Who_looks_on_hears_each_better_design_price_and_loss_as_it_is_found()
    {
        Limit[] limits = [new(Measure.CountryShare, 0.6, "CN")];
        var designs = new List<Configuration>();
        Configuration design = Configuring.Of(Bikes, null, limits, null, null, designs.Add, TestContext.Current.CancellationToken).Configuration!;
        Assert.NotEmpty(designs);
        Assert.Equal(design.Cost.Total, designs[^1].Cost.Total, 1e-6 * design.Cost.Total);
        Assert.All(designs.Zip(designs.Skip(1)), static p => Assert.True(p.Second.Cost.Total < p.First.Cost.Total));
        Assert.All(designs, d => Assert.True(d.Bound <= design.Cost.Total * (1 + 1e-9) && d.Measured.Of(Measure.CountryShare, "CN", Bikes.Home) <= 0.6 + 1e-9));
        var prices = new List<LimitPrice>();
        var losses = new List<Loss>();
        Assert.Equal(Fronts.Prices(Bikes, limits, design, found: prices.Add, cancel: TestContext.Current.CancellationToken), prices);
        Assert.Equal(Fronts.Losses(Bikes, limits, design, found: losses.Add, cancel: TestContext.Current.CancellationToken), losses);
        Assert.NotEmpty(losses);
    }
}
