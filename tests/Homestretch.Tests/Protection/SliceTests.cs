using CsCheck;
using Homestretch.Promising;
using Homestretch.Protection;
using Homestretch.Tests.Promising;
using Homestretch.Tests.World;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Protection;

public sealed class SliceTests
{
    private static readonly Key<Party>[] s_parties = ["S1", "S2", "CU"];

    [Fact]
    public void A_change_that_does_not_concern_a_slice_leaves_it_as_it_was()
    {
        int spared = 0;
        Gen.Int.Sample(seed =>
        {
            var company = new RandomCompany(seed);
            Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
            var cuts = s_parties.ToDictionary(static p => p, p => Slice.Cut(company.World, p));
            for (int step = 0; step < 20; step++)
            {
                Applied applied = company.World.Apply(company.Change(plan));
                company.World = applied.World;
                plan.Advance(applied.World, applied.Touched);
                foreach (Key<Party> party in s_parties)
                {
                    Snapshot before = cuts[party], after = cuts[party] = Slice.Cut(applied.World, party, before);
                    if (Slice.MayConcern(before, applied.Touched)) continue;
                    Assert.Same(before, after);
                    Interlocked.Increment(ref spared);
                }
            }
        }, iter: 100);
        Assert.True(spared > 1000, $"only {spared} of 6,000 were spared a cut");
    }

    [Fact]
    public void A_task_is_seen_by_whom_it_was_given_to_and_nothing_of_its_decision()
    {
        Snapshot world = SmallWorld.Make(), cut = Slice.Cut(world, "TW1");
        Assert.Equal("TASK-1", Assert.Single(cut.Tasks).Id);
        Assert.Empty(cut.Decisions);
        Assert.Empty(cut.Situations);
        Assert.Empty(Slice.Cut(world, "C1").Tasks);
    }

    [Fact]
    public void What_customers_are_offered_is_seen_by_who_sells_alone()
    {
        Snapshot world = SmallWorld.Make();
        OptionOffer offer = Assert.Single(Slice.Cut(world, "MC").OptionOffers);
        foreach (string other in (string[])["TW1", "C1"])
        {
            Snapshot cut = Slice.Cut(world, other);
            Assert.Empty(cut.OptionOffers);
            // one that is answered changes nothing that they see
            Assert.Same(cut, Slice.Cut(world.Apply([new WorldEvent.Put(offer with { State = OfferState.Refused, Rebate = null })]).World, other, cut));
            Assert.False(Slice.MayTell(world, other, new WorldEvent.Put(offer with { State = OfferState.Withdrawn })));
        }
        Assert.NotEmpty(Slice.Cut(world, "C1").OrderLines);
        Assert.True(Slice.MayTell(world, "MC", new WorldEvent.Put(offer with { State = OfferState.Withdrawn })));
    }

    [Fact]
    public void Who_was_given_a_task_answers_it_and_changes_nothing_else_of_it()
    {
        Snapshot world = SmallWorld.Make();
        WorkTask task = world.The<WorkTask>();
        Assert.True(May("TW1", task with { State = TaskState.Refused, Answer = "No crew that day", Owner = "lin" }));
        Assert.False(May("TW1", task with { Due = SmallWorld.T }));
        Assert.False(May("TW1", task with { Key = "TASK-2" }));
        Assert.False(May("C1", task with { State = TaskState.Done }));
        Assert.False(Slice.MayTell(world, "TW1", new WorldEvent.Removed(TableKind.For(task), task.Id, "no")));

        bool May(Key<Party> party, WorkTask told) => Slice.MayTell(world, party, new WorldEvent.Put(told));
    }
}
