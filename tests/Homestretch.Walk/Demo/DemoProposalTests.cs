using Homestretch.Cli.Demo;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Demo;

public sealed class DemoProposalTests
{
    private static readonly Instant s_start = Instant.FromUtc(2026, 11, 24, 9, 0);

    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_full_re_plan_of_the_demonstration_company_keeps_more_promises_and_hardly_moves_a_build(int seed)
    {
        Proposal proposal = Plan.Propose(Snapshot.Of(DemoCompany.Make(s_start, seed)), s_start, new PlanPolicy());
        Tell($"seed {seed}", proposal);
        Assert.True(proposal.After.NoWorseThan(proposal.Before));
        Assert.True(proposal.After.Kept > proposal.Before.Kept + 10);
        Assert.True(proposal.After.DaysLate < proposal.Before.DaysLate);
        Assert.InRange(proposal.After.BuildsMoved, 0, 35);
    }

    [Theory]
    [InlineData("MOT-1")]
    [InlineData("FRM-M")]
    [InlineData("BAT-500")]
    public void When_the_lot_that_most_kits_draw_on_is_lost_and_made_again_promises_are_won_back(string item)
    {
        Snapshot world = Snapshot.Of(DemoCompany.Make(s_start, DemoCompany.DefaultSeed));
        Lot lost = world.Lots.Where(l => l.Item.Value == item && l.State < LotState.Received).MaxBy(l => world.Pegs.Count(p => p.Supply == $"lot:{l.Key}"))!;
        Applied slipped = world.Apply([new WorldEvent.Put(lost with { State = LotState.Planned, Ready = s_start + Duration.FromDays(10), Shipment = null })]);
        Assert.Empty(slipped.Findings);
        Proposal proposal = Plan.Propose(slipped.World, s_start, new PlanPolicy());
        Tell($"{item} {lost.Key}", proposal);
        Assert.True(proposal.After.NoWorseThan(proposal.Before));
        Assert.True(proposal.After.Kept > proposal.Before.Kept + 10);
    }

    private static void Tell(string what, Proposal p) => TestContext.Current.SendDiagnosticMessage(
        $"{what}: kept {p.Before.Kept:0.0} -> {p.After.Kept:0.0}, days late {p.Before.DaysLate:0} -> {p.After.DaysLate:0}, {p.After.BuildsMoved} builds move, {p.After.KitsChanged} kits change");
}
