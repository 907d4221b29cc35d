using CsCheck;
using Homestretch.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>Leave to write firmware: one for each unit that was ordered, again only with a reason, never one too many.</summary>
public sealed class ReleasingTests
{
    private static readonly string s_hash = new('a', 64);
    private static readonly IRecord[] s_firmware =
    [
        new FirmwareImage("BIKE", "US", "1.0", "MC", s_hash, null, null, "Release 1.0", Released: true),
        new WorkStep("BIKE", "005", "MC", WorkKind.Firmware, "Firmware", "", Condition.Always, null, "", Tolerances.None, null, null),
    ];

    private static IRecord[] Units(int count) => [.. Enumerable.Range(1, count).Select(static n => new Unit($"U{n}", "MC", "S1", "BIKE", "US", UnitState.InWork, FloorCompany.T, null, ""))];
    private static FloorOperation Ask(FloorCompany floor, int unit, string reason = "") => floor.Said(FloorAct.ReleaseFirmware, unit: $"U{unit}", reason: reason);
    private static FloorOperation Write(FloorCompany floor, int unit) => floor.Said(FloorAct.Work, unit: $"U{unit}", step: "005", values: $"sha256={s_hash}");

    [Fact]
    public void No_firmware_without_a_release_and_one_release_writes_once()
    {
        var floor = new FloorCompany(null, [.. s_firmware, .. Units(2)]);
        Assert.Equal("no-release", floor.Do(Write(floor, 1)).Rule);
        Assert.Equal("Release 1 of 2, version 1.0.", floor.Done(Ask(floor, 1)).Said);
        floor.Done(Write(floor, 1));
        Assert.Equal("release-used", floor.Do(Write(floor, 1)).Rule);
        Assert.Equal("release-again", floor.Do(Ask(floor, 1)).Rule);
        Assert.Equal("Release 1 of 2, version 1.0, given 2 times.", floor.Done(Ask(floor, 1, "board changed")).Said);
        floor.Done(Write(floor, 1));
        FloorUnit[] board = [.. FloorBoards.Of(floor.World, new(floor.World), "GVL", FloorCompany.T, Duration.FromDays(3)).Units];
        Assert.Equal([("1/2", false), ("", true)], board.Select(static u => (u.Release, u.NeedsRelease)));
        ReleaseBook book = Assert.Single(ReleaseBook.All(floor.World));
        Assert.Equal((2, 1, 1, 0, 0, ""), (book.Ordered, book.Given, book.Again, book.Replaced, book.Refused, book.Finding));
    }

    [Fact]
    public void More_than_was_ordered_is_refused_and_stands_in_the_books()
    {
        var floor = new FloorCompany(null, [.. s_firmware, .. Units(4)]);
        floor.Done(Ask(floor, 1));
        FloorOperation second = Ask(floor, 2);
        floor.Done(second);
        Assert.Equal("over-production", floor.Do(Ask(floor, 3)).Rule);
        Assert.Equal("over-production", floor.Do(Ask(floor, 4, "we need one more")).Rule);
        Assert.Equal(floor.World.FloorOperations[second.Key].Said, floor.Do(second).Said);
        Assert.Equal((2, 2, "Over-production was asked for 2 times and refused."), (ReleaseBook.All(floor.World)[0].Given, ReleaseBook.All(floor.World)[0].Refused, ReleaseBook.All(floor.World)[0].Finding));

        Assert.Equal(["U3", "U4"], ReleaseBook.All(floor.World)[0].Wishes.Select(static w => w.Serial).Order(StringComparer.Ordinal));
        Snapshot later = floor.World.Apply([new WorldEvent.Removed(TableKind.Named("units")!, "U4", "kept in the archive")], "archive").World;
        Assert.Equal(["U3", "U4"], ReleaseBook.All(later)[0].Wishes.Select(static w => w.Serial).Order(StringComparer.Ordinal));
        floor.Done(floor.Said(FloorAct.ScrapUnit, unit: "U1", reason: "dropped"));
        Assert.Equal("release-replaces", floor.Do(Ask(floor, 3)).Rule);
        floor.Done(Ask(floor, 3, "U1 was dropped"));
        FirmwareRelease release = floor.World.FirmwareReleases["S1|00001|002"];
        Assert.Equal(("U3", "U1", "U1 was dropped"), (release.Serial, release.Replaces, release.Reason));
        Assert.Equal("over-production", floor.Do(Ask(floor, 4, "one more")).Rule);
    }

    [Fact]
    public void Whatever_is_asked_in_whatever_order_no_quota_is_passed() => Gen.Select(Gen.Int[1, 6], Gen.Int[0, 9], Gen.Bool).List[1, 40].Sample(wishes =>
    {
        var floor = new FloorCompany(null, [.. s_firmware, .. Units(6)]);
        foreach (var (unit, act, reason) in wishes)
        {
            FloorOperation answer = floor.Do(act == 0 ? floor.Said(FloorAct.ScrapUnit, unit: $"U{unit}", reason: "broken") : Ask(floor, unit, reason ? "why" : ""));
            Assert.True(answer.Answer == FloorAnswer.Accepted || answer.Rule.Length > 0);
        }
        FirmwareRelease[] holders = [.. floor.World.FirmwareReleases.GroupBy(static r => r.Ordinal).Select(static g => g.MaxBy(static r => r.Number)!)];
        Assert.True(holders.Length <= 2 && holders.All(static r => r.Ordinal is 1 or 2));
        Assert.Equal(holders.Length, holders.Select(static r => r.Serial).Distinct().Count());
        Assert.True(floor.World.FirmwareReleases.Select(static r => r.Serial).Distinct().Count(s => floor.World.Units[s].State != UnitState.Scrapped) <= 2);
        Assert.All(floor.World.FirmwareReleases, static r => Assert.Equal(r.Number > 1, r.Reason.Length > 0));
    });

    [Fact]
    public void An_image_that_asks_for_no_release_is_written_without()
    {
        var floor = new FloorCompany(null, [.. s_firmware.Select(static r => r is FirmwareImage i ? i with { Released = false } : r), .. Units(1)]);
        floor.Done(Write(floor, 1));
    }
}
