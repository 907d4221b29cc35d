using Homestretch.Finishing.Floor;
using Homestretch.Floor.Queueing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Floor.Tests;

/// <summary>A small floor: one kit with two lines to pick and a part that is on its way, one unit in work.</summary>
internal static class Boards
{
    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 25, 12, 0);

    public static FloorBoard Small { get; } = new("GVL", 7, Noon,
        [new("L-TYR-2", "TYR-1", "", 100, 40, "EA", "SH-9", "TIRES", LotState.Shipped, "A-27"), new("L-BAT-3", "BAT-625", "B", 10, 0, "EA", "SH-8", "CELLS", LotState.Shipped, "A-02")],
        [new("DOCK", BinKind.Dock, 0, null), new("A-01", BinKind.Shelf, 1, null), new("A-02", BinKind.Shelf, 2, "BAT-625"), new("A-27", BinKind.Shelf, 27, null), new("QC-1", BinKind.Hold, 90, null)],
        [new("FRM-L", "Frame L", "frame", "EA", 1), new("BAT-625", "Battery 625 Wh", "battery", "EA", 1, "9506000134376"), new("TYR-1", "Tire", "tire", "EA", 1), new("GLUE", "Glue", "glue", "KG", 0.5m)],
        [
            new("B-1", "SO-1/1", "C1", "US", "frame=L", "GVL-1", Noon, 1, 0, [new("FRM-L", "A", "L-FRM-1", "A-01", 1), new("TYR-1", "", "L-TYR-1", "A-27", 2)], [new("BAT-625", 1, "L-BAT-3")], false, [], []),
            new("B-2", "SO-2/1", "C1", "US", "frame=L", "GVL-1", Noon, 1, 0, [], [], true, [new("010", WorkKind.Check, "Unpack", "", "", "", false, 0)], [new("FRM-L", "A", "L-FRM-1", "", 1)]),
        ],
        [new("C1-1", "B-3", "US", UnitState.InWork, [new("010", WorkKind.Fit, "Fit the battery", "", "BAT-625", "", false, 0), new("020", WorkKind.Measure, "Torque", "", "", "torque=22..26 Nm", false, 0)], [])]);

    /// <summary>The same where what comes is from abroad, and nobody has said how it stands with customs.</summary>
    public static FloorBoard Abroad { get; } = Small with { Expected = [.. Small.Expected.Select(static l => l with { AsksCustoms = true })] };

    public static Operation Pick(string item, string lot, string bin, decimal quantity, string revision = "") => new(FloorAct.Pick, "op-1", Noon, item, revision, lot, quantity, bin, Build: "B-1");
    public static Entry Of(long number, Operation did, EntryState state = EntryState.Waiting, Instant? heard = null) => new(number, did, state, Heard: heard, Answered: heard);
}
