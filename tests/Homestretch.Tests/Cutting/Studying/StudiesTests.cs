using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Promising;
using Homestretch.Protection;
using Homestretch.Tests.Promising;
using Homestretch.Tests.World;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Cutting.Studying;

public sealed class StudiesTests
{
    private static readonly Snapshot s_world = SmallWorld.Make();
    private static readonly Key<Party> s_own = "MC";

    [Fact]
    public void A_study_of_records_says_all_that_they_say()
    {
        var (study, findings) = Studies.Of(s_world, "CUT-0", SmallWorld.T);
        Assert.Empty(findings);
        Assert.Equal([new("frame", 0, 0), new("shop", 5.5, 1, 0.5, 4, 1.5, 0.97, 2)], study!.Sourcing.Network.Stages);
        Assert.Equal([new("frame", "shop", 1.5, true)], study.Sourcing.Network.Links);
        // the site tells place and country where they are empty
        Assert.Equal([new("frame", "Taichung", 120.5, 20, "TXG", "TW1", "TW", Hours: 2.5, Co2: 31, DaysSpread: 3.5), new("frame", "own", 150, 5, "GVL", "", "US", 40, 0.5, 9000, 3, 12), new("shop", "Greenville", 5.5, 1, "GVL", "", "US", Hours: 0, Co2: 0)], study.Sourcing.Sources);
        Assert.Equal([new("TXG", "GVL", 8.25, 0.039, 41.5, "frame", null, 6)], study.Sourcing.Legs);
        Assert.Equal([new("frame", 2, 0.25)], study.Sourcing.Rules!);
        Assert.Equal(["US", "GB"], study.Sourcing.Home!);
        Assert.Equal([new(Measure.CountryShare, 0.9, "TW")], study.Limits);
        Assert.Equal((0.25, 4.0, 0.2), (study.Policy.Stock.HoldingRate, study.Policy.WriteOffYears, study.Obsolescence!.Value));
        Assert.Equal(["frame"], study.Sourcing.KnowHow!.Stages);
        Configuration found = Configuring.Of(study.Sourcing, study.Policy, study.Limits, cancel: TestContext.Current.CancellationToken).Configuration!;
        Assert.True(found.Proven);
        Assert.True(found.Measured.Of(Measure.CountryShare, "TW", study.Sourcing.Home) <= 0.9 + 1e-9);
    }

    [Fact]
    public void All_that_keeps_it_from_being_solved_is_told_at_once_with_table_and_key()
    {
        Snapshot broken = Changed(s_world.StudySources.First() with { Days = null, Cost = null }, s_world.StudyLegs.First() with { Rate = null }, new StudyStage("CUT-0", "spare", s_own, null, 3, null, 0, null, null, null, null, 1, 0.2m),
            new StudyLeg("CUT-0", "GVL", "PAR", "", "", s_own, 1, 0, 1, null, ""), new StudyLimit("CUT-0", "colour=0.3", s_own, ""), new StudyLimit("CUT-0", "country-share:TW", s_own, ""));
        Assert.Equal(["study_legs CUT-0|GVL|PAR|| (to) unknown-key", "study_legs CUT-0|TXG|GVL|frame| (rate) unknown", "study_limits CUT-0|colour=0.3 (limit) measure", "study_limits CUT-0|country-share:TW (limit) limit",
            "study_sources CUT-0|frame|Taichung (cost) unknown", "study_sources CUT-0|frame|Taichung (days) unknown", "study_stages CUT-0|spare (days) unknown"], Told(broken));
        // a limit that cannot be measured is told by its own record, also behind one before it
        Assert.Equal(["study_limits CUT-0|party-share:XX=0.5 (limit) unknown-key"], Told(Changed(new StudyLimit("CUT-0", "party-share:XX=0.5", s_own, ""))));
        Assert.Equal(["study_links CUT-0 () cycle"], Told(Changed(new StudyLink("CUT-0", "shop", "frame", s_own, 1))));
        Assert.Equal(["studies () unknown-key"], Told(s_world, "CUT-9"));
    }

