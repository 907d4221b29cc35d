using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Promising;

public sealed class ProposalTests
{
    [Fact]
    public void A_proposal_is_never_worse_than_the_plan_it_replaces_and_does_what_it_says() => Gen.Int.Sample(static seed =>
    {
        RandomCompany company = InTrouble(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        Proposal proposal = Plan.Propose(company.World, RandomCompany.T, RandomCompany.Policy);
        Assert.Equal(plan.Forecasts, proposal.InForce.Forecasts);
        if (!Owed(company.World))
        {
            Assert.True(proposal.After.NoWorseThan(proposal.Before));
            foreach (int upTo in (int[])[1, 2, 3]) Assert.InRange(Kept(proposal.Plan, upTo), Kept(plan, upTo) - 1e-9, 1000);
            Assert.True(proposal.Events.Count == 0 || proposal.After.Worth > proposal.Before.Worth);
        }
        else Assert.Subset(Owing(company.World).ToHashSet(), Owing(proposal.Plan.World).ToHashSet());
        Assert.Equal(proposal.Plan.Forecasts, Plan.Make(Apply(company.World, proposal.Events), RandomCompany.T, RandomCompany.Policy).Forecasts);
        Snapshot shuffled = Snapshot.Of(company.Shuffled(), company.World.Version);
        Assert.Equal(proposal.Events, Plan.Propose(shuffled, RandomCompany.T, RandomCompany.Policy).Events);
    }, iter: 40);

    [Fact]
    public void No_proposal_lets_a_promise_fall_that_stands_well_but_for_more_important_ones_unless_the_planner_asks_for_it()
    {
        int broken = 0;
        Gen.Int.Sample(seed =>
        {
            Snapshot world = Troubled(seed);
            foreach (int c in Owed(world) ? [] : (int[])[1, 2, 3]) Assert.True(HoldsFloor(Plan.Propose(world, RandomCompany.T, RandomCompany.Policy), c));
            Proposal any = Plan.Propose(world, RandomCompany.T, RandomCompany.Policy with { PromiseFloor = 0 });
            if (!HoldsFloor(any, 1) || !HoldsFloor(any, 2) || !HoldsFloor(any, 3)) Interlocked.Increment(ref broken);
        }, iter: 60);
        TestContext.Current.SendDiagnosticMessage($"{broken} of 60 proposals would have broken the rule");
    }

    [Fact]
    public void One_thread_and_many_make_the_same_proposal_to_the_byte() => Gen.Int.Sample(static seed =>
    {
        Snapshot world = Troubled(seed);
        Proposal one = Proposing.Of(world, RandomCompany.T, RandomCompany.Policy, threads: 1), many = Proposing.Of(world, RandomCompany.T, RandomCompany.Policy);
        Assert.Equal(one.Events, many.Events);
        Assert.Equal(one.Losses, many.Losses);
        Assert.Equal(one.Tried.Select(Said), many.Tried.Select(Said));
        foreach (OrderLine order in world.OrderLines) Assert.Equal(one.Plan.DateSamples(order.Key), many.Plan.DateSamples(order.Key));
        Assert.Equal(one.Plan.Forecasts, many.Plan.Forecasts);
    }, iter: 30);

    [Fact]
    public void A_promise_that_stands_well_is_not_taken_for_two_others_of_its_class_unless_the_planner_asks_and_then_it_is_named()
    {
        Snapshot world = Robbing(quantity: 3);
        Proposal spared = Plan.Propose(world, T, Policy);
        Assert.Equal((1, 0), (spared.After.Kept, spared.Losses.Count));
        Proposal asked = Plan.Propose(world, T, Policy with { PromiseFloor = 0 });
        Assert.Equal((1, 3), (asked.Before.Kept, asked.After.Kept));
        Assert.Equal([new Loss("SO-4", 2, new(1), new(0))], asked.Losses);
    }

    [Fact]
    public void Who_can_be_spared_is()
    {
        Proposal proposal = Plan.Propose(Robbing(quantity: 1), T, Policy);
        Assert.Equal((1, 3), (proposal.Before.Kept, proposal.After.Kept));
        Assert.Empty(proposal.Losses);
        Assert.Equal(["1 FRAME lot:EARLY", "1 MOTOR stock:H|MOTOR||"], proposal.Plan.World.Pegs("SO-4"));
    }

    /// <summary>Three order lines whose frames slip, and a fourth, due later, that holds early ones which would do for all three.</summary>
    private static Snapshot Robbing(int quantity)
    {
        Snapshot world = Company(Shelf("MOTOR", 9), Coming("EARLY", "FRAME", 3, 4), Order("SO-4", 24, quantity)).Planned().Put(Promised("SO-4", 24));
        return world.Put(Coming("LOT", "FRAME", 3, 12), Order("SO-1", 20), Order("SO-2", 20), Order("SO-3", 20)).Planned().Put(Promised("SO-1", 20), Promised("SO-2", 20), Promised("SO-3", 20))
            .Put([.. Enumerable.Range(1, 3).Select(static n => new Peg($"SO-{n}", "FRAME", "lot:LOT", "MC", new(1, "EA")))]).Put(Coming("LOT", "FRAME", 3, 60));
    }

    [Theory, InlineData(0), InlineData(300), InlineData(999.5)]
    public void A_kit_whose_lot_slips_takes_another_and_its_build_stays_whatever_the_second(double milliseconds)
    {
        Snapshot world = Company(Shelf("MOTOR", 2), Coming("LATE", "FRAME", 1, 12), Order("SO", 20)).Planned().Put(Promised("SO", 20)).Put(Coming("EARLY", "FRAME", 1, 3));
        Snapshot slipped = world.Put(Coming("LATE", "FRAME", 1, 30));
        Proposal proposal = Plan.Propose(slipped, T + Duration.FromMilliseconds(milliseconds), Policy);
        Assert.Equal((0, 1), (proposal.Before.Kept, proposal.After.Kept));
        Assert.Equal((0, 1), (proposal.After.BuildsMoved, proposal.After.KitsChanged));
        Assert.Contains("1 FRAME lot:EARLY", proposal.Plan.World.Pegs("SO"));
    }

    [Fact]
    public void Nothing_is_proposed_when_all_is_well() =>
        Assert.Empty(Plan.Propose(Company(Shelf("FRAME", 1), Shelf("MOTOR", 1), Order("SO", 20)).Planned().Put(Promised("SO", 20)), T, Policy).Events);

    [Fact]
    public void Scarce_supply_that_slips_goes_to_the_more_important_and_no_class_is_robbed_for_one_below()
    {
        Snapshot world = Company(Shelf("MOTOR", 2), Shelf("FRAME", 1), Coming("LOT", "FRAME", 1, 12), Order("SO-1", 20, customerClass: 1), Order("SO-3", 4, customerClass: 3)).Planned()
            .Put(Promised("SO-1", 20), Promised("SO-3", 4));
        Assert.Equal((2, 0), (Plan.Propose(world, T, Policy).Before.Kept, Plan.Propose(world, T, Policy).Events.Count));
        Proposal proposal = Plan.Propose(world.Put(Coming("LOT", "FRAME", 1, 30)), T, Policy);
        Assert.Equal((1, 1), (proposal.Before.Kept, proposal.After.Kept));
        Assert.Equal(1, proposal.Plan.Of(new Key<OrderLine>("SO-1"))!.AsDated!.Kept!.Value.Value);
    }

    [Fact]
    public void Worth_is_promises_by_class_less_late_days_moved_builds_and_changed_kits()
    {
        Snapshot world = Company(Shelf("MOTOR", 2), Shelf("FRAME", 2), Order("SO-1", 20, customerClass: 1), Order("SO-3", 20, customerClass: 3)).Planned().Put(Promised("SO-1", 20), Promised("SO-3", 20));
        Assert.Equal(5, Plan.Propose(world, T, Policy).Before.Worth);
        Build build = world.Builds["SO-3"];
        Snapshot broken = world.Put(build with { Start = build.Start + Duration.FromDays(1), End = build.End + Duration.FromDays(1) }).Put(Promised("SO-3", -10) with { Version = 2 });
        Plan plan = Plan.Make(broken, T, Policy);
        double late = (plan.Of(new Key<OrderLine>("SO-3"))!.AsDated!.Dates.P50 - T).TotalDays + 10;
        Merit moved = Merit.Of(plan, world);
        Assert.Equal((1, 1, 0), (moved.Kept, moved.BuildsMoved, moved.KitsChanged));
        Assert.Equal(late, moved.DaysLate, 9);
        Assert.Equal(4 - late * 0.02 - 0.05, moved.Worth, 9);
    }

    [Fact]
    public void A_pinned_slot_is_obeyed_though_it_wins_nothing_and_moves_only_what_stands_there()
    {
        Snapshot world = Company(Shelf("MOTOR", 3), Shelf("FRAME", 3), Order("SO-1", 20), Order("SO-2", 21), Order("SO-3", 22)).Planned().Put(Promised("SO-1", 20), Promised("SO-2", 21), Promised("SO-3", 22));
        Build first = world.Builds["SO-1"];
        Proposal proposal = Plan.Propose(world.Put(Held("SO-3", first.Start)), T, Policy);
        Assert.Equal(first.Start, proposal.Plan.World.Builds["SO-3"].Start);
        Assert.Equal((3, 3, 2), (proposal.Before.Kept, proposal.After.Kept, proposal.After.BuildsMoved));
        Assert.Equal(world.Builds["SO-2"], proposal.Plan.World.Builds["SO-2"]);
        Assert.Empty(Plan.Propose(proposal.Plan.World, T, Policy).Events);
    }

    [Fact]
    public void A_pinned_slot_takes_a_promised_part_and_the_proposal_names_who_loses()
    {
        Snapshot world = Company(Shelf("MOTOR", 2), Coming("EARLY", "FRAME", 1, 3), Coming("LATER", "FRAME", 1, 12), Order("SO-1", 6), Order("SO-2", 30)).Planned().Put(Promised("SO-1", 6), Promised("SO-2", 30));
        Proposal proposal = Plan.Propose(world.Put(Held("SO-2", T + Duration.FromDays(4))), T, Policy);
        Assert.Equal(["1 FRAME lot:EARLY", "1 MOTOR stock:H|MOTOR||"], proposal.Plan.World.Pegs("SO-2"));
        Assert.Equal([new Loss("SO-1", 2, new(1), new(0))], proposal.Losses);
    }

    private static bool Owed(Snapshot world) => Owing(world).Length > 0;

    /// <summary>Order lines for which a slot is pinned that stand elsewhere and may move.</summary>
    private static string[] Owing(Snapshot world)
    {
        Netted netted = Netted.Of(world, RandomCompany.T, RandomCompany.Policy);
        return [.. netted.Orders.Where(n => Holds.Owes(world, n, netted.Links, RandomCompany.T)).Select(static n => n.Order.Id)];
    }

    private static Pin Held(string order, Instant at) => new($"PIN-{order}", "MC", PinKind.Slot, order, "L", at, "The customer comes for it", "ada", null);

    /// <summary>A company to which a dozen things have happened.</summary>
    private static RandomCompany InTrouble(int seed)
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        for (int n = 0; n < 12; n++)
        {
            Applied change = company.World.Apply(company.Change(plan));
            if (change.Accepted) plan = Plan.Make(company.World = change.World, RandomCompany.T, RandomCompany.Policy);
        }
        return company;
    }

