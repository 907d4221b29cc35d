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
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        for (int n = 0; n < 12; n++)
        {
            Applied change = company.World.Apply(company.Change(plan));
            if (change.Accepted) plan = Plan.Make(company.World = change.World, RandomCompany.T, RandomCompany.Policy);
        }
        Proposal proposal = Plan.Propose(company.World, RandomCompany.T, RandomCompany.Policy);
        Assert.Equal(plan.Forecasts, proposal.InForce.Forecasts);
        Assert.True(proposal.After.NoWorseThan(proposal.Before));
        foreach (int upTo in (int[])[1, 2, 3]) Assert.InRange(Kept(proposal.Plan, upTo), Kept(plan, upTo) - 1e-9, 1000);
        Assert.True(proposal.Events.Count == 0 || proposal.After.Worth > proposal.Before.Worth);
        Assert.Equal(proposal.Plan.Forecasts, Plan.Make(Apply(company.World, proposal.Events), RandomCompany.T, RandomCompany.Policy).Forecasts);
        Snapshot shuffled = Snapshot.Of(company.Shuffled(), company.World.Version);
        Assert.Equal(proposal.Events, Plan.Propose(shuffled, RandomCompany.T, RandomCompany.Policy).Events);
    }, iter: 40);

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

    private static double Kept(Plan plan, int upTo) => plan.Forecasts.OfType<Forecast.Dated>().Where(f => plan.World.OrderLines[f.OrderLine].Class <= upTo).Sum(static f => f.Kept?.Value ?? 0);

    private static Promise Promised(string order, int days) => new(order, 1, "MC", T + Duration.FromDays(days), new(0.9), T, "ada", "");
}
