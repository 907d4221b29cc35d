using Homestretch.Finishing.Tracing;
using Homestretch.Tests.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Tracing;

/// <summary>What is in a unit and where something went, after the floor has built two.</summary>
public sealed class TracingTests
{
    private readonly FloorCompany _floor = new();

    public TracingTests()
    {
        _floor.Done(_floor.Said(FloorAct.Receive, "MOTOR", "M9", 4, to: "DOCK"));
        foreach (var (item, lot, quantity, bin) in new[] { ("FRAME", "F1", 2m, "F-01"), ("MOTOR", "M9", 1m, "DOCK"), ("MOTOR", "M1", 1m, "A-01"), ("CHG-US", "U1", 2m, "A-01"), ("RACK", "R1", 2m, "A-02"), ("BOLT", "B1", 8m, "A-02") })
            _floor.Done(_floor.Said(FloorAct.Pick, item, lot, quantity, bin, build: "S1"));
        foreach (var (unit, motor) in new[] { ("B-1", "M9"), ("B-2", "M1") })
        {
            _floor.Done(_floor.Said(FloorAct.Begin, build: "S1", unit: unit));
            foreach (var (step, item, lot, values) in new[] { ("010", "FRAME", "F1", ""), ("020", "MOTOR", motor, "torque=24"), ("030", "", "", ""), ("040", "", "", "insulation=5") })
                _floor.Done(_floor.Said(FloorAct.Work, item, lot, unit: unit, step: step, values: values) with { PartSerial = item == "MOTOR" ? $"SN-{unit}" : "" });
            _floor.Done(_floor.Said(FloorAct.Complete, unit: unit));
        }
    }

    [Fact]
    public void A_record_holds_every_part_with_its_lot_and_says_what_nobody_knows()
    {
        UnitRecord record = UnitRecords.Of(_floor.World, "B-1")!;
        Assert.Equal(["FRAME F1", "MOTOR M9 SN-B-1", "CHG-US U1", "RACK R1", "BOLT B1"], record.Parts.Select(static p => $"{p.Item} {p.Lot} {p.PartSerial}".Trim()));
        PartRecord motor = record.Parts[1];
        Assert.Equal(("Frames", "TW", 1, "op-1"), (motor.Supplier, motor.SupplierCountry, motor.Way.Count, motor.Operator));
        Assert.Equal(["010", "020", "030", "040"], record.Steps.Select(static s => s.Step));
        Assert.All(record.Steps, static s => Assert.True(s.Passed && s.Operator == "op-1"));
        Assert.Contains("Who made lot F1 of FRAME.", record.Unknown);
        Assert.Contains("Which machine made lot M9 of MOTOR.", record.Unknown);
        Assert.Equal(("S1", "C1", "GVL", UnitState.Complete), (record.OrderLine, record.Customer, record.Hub, record.State));
        Assert.Null(UnitRecords.Of(_floor.World, "B-3"));
    }

    [Fact]
    public void A_recall_finds_units_bins_and_what_is_still_coming()
    {
        Recall recall = Recalls.Of(_floor.World, new(Lot: "M9"), out _)!;
        Assert.Equal("B-1", Assert.Single(recall.Units).Serial);
        Assert.True(recall.Units[0].Gone);
        Assert.Equal(("DOCK", 3m), (Assert.Single(recall.Stock).Bin, recall.Stock[0].Quantity.Value));
        Assert.Equal(["M9"], recall.Coming);
        Assert.Equal(["B-1", "B-2"], Recalls.Of(_floor.World, new(Item: "FRAME"), out _)!.Units.Select(static u => u.Serial));
        Assert.Equal(["MOTOR A lot M1 serial SN-B-2"], Assert.Single(Recalls.Of(_floor.World, new(PartSerial: "SN-B-2"), out _)!.Units).Parts);
        Assert.Equal(["B-1", "B-2"], Recalls.Of(_floor.World, new(Lot: "B1"), out _)!.Units.Select(static u => u.Serial));
        Assert.Empty(Recalls.Of(_floor.World, new(Supplier: "TW1", Revision: "Q"), out _)!.Units);
        foreach (RecallQuestion bad in new RecallQuestion[] { new(), new(Item: "NOWHERE"), new(Lot: "M9", From: FloorCompany.T) })
        {
            Assert.Null(Recalls.Of(_floor.World, bad, out var findings));
            Assert.NotEmpty(findings);
        }
    }

