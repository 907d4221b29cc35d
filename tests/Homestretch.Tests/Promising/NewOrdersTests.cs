using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Promising;

public sealed class NewOrdersTests
{
    [Fact]
    public void An_order_line_is_placed_before_it_is_in_the_world_as_it_would_be_after() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        if (plan.HasWaiting) return;
        Applied came = company.World.Apply([new WorldEvent.Put(company.Order("NEW"))]);
        using (NewOrders placing = plan.PlaceNew()) Assert.Equal(Plan.Make(came.World, RandomCompany.T, RandomCompany.Policy).Place(), placing.Place(came));
        OrderLine next = company.Order("NEXT");
        Assert.Equal(Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy).Quote(next).Events, plan.Quote(next).Events);
    }, iter: 200);

    [Fact]
    public void Order_lines_that_come_together_or_one_after_another_do_not_take_the_same_twice() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        Snapshot world = company.World;
        using (NewOrders placing = plan.PlaceNew())
        {
            for (int n = 0; n < 6; n += 2)
            {
                WorldEvent[] come = [new WorldEvent.Put(company.Order($"N{n}")), new WorldEvent.Put(company.Order($"N{n + 1}"))];
                Applied placed = world.Apply([.. come, .. placing.Place(world.Apply(come))]);
                Assert.Empty(placed.Findings);
                world = placed.World;
            }
        }
        Plan then = Plan.Make(world, RandomCompany.T, RandomCompany.Policy);
        string[] dated = [.. then.Forecasts.OfType<Forecast.Dated>().Select(static f => f.OrderLine.Value)];
        Assert.All(plan.Forecasts.OfType<Forecast.Dated>(), f => Assert.Contains(f.OrderLine.Value, dated));
        Assert.All(world.Builds.GroupBy(static b => b.Line), line =>
        {
            Build[] builds = [.. line.Where(static b => b.Status is OrderStatus.Approved).OrderBy(static b => b.Start)];
            foreach (var (first, second) in builds.Zip(builds.Skip(1)))
                if (first.OrderLine.Value.StartsWith('N') || second.OrderLine.Value.StartsWith('N')) Assert.True(first.End <= second.Start, $"{first} {second}");
        });
    }, iter: 100);

    [Fact]
    public void An_order_line_that_outgrows_its_pegs_is_placed_as_it_would_be_after() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        if (plan.HasWaiting) return;
        Applied grown = company.World.Apply([new WorldEvent.Put(company.World.OrderLines.ElementAt(Math.Abs(seed % 14)) with { Quantity = 5 })]);
        using (NewOrders placing = plan.PlaceNew()) Assert.Equal(Plan.Make(grown.World, RandomCompany.T, RandomCompany.Policy).Place(), placing.Place(grown));
        OrderLine next = company.Order("NEXT");
        Assert.Equal(Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy).Quote(next).Events, plan.Quote(next).Events);
    }, iter: 200);

    [Fact]
    public void What_comes_with_more_than_order_lines_waits_for_the_plan_of_the_whole()
    {
        var company = new RandomCompany(7);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        using NewOrders placing = plan.PlaceNew();
        Applied with = company.World.Apply([new WorldEvent.Put(company.Order("NEW")), new WorldEvent.Put(company.World.Stock.First() with { LotNumber = "more" })]);
        Assert.True(with.Accepted);
        Assert.Empty(placing.Place(with));
        Assert.True(Plan.MayPlace(with.Touched));
    }
}
