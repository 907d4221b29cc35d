using Homestretch.Exposure;
using Homestretch.Promising;
using Homestretch.Protection;
using Homestretch.Tests.Promising;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Exposure;

public sealed class ExposuresTests
{
    private static readonly Instant T = SmallWorld.T;
    private static readonly Key<Party> s_own = "MC";

    /// <summary>The small company: TW1 makes FR-1 and holds its data package; FR-2 has the same tubes.</summary>
    [Fact]
    public void A_world_becomes_who_knows_what()
    {
        Exposures told = Exposures.Of(SmallWorld.Make(), T);
        ExposureReport report = ExposureReport.Of(told.Given);
        PartyExposure frames = Assert.Single(report.Parties);
        Assert.Equal(new Holder("TW1", ["TW"], "TW1") with { Countries = told.Given.Holders[0].Countries }, told.Given.Holders[0]);
        Assert.Equal(["TW"], told.Given.Holders[0].Countries);
        // weights 3, 1.5 and 0.5 of 5; K(FR-1) = 0.8, K(FR-2) = 0.8 * 0.8
        Assert.Equal((3 * 0.8 + 1.5 * 0.64 + 0.5 * 0.8 * 0.64) / 5, frames.Reconstructed, 1e-12);
        Assert.Equal(1 - frames.Reconstructed, report.Home, 1e-12);
        Assert.Null(report.Fewest);
        Assert.Equal([0], ExposureReport.Of(told.Given, 0.7).Fewest);
    }

    [Fact]
    public void Making_tells_the_drawing_and_assembling_the_envelope_without_any_document()
    {
        Snapshot world = Without<Disclosure>(SmallWorld.Make());
        Assert.Equal(DisclosureLevel.Drawing, Level(world, "TW1", "FR-1"));
        Assert.Equal(DisclosureLevel.Sealed, Level(world, "TW1", "FR-2"));
        // somebody assembles the family for us: what goes into it comes to them
        Snapshot hired = world.Apply([Put(new Party("CM", "Contract maker", PartyKind.Supplier, "MX")), Put(new Site("MTY", "CM", "Monterrey", SiteKind.Hub, "", "MX", "America/Mexico_City", null, null)), Put(world.The<AssemblyLine>() with { Key = "L9", Site = "MTY" }), Put(new Routing("C1", "L9", s_own, 12, 2))]).World;
        Assert.Equal(DisclosureLevel.Envelope, Level(hired, "CM", "FR-1"));
        Assert.Equal(DisclosureLevel.Drawing, Level(hired, "CM", "C1"));
        // our own hub is inside, and so is what belongs to us
        Assert.DoesNotContain(Exposures.Of(hired, T).Given.Holders, static h => h.Party == "MC");
        Assert.DoesNotContain(Exposures.Of(hired.Apply([Put(hired.Parties["CM"] with { Owner = "MC" })]).World, T).Given.Holders, static h => h.Party == "CM");
    }

    [Fact]
    public void Who_will_only_sell_it_later_knows_nothing_yet_that_could_not_be_changed()
    {
        Snapshot world = Without<Disclosure>(SmallWorld.Make());
        world = world.Apply([Put(new Party("VN1", "Other frames", PartyKind.Supplier, "VN")), Put(world.The<ItemSupplier>() with { Supplier = "VN1", From = new LocalDate(2027, 3, 1) }), Put(new Disclosure("FR-1", "VN1", DisclosureLevel.Package, "DWG-1", T + Duration.FromDays(30), "NDA-8", null, s_own))]).World;
        ExposureCase given = Exposures.Of(world, T).Given;
        int vn = given.Holders.ToList().FindIndex(static h => h.Party == "VN1"), frame = given.Items.ToList().IndexOf("FR-1");
        Assert.Equal(new Making(frame, vn, false), Assert.Single(given.Makings, m => m.Holder == vn));
        Assert.False(Assert.Single(given.Givings).Done);
        Assert.Equal(DisclosureLevel.Package, given.Levels()[vn][frame]);
        Assert.Equal(DisclosureLevel.Sealed, given.Done().Levels()[vn][frame]);
        // a day after both it stands
        ExposureCase later = Exposures.Of(world, Instant.FromUtc(2027, 3, 2, 0, 0)).Given;
        Assert.Equal(DisclosureLevel.Package, later.Done().Levels()[vn][frame]);
        // who sold it once still knows it
        Snapshot gone = Without<Lot>(Without<ProductionRun>(Without<Peg>(Without<Pin>(world)))).Apply([Put(SmallWorld.Make().The<ItemSupplier>() with { To = new LocalDate(2026, 1, 1) })]).World;
        Assert.Equal(DisclosureLevel.Drawing, Level(gone, "TW1", "FR-1"));
    }