    private static Snapshot Troubled(int seed) => InTrouble(seed).World;

    /// <summary>Whether classes above win at least what the fallen of a class and of those above it lose, when it has any.</summary>
    private static bool HoldsFloor(Proposal p, int customerClass)
    {
        var shares = p.InForce.Forecasts.Where(f => p.InForce.World.Promises.StartingWith($"{f.OrderLine}|").Any()).Select(f => (p.InForce.World.OrderLines[f.OrderLine].Class, Was: f.AsDated?.Kept?.Value ?? 0, Is: p.Plan.Of(f.OrderLine)?.AsDated?.Kept?.Value ?? 0)).ToArray();
        var fallen = shares.Where(s => s.Class <= customerClass && s.Was >= 0.8 && s.Is < 0.5).ToArray();
        return fallen.All(s => s.Class < customerClass) || fallen.Sum(static s => s.Was - s.Is) <= shares.Where(s => s.Class < customerClass).Sum(static s => s.Is - s.Was) + 1e-9;
    }

    private static (string, double, double, double, int, int, int, double) Said((string What, Merit M) t) =>
        (t.What, t.M.Kept, t.M.DaysLate, t.M.Worth, t.M.BuildsMoved, t.M.KitsChanged, t.M.PegsMoved, t.M.EarlySupplyTaken);

    private static double Kept(Plan plan, int upTo) => plan.Forecasts.OfType<Forecast.Dated>().Where(f => plan.World.OrderLines[f.OrderLine].Class <= upTo).Sum(static f => f.Kept?.Value ?? 0);

    private static Promise Promised(string order, int days) => new(order, 1, "MC", T + Duration.FromDays(days), new(0.9), T, "ada", "");
}
