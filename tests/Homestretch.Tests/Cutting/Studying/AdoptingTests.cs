using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Tests.World;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Cutting.Studying;

/// <summary>What adopting a design writes: ways to buy that come first, and lanes where none is.</summary>
public sealed class AdoptingTests
{
    private static readonly Key<Party> s_own = "MC";
    private static readonly ItemSupplier s_way = SmallWorld.Make().ItemSuppliers.Single();

    [Fact]
    public void What_is_bought_already_stays_as_it_is_and_what_the_design_keeps_is_told()
    {
        var (world, study, design) = Designed(SmallWorld.Make(), "Taichung");
        Adoption adoption = Studies.Adopt(world, study, design);
        double kept = design.Stages.Single(static s => s.Stage == "frame at shop").Stock.SafetyStock;
        Assert.True(kept > 0);
        AdoptedWay way = Assert.Single(adoption.Ways);
        Assert.Equal(new AdoptedWay("FR-1", "GVL", "TW1", 1, "TW-GVL", false, false, kept, kept / (4 * 1.5), way.Target), way);

        // its safety stock, and what is used in the days that it covers, less the notice that orders give
        double notice = world.OrderLines.Average(static o => (o.Requested - o.Ordered).TotalDays), net = design.Stages.Single(static s => s.Stage == "frame at shop").Stock.NetDays;
        Assert.True(net > notice);
        Assert.Equal(Math.Ceiling(kept + 6 * (net - notice)), (double)way.Target);
        Assert.Equal(new StockTarget("GVL", "FR-1", s_own, way.Target, $"CUT-0: {kept.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)} safety stock"), Assert.IsType<WorldEvent.Put>(Assert.Single(adoption.Events)).Record);
    }

    [Fact]
    public void A_new_supplier_gets_a_lane_and_comes_before_those_that_the_design_does_not_use()
    {
        Snapshot world = Changed(SmallWorld.Make(), new Party("S9", "Saltillo frames", PartyKind.Supplier, "MX"), new Site("S9P", "S9", "Saltillo", SiteKind.Plant, "", "MX", "America/Monterrey", null, null),
            new StudySource("CUT-0", "frame", "Saltillo", s_own, (Key<Party>)"S9", (Key<Site>)"S9P", "", "", 60, 9, 0, null, 0, 0, 2, 20), new StudyLeg("CUT-0", "S9P", "GVL", "", "", s_own, 3, 0, 6.5m, 2, ""));
        (world, StudyCase study, Configuration design) = Designed(world, "Saltillo");
        Adoption adoption = Studies.Adopt(world, study, design);
        Applied applied = world.Apply(adoption.Events);
        Assert.Empty(applied.Findings);
        Assert.Equal(("S9P", "GVL"), (applied.World.Lanes["S9P-GVL"].From.Value, applied.World.Lanes["S9P-GVL"].To.Value));
        LaneStep step = Assert.Single(applied.World.LaneSteps.StartingWith("S9P-GVL|"));
        Assert.Equal((6.5m, 6.5m, Mode.None), (step.P50Days, step.P90Days, step.Mode));
        Assert.Equal([("S9", 1, 9m), ("TW1", 2, 20m)], applied.World.ItemSuppliers.OrderBy(static s => s.Priority).Select(static s => (s.Supplier.Value, s.Priority, s.LeadDays)));
        Assert.Equal(["new-lane", "new-way"], adoption.Findings.Select(static f => f.Rule).Order());
        Assert.True(adoption.Ways.Single() is { NewLane: true, NewWay: true });
        Assert.Equal((s_way.HardSafetyDays, s_way.SoftSafetyDays), applied.World.ItemSuppliers.Where(static s => s.Supplier.Value == "S9").Select(static s => (s.HardSafetyDays, s.SoftSafetyDays)).Single());
        Assert.Empty(Studies.Adopt(applied.World, study, design).Events);      // once is enough
        Assert.Equal(s_way with { Priority = 2 }, applied.World.ItemSuppliers.Single(static s => s.Supplier.Value == "TW1"));
    }

    [Fact]
    public void What_the_live_planner_cannot_do_is_told_and_nothing_is_invented_for_it()
    {
        // finished at a plant that is no hub; a source of no known site; the brand's own making
        Snapshot world = Changed(SmallWorld.Make(), SmallWorld.Make().StudySources.Find("CUT-0|shop|Greenville")! with { Site = (Key<Site>)"TXG" });
        (world, StudyCase study, Configuration design) = Designed(world, "Taichung");
        Adoption elsewhere = Studies.Adopt(world, study, design);
        Assert.Empty(elsewhere.Events);
        Assert.Contains(elsewhere.Findings, static f => f is { Rule: "no-hub", Place.Source: "study_sources CUT-0|shop|Greenville" });
        world = Changed(SmallWorld.Make(), new Party("S9", "Saltillo frames", PartyKind.Supplier, "MX"), new StudySource("CUT-0", "frame", "Saltillo", s_own, (Key<Party>)"S9", null, "MTY", "MX", 60, 9, 0, null, 0, 0, 2, 20), new StudyLeg("CUT-0", "MTY", "GVL", "", "", s_own, 3, 0, 6.5m, 2, ""));
        (world, study, design) = Designed(world, "Saltillo");
        Adoption nowhere = Studies.Adopt(world, study, design);
        Assert.Empty(nowhere.Events);
        Assert.Equal("no-site", Assert.Single(nowhere.Findings).Rule);
        (world, study, design) = Designed(SmallWorld.Make(), "own");
        Assert.Equal("own-make", Assert.Single(Studies.Adopt(world, study, design).Findings).Rule);
    }

    /// <summary>A design in which one source does all of the frame.</summary>
    private static (Snapshot World, StudyCase Study, Configuration Design) Designed(Snapshot world, string frame)
    {
        StudyCase study = Studies.Of(world, "CUT-0", SmallWorld.T).Case!;
        SourcingStudy own = study.Sourcing.Only(s => s.Stage != "frame" || s.Name == frame) with { Rules = null };
        return (world, study, Configuring.Of(own, study.Policy, cancel: TestContext.Current.CancellationToken).Configuration!);
    }

    private static Snapshot Changed(Snapshot world, params IRecord[] records)
    {
        Applied applied = world.Apply([.. records.Select(static r => new WorldEvent.Put(r))]);
        Assert.Empty(applied.Findings);
        return applied.World;
    }
}
