using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>What follows from a change, seen from the plan before it, is what the plan after it would place.</summary>
public sealed class PlaceAfterTests
{
    [Fact]
    public void What_follows_from_a_change_is_what_the_plan_made_anew_would_place()
    {
        int placed = 0, quiet = 0;
        Gen.Int[0, 100_000].Sample(seed => Follow(seed, ref placed, ref quiet), iter: 60);
        Assert.True(placed > 10 && quiet > 10, $"{placed} placed, {quiet} had nothing to place");
    }

    /// <summary>Companies in which something was once passed over.</summary>
    [Theory]
    [InlineData(54_408)]        // an allocation takes pegs of kits with slots away: what those lack then waits too
    [InlineData(70_114)]        // an order line comes with its slot while others wait: what it takes is not left for them
    public void Those_who_wait_get_what_the_change_leaves(int seed)
    {
        int placed = 0, quiet = 0;
        Follow(seed, ref placed, ref quiet);
        Assert.True(placed + quiet > 0);
    }

    private static void Follow(int seed, ref int placed, ref int quiet)
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        for (int step = 0; step < 12; step++)
        {
            IReadOnlyList<WorldEvent> told = step % 3 == 0 ? [.. Enumerable.Range(0, 1 + seed % 3).Select(n => new WorldEvent.Put(company.Order($"NEW-{step}-{n}")))] : company.Change(plan);
            Applied applied = company.World.Apply(told);
            if (!applied.Accepted || applied.Touched.Count == 0) continue;
            if (Plan.MayPlace(applied) && plan.PlaceAfter(applied) is { } events)
            {
                Assert.Equal(Plan.Make(applied.World, RandomCompany.T, RandomCompany.Policy).Place(), events);
                Interlocked.Add(ref events.Count > 0 ? ref placed : ref quiet, 1);
                if (events.Count > 0) applied = company.World.Apply([.. told, .. events]);
            }
            Assert.True(applied.Accepted);
            plan.Advance(company.World = applied.World, applied.Touched);
        }
    }
}