    [Fact]
    public void The_index_answers_both_ways_as_a_search_through_everything_does()
    {
        var random = new Random(11);
        var index = new TraceIndex();
        var all = new List<(string Serial, string[] Lots)>();
        for (int u = 0; u < 400; u++)
        {
            string[] lots = [.. Enumerable.Range(0, 6).Select(i => TraceIndex.Key($"I{i}", $"L{random.Next(12)}"))];
            all.Add(($"U{u}", lots));
            Assert.True(index.Add($"U{u}", [.. lots, lots[0]]));
            Assert.False(index.Add($"U{u}", lots));
        }
        foreach (string lot in all.SelectMany(static a => a.Lots).Distinct()) Assert.Equal(all.Where(a => a.Lots.Contains(lot)).Select(static a => a.Serial), index.UnitsOf(lot));
        Assert.All(all, a => Assert.Equal(a.Lots, index.LotsOf(a.Serial)));
        string[] some = [TraceIndex.Key("I1", "L3"), TraceIndex.Key("I4", "L9"), "nothing"];
        Assert.Equal(all.Where(a => a.Lots.Intersect(some).Any()).Select(static a => a.Serial), index.UnitsOf(some));
        Assert.Equal((400, 72), (index.Units, index.Lots));

        for (int u = 0; u < 400; u += 7)
        {
            string[] more = [TraceIndex.Key("I1", $"L{random.Next(12)}"), TraceIndex.Key("I6", $"L{u % 5}")];
            Assert.False(index.Add($"U{u}", more));
            all[u] = (all[u].Serial, [.. all[u].Lots, .. more.Except(all[u].Lots)]);
        }
        foreach (string lot in index.Numbers) Assert.Equal(all.Where(a => a.Lots.Contains(lot)).Select(static a => a.Serial), index.UnitsOf(lot));
        Assert.All(all, a => Assert.Equal(a.Lots, index.LotsOf(a.Serial)));
        Assert.Equal(("I6", "L|3"), TraceIndex.Named(TraceIndex.Key("I6", "L|3")));
    }

    [Fact]
    public void A_recall_finds_units_that_have_left_the_world_as_it_did_before()
    {
        Snapshot world = _floor.World, left = world.Apply([.. world.UnitSteps.Cast<IRecord>().Concat(world.UnitParts).Concat(world.Units).Select(static r => new WorldEvent.Removed(TableKind.For(r), r.Id, "kept elsewhere"))]).World;
        Assert.Empty(left.Units);
        UnitTrace[] kept = [.. world.Units.Select(u => UnitTrace.Of(world, u))];
        LotTrace[] lots = [.. LotTrace.Of(world, world.ProductionRuns.ToLookup(static r => r.Lot), kept.SelectMany(static u => u.Parts).Select(static p => p.Lot))];
        foreach (RecallQuestion question in new RecallQuestion[] { new(Lot: "M9"), new(Item: "FRAME"), new(PartSerial: "SN-B-2"), new(Lot: "B1"), new(Supplier: "TW1", Revision: "Q"), new(Item: "MOTOR", Revision: "A") })
        {
            Recall before = Recalls.Of(world, question, out _)!, after = Recalls.Of(left, Recalls.Scope(left, question, lots, out _)!, kept);
            Assert.Equal(before.Units.Select(static u => $"{u with { Parts = [] }} {string.Join(", ", u.Parts)}"), after.Units.Select(static u => $"{u with { Parts = [] }} {string.Join(", ", u.Parts)}"));
            Assert.Equal(before.Lots, after.Lots);
        }
        LotTrace gone = new("OLD-1", "MOTOR", "A", "TW1", "SHP-OLD", [new("RUN-OLD", "WELD-OLD", FloorCompany.T)]);     // of a lot that is no longer in the world
        UnitTrace old = kept[0] with { Serial = "OLD", OrderLine = "SO-OLD", Parts = [new(1, "MOTOR", "A", "OLD-1", "", false), new(2, "FRAME", "", "F-OLD", "", true)] };
        Assert.Equal("OLD", Assert.Single(Recalls.Of(left, Recalls.Scope(left, new(Lot: "OLD-1"), [gone], out _)!, [old]).Units).Serial);
        Assert.True(Recalls.Of(left, Recalls.Scope(left, new(Item: "MOTOR", Lot: "OLD-1"), [gone], out _)!, [old]).Units[0].Gone);
        Assert.Empty(Recalls.Of(left, Recalls.Scope(left, new(Item: "FRAME"), [gone], out _)!, [old]).Units);
    }
}
