using CsCheck;
using Homestretch.Changing;
using Homestretch.Promising;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Changing;

public sealed class ChangeImpactTests
{
    private static readonly LocalDate s_today = Workshop.T.InUtc().Date;

    /// <summary>Three frames A on the shelf, a lot of B at sea, two bikes promised for days 5 and 20. A frame that is bought today comes on day 30.</summary>
    private static readonly Snapshot s_shop = Workshop.Company(
        new Item("FRAME", "MC", "FRAME", ItemKind.SubAssembly, "FRAME", "EA", 1, new Money(100_00, "USD")), new ItemRevision("FRAME", "MC", "A", null, null), new ItemRevision("FRAME", "MC", "B", null, null),
        Workshop.Shelf("FRAME", 3, "FA") with { Revision = "A" }, Workshop.Shelf("MOTOR", 9), new Shipment("SH-1", "MC", "SEA", "", ""), Workshop.Coming("FB", "FRAME", 2, 60) with { Revision = "B", Shipment = (Key<Shipment>)"SH-1" },
        Workshop.Order("SO-1", 5) with { Price = new Money(1000_00, "USD") }, Workshop.Order("SO-2", 20) with { Price = new Money(1000_00, "USD") },
        new Promise("SO-1", 1, "MC", Workshop.T + Duration.FromDays(5), new(0.9), Workshop.T, "ada", ""), new Promise("SO-2", 1, "MC", Workshop.T + Duration.FromDays(20), new(0.9), Workshop.T, "ada", "")).Planned();

    private static readonly EngineeringChange s_change = new("ECO-1", "MC", "FRAME", "A", "B", "Wider dropouts", "", ChangeState.Draft, s_today.PlusDays(10), "", "", "", OldStock.UseUp, null, null, "", YesNo.No, YesNo.No, "", "", "", null);

    private static ChangeImpact Of(Snapshot world, EngineeringChange change, int dates = ChangeImpact.UsualDates) => ChangeImpact.Of(world, Workshop.T, Workshop.Policy, change, dates);

    [Fact]
    public void A_change_that_comes_before_the_old_parts_are_used_costs_what_can_be_said_by_hand()
    {
        ChangeImpact impact = Of(s_shop, s_change);
        Assert.Empty(impact.Findings);
        Assert.Equal([(ConcernedPlace.OnHand, "A", 3m, 300_00L, RevisionUse.Unusable), (ConcernedPlace.OnTheWater, "B", 2m, 200_00L, RevisionUse.Usable)], [.. impact.Stock.Select(static s => (s.Place, s.Revision, s.Quantity.Value, s.Value!.Value.Minor, s.Use))]);
        Assert.All(impact.Stock, static s => Assert.Equal(s_change.FromDay, s.From));      // A until then, B from then on
        Assert.Equal(Workshop.T + Duration.FromDays(60), impact.Stock[1].P90);

        // the second bike is begun an hour before day 19 ends: its frame has to be bought, and comes on day 30; it takes an hour, and a day to the customer
        Assert.Equal([("SO-2", s_today.PlusDays(18), "stock:H|FRAME|A|FA")], [.. impact.Lacking.Select(static l => (l.Build.Value, l.Day, l.Supply))]);
        MovedPromise moved = Assert.Single(impact.Moved);
        Assert.Equal(("SO-2", 1.0, 0.0), (moved.OrderLine.Value, moved.KeptBefore, moved.KeptAfter));
        Assert.Equal(Workshop.T + Duration.FromDays(31) + Duration.FromHours(1), moved.P90After);
        Assert.Equal(Workshop.T + Duration.FromDays(1) + Duration.FromHours(2), moved.P90Before);      // the line is free: it could go second today
        Assert.Equal(30 - 1 / 24.0, moved.Days!.Value, 9);
        Assert.Equal((2.0, 1.0), (impact.PromisesKeptBefore, impact.PromisesKeptAfter));
        Assert.Equal((s_today.PlusDays(9), null), (impact.LastDay, impact.UsedUp));        // one frame A is nobody's

        EffectiveDay Day(int days) => impact.Dates.Single(d => d.Day == s_today.PlusDays(days));
        Assert.Equal((2m, 200_00L, 100_00L, 300_00L), (Day(10).LeftOver, Day(10).OldStock!.Value.Minor, Day(10).Late!.Value.Minor, Day(10).Cost!.Value.Minor));   // two frames and a tenth of a bike
        Assert.Equal((3m, 500_00L), (Day(1).LeftOver, Day(1).Cost!.Value.Minor));
        Assert.Equal((1m, 100_00L, 0), (Day(24).LeftOver, Day(24).Cost!.Value.Minor, Day(24).PromisesMoved));
        Assert.Equal(Day(24), impact.Best);
    }

