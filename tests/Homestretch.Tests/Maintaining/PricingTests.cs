using CsCheck;
using Homestretch.Promising;
using Homestretch.Tests.Promising;
using Homestretch.Maintaining;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Maintaining;

public sealed class PricingTests
{
    /// <summary>The slow twin plans every changed world anew.</summary>
    [Fact]
    public void What_a_slot_wins_is_bit_for_bit_what_planning_anew_with_it_says() => Gen.Int.Sample(seed =>
    {
        Snapshot world = new RandomCompany(seed).World;
        Instant t = RandomCompany.T;
        Plan plan = Plan.Make(world, t, RandomCompany.Policy);
        Forecast[] before = [.. plan.Forecasts];
        WorkList list = WorkList.Of(plan, new(), TestContext.Current.CancellationToken);
        Assert.Same(world, plan.World);
        Assert.Equal(before, plan.Forecasts);
        plan.ProveEqualsFull();
        Assert.Equal(world.Machines.Count, list.Machines.Count);
        foreach (MachineUpkeep m in list.Machines)
        {
            foreach (PricedSlot slot in m.Slots)
                Same(Anew(world, [new WorldEvent.Put(PlannedWork.In(world.Machines[m.Machine], m.Planned, slot.From, slot.To))]), slot.Gain);
            if (m.AtStake is { } stake && m.Lots.Count > 0 && world.MachineReports.Find(m.Machine.Value) is { } report)
                Same(Anew(world, [new WorldEvent.Put(world.Machines[m.Machine] with { BetweenFailuresHours = null }), new WorldEvent.Put(report with { RemainingP10Hours = null, RemainingP50Hours = null })]), stake);
        }

        Consequence Anew(Snapshot from, IReadOnlyList<WorldEvent> events)
        {
            Applied applied = from.Apply(events);
            Assert.Empty(applied.Findings);
            return Consequence.Of(from, Moved.Between(before, Plan.Make(applied.World, t, RandomCompany.Policy).Forecasts));
        }
    }, iter: 25);

    [Fact]
    public void The_list_is_in_the_order_of_what_waiting_costs_and_the_best_slot_is_the_best() => Gen.Int.Sample(seed =>
    {
        WorkList list = WorkList.Of(new RandomCompany(seed).World, RandomCompany.T, RandomCompany.Policy, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(list.Machines.Select(static m => m.WaitingCosts).OrderDescending(), list.Machines.Select(static m => m.WaitingCosts));
        foreach (MachineUpkeep m in list.Machines)
        {
            Assert.All(m.Slots, s => Assert.True(s.Gain.Promises < 0.005 || s.Gain.Promises <= m.WaitingCosts));
            Assert.Equal(m.Slots.OrderBy(static s => s.From), m.Slots);
            Assert.All(m.Slots, static s => Assert.InRange(s.From, RandomCompany.T + Duration.FromHours(4), RandomCompany.T + Duration.FromDays(14)));
            Assert.True(m.GoodUntil is null == m.Best is null && !(m.GoodUntil < m.Best?.From));
        }
    }, iter: 25);

    private static void Same(Consequence anew, Consequence priced)
    {
        Assert.Equal((anew.Promises, anew.Kits, anew.Better, anew.Worse), (priced.Promises, priced.Kits, priced.Better, priced.Worse));
        Assert.Equal(anew.Money, priced.Money);
    }
}
