using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>Other hours of a line lay out its builds again and draw nothing; other times of a lane draw and lay out nothing.</summary>
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

    [Fact]
    public void A_plan_told_of_shifts_closings_and_other_calendars_is_the_plan_made_anew() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        var random = new Random(seed);
        Follow(company, _ => random.Next(5) switch
        {
            0 => [new WorldEvent.Put(new Shift("day", (IsoDayOfWeek)(1 + random.Next(7)), new(21, 0), new(23, 0), "MC"))],
            1 => [.. company.World.Shifts.Take(random.Next(2)).Select(static s => new WorldEvent.Removed(TableKind.For(s), s.Id, "no longer"))],
            2 => [new WorldEvent.Put(new Closure("day", RandomCompany.T.InUtc().Date.PlusDays(random.Next(8)), "MC", "Fair"))],
            3 => [.. company.World.AssemblyLines.Where(_ => random.Next(2) == 0).Select(l => new WorldEvent.Put(l with { Calendar = random.Next(2) == 0 ? "day" : "always" }))],
            _ => [new WorldEvent.Put(new Shift("long", (IsoDayOfWeek)(1 + random.Next(7)), new(4, 0), new(23, 0), "MC")), .. company.World.AssemblyLines.Take(1).Select(static l => new WorldEvent.Put(l with { Calendar = "long" }))],
        });
    }, iter: 40);

    [Fact]
    public void A_plan_told_of_slower_lanes_and_other_loadings_is_the_plan_made_anew() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        var random = new Random(seed);
        Follow(company, _ => random.Next(3) == 0 ? [.. company.World.Loadings.Where(_ => random.Next(4) == 0).Select(l => new WorldEvent.Put(l with { Weight = random.Next(8) / 10m }))]
            : [.. company.World.LaneSteps.Where(_ => random.Next(4) == 0).Select(s => new WorldEvent.Put(s with { P50Days = s.P50Days * 1.3m, P90Days = s.P90Days * 1.5m }))]);
    }, iter: 40);

    private static void Follow(RandomCompany company, Func<int, WorldEvent[]> told)
    {
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        for (int step = 0; step < 6; step++)
        {
            Applied applied = company.World.Apply([.. told(step), .. company.Change(plan)]);
            if (!applied.Accepted || applied.Touched.Count == 0) continue;
            Forecast[] before = [.. plan.Forecasts];
            IReadOnlyList<Moved> moved = plan.Advance(applied.World, applied.Touched);
            Plan anew = Plan.Make(applied.World, RandomCompany.T, RandomCompany.Policy);
            Assert.Equal(anew.Forecasts, plan.Forecasts);
            Assert.Equal(Moved.Between(before, anew.Forecasts), moved);
            Assert.Equal(anew.Place(), plan.Copy().Place());
            plan.ProveEqualsFull();
            company.World = applied.World;
        }
    }
}
