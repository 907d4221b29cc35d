using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>The way of goods through a hub: in, into bins, into a kit, into a unit.</summary>
public sealed class FloorTests
{
    private readonly FloorCompany _floor = new();

    [Fact]
    public void A_lot_that_comes_in_parts_is_stock_as_it_comes_and_kits_that_wait_for_it_get_it()
    {
        FloorOperation first = _floor.Done(_floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "DOCK"));
        Assert.Equal("15 of 20 still to come.", first.Said);
        Assert.Equal((LotState.Shipped, 5m), (_floor.World.Lots.Find("F9")!.State, _floor.World.Lots.Find("F9")!.Received));
        Assert.NotNull(_floor.World.Pegs.Find("S3|FRAME|stock:GVL|FRAME|A|F9"));
        Assert.Equal("more-than-announced", _floor.Do(_floor.Said(FloorAct.Receive, "FRAME", "F9", 16, to: "DOCK")).Rule);
        Assert.Equal("wrong-revision", _floor.Do(_floor.Said(FloorAct.Receive, "FRAME", "F9", 1, to: "DOCK", revision: "C")).Rule);
        _floor.Done(_floor.Said(FloorAct.Receive, "FRAME", "F9", 1, to: "QC", revision: "C"));
        Assert.Equal("no-reason", _floor.Do(_floor.Said(FloorAct.CloseLot, lot: "F9")).Rule);
        Assert.Equal("14 of 20 never came.", _floor.Done(_floor.Said(FloorAct.CloseLot, lot: "F9", reason: "Short shipped")).Said);
        Assert.Equal("already-received", _floor.Do(_floor.Said(FloorAct.Receive, "FRAME", "F9", 1, to: "DOCK")).Rule);
        Assert.Equal(StockStatus.Hold, _floor.World.Stock.Find("GVL|FRAME|C|F9-QC")!.Status);
        Assert.Equal(("unknown-lot", "wrong-site"), (_floor.Do(_floor.Said(FloorAct.Receive, "FRAME", "F8", 1, to: "DOCK")).Rule, _floor.Do(_floor.Said(FloorAct.Receive, "MOTOR", "X9", 1, to: "DOCK")).Rule));
        Assert.Equal("wrong-item", _floor.Do(_floor.Said(FloorAct.Receive, "FRAME", "M9", 1, to: "DOCK")).Rule);
    }

    [Fact]
    public void Stock_moves_is_held_and_released_but_never_below_zero_nor_into_the_wrong_bin()
    {
        _floor.Done(_floor.Said(FloorAct.Move, "MOTOR", "M1", 3, "A-01", "A-02"));
        Assert.Equal("not-there", _floor.Do(_floor.Said(FloorAct.Move, "MOTOR", "M1", 7, "A-01", "A-02")).Rule);
        Assert.Equal("wrong-bin", _floor.Do(_floor.Said(FloorAct.Move, "MOTOR", "M1", 1, "A-01", "F-01")).Rule);
        Assert.Equal("bin-full", _floor.Do(_floor.Said(FloorAct.Receive, "FRAME", "F9", 19, to: "F-01")).Rule);
        Assert.Equal("status", _floor.Do(_floor.Said(FloorAct.Move, "MOTOR", "M1", 1, "A-01", "QC")).Rule);
        Assert.Equal("no-reason", _floor.Do(_floor.Said(FloorAct.Hold, "MOTOR", "M1", 1, "A-01", "QC")).Rule);
        _floor.Done(_floor.Said(FloorAct.Hold, "MOTOR", "M1", 1, "A-01", "QC", reason: "Dented"));
        Assert.Equal((8m, 1m), (_floor.World.Stock.Find("GVL|MOTOR|A|M1")!.Quantity.Value, _floor.World.Stock.Find("GVL|MOTOR|A|M1-QC")!.Quantity.Value));
        _floor.Done(_floor.Said(FloorAct.Release, "MOTOR", "M1", 1, "QC", "A-01", reason: "Only paint"));
        Assert.Equal(-2, _floor.Done(_floor.Said(FloorAct.Scrap, "MOTOR", "M1", 2, "A-01", reason: "Fell")).Change);
        Assert.Equal(7, _floor.World.Stock.Find("GVL|MOTOR|A|M1")!.Quantity.Value);
    }

    [Fact]
    public void A_count_stands_for_its_moment_however_late_it_and_what_happened_around_it_are_heard()
    {
        Instant at(int minute) => FloorCompany.T + Duration.FromMinutes(minute);
        FloorOperation count = _floor.Said(FloorAct.Count, "MOTOR", "M1", 5, "A-01", happened: at(10)), before = _floor.Said(FloorAct.Move, "MOTOR", "M1", 4, "A-01", "A-02", happened: at(5)),
            after = _floor.Said(FloorAct.Move, "MOTOR", "M1", 1, "A-01", "A-02", happened: at(15)), older = _floor.Said(FloorAct.Count, "MOTOR", "M1", 9, "A-01", happened: at(2));
        foreach (var order in new[] { [count, before, after, older], [before, count, after, older], [after, older, before, count], [after, count, older, before], new[] { older, after, count, before } })
        {
            var floor = new FloorCompany();
            foreach (FloorOperation said in order) floor.Done(said);
            Assert.Equal((4m, 5m), (floor.World.BinStock.Find("GVL|A-01|MOTOR|A|M1")!.Quantity.Value, floor.World.BinStock.Find("GVL|A-02|MOTOR|A|M1")!.Quantity.Value));
            Assert.Equal(9, floor.World.Stock.Find("GVL|MOTOR|A|M1")!.Quantity.Value);
            Assert.Equal(0, floor.World.FloorOperations.Sum(static o => o.Change));
        }
        Assert.Equal("taken-since", Counted(0).Rule);

        FloorOperation Counted(decimal counted)
        {
            var floor = new FloorCompany();
            floor.Done(after);
            return floor.Do(count with { Quantity = counted });
        }
    }

    [Fact]
    public void Told_again_an_operation_is_done_once()
    {
        FloorOperation said = _floor.Said(FloorAct.Move, "MOTOR", "M1", 3, "A-01", "A-02");
        FloorOperation first = _floor.Done(said), again = _floor.Done(said with { Quantity = 5 });
        Assert.Equal(first, again);
        Assert.Equal(6, _floor.World.BinStock.Find("GVL|A-01|MOTOR|A|M1")!.Quantity.Value);
    }

    [Fact]
    public void A_unit_is_built_step_by_step_from_its_kit_and_its_record_says_what_is_in_it()
    {
        Kit("S1", ("FRAME", "F1", 2, "F-01"), ("MOTOR", "M1", 2, "A-01"), ("CHG-US", "U1", 2, "A-01"), ("RACK", "R1", 2, "A-02"));
        Assert.Equal("kit-short", _floor.Do(Begin("S1", "B-1")).Rule);
        Kit("S1", ("BOLT", "B1", 8, "A-02"));
        _floor.Done(Begin("S1", "B-1"));
        Assert.Equal(("serial-used", "step-open", "step-order"), (_floor.Do(Begin("S1", "B-1")).Rule, _floor.Do(Unit(FloorAct.Complete)).Rule, _floor.Do(Step("030")).Rule));
        Assert.Equal(("wrong-part", "not-in-kit"), (_floor.Do(Step("010", "MOTOR", "M1")).Rule, _floor.Do(Step("010", "FRAME", "F2", revision: "B")).Rule));
        Assert.Equal(-1, _floor.Done(Step("010", "FRAME", "F1")).Change);
        Assert.Equal("step-not-for-this", _floor.Do(Step("015")).Rule);
        Assert.Equal("torque of 30 Nm is not within 22..26 Nm.", _floor.Done(Step("020", "MOTOR", "M1", "torque=30")).Said);
        Assert.Equal("step-order", _floor.Do(Step("030")).Rule);
        _floor.Done(Step("020", values: "torque=24.5", item: "MOTOR", lot: "M1"));
        _floor.Done(Step("030"));
        _floor.Done(Unit(FloorAct.Pause));
        Assert.Equal("unit-state", _floor.Do(Step("040", values: "insulation=5")).Rule);
        _floor.Done(Unit(FloorAct.Resume));
        _floor.Done(Step("040", values: "insulation=5"));
        _floor.Done(_floor.Said(FloorAct.TakeOut, unit: "B-1", from: "2", to: "QC", reason: "Noisy"));
        Assert.Equal("step-open", _floor.Do(Unit(FloorAct.Complete)).Rule);
        Kit("S1", ("MOTOR", "M1", 1, "A-01"));
        _floor.Done(Step("020", "MOTOR", "M1", "torque=23"));
        _floor.Done(Unit(FloorAct.Complete));

        UnitPart[] parts = [.. _floor.World.UnitParts.StartingWith("B-1|")];
        Assert.Equal(["FRAME F1 1", "MOTOR M1 1 out", "MOTOR M1 1", "CHG-US U1 1", "RACK R1 1", "BOLT B1 4"], parts.Select(static p => $"{p.Item} {p.LotNumber} {p.Quantity.Value:0}{(p.TakenOut is null ? "" : " out")}"));
        Assert.Equal(OrderStatus.Confirmed, _floor.World.Builds.Find("S1")!.Status);
        _floor.Done(Begin("S1", "B-2"));
        Assert.Equal("build-full", _floor.Do(Begin("S1", "B-3")).Rule);
        foreach (var (step, item, lot, values) in new[] { ("010", "FRAME", "F1", ""), ("020", "MOTOR", "M1", "torque=22"), ("030", "", "", ""), ("040", "", "", "insulation=2") }) _floor.Done(Step(step, item, lot, values, unit: "B-2"));
        _floor.Done(_floor.Said(FloorAct.Complete, unit: "B-2"));
        Assert.Equal((OrderStatus.Completed, OrderStatus.Completed), (_floor.World.Builds.Find("S1")!.Status, _floor.World.OrderLines.Find("S1")!.Status));
        Assert.Empty(_floor.World.Pegs.StartingWith("S1|"));
        Assert.Equal(0, _floor.In("kit:S1"));
        Assert.Equal((9 + 2 + 4 - 3m + 1, 10m), (_floor.OnHand("MOTOR"), _floor.OnHand("FRAME") - 3));
    }

    [Fact]
    public void Steps_follow_the_revision_that_is_really_in_the_kit()
    {
        Kit("S2", ("FRAME", "F2", 1, "F-01"), ("MOTOR-2", "N1", 1, "A-02"), ("CHG-EU", "E1", 1, "A-01"), ("BOLT", "B1", 4, "A-02"));
        _floor.Done(Begin("S2", "E-1"));
        _floor.Done(Step("010", "FRAME", "F2", revision: "B", unit: "E-1"));
        Assert.Equal("step-order", _floor.Do(Step("020", "MOTOR-2", "N1", "torque=24", unit: "E-1")).Rule);
        _floor.Done(Step("015", unit: "E-1"));
        _floor.Done(Step("020", "MOTOR-2", "N1", "torque=24", unit: "E-1"));
        Assert.Equal("step-not-for-this", _floor.Do(Step("030", unit: "E-1")).Rule);
        _floor.Done(Step("040", values: "insulation=2.5", unit: "E-1"));
        _floor.Done(_floor.Said(FloorAct.Complete, unit: "E-1"));
        Assert.Equal(OrderStatus.Completed, _floor.World.OrderLines.Find("S2")!.Status);
    }

    [Fact]
    public void A_unit_that_is_given_up_takes_its_parts_along_and_another_may_be_built()
    {
        Kit("S2", ("FRAME", "F2", 1, "F-01"), ("MOTOR", "M2", 1, "A-02"), ("CHG-EU", "E1", 1, "A-01"), ("BOLT", "B1", 4, "A-02"));
        _floor.Done(Begin("S2", "E-1"));
        _floor.Done(Step("010", "FRAME", "F2", revision: "B", unit: "E-1"));
        _floor.Done(_floor.Said(FloorAct.Andon, unit: "E-1", reason: "Frame is bent"));
        Assert.Equal(TaskKind.AndonCall, Assert.Single(_floor.World.Tasks).Kind);
        _floor.Done(_floor.Said(FloorAct.ScrapUnit, unit: "E-1", reason: "Frame is bent"));
        Assert.Equal("kit-short", _floor.Do(Begin("S2", "E-2")).Rule);
        Kit("S2", ("FRAME", "F2", 1, "F-01"));
        _floor.Done(Begin("S2", "E-2"));
    }

    private void Kit(string build, params (string Item, string Lot, decimal Quantity, string Bin)[] picks)
    {
        foreach (var (item, lot, quantity, bin) in picks) _floor.Done(_floor.Said(FloorAct.Pick, item, lot, quantity, bin, build: build, revision: lot == "F2" ? "B" : "A"));
    }

    private FloorOperation Begin(string build, string unit) => _floor.Said(FloorAct.Begin, build: build, unit: unit);
    private FloorOperation Unit(FloorAct act) => _floor.Said(act, unit: "B-1");
    private FloorOperation Step(string step, string item = "", string lot = "", string values = "", string revision = "A", string unit = "B-1") => _floor.Said(FloorAct.Work, item, lot, step: step, values: values, revision: revision, unit: unit);
}