    [Fact]
    public void A_change_in_force_is_held_against_the_world_without_it_and_kits_get_other_parts()
    {
        EngineeringChange released = s_change with { State = ChangeState.Released, ApprovedBy = "olga", ApprovedAt = Workshop.T };
        Snapshot now = s_shop.Put(released);
        Assert.Equal("revision-not-accepted", Assert.Single(Assert.IsType<Forecast.Unknown>(now.Of("SO-2")).Reasons).Rule);      // until the plan is run
        Assert.StartsWith("1 FRAME lot:PLAN-FRAME", now.Planned().Pegs("SO-2")[0], StringComparison.Ordinal);
        ChangeImpact draft = Of(s_shop, s_change), inForce = Of(now.Planned(), released);
        Assert.Equal(draft.Moved.Count, Of(s_shop.Put(s_change), released).Moved.Count);
        Assert.Empty(inForce.Moved);                                                            // the plan in force has taken it in
        Assert.Equal(draft.Stock.Where(static s => s.Place != ConcernedPlace.Proposed), inForce.Stock.Where(static s => s.Place != ConcernedPlace.Proposed));
    }

    [Fact]
    public void What_is_not_known_is_said()
    {
        Snapshot world = s_shop.Put(s_shop.Items["FRAME"] with { Cost = null });
        ChangeImpact impact = Of(world, s_change with { ToRevision = "C" });
        Assert.Null(impact.Best);
        Assert.Null(impact.Stock[0].Value);
        Assert.Equal(["revision-not-recorded", "cost-unknown"], impact.Findings.Select(static f => f.Rule));
        ChangeImpact rework = Of(s_shop, s_change with { FromDay = null, Lots = "FA", OldStock = OldStock.Rework, ReworkMinutes = 5, ReworkStep = "015" });
        Assert.Equal((RevisionUse.ReworkAtBench, 15m, null), (rework.Stock[0].Use, rework.Stock[0].ReworkMinutes, rework.Stock[0].ReworkCost));
        Assert.Equal(["step-not-recorded"], rework.Findings.Select(static f => f.Rule));
        Assert.Empty(rework.Dates);
        Assert.Empty(rework.Moved);                                                                  // it is done on the unit
        Assert.Equal(["SO-1", "SO-2"], Of(s_shop, s_change with { FromDay = null, Lots = "FA", OldStock = OldStock.Rework }).Moved.Select(static m => m.OrderLine.Value));
        Assert.Contains("effectivity", Of(s_shop, s_change with { Lots = "FA" }).Findings.Select(static f => f.Rule));
    }

