using Homestretch.Finishing.Floor;
using Homestretch.Products;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>What the board shows is what may be done: whoever follows it is never refused.</summary>
public sealed class FloorBoardTests
{
    private readonly FloorCompany _floor = new();

    [Fact]
    public void Kits_are_listed_with_where_to_walk_and_those_that_wait_behind_them()
    {
        FloorBoard board = Board();
        Assert.Equal(["S1", "S2", "S3"], board.Kits.Select(static k => k.Build));
        Assert.Equal(["CHG-US U1 A-01 2", "MOTOR M1 A-01 2", "BOLT B1 A-02 8", "RACK R1 A-02 2", "FRAME F1 F-01 2"], board.Kits[0].Picks.Select(static p => $"{p.Item} {p.Lot} {p.Bin} {p.Quantity:0}").Order(StringComparer.Ordinal).OrderBy(static p => p.Split(' ')[2], StringComparer.Ordinal));
        Assert.Equal(["FRAME 2 F9", "MOTOR 1 M9"], board.Kits[2].Missing.Select(static m => $"{m.Item} {m.Quantity:0} {m.Waits}"));
        Assert.Equal(["F9 A-01", "M9 A-01"], board.Expected.Select(static l => $"{l.Lot} {l.PutAway}"));
    }

    [Fact]
    public void Work_instructions_come_along_in_every_language_that_the_company_has_them_in()
    {
        _floor.Put(new StepText("BIKE", "020", "de", "MC", "Motor einsetzen", "", "torque=Drehmoment"));
        Assert.Equal([new FloorStepText("BIKE", "020", "de", "Motor einsetzen", "", "torque=Drehmoment")], Board().Texts!);
    }

    [Fact]
    public void Whoever_follows_the_board_from_the_dock_to_the_last_unit_is_never_refused()
    {
        foreach (ExpectedLot lot in Board().Expected)
        {
            _floor.Done(_floor.Said(FloorAct.Receive, lot.Item, lot.Lot, lot.Quantity, to: "DOCK"));
            _floor.Done(_floor.Said(FloorAct.Move, lot.Item, lot.Lot, lot.Quantity, "DOCK", Board().Expected.FirstOrDefault(l => l.Lot == lot.Lot)?.PutAway ?? FloorBoards.Directed(_floor.World, "GVL", lot.Item, lot.Quantity)!.Code));
        }
        for (int left = 40; Board().Kits is [var kit, ..] && left > 0; left--)
        {
            Assert.Empty(kit.Missing);
            foreach (FloorPick pick in kit.Picks) _floor.Done(_floor.Said(FloorAct.Pick, pick.Item, pick.Lot, pick.Quantity, pick.Bin, build: kit.Build, revision: pick.Revision));
            for (int unit = kit.Begun + 1; unit <= kit.Units; unit++)
            {
                string serial = $"{kit.Build}-{unit}";
                string[] foreseen = [.. Board().Kits.Single(k => k.Build == kit.Build).Steps.Select(static s => s.Step)];
                _floor.Done(_floor.Said(FloorAct.Begin, build: kit.Build, unit: serial));
                Assert.Equal(foreseen, Board().Units.Single().Steps.Select(static s => s.Step));
                while (Board().Units.Single().Steps.FirstOrDefault(static s => !s.Passed) is { } step)
                {
                    BinStock? part = _floor.World.BinStock.StartingWith($"GVL|kit:{kit.Build}|{step.Item}|").FirstOrDefault(static b => b.Quantity.Value > 0);
                    _floor.Done(_floor.Said(FloorAct.Work, step.Item, part?.LotNumber ?? "", unit: serial, step: step.Step, revision: part?.Revision ?? "", values: step.Tolerances.Contains("torque", StringComparison.Ordinal) ? "torque=24" : "insulation=9"));
                }
                _floor.Done(_floor.Said(FloorAct.Complete, unit: serial));
            }
        }
        Assert.Empty(Board().Kits);
        Assert.Equal(5, _floor.World.Units.Count(static u => u.State == UnitState.Complete));
        Assert.Equal(["S1", "S2", "S3", "S4"], _floor.World.OrderLines.Where(static o => o.Status == OrderStatus.Completed).Select(static o => o.Id));
    }

    private FloorBoard Board() => FloorBoards.Of(_floor.World, new Variants(_floor.World), "GVL", FloorCompany.T, Duration.FromDays(2));
}
