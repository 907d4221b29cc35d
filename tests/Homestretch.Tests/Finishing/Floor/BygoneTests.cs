using Homestretch.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

public sealed class BygoneTests
{
    private static readonly Instant s_later = FloorCompany.T + Duration.FromDays(40);

    [Fact]
    public void Old_operations_are_bygone_when_nothing_reads_them_any_more()
    {
        var floor = new FloorCompany();
        FloorOperation received = floor.Done(floor.Said(FloorAct.Receive, "FRAME", "F9", 4, to: "DOCK")), moved = floor.Done(floor.Said(FloorAct.Move, "FRAME", "F9", 4, "DOCK", "F-01")), wrong = floor.Do(floor.Said(FloorAct.Move, "FRAME", "F9", 9, "DOCK", "F-01")),
            firmware = floor.Do(floor.Said(FloorAct.ReleaseFirmware, unit: "X-1"));
        Assert.Equal((FloorAnswer.Refused, FloorAnswer.Refused), (wrong.Answer, firmware.Answer));
        Assert.Empty(Bygone.Of(floor.World, moved.Heard));
        // the goods lie here still: the day on their label is the receipt's
        Assert.Equal(new[] { moved.Id, wrong.Id }.Order(StringComparer.Ordinal), Bygone.Of(floor.World, s_later).Select(static o => o.Id).Order(StringComparer.Ordinal));
        floor.Done(floor.Said(FloorAct.CloseLot, "FRAME", "F9", reason: "no more comes"));
        floor.Done(floor.Said(FloorAct.Scrap, "FRAME", "F9", 4, "F-01", reason: "bent"));
        Assert.Contains(received.Id, Bygone.Of(floor.World, s_later).Select(static o => o.Id));
        Assert.DoesNotContain(firmware.Id, Bygone.Of(floor.World, s_later).Select(static o => o.Id));
    }

    [Fact]
    public void What_the_office_said_of_a_lot_stays_until_the_lot_has_come()
    {
        var floor = new FloorCompany();
        FloorOperation said = floor.Done(floor.Said(FloorAct.SetCustoms, lot: "F9", values: "customs=bonded; document=IT-1"));
        Assert.DoesNotContain(said.Id, Bygone.Of(floor.World, s_later).Select(static o => o.Id));
        floor.Done(floor.Said(FloorAct.Receive, "FRAME", "F9", 20, to: "DOCK"));
        Assert.Contains(said.Id, Bygone.Of(floor.World, s_later).Select(static o => o.Id));
        Assert.Equal(CustomsStanding.Bonded, floor.World.Stock["GVL|FRAME|A|F9"].Customs);
    }

    [Fact]
    public void What_was_done_to_a_unit_stays_until_the_unit_has_left()
    {
        var floor = new FloorCompany();
        Build build = floor.World.Builds.First(static b => b.Status < OrderStatus.Completed);
        floor.Put(new Unit("U-1", "MC", build.Key, "BIKE", "US", UnitState.InWork, FloorCompany.T, null, "op-1"));
        FloorOperation called = floor.Done(floor.Said(FloorAct.Andon, unit: "U-1", reason: "no light")), paused = floor.Done(floor.Said(FloorAct.Pause, unit: "U-1", reason: "break"));
        Assert.DoesNotContain(called.Id, Bygone.Of(floor.World, s_later).Select(static o => o.Id));
        Snapshot gone = floor.World.Apply([new WorldEvent.Removed(TableKind.Named("units")!, "U-1", "kept in the archive")], "archive").World;
        Assert.Equal([called.Id], Bygone.Of(gone, s_later).Select(static o => o.Id));       // how long a unit takes is learned without its rests for a year
        Assert.Contains(paused.Id, Bygone.Of(gone, s_later + Duration.FromDays(366)).Select(static o => o.Id));
    }
}
