using CsCheck;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.World;

public sealed class EffectivityTests
{
    private static readonly LocalDate s_day = new(2026, 12, 1);

    private static EngineeringChange Change(string key, string from, string to, LocalDate? day = null, YesNo oldInNew = YesNo.No, YesNo newInOld = YesNo.No, OldStock old = OldStock.UseUp) =>
        new(key, "MC", "FR-1", from, to, key, "", ChangeState.Released, day, "", "", "", old, null, null, "", oldInNew, newInOld, "", "", "olga", SmallWorld.T);

    private static RevisionVerdict Of(IEnumerable<EngineeringChange> changes, string revision, LocalDate? day, string lot = "", string serial = "", string market = "US") =>
        Effectivity.Of(changes).Of("FR-1", revision, lot, new("C1", [market], day, serial));

    [Fact]
    public void By_date_old_goes_in_before_the_day_and_new_from_it_on()
    {
        EngineeringChange[] one = [Change("ECO-1", "A", "B", s_day)];
        Assert.Equal([(RevisionUse.Usable, "A"), (RevisionUse.NotYet, "A")], [.. ((string[])["A", "B"]).Select(r => Of(one, r, s_day.PlusDays(-1))).Select(static v => (v.Use, v.Asked))]);
        Assert.Equal([(RevisionUse.Unusable, "B"), (RevisionUse.Usable, "B")], [.. ((string[])["A", "B"]).Select(r => Of(one, r, s_day)).Select(static v => (v.Use, v.Asked))]);
        Assert.Equal((RevisionUse.Unknown, RevisionUse.Unknown, RevisionUse.Usable), (Of(one, "A", null).Use, Of(one, "", s_day).Use, Of(one, "Z", s_day).Use));      // no day, no revision, one of which no change speaks
        Assert.Equal(RevisionUse.Usable, Of([one[0] with { Markets = "UK" }], "A", s_day).Use);
        Assert.Equal(RevisionUse.Unusable, Of([one[0] with { Markets = "UK;US", Families = "C1" }], "A", s_day).Use);
        Assert.Equal(RevisionUse.Usable, Of([one[0] with { Families = "C2" }], "A", s_day).Use);
    }

    [Fact]
    public void A_row_of_changes_asks_for_the_last_in_effect_and_takes_what_every_change_between_allows()
    {
        EngineeringChange first = Change("ECO-1", "A", "B", s_day, YesNo.Yes, YesNo.Yes), second = Change("ECO-2", "B", "C", s_day.PlusDays(10), YesNo.No, YesNo.Yes, OldStock.Scrap);
        Assert.Equal(["A", "B", "C"], Effectivity.Of([second, first]).Accepted("FR-1", new("C1", ["US"], s_day.PlusDays(-1)))!);
        Assert.Equal(["C"], Effectivity.Of([second, first]).Accepted("FR-1", new("C1", ["US"], s_day.PlusDays(10)))!);
        Assert.Equal("ECO-2", Of([first, second], "A", s_day.PlusDays(10)).By!.Id);      // A may go for B, but not for C
        Assert.Null(Effectivity.Of([first]).Accepted("FR-2", new("C1", ["US"], s_day)));
    }

    [Fact]
    public void By_lot_a_change_speaks_of_its_lots_only_and_by_serial_of_units_that_have_one()
    {
        EngineeringChange list = Change("ECO-1", "A", "B", old: OldStock.Rework) with { Lots = "L-7; L-9", ReworkStep = "015" }, from = Change("ECO-2", "A", "B") with { FromLot = "L-10" }, serial = Change("ECO-3", "A", "B") with { FromSerial = "SN0100" };
        Assert.Equal([RevisionUse.Usable, RevisionUse.ReworkAtBench, RevisionUse.Unknown], [.. ((string[])["L-8", "L-9", ""]).Select(l => Of([list], "A", s_day, l).Use)]);
        Assert.Equal(RevisionUse.Rework, Of([list with { ReworkStep = "" }], "A", s_day, "L-7").Use);
        Assert.Equal([RevisionUse.Usable, RevisionUse.Unusable, RevisionUse.Unknown], [.. ((string[])["L-9", "L-11", "X-11"]).Select(l => Of([from], "A", s_day, l).Use)]);
        Assert.Equal([RevisionUse.Unknown, RevisionUse.Usable, RevisionUse.Unusable], [.. ((string[])["", "SN0099", "SN0100"]).Select(s => Of([serial], "A", s_day, serial: s).Use)]);
    }

