using CsCheck;
using Homestretch.Cutting;
using Homestretch.Cutting.Kernel;
using Xunit;

namespace Homestretch.Tests.Cutting;

/// <summary>Placements and their bounds against enumeration, published totals, and a bound reckoned the slow way.</summary>
public sealed class PlacingTests
{
    private static Placement Placed(StageNetwork network, PlacementPolicy? policy = null, PlacementBudget? budget = null) => Placing.Of(network, policy, budget, cancel: TestContext.Current.CancellationToken).Placement!;

    [Fact]
    public void Small_networks_cost_what_enumeration_finds_and_the_bound_says_so() => Gen.Int.Sample(seed =>
    {
        StageNetwork network = SmallNetworks.Of(seed, most: 5);
        PlacementProblem problem = SmallNetworks.Problem(network);
        Placement placed = Placed(network);
        double least = SmallNetworks.Enumerated(problem);
        Assert.Equal(least, placed.Cost, 1e-6 * Math.Max(1, least));
        Assert.True(placed.Bound <= least + 1e-9 * least);
        Assert.True(placed.Proven, $"{placed.Bound} of {placed.Cost} after {placed.Passes} passes: {string.Join("; ", network.Stages)} {string.Join("; ", network.Links)}");
    }, iter: 300);

    [Fact]
    public void Small_networks_whose_times_spread_cost_what_enumeration_finds() => Gen.Int.Sample(seed =>
    {
        StageNetwork network = SmallNetworks.Of(seed, most: 4, spread: true);
        PlacementProblem problem = SmallNetworks.Problem(network);
        Placement placed = Placed(network);
        double least = SmallNetworks.Enumerated(problem);
        Assert.Equal(least, placed.Cost, 1e-6 * Math.Max(1, least));
        Assert.True(placed.Proven, $"{placed.Bound} of {placed.Cost} after {placed.Passes} passes");
        foreach (StagePlacement s in placed.Stages) Assert.Equal(s.HoldingCost, 0.2 * s.UnitCost * (s.SafetyStock + s.EarlyStock), 1e-9 * Math.Max(1, s.HoldingCost));
    }, iter: 200);

    /// <summary>Times drawn, demand drawn: the stock over the net time that the formula gives covers as often as the service level says, and as many units come early as it says.</summary>
    [Fact]
    public void A_time_that_spreads_is_covered_as_often_as_was_asked()
    {
        var network = new StageNetwork([new("A", 10, 20, 4, 30, 12, 0.95, 18)], []);
        StagePlacement placed = Placed(network).Stages[0];
        Assert.Equal(18, placed.ServiceDays, 9);
        var draws = new Draws(5);
        int covered = 0, count = 200_000;
        double early = 0, mean = 2 * Normal.Cdf(0.5) + 4 * Normal.Density(0.5);
        for (int k = 0; k < count; k++)
        {
            double late = 20 + 4 * Normal.Quantile(draws.Uniform(1, k)) - 18, net = Math.Max(0, late);
            early += 30 * Math.Max(0, -late) / count;
            if (30 * net + 12 * Math.Sqrt(net) * Normal.Quantile(draws.Uniform(2, k)) <= 30 * mean + placed.SafetyStock) covered++;
        }
        Assert.Equal(early, placed.EarlyStock, 0.02 * early);
        Assert.InRange(covered / (double)count, 0.91, 0.95);        // a net time that is cut off at 0 is not normal: near the mean what is covered falls short
    }

    [Fact]
    public void Times_that_spread_never_cost_less_and_without_them_the_spread_does_not_count() => Gen.Int.Sample(seed =>
    {
        StageNetwork network = SmallNetworks.Of(seed, most: 6, spread: true), certain = network with { Stages = [.. network.Stages.Select(static s => s with { DaysSpread = 0 })] };
        Placement plain = Placed(certain);
        Assert.Equal(plain.Cost, Placed(network, new() { Spread = false }).Cost, 1e-9 * Math.Max(1, plain.Cost));
        Assert.True(Placed(network).Cost >= plain.Cost * (1 - 1e-6));
    }, iter: 100);

