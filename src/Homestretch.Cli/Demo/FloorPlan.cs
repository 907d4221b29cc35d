using Homestretch.World;

namespace Homestretch.Cli.Demo;

/// <summary>The floors of the hubs: bins, what lies in them, and the steps in which a C1 is finished.</summary>
internal static class FloorPlan
{
    private const string Dock = "DOCK-1", Held = "QC-1", Bonded = "BOND-1";

    /// <summary>The bin in which goods of an item lie when they are put away.</summary>
    public static string ShelfOf(string item) => $"A-{1 + Catalogue.Parts.ToList().FindIndex(p => p.Item == item):00}";

    /// <summary>Bins of every hub, stock in them, and steps of work.</summary>
    public static IEnumerable<IRecord> Records(IEnumerable<Stock> stock, NodaTime.Instant now)
    {
        foreach (string hub in Hubs.Keys)
        {
            yield return Bin(hub, Dock, BinKind.Dock, 0, null);
            foreach (var (part, i) in Catalogue.Parts.Select(static (p, i) => (p, i))) yield return Bin(hub, ShelfOf(part.Item), BinKind.Shelf, 10 * (i + 1), part.Item) with { CountDays = IsDear(part) ? DearCounted : null };
            for (int i = 1; i <= 6; i++) yield return Bin(hub, $"R-{i:00}", BinKind.Shelf, 500 + i, null);
            yield return Bin(hub, Held, BinKind.Hold, 900, null);
            yield return Bin(hub, Bonded, BinKind.Customs, 910, null);
        }
        foreach (Stock s in stock.Where(static s => s.Quantity.Value > 0))
        {
            // the shelves of motors and batteries are counted each month: some are due
            bool dear = s.Status == StockStatus.Available && IsDear(Catalogue.Parts.First(p => p.Item == s.Item.Value));
            yield return In(s) with { Counted = dear ? Voyage.Whole(now - NodaTime.Duration.FromDays(5 + s.LotNumber.Sum(static c => c) % (DearCounted + 4))) : null };
        }
        foreach (WorkStep step in Steps()) yield return step;
        foreach (StepText text in StepTexts.All()) yield return text;
    }

    private const int DearCounted = 30;

    private static bool IsDear(Part part) => part.Cents >= 20000;

    /// <summary>A row of stock where it lies: on its shelf, or with what is held.</summary>
    public static BinStock In(Stock s, string? bin = null) =>
        new(s.Site, bin ?? s.Status switch { StockStatus.Hold => Held, StockStatus.Customs => Bonded, _ => ShelfOf(s.Item.Value) }, s.Item, s.Revision, s.LotNumber, s.Party, s.Quantity, null);

    /// <summary>Goods that have just come in.</summary>
    public static BinStock OnDock(Stock s) => In(s, Dock);

    private static IEnumerable<WorkStep> Steps()
    {
        yield return Step("010", WorkKind.Fit, "Frame into the stand", "Clamp the seat tube, never the down tube. Scan the frame's lot.", "frame=S", "FRM-S");
        yield return Step("011", WorkKind.Fit, "Frame into the stand", "Clamp the seat tube, never the down tube. Scan the frame's lot.", "frame=M", "FRM-M");
        yield return Step("012", WorkKind.Fit, "Frame into the stand", "Clamp the seat tube, never the down tube. Scan the frame's lot.", "frame=L", "FRM-L");
        yield return Step("013", WorkKind.Fit, "Frame into the stand", "Clamp the seat tube, never the down tube. Scan the frame's lot.", "frame=XL", "FRM-XL");
        yield return Step("020", WorkKind.Fit, "Motor into the bracket", "Three bolts, crosswise. Connect nothing yet.", "", "MOT-1", "torque=22..26 Nm");
        yield return Step("025", WorkKind.Check, "Seal of the motor", "Revision B has a seal ring at the left bearing: see that it sits flush.", "", "MOT-1", revision: "B");
        yield return Step("030", WorkKind.Check, "Harness along the down tube", "Clips every 120 mm; no cable between motor and bracket.");
        yield return Step("040", WorkKind.Measure, "Fork and headset", "Preload until there is no play, then the stem.", "", null, "stem=5..6 Nm");
        yield return Step("050", WorkKind.Check, "Front brake on the right lever", "Pull the right lever: the front wheel must stop.", "market=UK");
        yield return Step("051", WorkKind.Check, "Front brake on the left lever", "Pull the left lever: the front wheel must stop.", "!market=UK");
        yield return Step("060", WorkKind.Measure, "Wheels and tyres", "Axles closed, rims true, tyres seated.", "", null, "pressure=2.5..4.0 bar; runout=..0.5 mm");
        yield return Step("070", WorkKind.Measure, "Battery and charger", "Charge for a minute with the cord of the market.", "", null, "voltage=35.5..42.2 V");
        yield return Step("080", WorkKind.Firmware, "Firmware of the market", "Scan the firmware card of the market kit.");
        yield return Step("090", WorkKind.Test, "Insulation", "500 V, one minute, between battery contacts and frame.", "", null, "insulation=2.. MOhm");
        yield return Step("100", WorkKind.Test, "Ride on the rollers", "The motor must stop helping at the market's speed.", "market=US", null, "cut_off=19..20.5 mph");
        yield return Step("101", WorkKind.Test, "Ride on the rollers", "The motor must stop helping at the market's speed.", "!market=US", null, "cut_off=24..25.5 km/h");
        yield return Step("110", WorkKind.Label, "Label of the market", "On the seat tube, readable without tools; the serial number must match.");
        yield return Step("120", WorkKind.Label, "Papers and packing", "Manual in the language of the market, charger, keys; close the box.");
    }

    private static WorkStep Step(string step, WorkKind kind, string title, string text, string when = "", string? item = null, string tolerances = "", string revision = "") =>
        new(Catalogue.Family, step, Cast.Brand, kind, title, text, Condition.Parse(when).Value!, item is null ? (Key<Item>?)null : (Key<Item>)item, revision, Tolerances.Parse(tolerances).Value!, null, null, "en");

    private static Bin Bin(string hub, string code, BinKind kind, int walk, string? item) => new(hub, code, Cast.Brand, kind, walk, item is null ? (Key<Item>?)null : (Key<Item>)item, null);
}