    [Fact]
    public void The_end_of_an_agreement_is_told_and_takes_nothing_back()
    {
        Snapshot world = SmallWorld.Make();
        Disclosure given = world.The<Disclosure>();
        Instant before = given.NdaUntil!.Value - Duration.FromSeconds(1);
        Assert.Empty(Exposures.Of(world, before).Findings);
        Finding told = Assert.Single(Exposures.Of(world, given.NdaUntil.Value).Findings);
        Assert.Equal("disclosures (nda_until): NDA-7, under which TW1 was given FR-1 (package, DWG-1 rev B), ended on 2026-10-20. Renew it: what was given stays known and counts in full. [agreement-ended]", told.ToString());
        Assert.Equal(ExposureReport.Of(Exposures.Of(world, before).Given.Done()).Outside, ExposureReport.Of(Exposures.Of(world, T + Duration.FromDays(9999)).Given.Done()).Outside);
    }

    [Fact]
    public void What_else_should_be_looked_at_is_told()
    {
        Snapshot world = SmallWorld.Make();
        world = world.Apply([Put(new Party("NO1", "Nowhere", PartyKind.Supplier, "", "NO2")), Put(new Party("NO2", "Neither", PartyKind.Supplier, "", "NO1")), Put(new ItemRelation("FR-2", "FR-1", RelationKind.Interface, s_own, 1)),
            Put(world.The<ItemSupplier>() with { Item = "FR-2", Supplier = "NO1" }), Put(new Disclosure("FR-1", "NO2", DisclosureLevel.Drawing, "", T, "", null, s_own)), new WorldEvent.Removed(TableKind.Named("know_how")!, "FR-2", "")]).World;
        Exposures told = Exposures.Of(world, SmallWorld.T - Duration.FromDays(100));
        Assert.Equal(["both-ways", "country-unknown", "country-unknown", "no-agreement", "not-weighed", "owner-circle"], told.Findings.Select(static f => f.Rule).Order());
        // those who own each other count as one, and all of no country as one
        var coalitions = Coalition.Of(told.Given).Where(static c => c.Members.Count > 1).Select(c => (c.Kind, c.Name, string.Join(' ', c.Members.Select(p => told.Given.Holders[p].Party))));
        Assert.Equal([(CoalitionKind.Owner, "NO1", "NO1 NO2"), (CoalitionKind.Country, "", "NO1 NO2")], coalitions);
        Assert.Equal(["not-weighed"], Exposures.Of(Without<ItemRelation>(Without<KnowHow>(SmallWorld.Make())), T - Duration.FromDays(100)).Findings.Select(static f => f.Rule));
    }

    [Fact]
    public void Coalitions_are_owners_countries_by_site_and_shared_sub_suppliers()
    {
        Snapshot world = SmallWorld.Make();
        ItemSupplier way = world.The<ItemSupplier>();
        world = world.Apply([Put(new Party("KR1", "Packs", PartyKind.Supplier, "KR", "Halo Group")), Put(new Party("SG1", "Displays", PartyKind.Supplier, "SG", "halo group")), Put(new Site("KRP", "SG1", "Gumi", SiteKind.Plant, "", "KR", "Asia/Seoul", null, null)),
            Put(new Item("CELL", s_own, "Cell", ItemKind.RawMaterial, "", "EA", 1, null)), Put(new BomLine("FR-1", "1", "CELL", s_own, new(1, "EA"), Condition.Always, null, null)), Put(new BomLine("FR-2", "1", "CELL", s_own, new(1, "EA"), Condition.Always, null, null)),
            Put(way with { Item = "CELL", Supplier = "SG1" }), Put(way with { Item = "FR-2", Supplier = "KR1" })]).World;
        ExposureCase given = Exposures.Of(world, T).Given;
        Assert.Equal(["Owner Halo Group: KR1 SG1", "Country KR: KR1 SG1", "Country SG: SG1", "Country TW: TW1", "SubSupplier SG1: KR1 SG1 TW1"],
            Coalition.Of(given).Select(c => $"{c.Kind} {c.Name}: {string.Join(' ', c.Members.Select(p => given.Holders[p].Party))}"));
        ExposureReport report = ExposureReport.Of(given);
        Assert.All(report.Coalitions, static c => Assert.True(c.Reconstructed >= c.Best - 1e-12));
    }