    [Fact]
    public void Trees_cost_what_enumeration_and_messages_find() => Gen.Int.Sample(seed =>
    {
        StageNetwork drawn = SmallNetworks.Of(seed, most: 6, spread: seed % 3 == 0);
        var kept = new List<StageLink>();
        foreach (StageLink link in drawn.Links)
            if (TreePlacement.Fits(SmallNetworks.Problem(drawn with { Links = [.. kept, link] }))) kept.Add(link);
        StageNetwork tree = drawn with { Links = kept };
        PlacementProblem problem = SmallNetworks.Problem(tree);
        int[] service = new int[problem.Count];
        problem.Serve(TreePlacement.Of(problem), service);
        double least = SmallNetworks.Enumerated(problem);
        Assert.Equal(least, problem.Cost(service), 1e-9 * Math.Max(1, least));
        Assert.Equal(drawn.Links.Count == kept.Count, TreePlacement.Fits(SmallNetworks.Problem(drawn)));
        Assert.Equal(1, Placed(tree).Passes);
    }, iter: 300);

    [Fact]
    public void The_bound_is_what_messages_give_when_each_least_is_looked_for_among_all() => Gen.Select(Gen.Int, Gen.Int[1, 6]).Sample((seed, passes) =>
    {
        PlacementProblem problem = SmallNetworks.Problem(SmallNetworks.Of(seed, most: 8, whole: false));
        var messages = new PlacementMessages(problem);
        double told = 0;
        for (int k = 0; k < passes; k++) told = messages.Pass();
        Assert.Equal(SlowBound.Of(problem, messages), told, 1e-9 * Math.Max(1, told));
    }, iter: 300);

    [Fact]
    public void Passes_never_lower_the_bound_and_it_never_exceeds_a_placement() => Gen.Int.Sample(seed =>
    {
        PlacementProblem problem = SmallNetworks.Problem(SmallNetworks.Of(seed, most: 9, whole: false));
        var messages = new PlacementMessages(problem);
        double before = double.NegativeInfinity;
        for (int k = 0; k < 12; k++)
        {
            double told = messages.Pass();
            Assert.True(told >= before - 1e-9 * Math.Max(1, Math.Abs(told)), $"{before} then {told}");
            int[] inbound = [.. messages.Rounded], service = new int[problem.Count];
            problem.Serve(inbound, service);
            Assert.True(told <= problem.Cost(service) * (1 + 1e-9) + 1e-9);
            before = told;
        }
    }, iter: 200);

    [Fact]
    public void Taking_a_limit_away_never_costs_more() => Gen.Int.Sample(seed =>
    {
        StageNetwork network = SmallNetworks.Of(seed, most: 7);
        Placement limited = Placed(network);
        Placement freer = Placed(network with { Stages = [.. network.Stages.Select(static s => s with { MostDays = s.MostDays + 2 })] });
        Assert.True(freer.Cost <= limited.Cost * (1 + 1e-6) + 1e-9);
    }, iter: 150);

    [Fact]
    public void Stages_say_what_the_whole_costs_and_the_same_network_gives_the_same_placement() => Gen.Int.Sample(seed =>
    {
        StageNetwork network = SmallNetworks.Of(seed, most: 9, whole: false);
        Placement one = Placed(network), two = Placed(network);
        Assert.Equal(one.Cost, one.Stages.Sum(static s => s.HoldingCost), 1e-9 * Math.Max(1, one.Cost));
        Assert.Equal(network.Stages.Select(static s => s.Name), one.Stages.Select(static s => s.Stage));
        Assert.Equal(one.Stages, two.Stages);
        Assert.Equal((one.Cost, one.Bound, one.Passes), (two.Cost, two.Bound, two.Passes));
        foreach (StageLink l in network.Links) Assert.True(one.Stages.Single(s => s.Stage == l.To).InboundDays >= one.Stages.Single(s => s.Stage == l.From).ServiceDays);
    }, iter: 60);

