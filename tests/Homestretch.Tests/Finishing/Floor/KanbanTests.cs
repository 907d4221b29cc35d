using CsCheck;
using Homestretch.Finishing.Floor;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>A bin that runs low calls once, and putting away closes the call.</summary>
public sealed class KanbanTests
{
    private static readonly IRecord[] s_bin = [new Bin("GVL", "LS-1", "MC", BinKind.LineSide, 9, (Key<Item>)"BOLT", 60, 10)];
    private static FloorOperation Bolts(FloorCompany floor, decimal amount, string from, string to) => floor.Said(FloorAct.Move, "BOLT", "B1", amount, from, to);
    private static WorkTask? Call(FloorCompany floor) => floor.World.Tasks.Find("KANBAN-GVL/LS-1");

    [Fact]
    public void One_call_at_a_time_closed_by_putting_away_and_opened_the_next_time()
    {
        var floor = new FloorCompany(null, s_bin);
        floor.Done(Bolts(floor, 12, "A-02", "LS-1"));
        Assert.Null(Call(floor));
        floor.Done(Bolts(floor, 4, "LS-1", "A-02"));
        Assert.Equal((TaskState.Open, "Bring BOLT to LS-1: 8 lie there, at least 10 should, 60 fit.", "bins:GVL|LS-1"), (Call(floor)!.State, Call(floor)!.Text, Call(floor)!.Subject));
        WorkTask first = Call(floor)!;
        floor.Done(Bolts(floor, 4, "LS-1", "A-02"));
        floor.Done(Bolts(floor, 1, "A-02", "LS-1"));
        Assert.Equal(first, Call(floor));
        floor.Done(Bolts(floor, 30, "A-02", "LS-1"));
        Assert.Equal((TaskState.Done, "35 lie there now."), (Call(floor)!.State, Call(floor)!.Answer));
        floor.Done(floor.Said(FloorAct.Count, "BOLT", "B1", 3, "LS-1"));
        Assert.Equal((TaskState.Open, ""), (Call(floor)!.State, Call(floor)!.Answer));
    }

    [Fact]
    public void After_any_moves_a_call_is_open_exactly_while_the_bin_is_low_once_it_was_emptied() => Gen.Select(Gen.Int[1, 15], Gen.Bool).List[1, 30].Sample(moves =>
    {
        var floor = new FloorCompany(null, s_bin);
        foreach (var (amount, into) in moves)
        {
            floor.Do(Bolts(floor, amount, into ? "A-02" : "LS-1", into ? "LS-1" : "A-02"));
            if (floor.World.BinStock.StartingWith("GVL|LS-1|").Any() || Call(floor) is not null) Assert.Equal(floor.In("LS-1") < 10, Call(floor)?.State == TaskState.Open);
        }
    });
}
