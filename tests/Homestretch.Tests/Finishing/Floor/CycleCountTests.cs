using Homestretch.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

public sealed class CycleCountTests
{
    private static readonly Instant s_now = FloorCompany.T + Duration.FromDays(1);

    /// <summary>Shelf F-01 is counted within 30 days: of its two rows one was 29 days ago.</summary>
    private static FloorCompany Floor() => new(static r => r switch
    {
        Bin { Code: "F-01" } b => b with { CountDays = 30 },
        BinStock { Bin: "F-01", LotNumber: "F1" } b => b with { Counted = s_now - Duration.FromDays(29) },
        _ => r,
    });

    private static string[] Due(FloorCompany floor, Instant now) => [.. CycleCount.Due(floor.World, "GVL", now).Select(static c => $"{c.Bin} {c.Item} {c.Revision} {c.Lot}")];

    [Fact]
    public void What_lies_in_a_bin_longer_than_its_days_is_due_until_it_is_counted()
    {
        FloorCompany floor = Floor();
        Assert.Equal(["F-01 FRAME B F2"], Due(floor, s_now));
        floor.Done(floor.Said(FloorAct.Count, "FRAME", "F2", 6, "F-01", revision: "B"));
        Assert.Empty(Due(floor, s_now));
        Assert.Equal(["F-01 FRAME A F1"], Due(floor, s_now + Duration.FromDays(2)));
        floor.Done(floor.Said(FloorAct.Count, "FRAME", "F1", 0, "F-01"));
        Assert.Empty(Due(floor, s_now + Duration.FromDays(2)));
        Assert.Equal(["F-01 FRAME B F2"], Due(floor, s_now + Duration.FromDays(31)));      // of what was counted as none there is nothing to count
    }

    [Fact]
    public void What_came_in_was_counted_then_and_what_somebody_did_not_find_is_due_wherever_it_should_lie()
    {
        FloorCompany floor = Floor();
        floor.Done(floor.Said(FloorAct.Count, "FRAME", "F2", 6, "F-01", revision: "B"));
        floor.Done(floor.Said(FloorAct.Receive, "FRAME", "F9", 2, to: "F-01"));
        Assert.Empty(Due(floor, s_now));
        FloorOperation missed = floor.Do(floor.Said(FloorAct.Move, "MOTOR", "M2", 3, "A-02", "A-01"));
        Assert.Equal("not-there", missed.Rule);
        Assert.Equal(["A-02 MOTOR A M2"], Due(floor, s_now));
        floor.Done(floor.Said(FloorAct.Count, "MOTOR", "M2", 2, "A-02"));
        Assert.Empty(Due(floor, s_now));
        floor.Do(floor.Said(FloorAct.Move, "MOTOR", "M77", 3, "A-02", "A-01"));     // nothing of it should lie there
        Assert.Empty(Due(floor, s_now));
    }

    [Fact]
    public void The_board_names_what_is_to_be_counted_and_no_amount()
    {
        FloorCompany floor = Floor();
        FloorBoard board = FloorBoards.Of(floor.World, new(floor.World), "GVL", s_now, Duration.FromDays(3));
        Assert.Equal([new FloorCount("F-01", "FRAME", "B", "F2")], board.Counts);
        Assert.Equal(new NextAction(NextKind.Count, Place: "F-01", Count: 1), NextAction.Of(board with { Kits = [], Expected = [], Units = [] }, stores: true, builds: true));
        Assert.Equal(NextKind.Nothing, NextAction.Of(board with { Kits = [], Expected = [], Units = [] }, stores: false, builds: true).Kind);
    }

    [Fact]
    public void A_day_has_no_more_than_can_be_counted_and_what_was_not_found_comes_first()
    {
        FloorCompany floor = new(static r => r is Bin { Kind: BinKind.Shelf } b ? b with { CountDays = 1 } : r, [.. Enumerable.Range(0, 30).Select(static n => new BinStock("GVL", "A-01", "BOLT", "A", $"X{n:00}", "MC", new(1, "EA"), s_now - Duration.FromDays(40 + n))),
            .. Enumerable.Range(0, 30).Select(static n => new Stock("GVL", "BOLT", "A", $"X{n:00}", "MC", new(1, "EA"), StockStatus.Available))]);
        floor.Do(floor.Said(FloorAct.Move, "BOLT", "X00", 5, "A-01", "A-02"));
        string[] due = Due(floor, s_now);
        Assert.Equal(CycleCount.Most, due.Length);
        Assert.Contains("A-01 BOLT A X00", due);
        Assert.DoesNotContain("A-01 BOLT A X01", due);
    }
}
