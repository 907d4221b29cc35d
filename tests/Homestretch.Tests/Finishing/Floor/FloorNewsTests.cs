using Homestretch.Finishing.Floor;
using Homestretch.Products;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>What comes next for a device, and what has happened on a floor since it was last looked at.</summary>
public sealed class FloorNewsTests
{
    private readonly FloorCompany _floor = new(null, [new Bin("GVL", "LS-1", "MC", BinKind.LineSide, 9, (Key<Item>)"BOLT", 60, 10)]);

    [Fact]
    public void A_unit_in_work_comes_before_picking_and_each_device_is_told_of_its_own_work()
    {
        Assert.Equal((NextKind.Pick, "S1", 16m), Next(true, true));
        foreach (FloorPick p in Board.Kits[0].Picks) _floor.Done(_floor.Said(FloorAct.Pick, p.Item, p.Lot, p.Quantity, p.Bin, build: "S1", revision: p.Revision));
        Assert.Equal((NextKind.Pick, "S2", 7m), Next(true, true));
        _floor.Done(_floor.Said(FloorAct.Begin, build: "S1", unit: "U-1"));
        Assert.Equal((NextKind.Work, "U-1", 1m), Next(true, true));
        Assert.Equal(NextKind.Pick, Next(stores: true, builds: false).Kind);
        FloorBoard bare = Board with { Kits = [.. Board.Kits.Select(static k => k with { Picks = [] })], Units = [] };
        Assert.Equal((NextKind.Begin, "S1"), (NextAction.Of(bare, true, true).Kind, NextAction.Of(bare, true, true).Name));
        Assert.Equal(new(NextKind.Receive, "F9", Count: 20, Measure: "EA", Text: "FRAME"), NextAction.Of(bare, stores: true, builds: false));
        Assert.Equal(NextKind.Nothing, NextAction.Of(bare with { Kits = [] }, stores: false, builds: true).Kind);
        Assert.Equal(NextKind.Complete, NextAction.Of(Board with { Units = [.. Board.Units.Select(static u => u with { Steps = [.. u.Steps.Select(static s => s with { Passed = true })] })] }, true, true).Kind);
    }

    [Fact]
    public void A_part_that_a_kit_waited_for_is_told_and_the_last_one_says_that_the_kit_is_whole()
    {
        FloorState before = State;
        Assert.Empty(State.Since(before));
        _floor.Done(_floor.Said(FloorAct.Receive, "FRAME", "F9", 20, to: "DOCK"));
        Assert.Equal([new(FloorNewsKind.PartArrived, "FRAME")], State.Since(before));
        FloorState between = State;
        _floor.Done(_floor.Said(FloorAct.Receive, "MOTOR", "M9", 10, to: "DOCK"));
        Assert.Equal([new(FloorNewsKind.KitWhole, "S3")], State.Since(between));
        Assert.Equal([new(FloorNewsKind.KitWhole, "S3")], State.Since(before));
    }

    [Fact]
    public void A_call_is_answered_to_the_device_that_called_and_not_while_it_is_open()
    {
        FloorState before = State;
        _floor.Done(_floor.Said(FloorAct.Andon, reason: "Question", build: "S1", device: "abc", number: 7));
        Assert.Empty(State.Since(before));
        _floor.Put(_floor.World.Tasks.Single(static t => t.Id == "ANDON-abc/7") with { State = TaskState.Done, Answer = "On my way" });
        FloorNews answered = Assert.Single(State.Since(before));
        Assert.Equal(new(FloorNewsKind.AndonAnswered, "S1", "abc"), answered);
        Assert.True(answered.IsFor("abc", stores: false));
        Assert.False(answered.IsFor("other", stores: true));
    }

    [Fact]
    public void A_bin_that_calls_is_told_to_those_who_store_and_a_kit_that_comes_onto_the_list_to_all()
    {
        FloorState before = State;
        foreach (var (amount, from, to) in new[] { (12m, "A-02", "LS-1"), (4m, "LS-1", "A-02") }) _floor.Done(_floor.Said(FloorAct.Move, "BOLT", "B1", amount, from, to));
        FloorNews call = Assert.Single(State.Since(before));
        Assert.Equal(new(FloorNewsKind.BinCalls, "LS-1"), call);
        Assert.True(call.IsFor("any", stores: true));
        Assert.False(call.IsFor("any", stores: false));
        FloorState fewer = before with { Board = before.Board with { Kits = [] } };
        Assert.Equal([new(FloorNewsKind.KitReleased, "S1, S2, S3")], before.Since(fewer));
        FloorKit kit = before.Board.Kits[0];
        Assert.Equal("K-1, K-2, K-3 …", before.Since(fewer) is [_] ? (before with { Board = before.Board with { Kits = [.. Enumerable.Range(1, 5).Select(n => kit with { Build = $"K-{n}" })] } }).Since(fewer)[0].Name : "");
    }

    private (NextKind Kind, string Name, decimal Count) Next(bool stores, bool builds) => NextAction.Of(Board, stores, builds) is var n ? (n.Kind, n.Name, n.Count) : default;
    private FloorState State => FloorState.Of(_floor.World, Board);
    private FloorBoard Board => FloorBoards.Of(_floor.World, new Variants(_floor.World), "GVL", FloorCompany.T, Duration.FromDays(2));
}