    [Fact]
    public void What_one_more_level_would_change_is_what_it_does_change()
    {
        var e = new RandomExposure(3, 6);
        ExposureCase given = e.Case(4, 3, 4);
        ExposureReport before = ExposureReport.Of(given);
        for (int p = 0; p < 4; p++)
        {
            IReadOnlyList<Marginal> marginals = Marginal.Of(given, p);
            Assert.NotEmpty(marginals);
            foreach (Marginal m in marginals)
            {
                ExposureReport after = ExposureReport.Of(given.Given(m.Item, p, m.Level));
                Assert.Equal(R(after) - R(before), m.Party, 1e-12);
                Assert.Equal(after.Outside - before.Outside, m.Outside, 1e-12);
                Assert.Equal(Grown(CoalitionKind.Country), m.Country, 1e-12);
                Assert.Equal(p < 2 ? Grown(CoalitionKind.Owner) : m.Party, m.Owner, 1e-12);

                double R(ExposureReport report) => report.Parties.Single(x => x.Holder == p).Reconstructed;
                double Grown(CoalitionKind kind) => after.Coalitions.Zip(before.Coalitions).Where(c => c.First.Of.Kind == kind && c.First.Of.Members.Contains(p)).Max(static c => c.First.Reconstructed - c.Second.Reconstructed);
            }
        }
    }

    [Fact]
    public void What_if_another_made_it()
    {
        ExposureCase given = Exposures.Of(SmallWorld.Make(), T, ["C1"]).Given;
        int shop = given.Holders.ToList().FindIndex(static h => h.Party == "C1"), bike = given.Items.ToList().IndexOf("C1"), frame = given.Items.ToList().IndexOf("FR-1");
        DisclosureLevel[][] then = given.Made(bike, shop).Levels();
        Assert.Equal((DisclosureLevel.Drawing, DisclosureLevel.Envelope), (then[shop][bike], then[shop][frame]));
        Assert.Equal(DisclosureLevel.Package, then[1 - shop][frame]);
        // planned anew the package goes where the frame is made
        then = given.Afresh().Made(frame, shop).Levels();
        Assert.Equal((DisclosureLevel.Package, DisclosureLevel.Sealed), (then[shop][frame], then[1 - shop][frame]));
    }

    [Fact]
    public void What_we_weigh_and_whom_we_told_is_nobody_elses()
    {
        Snapshot world = SmallWorld.Make();
        IRecord[] changed = [new KnowHow("FR-1", s_own, 9, "Other"), new ItemRelation("FR-1", "WX-1", RelationKind.Recipe, s_own, 2), new Inference("FR-1", "FR-2", s_own, new Share(0.4), "?"), new Disclosure("FR-2", "TW1", DisclosureLevel.Process, "DWG-2", T, "", null, s_own), .. world.Parties.Where(static p => p.Kind != PartyKind.Brand).Select(static p => p with { Owner = "Halo Group" })];
        Assert.Equal(6, changed.Length);
        foreach (string other in (string[])["TW1", "C1"])
        {
            Snapshot cut = Slice.Cut(world, other);
            Assert.Equal((0, 0, 0, 0), (cut.KnowHow.Count, cut.Relations.Count, cut.Inferences.Count, cut.Disclosures.Count));
            foreach (IRecord record in changed)
            {
                Assert.Same(cut, Slice.Cut(world.Apply([Put(record)]).World, other, cut));
                Assert.False(Slice.MayTell(world, other, Put(record)));
            }
        }
        Assert.Single(Slice.Cut(world, "MC").Disclosures);
    }

    [Fact]
    public void No_plan_is_laid_out_anew_for_it()
    {
        Snapshot laid = new RandomCompany(4).World;
        Key<Item> one = laid.Items.First().Key, other = laid.Items.Last().Key;
        Applied applied = laid.Apply([Put(new KnowHow(one, "MC", 1, "")), Put(new Disclosure(one, "S1", DisclosureLevel.Drawing, "", T, "", null, "MC")), Put(new ItemRelation(one, other, RelationKind.Tuning, "MC", 1)), Put(new Inference(one, other, "MC", new Share(0.5), "")),
            Put(laid.Parties["S1"] with { Owner = "Halo Group" })]);
        Assert.Equal(5, applied.Touched.Count);
        PlanImpact impact = PlanImpact.Of(laid, applied.World, Links.Of(applied.World), applied.Touched);
        Assert.Equal((false, false, false, false, 0), (impact.Relay, impact.Purchasing, impact.Passages, impact.Lanes, impact.Orders.Count + impact.Lots.Count + impact.Supplies.Count + impact.Machines.Count + impact.Hours.Count));
        var plan = Plan.Make(laid, RandomCompany.T, RandomCompany.Policy);
        Assert.Empty(plan.Advance(applied.World, applied.Touched));
    }

    private static WorldEvent.Put Put(IRecord record) => new(record);

    private static Snapshot Without<R>(Snapshot world) where R : class, IRecord<R> => Snapshot.Of(TableKind.All.Where(static k => k.Name != R.TableName).SelectMany(world.Records));

    private static DisclosureLevel Level(Snapshot world, string party, string item)
    {
        ExposureCase given = Exposures.Of(world, T).Given;
        return given.Levels()[given.Holders.ToList().FindIndex(h => h.Party == party)][given.Items.ToList().IndexOf(item)];
    }
}
