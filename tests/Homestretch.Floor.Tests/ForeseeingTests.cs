using Homestretch.Finishing.Floor;
using Homestretch.Floor.Queueing;
using Homestretch.World;

namespace Homestretch.Floor.Tests;

public sealed class ForeseeingTests
{
    [Fact]
    public void A_unit_begun_without_the_network_knows_that_its_firmware_needs_a_release()
    {
        FloorStep write = new("080", WorkKind.Firmware, "Firmware", "", "", "", false, 0, Version: "4.2.1");
        FloorBoard Board(FloorStep step) => Boards.Small with { Kits = [.. Boards.Small.Kits.Select(k => k with { Steps = [.. k.Steps, step] })] };
        Operation begin = new(FloorAct.Begin, "", Boards.Noon, Build: "B-2", Unit: "C1-9");
        Assert.True(Foreseeing.After(Board(write with { Released = true }), begin).Units.Single(static u => u.Serial == "C1-9").NeedsRelease);
        Assert.False(Foreseeing.After(Board(write), begin).Units.Single(static u => u.Serial == "C1-9").NeedsRelease);
    }

    [Fact]
    public void What_was_counted_is_no_longer_to_be_counted()
    {
        FloorBoard board = Boards.Small with { Counts = [new("A-01", "TYR-1", "A", "T1"), new("A-01", "TYR-1", "A", "T2")] };
        Assert.Equal([new FloorCount("A-01", "TYR-1", "A", "T2")], Foreseeing.After(board, new(FloorAct.Count, "", Boards.Noon, "TYR-1", "A", "T1", 4, "A-01")).Counts);
        Assert.Equal(board.Counts, Foreseeing.After(board, new(FloorAct.Count, "", Boards.Noon, "TYR-1", "A", "T9", 4, "A-01")).Counts);
    }

    private static FloorBoard After(params Operation[] did) => did.Aggregate(Boards.Small, Foreseeing.After);
    private static FloorKit Kit(FloorBoard board, string build = "B-1") => board.Kits.Single(k => k.Build == build);

    [Fact]
    public void What_was_picked_leaves_the_list_and_a_kit_with_all_its_parts_is_whole()
    {
        FloorBoard one = After(Boards.Pick("TYR-1", "L-TYR-1", "A-27", 1));
        Assert.Equal(1, Kit(one).Picks.Single(static p => p.Item == "TYR-1").Quantity);
        FloorBoard all = After(Boards.Pick("TYR-1", "L-TYR-1", "A-27", 2), Boards.Pick("FRM-L", "L-FRM-1", "A-01", 1, "A"));
        Assert.Empty(Kit(all).Picks);
        Assert.False(Kit(all).Whole); // the battery is still on its way
        Assert.Equal(["TYR-1 L-TYR-1 2", "FRM-L L-FRM-1 1"], Kit(all).Has.Select(static h => $"{h.Item} {h.Lot} {h.Quantity}"));
    }

    [Fact]
    public void What_comes_in_may_be_picked_at_once_from_where_it_was_put_unless_it_is_held()
    {
        Operation came = new(FloorAct.Receive, "", Boards.Noon, "BAT-625", "B", "L-BAT-3", 4, To: "A-02");
        FloorKit kit = Kit(After(came));
        Assert.Empty(kit.Missing);
        Assert.Equal(["A-01", "A-02", "A-27"], kit.Picks.Select(static p => p.Bin));
        Assert.Equal(4, After(came).Expected.Single(static l => l.Lot == "L-BAT-3").Received);
        Assert.Single(Kit(After(came with { To = "QC-1" })).Missing);
        Assert.DoesNotContain(After(came with { Quantity = 10 }).Expected, static l => l.Lot == "L-BAT-3");
    }

    [Fact]
    public void A_unit_is_begun_worked_on_rested_and_done()
    {
        FloorBoard begun = After(new Operation(FloorAct.Begin, "", Boards.Noon, Build: "B-2", Unit: "C1-2"));
        Assert.Equal((1, UnitState.InWork), (Kit(begun, "B-2").Begun, begun.Units.Single(static u => u.Serial == "C1-2").State));
        Assert.Equal("Unpack", begun.Units.Single(static u => u.Serial == "C1-2").Steps.Single().Title);
        Operation fit = new(FloorAct.Work, "", Boards.Noon, "BAT-625", "B", "L-BAT-1", Build: "B-3", Unit: "C1-1", Step: "010", PartSerial: "S-1");
        FloorUnit fitted = After(fit).Units[0];
        Assert.Equal((true, "S-1", 1), (fitted.Steps[0].Passed, fitted.Parts[0].PartSerial, fitted.Parts[0].Number));
        FloorUnit torn = After(fit, new(FloorAct.TakeOut, "", Boards.Noon, From: "1", Unit: "C1-1", Reason: "Defective")).Units[0];
        Assert.Equal((false, 0), (torn.Steps[0].Passed, torn.Parts.Count));
        FloorUnit loose = After(fit, new(FloorAct.Work, "", Boards.Noon, Unit: "C1-1", Step: "020", Values: "torque=30")).Units[0];
        Assert.Equal((false, 1), (loose.Steps[1].Passed, loose.Steps[1].Attempts));
        Assert.Equal(UnitState.Paused, After(new Operation(FloorAct.Pause, "", Boards.Noon, Unit: "C1-1")).Units[0].State);
        Assert.Empty(After(new Operation(FloorAct.Complete, "", Boards.Noon, Unit: "C1-1")).Units);
    }

    [Fact]
    public void On_a_newer_board_only_that_is_done_again_which_was_not_answered_when_it_was_asked_for()
    {
        Operation pick = Boards.Pick("TYR-1", "L-TYR-1", "A-27", 1);
        decimal Left(long seen, params Entry[] queue) => Kit(Foreseeing.On(Boards.Small, seen, queue)).Picks.Where(static p => p.Item == "TYR-1").Sum(static p => p.Quantity);
        Assert.Equal(2, Left(1, Boards.Of(1, pick, EntryState.Accepted, Boards.Noon)));
        Assert.Equal(1, Left(0, Boards.Of(1, pick, EntryState.Accepted, Boards.Noon)));
        Assert.Equal(1, Left(1, Boards.Of(1, pick)));
        Assert.Equal(2, Left(0, Boards.Of(1, pick, EntryState.Refused, Boards.Noon)));
        Assert.Equal(0, Left(0, Boards.Of(1, pick, EntryState.Accepted, Boards.Noon), Boards.Of(2, pick)));
    }

    [Fact]
    public void Every_act_can_be_foreseen_on_any_board()
    {
        foreach (FloorAct act in Enum.GetValues<FloorAct>())
        {
            Foreseeing.After(Boards.Small, new(act, "", Boards.Noon));
            Foreseeing.After(Boards.Small with { Kits = [], Units = [], Expected = [], Bins = [] }, new(act, "", Boards.Noon, "X", "", "Y", 1, "A", "B", "C", "D", "E"));
        }
    }
}
