using Homestretch.Buffering;
using Homestretch.Promising;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Buffering;

/// <summary>The workshop with lanes whose times spread: a frame of 200 comes by sea, a motor of 20 by road.</summary>
public sealed class AdvisingTests
{
    private static readonly PlanPolicy s_plan = new() { Samples = 256 };
    private static readonly BufferPolicy s_policy = new() { SamplesPerDay = 512 };

    private static Snapshot Spread(params IReadOnlyList<IRecord> more) => Company(
    [
        new LaneStep("SEA", 1, "MC", StepKind.Leg, Mode.Sea, null, "H", 30, 40, null, null), new Lane("ROAD", "MC", "By road", "P", "H"),
        new LaneStep("ROAD", 1, "MC", StepKind.Leg, Mode.Road, null, "H", 20, 30, null, null), Cost("FRAME", 20_000), Cost("MOTOR", 2_000),
        Buys("MOTOR", "S1", 5) with { Lane = "ROAD" }, Order("SO", 200, 4), .. more,
    ]).Apply([new WorldEvent.Removed(TableKind.Named("item_suppliers")!, "MOTOR|S1|SEA", "test")]).World;

    private static Item Cost(string item, long? minor, string currency = "USD") => new(item, "MC", item, ItemKind.SubAssembly, item, "EA", 1, minor is { } m ? new(m, currency) : null);

    private static BufferAnswer Asked(Snapshot world, BufferPolicy? policy = null) => Assert.Single(Advising.Of(world, T, s_plan, policy ?? s_policy, TestContext.Current.CancellationToken));
    private static BufferAdvice Advised(Snapshot world, BufferPolicy? policy = null) => Assert.IsType<BufferAnswer.Advised>(Asked(world, policy)).Advice;

    [Fact]
    public void The_dear_part_waits_least_and_fresh_futures_reach_the_target()
    {
        foreach (double target in (double[])[0.85, 0.9, 0.95, 0.98])
        {
            BufferAdvice advice = Advised(Spread(), s_policy with { Target = target, SamplesPerDay = 1024 });
            Assert.InRange(advice.Advised.Whole.Value, target - 0.012, target + 0.02);
            Assert.True(advice.Advised.HoldingPerKit <= advice.UniformEqual * 1.01, $"{advice.Advised} {advice.UniformEqual}");
            if (target >= 0.95) Assert.True(advice.Parts[0].OnTimeAdvised < advice.Parts[1].OnTimeAdvised, $"{advice.Parts[0]} {advice.Parts[1]}");
        }
    }

    [Fact]
    public void A_higher_target_costs_more()
    {
        double[] costs = [.. ((double[])[0.85, 0.9, 0.95, 0.98]).Select(t => Advised(Spread(), s_policy with { Target = t }).Advised.HoldingPerKit)];
        Assert.Equal(costs.Order(), costs);
        Assert.True(costs[0] > 0);
    }

    [Fact]
    public void The_same_question_has_the_same_answer()
    {
        BufferAdvice one = Advised(Spread()), again = Advised(Spread());
        Assert.Equal(one.Parts, again.Parts);
        Assert.Equal((one.Advised, one.Now, one.Uniform, one.FitWhole, one.Gap), (again.Advised, again.Now, again.Uniform, again.FitWhole, again.Gap));
        Assert.NotEqual(one.Advised, Assert.IsType<BufferAnswer.Advised>(Advising.Of(Spread(), T, s_plan with { Seed = 2 }, s_policy, TestContext.Current.CancellationToken)[0]).Advice.Advised);
    }

    [Fact]
    public void Lanes_that_are_late_together_need_less_buffer_than_lanes_that_are_late_apart()
    {
        Loading Common(string lane) => new(lane, 1, "weather", "MC", 0.95m);
        BufferAdvice apart = Advised(Spread()), together = Advised(Spread(Common("SEA"), Common("ROAD")));
        Assert.True(together.Now.Whole.Value > apart.Now.Whole.Value + 0.03, $"{together.Now.Whole} {apart.Now.Whole}");
        Assert.True(together.Advised.HoldingPerKit < apart.Advised.HoldingPerKit * 0.95, $"{together.Advised.HoldingPerKit} {apart.Advised.HoldingPerKit}");
    }

    [Fact]
    public void Without_buffers_each_part_is_there_at_the_plans_quantile()
    {
        BufferAdvice advice = Advised(Spread());
        Assert.All(advice.Parts, static p => Assert.InRange(p.OnTimeNow.Value, 0.86, 0.94));
        Assert.InRange(advice.Now.Whole.Value, 0.76, 0.86);      // 0.9 x 0.9: the lanes share nothing
        Assert.Equal(0, advice.Now.HoldingPerKit);
        Assert.Equal(1, advice.Parts.Sum(static p => p.GatesNow.Value), 9);
    }

    [Fact]
    public void Hard_and_soft_safety_days_are_the_buffer_in_force()
    {
        BufferAdvice advice = Advised(Spread(Buys("FRAME", "S1", 20) with { HardSafetyDays = 3, SoftSafetyDays = 4 }));
        Assert.Equal(7, advice.Parts[0].Now);
        Assert.Equal(20_000 * 0.2 / 365 * 7, advice.Parts[0].HoldingNow!.Value, 6);
        Assert.True(advice.Parts[0].OnTimeNow > advice.Parts[1].OnTimeNow);
        Assert.Equal(Advised(Spread()).Parts.Select(static p => p.Advised), advice.Parts.Select(static p => p.Advised));
    }

