using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using Xunit;
using static Homestretch.Tests.Promising.RandomCompany;

namespace Homestretch.Tests.Promising;

public sealed class WhatIfTests
{
    [Fact]
    public void A_branch_says_what_then_happens_and_leaves_the_plan_alone() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, T, Policy);
        for (int step = 0; step < 4; step++)
        {
            Forecast[] before = [.. plan.Forecasts];
            IReadOnlyList<WorldEvent> events = company.Change(plan);
            WhatIf branch = WhatIf.Of(company.World, T, Policy, before, events);
            Assert.Equal(before, plan.Forecasts);
            Assert.Same(company.World, plan.World);

            Applied applied = company.World.Apply(events);
            Assert.Equal(applied.Findings, branch.Findings);
            if (!applied.Accepted) continue;
            Applied placed = applied.World.Apply(Plan.Following(applied, T, Policy));
            plan.Advance(applied.World, applied.Touched);
            plan.Advance(company.World = placed.World, placed.Touched);
            Dictionary<string, Forecast> was = before.ToDictionary(static f => f.OrderLine.Value), now = plan.Forecasts.ToDictionary(static f => f.OrderLine.Value);
            Assert.Equal(was.Keys.Union(now.Keys).Where(o => !Equals(was.GetValueOrDefault(o), now.GetValueOrDefault(o))).Order(StringComparer.Ordinal), branch.Moved.Select(static m => m.OrderLine.Value));
            Assert.All(branch.Moved, m => Assert.Equal((was.GetValueOrDefault(m.OrderLine.Value), now.GetValueOrDefault(m.OrderLine.Value)), (m.Before, m.After)));
            Assert.Equal(Kept(before), branch.PromisesKeptBefore, 9);
            Assert.Equal(Kept(now.Values), branch.PromisesKeptAfter, 9);
        }
    }, iter: 40);

    [Fact]
    public void Nothing_moves_when_nothing_happens_or_the_world_refuses_and_then_it_says_why()
    {
        Snapshot world = new RandomCompany(1).World;
        OrderLine strange = new RandomCompany(1).Order("NEW") with { Family = "NOTHING" };
        Forecast[] before = [.. Plan.Make(world, T, Policy).Forecasts];
        WhatIf nothing = WhatIf.Of(world, T, Policy, before, []), refused = WhatIf.Of(world, T, Policy, before, [new WorldEvent.Put(strange)]);
        Assert.Equal((0, 0, 0), (nothing.Moved.Count, nothing.Findings.Count, refused.Moved.Count));
        Assert.NotEmpty(refused.Findings);
        Assert.Same(world, refused.World);
    }

    private static double Kept(IEnumerable<Forecast> forecasts) => forecasts.OfType<Forecast.Dated>().Sum(static d => d.Kept?.Value ?? 0);
}