    [Fact]
    public void Every_part_is_told_once_and_nothing_else() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        Snapshot world = Binned(AcceptingTests.Revised(seed, false));
        EngineeringChange change = AcceptingTests.Drawn(random, random.Next(3), false);
        ChangeImpact impact = ChangeImpact.Of(world, RandomCompany.T, RandomCompany.Policy, change, 2);
        Assert.Equal(impact.Stock.Count, impact.Stock.Select(static s => (s.Place, s.Where, s.Lot, s.Revision)).Distinct().Count());
        Assert.Equal(world.Stock.Where(s => s.Item == change.Item).Sum(static s => s.Quantity.Value), Sum(ConcernedPlace.OnHand, ConcernedPlace.InKit));
        Assert.Equal(world.Stock.Where(s => s.Item == change.Item).Sum(s => world.BinStock.Where(b => b.StockKey == s.Id && b.Bin.StartsWith("kit:", StringComparison.Ordinal)).Sum(static b => b.Quantity.Value)), Sum(ConcernedPlace.InKit));
        Assert.Equal(world.UnitParts.Where(p => p.Item == change.Item).Sum(static p => p.Quantity.Value), Sum(ConcernedPlace.InUnit));
        decimal lots = world.Lots.Where(l => l.Item == change.Item && l.State < LotState.Received).Sum(static l => l.Quantity.Value - l.Received);
        decimal ordered = world.PurchaseOrderLines.Where(p => p.Item == change.Item).Sum(p => Math.Max(0, p.Quantity.Value - world.Lots.Where(l => l.PurchaseOrderLine == p.Key).Sum(static l => l.Quantity.Value)));
        Assert.True(lots + ordered <= Sum(ConcernedPlace.OnTheWater, ConcernedPlace.BeingMade, ConcernedPlace.OnOrder, ConcernedPlace.Proposed));      // the plan without the change may buy for what waits
        ChangeImpact again = ChangeImpact.Of(world, RandomCompany.T, RandomCompany.Policy, change, 2);
        Assert.Equal((impact.Stock, impact.Lacking, impact.Moved, impact.Dates), (again.Stock, again.Lacking, again.Moved, again.Dates), static (a, b) => a.Stock.SequenceEqual(b.Stock) && a.Lacking.SequenceEqual(b.Lacking) && a.Moved.SequenceEqual(b.Moved) && a.Dates.SequenceEqual(b.Dates));

        decimal Sum(params ConcernedPlace[] places) => impact.Stock.Where(s => places.Contains(s.Place)).Sum(static s => s.Quantity.Value);
    }, iter: 12);

    [Fact]
    public void A_change_that_takes_everything_moves_no_promise_and_a_later_one_takes_no_more_parts() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        Snapshot world = AcceptingTests.Revised(seed, false);
        EngineeringChange change = AcceptingTests.Drawn(random, 0, true) with { Key = "ECO-8", Item = "FORK", State = ChangeState.Draft, ApprovedBy = "", ApprovedAt = null };
        ChangeImpact easy = ChangeImpact.Of(world, RandomCompany.T, RandomCompany.Policy, change, 0);
        Assert.Empty(easy.Moved);
        Assert.Empty(easy.Lacking);
        EngineeringChange hard = change with { OldInNew = YesNo.No, FromLot = "", Lots = "", OldStock = OldStock.UseUp, FromDay = RandomCompany.T.InUtc().Date.PlusDays(random.Next(30)), Key = "ECO-9", Item = "RACK", FromRevision = "A", ToRevision = "B" };
        string[] soon = Lacking(hard), later = Lacking(hard with { FromDay = hard.FromDay!.Value.PlusDays(random.Next(30)) });
        Assert.Subset(soon.ToHashSet(), later.ToHashSet());

        string[] Lacking(EngineeringChange c) => [.. ChangeImpact.Of(world, RandomCompany.T, RandomCompany.Policy, c, 0).Lacking.Select(static l => $"{l.Build} {l.Supply}")];
    }, iter: 12);

    /// <summary>Some of the stock in a bin and in a kit, some in a unit.</summary>
    private static Snapshot Binned(Snapshot world)
    {
        Build? build = world.Builds.FirstOrDefault(b => world.AssemblyLines[b.Line].Site == "H1");
        List<IRecord> more = [new Bin("H1", "A-01", "MC", BinKind.Shelf, 0, null, null)];
        foreach (Stock stock in world.Stock.Where(static s => s.Site == "H1" && s.LotNumber.Length > 0))
        {
            more.Add(new BinStock("H1", "A-01", stock.Item, stock.Revision, stock.LotNumber, "MC", new(1, "EA"), null));
            if (build is not null && stock.Quantity.Value > 1) more.Add(new BinStock("H1", $"kit:{build.Id}", stock.Item, stock.Revision, stock.LotNumber, "MC", new(1, "EA"), null));
        }
        if (build is not null) more.AddRange([new Unit("SN-1", "MC", build.Key, "BIKE", "US", UnitState.InWork, RandomCompany.T, null, ""), new UnitPart("SN-1", 1, "MC", "FRAME", "A", "SA", "", new(1, "EA"), RandomCompany.T, null, "")]);
        return AcceptingTests.Apply(world, [.. more.Select(static r => new WorldEvent.Put(r))]);
    }
}
