using CsCheck;
using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.Simulating.Mending;
using Homestretch.Situations;
using Homestretch.Tests.Promising;
using Homestretch.Tests.Situations;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Simulating;

/// <summary>Random companies in trouble, played while something is done about it.</summary>
public sealed class MendingTests
{
    private static readonly Dictionary<string, decimal> s_rates = new() { ["USD"] = 1 };
    private static readonly SimulationPolicy s_how = new() { Plan = RandomCompany.Policy, Days = 12, DaysAfter = 0, NewOrders = true, RenewBelow = 0 };
    private static readonly SearchBudget s_budget = new() { Pricings = 24, LeastGain = 0.01, Without = [RemedyKind.NewDate, RemedyKind.PartialDelivery, RemedyKind.AskOption] };

    private static Mishaps Trouble(Snapshot world, int seed) => Mishaps.Of(world, RandomCompany.T, 12, 0.5, (ulong)(uint)seed);

    private static Played Play(Snapshot world, int seed, Mend mend, Action<IReadOnlyList<WorldEvent>>? told = null) =>
        Simulation.Play(world, RandomCompany.T, s_how, (ulong)(uint)seed, null, told, new Course { Mishaps = Trouble(world, seed), Mend = mend });

    [Fact]
    public void Every_event_of_a_course_is_one_the_world_accepts_and_the_same_seed_gives_the_same_future() => Gen.Int.Sample(seed =>
    {
        Snapshot world = TroubledCompany.Of(seed), told = world;
        Purse purse = Purse.Endless(s_rates), again = Purse.Endless(s_rates);
        Played one = Play(world, seed, new FirstRanked(purse, new Watch(), s_budget).At, batch =>
        {
            Applied applied = told.Apply(batch);
            Assert.Empty(applied.Findings);
            told = applied.World;
        });
        Played two = Play(world, seed, new FirstRanked(again, new Watch(), s_budget).At);
        Assert.Equal(one.Orders.Select(static o => (o.Order.Id, o.Delivered)), two.Orders.Select(static o => (o.Order.Id, o.Delivered)));
        Assert.Equal(purse.Spent, again.Spent);
    }, iter: 12);

    [Fact]
    public void A_policy_spends_at_no_time_more_than_its_purse_holds() => Gen.Select(Gen.Int, Gen.Int[0, 60_000]).Sample((seed, daily) =>
    {
        Snapshot world = TroubledCompany.Of(seed);
        Purse first = new(at => daily * (1L + (at - RandomCompany.T).Days), s_rates), second = new(first.SpentBy, s_rates);
        Play(world, seed, new FirstCome(first).At);
        Play(world, seed, new FirstRanked(second, new Watch(), s_budget).At);
        for (int day = 0; day <= s_how.Days; day++)
        {
            Instant at = RandomCompany.T + Duration.FromDays(day);
            Assert.True(first.SpentBy(at) <= daily * (1L + day));
            Assert.True(second.SpentBy(at) <= first.SpentBy(at));
        }
    }, iter: 12);

    [Fact]
    public void What_is_sent_by_a_quicker_lane_truly_goes_by_it_and_keeps_the_day_it_was_made()
    {
        int sent = 0;
        Gen.Int.Sample(seed =>
        {
            Snapshot world = TroubledCompany.Of(seed);
            var truth = new Truth(world, RandomCompany.T, RandomCompany.Policy, (ulong)(uint)seed, GivenTruth.Nothing);
            foreach (Lot lot in world.Lots.Where(l => l is { State: < LotState.Shipped, Shipment: null } && world.Lanes.Contains($"{l.Lane}-AIR")))
            {
                LotTruth before = truth.Of(world, lot), after = truth.Of(world, lot with { Lane = $"{lot.Lane}-AIR" });
                Assert.Equal(before.Made, after.Made);
                Assert.All(after.Steps, s => Assert.Equal($"{lot.Lane}-AIR", s.Step.Lane.Value));
                Assert.Same(after, truth.Of(world, lot with { Lane = $"{lot.Lane}-AIR" }));
                Interlocked.Increment(ref sent);
            }
        }, iter: 30);
        Assert.True(sent > 20, $"only {sent} lots could be sent");
    }

    [Fact]
    public void The_plan_that_lives_with_a_world_is_the_one_made_anew() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        var living = new LivingPlan(RandomCompany.Policy);
        for (int day = 0; day < 5; day++)
        {
            Instant now = RandomCompany.T + Duration.FromDays(day);
            Plan plan = living.At(company.World, now);
            Assert.Equal(Plan.Make(company.World, now, RandomCompany.Policy).Forecasts, plan.Forecasts);
            Applied applied = company.World.Apply(company.Change(plan));
            Assert.Equal(applied.Touched, Snapshot.Between(company.World, applied.World));
            company.World = applied.World;
        }
    }, iter: 40);

    [Fact]
    public void Mishaps_are_the_same_for_the_same_seed_and_none_at_rate_nought()
    {
        Snapshot world = TroubledCompany.Of(1);
        Mishaps one = Trouble(world, 7), two = Trouble(world, 7), none = Mishaps.Of(world, RandomCompany.T, 90, 0, 7);
        Assert.Equal(one.Standstills, two.Standstills);
        Assert.Equal(one.Closures, two.Closures);
        Assert.NotEmpty(one.Standstills);
        Assert.All(one.Standstills, static s => Assert.True(s.To > s.From));
        Assert.Equal((0, 0, 0.0, 0), (none.Standstills.Count, none.Closures.Count, none.LateLegs, none.Bursts.Count));
    }

    [Fact]
    public void A_supplier_that_stood_still_is_late_by_the_time_it_stood()
    {
        static Instant From(int day) => RandomCompany.T + Duration.FromDays(day);
        var mishaps = new Mishaps([new("S1", null, From(5), From(12), null)], [], 0, []);
        Assert.Equal(From(4), mishaps.Made("S1", From(0), From(4)));        // made before
        Assert.Equal(From(17), mishaps.Made("S1", From(0), From(10)));
        Assert.Equal(From(14), mishaps.Made("S1", From(10), From(12)));     // ordered while it stood
        Assert.Equal(From(15), mishaps.Made("S1", From(13), From(15)));     // ordered after
        Assert.Equal(From(10), mishaps.Made("S2", From(0), From(10)));
    }
}