    [Fact]
    public void Stages_of_one_item_share_what_there_is_to_know_of_it()
    {
        // two stages make the frame: whoever makes either knows its drawing, and it weighs once; nobody knows anything before
        Snapshot two = Changed(s_world.Studies["CUT-0"] with { Known = false }, new StudyStage("CUT-0", "frame, raw", s_own, (Key<Item>)"FR-1", 40, 3, 0, null, null, null, null, 1, 0.2m), new StudyLink("CUT-0", "frame, raw", "frame", s_own, 1),
            new StudySource("CUT-0", "frame, raw", "Taichung", s_own, (Key<Party>)"TW1", (Key<Site>)"TXG", "", "", 40, 3, 0, null, 0, 0, 1, 1), new StudyLeg("CUT-0", "TXG", "GVL", "frame, raw", "", s_own, 1, 0, 40, null, ""));
        StudyCase one = Studies.Of(s_world, "CUT-0", SmallWorld.T).Case!, both = Studies.Of(two, "CUT-0", SmallWorld.T).Case!;
        Assert.Equal([0, 0], both.Sourcing.KnowHow!.Places!);
        Assert.Equal(one.Sourcing.KnowHow!.Graph.Total, both.Sourcing.KnowHow.Graph.Total);
        Configuration made = Configuring.Of(both.Sourcing with { Sources = [.. both.Sourcing.Sources.Where(static s => s.Name != "own")] }, both.Policy, cancel: TestContext.Current.CancellationToken).Configuration!;
        Assert.Equal(0.5, made.Measured.Of(Measure.PartyExposure, "TW1", ["US"])!.Value, 12);
    }

    [Fact]
    public void A_stage_that_is_still_named_stays()
    {
        Applied applied = s_world.Apply([new WorldEvent.Removed(TableKind.Named("study_stages")!, "CUT-0|frame", "")]);
        Assert.Equal(["study_legs", "study_links", "study_sources", "study_sources"], applied.Findings.Select(static f => f.What.Split(' ')[6]).Order());
        Assert.All(applied.Findings, static f => Assert.Equal("still-in-use", f.Rule));
        Assert.Equal(["unknown-key", "unknown-key"], s_world.Apply([Put(new StudyLink("CUT-0", "frames", "shops", s_own, 1))]).Findings.Select(static f => f.Rule));
    }

    [Fact]
    public void Studies_are_nobody_elses_and_move_no_plan()
    {
        IRecord[] own = [.. SmallWorld.Records.Where(static r => r is Study or StudyStage or StudyLink or StudySource or StudyLeg or StudyLimit)];
        Assert.Equal(6, own.Select(static r => r.GetType()).Distinct().Count());
        foreach (string other in (string[])["TW1", "C1"])
        {
            Snapshot cut = Slice.Cut(s_world, other);
            Assert.Equal(0, cut.Studies.Count + cut.StudyStages.Count + cut.StudyLinks.Count + cut.StudySources.Count + cut.StudyLegs.Count + cut.StudyLimits.Count);
            foreach (IRecord record in (IRecord[])[s_world.StudySources.First() with { Cost = 1 }, s_world.StudyLegs.First() with { Days = 1 }, s_world.Studies.First() with { Note = "?" }])
            {
                Assert.Same(cut, Slice.Cut(Changed(record), other, cut));
                Assert.False(Slice.MayTell(s_world, other, Put(record)));
            }
        }
        Assert.Equal(3, Slice.Cut(s_world, "MC").StudySources.Count);

        Snapshot laid = new RandomCompany(4).World;
        Applied applied = laid.Apply([Put(new Study("CUT-0", "MC", "?", null, "US", "USD", 0.2m, 5, null, "")), Put(new StudyStage("CUT-0", "a", "MC", laid.Items.First().Key, 1, 1, 0, 1, 1, null, null, 1, 0.2m)), Put(new StudyStage("CUT-0", "b", "MC", null, 1, 1, 0, 1, 1, null, null, 1, 0.2m)),
            Put(new StudyLink("CUT-0", "a", "b", "MC", 1)), Put(new StudySource("CUT-0", "a", "x", "MC", (Key<Party>)"S1", null, "P", "", 1, 1, 0, null, 0, 0, null, null)), Put(new StudyLeg("CUT-0", "P", "P", "a", "", "MC", 1, 0, 1, null, "")), Put(new StudyLimit("CUT-0", "home-value=0.1", "MC", ""))]);
        Assert.Equal(7, applied.Touched.Count);
        PlanImpact impact = PlanImpact.Of(laid, applied.World, Links.Of(applied.World), applied.Touched);
        Assert.Equal((false, false, false, false, 0), (impact.Relay, impact.Purchasing, impact.Passages, impact.Lanes, impact.Orders.Count + impact.Lots.Count + impact.Supplies.Count + impact.Machines.Count + impact.Hours.Count));
    }

    private static Snapshot Changed(params IRecord[] records)
    {
        Applied applied = s_world.Apply([.. records.Select(Put)]);
        Assert.Empty(applied.Findings);
        return applied.World;
    }

    private static string[] Told(Snapshot world, string key = "CUT-0")
    {
        var (study, findings) = Studies.Of(world, key, SmallWorld.T);
        Assert.Null(study);
        return [.. findings.Select(static f => $"{f.Place.Source} ({f.Place.Column}) {f.Rule}").Order(StringComparer.Ordinal)];
    }

    private static WorldEvent Put(IRecord record) => new WorldEvent.Put(record);
}
