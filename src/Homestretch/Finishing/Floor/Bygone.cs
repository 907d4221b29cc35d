using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>Which operations of the floor nothing in the world asks for any more: they belong to the archive.</summary>
public static class Bygone
{
    /// <summary>As long as finished units tell how long one takes on a line: without its rests.</summary>
    private static readonly Duration s_rests = Duration.FromDays(365);

    /// <summary>Operations heard of before a moment, without those that something still reads: of units that are in the world, receipts of goods that lie here or are still to come (their day stands on labels), rests of the last year, what the office said of customs for lots that are still to come, and what was asked of
    /// firmware releases (the books of over-production).</summary>
    public static IEnumerable<FloorOperation> Of(Snapshot world, Instant before)
    {
        HashSet<string>? here = null;
        foreach (FloorOperation o in world.FloorOperations)
        {
            if (o.Heard >= before || o.Act == FloorAct.ReleaseFirmware || (o.Unit.Length > 0 && world.Units.Contains(o.Unit))) continue;
            if (o is { Act: FloorAct.SetCustoms, Answer: FloorAnswer.Accepted } && world.Lots.Find(o.LotNumber) is { State: < LotState.Received }) continue;
            if (o is { Act: FloorAct.Pause or FloorAct.Resume, Answer: FloorAnswer.Accepted } && o.Heard >= before - s_rests) continue;
            if (o is { Act: FloorAct.Receive, Answer: FloorAnswer.Accepted } && (world.Lots.Find(o.LotNumber) is { State: < LotState.Received } || (here ??= Here(world)).Contains(o.LotNumber))) continue;
            yield return o;
        }
    }

    private static HashSet<string> Here(Snapshot world) => [.. world.Stock.Where(static s => s.Quantity.Value > 0).Select(static s => StockRow.LotOf(s.LotNumber))];
}