    [Fact]
    public void A_plan_with_the_advised_buffers_makes_kits_whole_as_often_as_was_said()
    {
        BufferAdvice advice = Advised(Spread(), s_policy with { SamplesPerDay = 1024 });
        Snapshot Planned(Snapshot world) => world.Apply(Plan.Allocate(world, T, s_plan with { Samples = 2048, Seed = 77 }, Scope.Unpegged)).World;
        double Whole(Snapshot world) => Plan.Make(Planned(world), T, s_plan with { Samples = 2048, Seed = 77 }).Of(new Key<OrderLine>("SO"))!.AsDated!.Whole.Value;
        Snapshot before = Spread(), after = before.Put([.. advice.Parts.Select(p => before.ItemSuppliers[p.Source] with { HardSafetyDays = p.Advised, SoftSafetyDays = 0 })]);
        Assert.Equal(advice.Now.Whole.Value, Whole(before), 0.04);
        Assert.Equal(advice.Advised.Whole.Value, Whole(after), 0.025);
    }

    [Fact]
    public void A_part_without_a_cost_is_said_and_takes_an_even_part_of_the_misses()
    {
        BufferAdvice advice = Advised(Spread(Cost("FRAME", null)));
        Assert.Null(advice.Parts[0].Cost);
        Assert.Null(advice.Parts[0].HoldingAdvised);
        Assert.InRange(advice.Parts[0].OnTimeAdvised.Value, 0.96, 0.99);      // 0.975
        Assert.Equal("cost-unknown", Assert.Single(advice.Findings).Rule);
        Assert.Equal(advice.Parts[1].HoldingAdvised!.Value, advice.Advised.HoldingPerKit, 6);
        Assert.Contains("EUR", Assert.Single(Advised(Spread(Cost("MOTOR", 100, "EUR"), Cost("FRAME-B", 1))).Findings).What);
    }

    [Fact]
    public void Kits_with_a_part_that_nobody_sells_are_not_counted()
    {
        Snapshot world = Spread().Apply([new WorldEvent.Removed(TableKind.Named("item_suppliers")!, "FRAME|S1|SEA", "test")]).World;
        var refused = Assert.IsType<BufferAnswer.Refused>(Asked(world));
        Assert.Equal(["no-supplier", "no-kits"], refused.Reasons.Select(static f => f.Rule));
        Assert.Empty(Advising.Of(Spread(Order("SO", 200) with { Status = OrderStatus.Closed }), T, s_plan, s_policy, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_target_that_no_buffer_reaches_is_refused_with_the_reason()
    {
        var refused = Assert.IsType<BufferAnswer.Refused>(Asked(Spread(), s_policy with { Target = 0.99, MostDays = 2 }));
        Assert.Equal("target-out-of-reach", refused.Reasons[^1].Rule);
        Assert.Throws<ArgumentOutOfRangeException>(() => Asked(Spread(), s_policy with { Target = 1 }));
    }

    [Fact]
    public void Of_very_many_kinds_of_kits_a_spread_of_them_stands_for_all()
    {
        string[] features = [.. Enumerable.Range(0, 10).Select(static f => $"f{f}")];
        IRecord[] options = [.. features.SelectMany(static f => (IRecord[])[new ProductOption("BIKE", f, "a", "MC", ""), new ProductOption("BIKE", f, "b", "MC", "")])];
        IRecord[] extras = [.. features.SelectMany(static f => (IRecord[])[Cost($"X-{f}", 1_000), new BomLine("BIKE", $"X{f}", $"X-{f}", "MC", new(1, "EA"), Condition.Parse($"{f}=a").Value!, null, null), Buys($"X-{f}", "S1", 9) with { Lane = "ROAD" }])];
        IRecord[] orders = [.. Enumerable.Range(0, 700).Select(o => Order($"SO-{o}", 200, 1 + o % 3) with { Options = Choices.Parse(string.Join("; ", features.Select((f, i) => $"{f}={((o >> i) % 2 == 0 ? "a" : "b")}"))).Value! })];
        Snapshot many = Spread([.. options, .. extras, .. orders]), few = many.Apply([.. many.OrderLines.Where(static o => o.Id != "SO" && int.Parse(o.Id[3..], System.Globalization.CultureInfo.InvariantCulture) >= 350)
            .Select(static o => new WorldEvent.Removed(TableKind.Named("order_lines")!, o.Id, "test"))]).World;
        BufferAdvice of = Advised(many, s_policy with { SamplesPerDay = 256 });
        Assert.InRange(of.Kinds, 700, 701);      // with or without the order line that chooses nothing
        Assert.InRange(of.Units, orders.Sum(static o => ((OrderLine)o).Quantity), orders.Sum(static o => ((OrderLine)o).Quantity) + 4);
        Assert.Equal(Advised(few, s_policy with { SamplesPerDay = 256 }).Now.Whole.Value, of.Now.Whole.Value, 0.05);
        Assert.InRange(of.Advised.Whole.Value, 0.93, 0.97);
    }
}
