using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Cutting.Studying;

/// <summary>Designs that are kept: opening one gives what was kept while the study stands, says what has changed when it does not, and adopting asks for a business case.</summary>
public sealed class DesignsTests
{
    private static readonly Key<Party> s_own = "MC";
    private static readonly Instant s_later = SmallWorld.T + Duration.FromDays(3);

    [Fact]
    public void What_was_kept_opens_as_it_was()
    {
        StudyCase study = Study(SmallWorld.Make());
        Limit[] limits = [new(Measure.CountryShare, 0.9, "TW"), new(Measure.HomeValue, 0.01)];
        Configuration best = Configuring.Of(study.Sourcing, study.Policy, limits, cancel: TestContext.Current.CancellationToken).Configuration!;
        var (key, events) = Designs.Keep(SmallWorld.Make(), study, limits, best, "Best", "It pays", s_later, "ada");
        Snapshot world = Applied(SmallWorld.Make(), [.. events]);
        Assert.Equal("CUT-0-2", key.Value);      // the first is taken
        OpenedDesign opened = Open(world, key.Value);
        Assert.Equal(best.Cost, opened.Now.Cost);
        Assert.Equal(best.Stages.Select(static s => (s.Stage, s.Stock)), opened.Now.Stages.Select(static s => (s.Stage, s.Stock)));
        Assert.Equal(limits, opened.Limits);
        Assert.Empty(opened.Findings);
        Assert.Equal(((decimal)best.Cost.Total, "ada", s_later), (Math.Round(opened.Design.Cost, 2), opened.Design.By, opened.Design.Made), new Near());
    }

    [Fact]
    public void Two_sources_keep_the_shares_they_were_kept_with()
    {
        OpenedDesign opened = Open(SmallWorld.Make(), "CUT-0-1");
        Assert.Equal([("Taichung", 0.75), ("own", 0.25)], opened.Now.Stages.Single(static s => s.Stage == "frame").Sources.Select(static s => (s.Source.Name, s.Share)));
    }

    [Fact]
    public void A_limit_that_it_misses_now_is_told()
    {
        // Taichung got dearer: its share of all value is above what was asked
        Snapshot world = SmallWorld.Make();
        world = Applied(world, new WorldEvent.Put(world.StudySources.Find("CUT-0|frame|Taichung")! with { Cost = 9_000 }));
        Finding missed = Assert.Single(Open(world, "CUT-0-1").Findings, static f => f.What.StartsWith("country-share:TW=0.9", StringComparison.Ordinal));
        Assert.Equal("limit-missed", missed.Rule);
    }

    [Fact]
    public void What_the_study_no_longer_has_or_has_since_is_told_at_once()
    {
        Snapshot world = SmallWorld.Make();
        world = Applied(world, new WorldEvent.Removed(TableKind.Named("study_sources")!, "CUT-0|frame|own", "gone"), new WorldEvent.Put(new StudyStage("CUT-0", "box", s_own, null, null, null, 0, null, null, null, null, 1, 0.2m)),
            new WorldEvent.Put(new StudyLink("CUT-0", "box", "shop", s_own, 1)), new WorldEvent.Put(new StudySource("CUT-0", "box", "here", s_own, null, (Key<Site>)"GVL", "", "", 1, 1, 0, null, 0, 0, 0, 0)));
        var (opened, findings) = Designs.Open(world, "CUT-0-1", s_later, TestContext.Current.CancellationToken);
        Assert.Null(opened);
        Assert.Equal(["design_sources CUT-0-1|frame|own source-gone", "designs CUT-0-1 stage-new"], findings.Select(static f => $"{f.Place.Source} {f.Rule}").Order(StringComparer.Ordinal));
        Assert.Equal("unknown-key", Assert.Single(Designs.Open(world, "CUT-9", s_later, TestContext.Current.CancellationToken).Findings).Rule);
    }

    [Fact]
    public void Adopting_writes_what_the_study_would_and_that_it_was_adopted_and_asks_for_a_business_case()
    {
        Snapshot world = SmallWorld.Make();
        world = Applied(world, new WorldEvent.Put(world.Designs["CUT-0-1"] with { Adopted = null, AdoptedBy = "" }));
        OpenedDesign opened = Open(world, "CUT-0-1");
        Adoption adoption = Designs.Adopt(world, opened, s_later, "olga");
        Assert.Equal(Studies.Adopt(world, opened.Study, opened.Now).Events, adoption.Events.Take(adoption.Events.Count - 1));
        Assert.Equal((s_later, "olga"), (Applied(world, [.. adoption.Events]).Designs["CUT-0-1"].Adopted, Applied(world, [.. adoption.Events]).Designs["CUT-0-1"].AdoptedBy));
        world = Applied(world, new WorldEvent.Put(world.Designs["CUT-0-1"] with { Note = "" }));
        Applied refused = world.Apply(Designs.Adopt(world, Open(world, "CUT-0-1"), s_later, "olga").Events);
        Assert.False(refused.Accepted);
        Assert.Equal("business-case", Assert.Single(refused.Findings).Rule);
    }

    [Fact]
    public void What_a_party_knows_already_counts_unless_the_study_is_of_a_next_generation()
    {
        // TW1 makes frames and was given their package; without it the frame is made at home
        Snapshot world = SmallWorld.Make();
        StudyCase today = Study(world), next = Study(Applied(world, new WorldEvent.Put(world.Studies["CUT-0"] with { Known = false })));
        Assert.Null(next.Sourcing.KnowHow!.Before);
        KnownBefore known = Assert.Single(today.Sourcing.KnowHow!.Before!);
        Assert.Equal(("TW1", 0.8), (known.Party, known.Disclosed.Single()));
        double now = Own(today), later = Own(next);
        Assert.Equal((0.8, 0), (now, later));
        Assert.Contains("country-exposure", Configuring.Of(today.Sourcing, today.Policy, [new(Measure.CountryExposure, 0.5)], cancel: TestContext.Current.CancellationToken).Findings.Single().What, StringComparison.Ordinal);

        static double Own(StudyCase study) => Configuring.Of(study.Sourcing.Only(static s => s.Name != "Taichung") with { Rules = null }, study.Policy, cancel: TestContext.Current.CancellationToken).Configuration!
            .Measured.Exposed!.Countries.Where(static c => c.Of == "TW").Select(static c => c.Value).DefaultIfEmpty(0).Single();
    }

    private static StudyCase Study(Snapshot world) => Studies.Of(world, "CUT-0", s_later).Case!;

    private static OpenedDesign Open(Snapshot world, string key)
    {
        var (opened, findings) = Designs.Open(world, key, s_later, TestContext.Current.CancellationToken);
        Assert.True(opened is not null, string.Join("\n", findings));
        return opened;
    }

    private static Snapshot Applied(Snapshot world, params WorldEvent[] events)
    {
        Applied applied = world.Apply(events);
        Assert.True(applied.Accepted, string.Join("\n", applied.Findings));
        return applied.World;
    }

    private sealed class Near : IEqualityComparer<(decimal, string, Instant)>
    {
        public bool Equals((decimal, string, Instant) x, (decimal, string, Instant) y) => Math.Abs(x.Item1 - y.Item1) < 0.01m && x.Item2 == y.Item2 && x.Item3 == y.Item3;
        public int GetHashCode((decimal, string, Instant) x) => 0;
    }
}
