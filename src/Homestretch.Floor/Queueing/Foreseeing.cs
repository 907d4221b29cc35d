using Homestretch.Finishing.Floor;
using Homestretch.World;

namespace Homestretch.Floor.Queueing;

/// <summary>The board as it will be when the hub has done what was recorded here. The hub's own board replaces it; what it has not seen is done again on top.</summary>
public static class Foreseeing
{
    /// <summary>A board of the hub with what waits, and with what the hub did that the board cannot have. What it refused is not in it.</summary>
    /// <param name="seen">Number of the last operation that had been answered when the board was asked for. No clocks are compared.</param>
    public static FloorBoard On(FloorBoard board, long seen, IEnumerable<Entry> queue) =>
        queue.Where(e => e.State == EntryState.Waiting || e.State == EntryState.Accepted && e.Number > seen).Aggregate(board, static (b, e) => After(b, e.Did));

    public static FloorBoard After(FloorBoard board, Operation did) => did.Act switch
    {
        FloorAct.Receive => Received(board, did),
        FloorAct.CloseLot => board with { Expected = [.. board.Expected.Where(l => l.Lot != did.LotNumber)], Kits = [.. board.Kits.Select(k => k with { Missing = [.. k.Missing.Select(m => m.Waits == did.LotNumber ? m with { Waits = "" } : m)] })] },
        FloorAct.Pick => Kit(board, did.Build, k => Settled(k with { Picks = Less(k.Picks, did), Has = More(k.Has, did) })),
        FloorAct.Return => Kit(board, did.Build, k => k with { Picks = Sorted(board, [.. k.Picks, new(did.Item, did.Revision, did.LotNumber, did.To, did.Quantity ?? 0)]), Has = Less(k.Has, did), Whole = false }),
        FloorAct.Begin => Begun(board, did),
        FloorAct.Work => Unit(board, did.Unit, u => Worked(u, did)),
        FloorAct.TakeOut => Unit(board, did.Unit, u => Emptied(u, did)),
        FloorAct.Pause => Unit(board, did.Unit, static u => u with { State = UnitState.Paused }),
        FloorAct.Resume => Unit(board, did.Unit, static u => u with { State = UnitState.InWork }),
        FloorAct.Complete => Completed(board, did),
        FloorAct.ScrapUnit => board.Units.FirstOrDefault(u => u.Serial == did.Unit) is { } unit ? Kit(board with { Units = [.. board.Units.Where(u => u.Serial != did.Unit)] }, unit.Build, static k => k with { Begun = Math.Max(0, k.Begun - 1) }) : board,
        FloorAct.Count => board with { Counts = [.. (board.Counts ?? []).Where(c => !(c.Bin == did.From && c.Item == did.Item && c.Revision == did.Revision && c.Lot == did.LotNumber))] },
        // what lies where is the hub's to know: nobody who counts may see it
        FloorAct.Move or FloorAct.Hold or FloorAct.Release or FloorAct.Scrap or FloorAct.Andon or FloorAct.SetCustoms or FloorAct.ReleaseFirmware => board,
    };

    private static FloorBoard Received(FloorBoard board, Operation did)
    {
        decimal came = did.Quantity ?? 0;
        if (board.Expected.FirstOrDefault(l => l.Lot == did.LotNumber) is not { } lot) return board;
        CustomsSaying said = CustomsSaying.Of(did.Values);
        ExpectedLot now = lot with { Received = lot.Received + came };
        if (lot.Customs == CustomsStanding.Unknown && said.Standing is { } stands and not CustomsStanding.Unknown) now = now with { Customs = stands, CustomsDocument = said.Document, AsksCustoms = false };
        FloorBoard next = board with { Expected = [.. board.Expected.Where(l => l != lot || now.Received < now.Quantity).Select(l => l == lot ? now : l)] };
        if (board.Bins.FirstOrDefault(b => b.Bin == did.To)?.Kind is null or BinKind.Hold or BinKind.Customs || now.Customs == CustomsStanding.CustomsHold) return next;
        var kits = new List<FloorKit>();
        foreach (FloorKit kit in next.Kits)
        {
            var picks = kit.Picks.ToList();
            var missing = new List<FloorMissing>();
            foreach (FloorMissing m in kit.Missing)
            {
                decimal gets = m.Waits == did.LotNumber ? Math.Min(m.Quantity, came) : 0;
                came -= gets;
                if (gets > 0) picks.Add(new(m.Item, did.Revision, did.LotNumber, did.To, gets, now.Customs));
                if (m.Quantity > gets) missing.Add(m with { Quantity = m.Quantity - gets });
            }
            kits.Add(picks.Count == kit.Picks.Count ? kit : kit with { Picks = Sorted(board, picks), Missing = missing });
        }
        return next with { Kits = kits };
    }

