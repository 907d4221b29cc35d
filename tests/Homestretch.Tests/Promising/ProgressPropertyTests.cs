using CsCheck;
using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>Random floors under random plans.</summary>
public sealed class ProgressPropertyTests
{
    private static readonly Instant s_t = RandomCompany.T;
    private static readonly PlanPolicy s_policy = RandomCompany.Policy;

    [Fact]
    public void A_plan_told_of_the_floor_is_the_plan_made_anew() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        var floor = new RandomFloor(company, seed);
        Plan plan = Plan.Make(company.World, s_t, s_policy);
        plan.Quote(company.Order("first"));
        for (int step = 0; step < 14; step++)
        {
            Applied applied = company.World.Apply([.. floor.Happens(), .. step % 4 == 0 ? company.Change(plan) : []]);
            if (!applied.Accepted) continue;
            Forecast[] before = [.. plan.Forecasts];
            IReadOnlyList<Moved> moved = plan.Advance(company.World = applied.World, applied.Touched);
            plan.ProveEqualsFull();
            Instant t = plan.Epoch;
            if (step % 5 == 4) plan = plan.At(t += Duration.FromMinutes(20 * step));
            Plan anew = Plan.Make(company.World, t, s_policy);
            Assert.Equal(anew.Forecasts, plan.Forecasts);
            foreach (OrderLine order in company.World.OrderLines) Assert.Equal(anew.DateSamples(order.Key), plan.DateSamples(order.Key));
            Assert.Equal(anew.Place(), plan.Place());
            if (t == s_t) Assert.Equal(Moved.Between(before, anew.Forecasts), moved);
        }
    }, iter: 40);

    [Fact]
    public void One_more_step_passed_is_never_later_and_a_unit_given_up_never_earlier()
    {
        int sooner = 0, later = 0;
        Gen.Int.Sample(seed =>
        {
            var company = new RandomCompany(seed);
            var floor = new RandomFloor(company, seed);
            for (int i = 0; i < 12; i++)
                if (company.World.Apply(floor.Happens()) is { Accepted: true } applied) company.World = applied.World;
            foreach (Unit unit in company.World.Units.Where(static u => u.State is UnitState.InWork or UnitState.Paused))
            {
                Plan plan = Plan.Make(company.World, s_t, s_policy);
                Key<OrderLine> order = company.World.Builds[unit.Build].OrderLine;
                if (plan.BuildEnd(order, 0.5) is not { } end) continue;
                if (floor.Next(unit) is { } step)
                {
                    Instant? then = Plan.Make(company.World.Apply([new WorldEvent.Put(step with { Passed = YesNo.Yes, Done = s_t })]).World, s_t, s_policy).BuildEnd(order, 0.5);
                    Assert.True(then <= end, $"{unit}: {then} after {end}");
                    sooner += then < end ? 1 : 0;
                }
                Instant? without = Plan.Make(company.World.Apply([new WorldEvent.Put(unit with { State = UnitState.Scrapped })]).World, s_t, s_policy).BuildEnd(order, 0.5);
                Assert.True(without >= end, $"{unit}: {without} before {end}");
                later += without > end ? 1 : 0;
            }
        }, iter: 40);
        Assert.True(sooner > 20 && later > 20, $"{sooner} sooner, {later} later");
    }

    [Fact]
    public void Without_a_unit_nothing_changes() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        var floor = new RandomFloor(company, seed);
        Snapshot world = company.World.Apply([.. floor.Happens().Where(static e => e is WorldEvent.Put { Record: not (Unit or UnitStep or UnitPart) })]).World;
        Assert.Equal(Plan.Make(world, s_t, s_policy with { FollowsUnits = false }).Forecasts, Plan.Make(world, s_t, s_policy).Forecasts);
    }, iter: 20);

    /// <summary>What is under way when a future begins ends there as the plan says, and every event of it is one that the world accepts.</summary>
    [Fact]
    public void A_played_future_begins_with_what_is_done() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        var floor = new RandomFloor(company, seed);
        for (int i = 0; i < 8; i++)
            if (company.World.Apply(floor.Happens()) is { Accepted: true } applied) company.World = applied.World;
        Snapshot told = company.World;
        var policy = new SimulationPolicy { Plan = s_policy, Days = 3, DaysAfter = 0, NewOrders = false, RenewBelow = 0 };
        IReadOnlyList<WorldEvent> ends = UnderWay.Ends(told, s_t, s_policy);
        foreach (Build build in ends.Select(static e => (Build)((WorldEvent.Put)e).Record))
            if (Plan.Make(told, s_t, s_policy with { OvertakingWindow = Duration.Zero }).BuildEnd(build.OrderLine, 0.01) is { } end) Assert.True(build.End <= end);
        Simulation.Play(told, s_t, policy, (ulong)(uint)seed, null, batch =>
        {
            Applied applied = told.Apply(batch);
            Assert.Empty(applied.Findings);
            told = applied.World;
        });
    }, iter: 12);
}
