using CsCheck;
using Homestretch.Promising;
using Homestretch.Protection;
using Homestretch.Tests.Promising;
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
}