    /// <summary>The unit with the steps that its kit foresees; without them when the hub has not told any.</summary>
    private static FloorBoard Begun(FloorBoard board, Operation did)
    {
        if (board.Kits.FirstOrDefault(k => k.Build == did.Build) is not { } kit || board.Units.Any(u => u.Serial == did.Unit)) return board;
        IReadOnlyList<FloorStep> steps = [.. (board.Units.FirstOrDefault(u => u.Build == did.Build)?.Steps ?? kit.Steps).Select(static s => s with { Passed = false, Attempts = 0 })];
        return Kit(board with { Units = [.. board.Units, new(did.Unit, did.Build, kit.Market, UnitState.InWork, steps, [], NeedsRelease: steps.Any(static s => s.Released), Family: kit.Family)] }, did.Build, static k => k with { Begun = k.Begun + 1 });
    }

    private static FloorUnit Worked(FloorUnit unit, Operation did)
    {
        if (unit.Steps.FirstOrDefault(s => s.Step == did.Step) is not { } step) return unit;
        bool passed = (Tolerances.Parse(step.Tolerances).Value ?? Tolerances.None).Broken(did.Values).Count == 0;
        FloorUnit next = unit with { Steps = [.. unit.Steps.Select(s => s == step ? s with { Passed = passed, Attempts = s.Attempts + 1 } : s)] };
        return step.Kind != WorkKind.Fit || step.Passed || did.Item.Length == 0 ? next : next with { Parts = [.. unit.Parts, new(unit.Parts.Select(static p => p.Number).DefaultIfEmpty().Max() + 1, did.Item, did.Revision, did.LotNumber, did.PartSerial, did.Quantity ?? 1)] };
    }

    private static FloorUnit Emptied(FloorUnit unit, Operation did) => unit.Parts.FirstOrDefault(p => p.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == did.From) is not { } part ? unit
        : unit with { Parts = [.. unit.Parts.Where(p => p != part)], Steps = [.. unit.Steps.Select(s => s.Kind == WorkKind.Fit && s.Item == part.Item ? s with { Passed = false } : s)] };

    private static FloorBoard Completed(FloorBoard board, Operation did)
    {
        if (board.Units.FirstOrDefault(u => u.Serial == did.Unit) is not { } unit) return board;
        FloorUnit[] left = [.. board.Units.Where(u => u != unit)];
        return board with { Units = left, Kits = [.. board.Kits.Where(k => k.Build != unit.Build || k.Begun < k.Units || left.Any(u => u.Build == k.Build))] };
    }

    /// <summary>What a kit has with what was picked into it.</summary>
    private static FloorPick[] More(IReadOnlyList<FloorPick> has, Operation did) => has.Any(h => h.Item == did.Item && h.Lot == did.LotNumber && h.Revision == did.Revision)
        ? [.. has.Select(h => h.Item == did.Item && h.Lot == did.LotNumber && h.Revision == did.Revision ? h with { Quantity = h.Quantity + (did.Quantity ?? 0) } : h)] : [.. has, new(did.Item, did.Revision, did.LotNumber, "", did.Quantity ?? 0)];

    /// <summary>Pick lines less what was picked: first from the bin it was taken from, then from others of the same goods.</summary>
    private static FloorPick[] Less(IReadOnlyList<FloorPick> picks, Operation did)
    {
        decimal left = did.Quantity ?? 0;
        var next = picks.ToArray();
        foreach (int i in Enumerable.Range(0, next.Length).Where(i => next[i].Item == did.Item && next[i].Lot == did.LotNumber && next[i].Revision == did.Revision).OrderBy(i => next[i].Bin != did.From))
        {
            decimal takes = Math.Min(left, next[i].Quantity);
            next[i] = next[i] with { Quantity = next[i].Quantity - takes };
            left -= takes;
        }
        return [.. next.Where(static p => p.Quantity > 0)];
    }

    private static FloorKit Settled(FloorKit kit) => kit with { Whole = kit.Picks.Count == 0 && kit.Missing.Count == 0 };
    private static FloorPick[] Sorted(FloorBoard board, IEnumerable<FloorPick> picks) => [.. picks.OrderBy(p => board.Bins.FirstOrDefault(b => b.Bin == p.Bin)?.Walk ?? int.MaxValue).ThenBy(static p => p.Bin, StringComparer.Ordinal)];
    private static FloorBoard Kit(FloorBoard board, string build, Func<FloorKit, FloorKit> change) => board with { Kits = [.. board.Kits.Select(k => k.Build == build ? change(k) : k)] };
    private static FloorBoard Unit(FloorBoard board, string serial, Func<FloorUnit, FloorUnit> change) => board with { Units = [.. board.Units.Select(u => u.Serial == serial ? change(u) : u)] };
}