    [Theory]
    [InlineData("L-10", "L-9", true)]
    [InlineData("L-09", "L-9", true)]
    [InlineData("l-8", "L-9", false)]
    [InlineData("2026-12-001", "2026-11-900", true)]
    [InlineData("2026-10-999", "2026-11-001", false)]
    [InlineData("L-10b", "L-9", null)]
    [InlineData("X-10", "L-9", null)]
    public void Numbers_count_by_their_digits(string number, string first, bool? after) => Assert.Equal(after, Numbering.AtOrAfter(number, first));

    [Fact]
    public void Changes_that_contradict_each_other_are_found_and_forbid_nothing()
    {
        EngineeringChange a = Change("ECO-1", "A", "B", s_day), fork = Change("ECO-2", "A", "C", s_day), back = Change("ECO-3", "B", "A", s_day), early = Change("ECO-4", "B", "C", s_day.PlusDays(-5)), apart = Change("ECO-5", "X", "Y", s_day);
        Assert.Equal(["change-conflict"], Rules(a, fork));
        Assert.Equal(["change-row"], Rules(a, back));
        Assert.Equal(["change-order"], Rules(a, early));
        Assert.Equal(["change-row"], Rules(a, apart));
        Assert.Empty(Rules(a, fork with { Markets = "UK" }));
        Assert.Equal((RevisionUse.Unknown, RevisionUse.Unknown), (Of([a, fork], "A", s_day).Use, Of([a, early], "A", s_day.PlusDays(-2)).Use));

        static string[] Rules(params EngineeringChange[] changes) => [.. Effectivity.Of(changes).Findings.Select(static f => f.Rule)];
    }

    [Fact]
    public void The_later_a_change_takes_effect_the_fewer_old_parts_it_forbids() => Gen.Select(Gen.Int[0, 3], Gen.Int[-20, 20], Gen.Int[0, 20], Gen.Int[-20, 40], Gen.Bool, Gen.Bool).Sample((revision, from, later, on, oldInNew, newInOld) =>
    {
        EngineeringChange first = Change("ECO-1", "A", "B", s_day.PlusDays(-30), YesNo.Yes), change = Change("ECO-2", "B", "C", s_day.PlusDays(from), oldInNew ? YesNo.Yes : YesNo.No, newInOld ? YesNo.Yes : YesNo.No);
        string r = ((string[])["A", "B", "", "Z"])[revision];
        bool soon = Of([first, change], r, s_day.PlusDays(on)).Use == RevisionUse.Unusable, then = Of([first, change with { FromDay = change.FromDay!.Value.PlusDays(later) }], r, s_day.PlusDays(on)).Use == RevisionUse.Unusable;
        Assert.True(soon || !then);
    }, iter: 2_000);

    [Fact]
    public void A_change_names_families_and_markets_that_there_are()
    {
        Snapshot world = SmallWorld.Make();
        EngineeringChange change = world.The<EngineeringChange>();
        Assert.Equal(["unknown-key", "unknown-key"], world.Apply([new WorldEvent.Put(change with { Families = "C1;C9", Markets = "XX" })]).Findings.Select(static f => f.Rule));
        Assert.Contains(world.Apply([new WorldEvent.Removed(TableKind.Named("markets")!, "UK", "gone")]).Findings, static f => f.What.Contains("engineering_changes", StringComparison.Ordinal));
    }
}
