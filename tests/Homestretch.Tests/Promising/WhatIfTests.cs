using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Promising;

public sealed class WhatIfTests
{
    [Fact]
    public void A_branch_says_what_then_happens_and_leaves_the_plan_alone() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        for (int step = 0; step < 4; step++)
        {
            Forecast[] before = [.. plan.Forecasts];
            IReadOnlyList<WorldEvent> events = company.Change(plan);
            WhatIf branch = WhatIf.Of(plan, events);
            Assert.Equal(before, plan.Forecasts);
            Assert.Same(company.World, plan.World);

            Applied applied = company.World.Apply(events);
            Assert.Equal(applied.Accepted, branch.Plan is not null);
            if (!applied.Accepted) continue;
            plan.Advance(company.World = applied.World, applied.Touched);
            Applied placed = company.World.Apply(plan.Place());
            plan.Advance(company.World = placed.World, placed.Touched);
            Assert.Equal(plan.Forecasts, branch.Plan!.Forecasts);
            var was = before.ToDictionary(static f => f.OrderLine);
            Assert.All(branch.Moved, m => Assert.Equal((was.GetValueOrDefault(m.OrderLine), plan.Of(m.OrderLine)), (m.Before, m.After)));
            Assert.Equal(was.Keys.Union(plan.Forecasts.Select(static f => f.OrderLine)).Count(o => !Equals(was.GetValueOrDefault(o), plan.Of(o))), branch.Moved.Count);
        }
    }, iter: 40);

    [Fact]
    public void Nothing_moves_when_nothing_happens()
    {
        var company = new RandomCompany(1);
        WhatIf branch = WhatIf.Of(Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy), []);
        Assert.Empty(branch.Moved);
        Assert.Empty(branch.Findings);
    }

    [Fact]
    public void What_the_world_refuses_says_why()
    {
        var company = new RandomCompany(1);
        WhatIf branch = WhatIf.Of(Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy), [new WorldEvent.Put(company.Order("NEW") with { Family = "NOTHING" })]);
        Assert.Null(branch.Plan);
        Assert.NotEmpty(branch.Findings);
    }
}