    /// <summary>S. Graves, S. Willems: Optimal safety stock placement in supply chains (2003), the bulldozer: 632,775 a year at a holding rate of 0.30, z = 1.645.</summary>
    [Fact]
    public void The_bulldozer_costs_what_was_published()
    {
        Placement placed = Placed(PublishedExamples.Bulldozer, new() { HoldingRate = 0.3 });
        Assert.True(placed.Proven);
        Assert.Equal(632_775, placed.Cost * 1.645 / Normal.Quantile(0.95), 1.0);
        Assert.Equal(0, placed.Stages.Single(static s => s.Stage == "Case").ServiceDays);
        Assert.Equal(28, placed.Stages.Single(static s => s.Stage == "Main_Assembly").ServiceDays);
    }

    /// <summary>The same authors' digital camera: 71,476 a year at 0.24, promised within five days.</summary>
    [Fact]
    public void The_digital_camera_costs_what_was_published()
    {
        Placement placed = Placed(PublishedExamples.DigitalCamera, new() { HoldingRate = 0.24 });
        Assert.True(placed.Proven);
        Assert.Equal(71_476, placed.Cost * 1.645 / Normal.Quantile(0.95), 1.0);
    }

    [Fact]
    public void One_demand_over_two_ways_is_one_demand_by_paths_and_two_by_arcs()
    {
        var network = new StageNetwork([new("P", 1, 4), new("A", 1, 2), new("B", 1, 2), new("D", 0, 1, 0, 10, 3)], [new("P", "A"), new("P", "B"), new("A", "D"), new("B", "D")]);
        StageGraph graph = StageGraph.Of(network).Graph!;
        Assert.Equal(6, StageWeights.Spreads(graph, VarianceRule.Paths)[0], 12);
        Assert.Equal(Math.Sqrt(18), StageWeights.Spreads(graph, VarianceRule.Arcs)[0], 12);
        Assert.Equal([1, 2, 2, 4], StageWeights.Costs(graph));
    }

    [Fact]
    public void All_that_is_wrong_with_a_network_is_told_at_once()
    {
        var network = new StageNetwork([new("A", -1, 2), new("A", 1, -2), new("B", 1, 1, 0, 1, -1, 1.2, -3)], [new("A", "X"), new("Y", "B", 0)]);
        var (placement, findings) = Placing.Of(network, cancel: TestContext.Current.CancellationToken);
        Assert.Null(placement);
        Assert.Equal(["cost range", "stage duplicate-key", "days range", "demand_spread range", "service_level range", "most_days range", "to unknown-key", "from unknown-key", "quantity range"], findings.Select(static f => $"{f.Place.Column} {f.Rule}"));
        Assert.Equal([2, 3, 3, 4, 4, 4, 2, 3, 3], findings.Select(static f => f.Place.Line));
        var round = new StageNetwork([new("A", 1, 1), new("B", 1, 1), new("C", 1, 1, 0, 1, 1)], [new("A", "B"), new("B", "A"), new("B", "C")]);
        Finding cycle = Assert.Single(Placing.Of(round, cancel: TestContext.Current.CancellationToken).Findings);
        Assert.Equal("cycle", cycle.Rule);
        Assert.Contains("A -> B -> A", cycle.What, StringComparison.Ordinal);
        Assert.Equal("empty", Assert.Single(Placing.Of(new([], []), cancel: TestContext.Current.CancellationToken).Findings).Rule);
    }

    [Fact]
    public void Times_are_counted_in_the_longest_ticks_that_fit_and_rounded_only_when_none_does()
    {
        Assert.Equal(new Ticks(0.25, false), Ticks.Of(Graph(0.25, 1.5)));
        Assert.Equal(new Ticks(5, false), Ticks.Of(Graph(10, 15)));
        Assert.Equal(new Ticks(0.001, false), Ticks.Of(Graph(1.001, 2)));
        Assert.Equal(new Ticks(0.01, true), Ticks.Of(Graph(1.0 / 3, 2)));
        Assert.Equal(new Ticks(5, true), Ticks.Of(Graph(100_000, 0.001)));      // years to the minute would be a hundred million ticks
        Assert.False(Placed(new StageNetwork([new("A", 1, 1.0 / 3, 0, 1, 1)], [])).Proven);

        static StageGraph Graph(params double[] days) => StageGraph.Of(new([.. days.Select(static (d, i) => new Stage($"S{i}", 1, d))], [])).Graph!;
    }
}
