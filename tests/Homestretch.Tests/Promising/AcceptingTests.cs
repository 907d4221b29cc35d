using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.RandomCompany;

namespace Homestretch.Tests.Promising;

/// <summary>Plans under engineering changes.</summary>
public sealed class AcceptingTests
{
    [Fact]
    public void No_kit_gets_a_revision_that_its_build_does_not_take() => Gen.Int.Sample(seed =>
    {
        Snapshot world = Revised(seed, false);
        foreach (Scope scope in (Scope[])[Scope.Unpegged, Scope.Everything])
        {
            Snapshot planned = Apply(world, Plan.Allocate(world, T, Policy, scope));
            AssertTaken(planned, static _ => true);
            Assert.Equal(Plan.Allocate(world, T, Policy, scope).Select(static e => e.ToString()), Plan.Allocate(world, T, Policy, scope).Select(static e => e.ToString()));
        }
    }, iter: 60);

    [Fact]
    public void A_plan_advanced_under_changes_equals_the_plan_made_anew_and_quotes_take_what_they_may() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, T, Policy);
        plan.Quote(company.Order("first"));
        var random = new Random(seed);
        for (int step = 0; step < 8; step++)
        {
            IReadOnlyList<WorldEvent> events = step % 2 == 0 ? company.Change(plan) : step % 4 == 1 ? [new WorldEvent.Put(Drawn(random, step, false))] : [new WorldEvent.Put(company.World.Lots.ElementAt(random.Next(company.World.Lots.Count)) with { Revision = Letter(random) })];
            Applied applied = company.World.Apply(events);
            plan.Advance(company.World = applied.World, applied.Touched);
            plan.ProveEqualsFull();
            Plan anew = Plan.Make(company.World, T, Policy);
            Assert.Equal(anew.Forecasts, plan.Forecasts);
            Quote quote = plan.Quote(company.Order($"Q{step}"));
            Assert.Equal(anew.Quote(quote.Order).Forecast, quote.Forecast);
            if (!quote.Possible) continue;
            Snapshot placed = Apply(company.World, quote.Events);
            AssertTaken(placed, o => o == quote.Order.Id);
            Assert.Equal(quote.Forecast, Plan.Make(placed, T, Policy).Of(quote.Order.Key));
        }
    }, iter: 40);

    [Fact]
    public void Without_a_change_and_with_those_that_take_everything_the_plan_is_the_same_bit_for_bit() => Gen.Int.Sample(seed =>
    {
        Snapshot without = Apply(Revised(seed, true), [.. Revised(seed, true).EngineeringChanges.Select(static c => new WorldEvent.Removed(TableKind.For(c), c.Id, "none"))]);
        foreach (Snapshot world in (Snapshot[])[Revised(seed, true), Apply(Revised(seed, false), [.. Revised(seed, false).EngineeringChanges.Select(static c => new WorldEvent.Put(c with { State = ChangeState.Draft, ApprovedBy = "", ApprovedAt = null }))])])
        {
            foreach (Scope scope in (Scope[])[Scope.Unpegged, Scope.Everything])
                Assert.Equal(Plan.Allocate(without, T, Policy, scope).Select(static e => e.ToString()), Plan.Allocate(world, T, Policy, scope).Select(static e => e.ToString()));
            Assert.Equal(Plan.Make(without, T, Policy).Forecasts, Plan.Make(world, T, Policy).Forecasts);
        }
    }, iter: 20);

    private static void AssertTaken(Snapshot world, Func<string, bool> which)
    {
        var effectivity = Effectivity.Of(world);
        foreach (Build build in world.Builds.Where(b => b.Status < OrderStatus.Completed && which(b.OrderLine.Value)))
        {
            OrderLine order = world.OrderLines[build.OrderLine];
            foreach (Peg peg in world.Pegs.StartingWith($"{build.Key}|"))
            {
                var (revision, lot) = peg.Supply.StartsWith("lot:", StringComparison.Ordinal) ? (world.Lots[peg.Supply[4..]].Revision, peg.Supply[4..]) : (world.Stock[peg.Supply[6..]].Revision, world.Stock[peg.Supply[6..]].LotNumber);
                RevisionVerdict verdict = effectivity.Of(peg.Item, revision, lot, new(order.Family.Value, world.Within(order.Market.Value), world.DayOf(order, build.Start)));
                Assert.True(verdict.Counts, $"{peg}: {verdict.Use} by {verdict.By?.Key} on {world.DayOf(order, build.Start)}");
            }
        }
    }

    /// <summary>A company with revisions and two or three changes.</summary>
    internal static Snapshot Revised(int seed, bool interchangeable)
    {
        var random = new Random(seed);
        Snapshot world = new RandomCompany(seed).World;
        return Apply(world,
        [
            .. world.Lots.Select(l => new WorldEvent.Put(l with { Revision = Letter(random) })),
            .. ((string[])["H1", "H2"]).SelectMany(h => ((string[])["FRAME", "MOTOR"]).SelectMany(i => ((string[])["A", "B"]).Select(r => new WorldEvent.Put(new Stock(h, i, r, $"S{r}", "MC", new(random.Next(1, 12), "EA"), StockStatus.Available))))),
            .. Enumerable.Range(0, 3).Select(k => new WorldEvent.Put(Drawn(random, k, interchangeable))),
        ]);
    }

    private static string Letter(Random random) => ((string[])["A", "A", "B", "B", "C", ""])[random.Next(6)];

    internal static EngineeringChange Drawn(Random random, int k, bool interchangeable)
    {
        var change = new EngineeringChange($"ECO-{k}", "MC", k % 3 == 1 ? "MOTOR" : "FRAME", k % 3 == 2 ? "B" : "A", k % 3 == 2 ? "C" : "B", "Change", "", ChangeState.Released, null, "", "", "", OldStock.UseUp, null, null, "",
            interchangeable || random.Next(4) == 0 ? YesNo.Yes : YesNo.No, interchangeable || random.Next(2) == 0 ? YesNo.Yes : YesNo.No, "", random.Next(4) == 0 ? "UK" : "", "olga", T);
        return random.Next(4) switch
        {
            0 => change with { FromLot = $"LOT-{random.Next(20):00}", OldStock = OldStock.Rework },
            1 => change with { Lots = $"LOT-{random.Next(20):00};LOT-{random.Next(20):00};SA", OldStock = OldStock.Scrap },
            _ => change with { FromDay = T.InUtc().Date.PlusDays(random.Next(-5, 50)) },
        };
    }

    internal static Snapshot Apply(Snapshot world, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = world.Apply(events);
        return applied.Accepted ? applied.World : throw new InvalidOperationException(string.Join("\n", applied.Findings));
    }
}
