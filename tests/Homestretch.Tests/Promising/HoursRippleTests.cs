using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>Overtime of a line lays out its builds again and draws nothing.</summary>
public sealed class HoursRippleTests
{
    [Fact]
    public void A_plan_advanced_by_overtime_is_the_plan_made_anew_there_and_back() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        var random = new Random(seed);
        for (int step = 0; step < 6; step++)
        {
            WorldEvent[] over = step % 2 == 1 ? [.. company.World.Overtime.Select(static o => new WorldEvent.Removed(TableKind.For(o), o.Id, "not after all"))]
                : [.. company.World.AssemblyLines.Where(_ => random.Next(2) == 0).Select(static l => l.Calendar).Distinct().Where(static c => c.Length > 0).Select(c => new WorldEvent.Put(new Overtime(c, RandomCompany.T.InUtc().Date.PlusDays(random.Next(6)), new(18, 0), new(22, 0), "MC", "")))];
            Applied applied = company.World.Apply([.. over, .. company.Change(plan)]);
            if (!applied.Accepted) continue;
            Forecast[] before = [.. plan.Forecasts];
            IReadOnlyList<Moved> moved = plan.Advance(applied.World, applied.Touched);
            Plan anew = Plan.Make(applied.World, RandomCompany.T, RandomCompany.Policy);
            Assert.Equal(anew.Forecasts, plan.Forecasts);
            Assert.Equal(Moved.Between(before, anew.Forecasts), moved);
            plan.ProveEqualsFull();
            company.World = applied.World;
        }
    }, iter: 40);
}
