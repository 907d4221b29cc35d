using Homestretch.Products;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>Makes the board of a site out of the world.</summary>
public static class FloorBoards
{
    /// <param name="variants">Of the same world.</param>
    /// <param name="ahead">Kits of builds that start so far ahead are shown, and those that were begun.</param>
    public static FloorBoard Of(Snapshot world, Variants variants, Key<Site> site, Instant now, Duration ahead)
    {
        var asked = new Doing(world, variants, Question(world, site, now));
        ExpectedLot[] expected = [.. world.Lots.Where(l => l.State is LotState.Made or LotState.Shipped && world.Lanes[l.Lane].To == site).OrderBy(static l => l.Ready).ThenBy(static l => l.Id, StringComparer.Ordinal).Select(l => Expected(asked, l))];
        HashSet<Key<AssemblyLine>> lines = [.. world.AssemblyLines.Where(l => l.Site == site).Select(static l => l.Key)];
        Build[] builds = [.. world.Builds.Where(b => lines.Contains(b.Line) && b.Status is OrderStatus.Approved or OrderStatus.Confirmed && (b.Start <= now + ahead || world.BinStock.StartingWith($"{site}|{Kits.BinOf(b)}|").Any())).OrderBy(static b => b.Start).ThenBy(static b => b.Id, StringComparer.Ordinal)];
        var lying = new Lying(world, site);
        FloorKit[] kits = [.. builds.Select(b => Kit(asked, b, lying)).OrderBy(static k => k.Missing.Count > 0)];
        FloorUnit[] units = [.. world.Units.Where(u => u.State is UnitState.InWork or UnitState.Paused && lines.Contains(world.Builds[u.Build].Line)).Select(u => Unit(asked, u))];
        FloorBin[] bins = [.. world.Bins.StartingWith($"{site}|").OrderBy(static b => b.Walk).Select(static b => new FloorBin(b.Code, b.Kind, b.Walk, b.Item?.Value))];
        return new(site.Value, world.Version, now, expected, bins, [.. world.Items.Where(static i => i.Kind != ItemKind.Family).Select(static i => new FloorItem(i.Key.Value, i.Name, i.Group, i.Unit, i.Step, i.Gtin))], kits, units);
    }

    /// <summary>The bin that goods of an item belong in: its own, one that has some, or an empty one; each with room, in walking order. Null: none.</summary>
    public static Bin? Directed(Snapshot world, Key<Site> site, Key<Item> item, decimal amount)
    {
        var lying = world.BinStock.StartingWith($"{site}|").Where(static b => b.Quantity.Value > 0).ToLookup(static b => b.Bin, StringComparer.Ordinal);
        return world.Bins.StartingWith($"{site}|").Where(b => b.Kind == BinKind.Shelf && (b.Item ?? item) == item && !(lying[b.Code].Sum(static s => s.Quantity.Value) + amount > b.Most))
            .OrderBy(b => b.Item is not null ? 0 : lying[b.Code].Any(s => s.Item == item) ? 1 : lying[b.Code].Any() ? 3 : 2).ThenBy(static b => b.Walk).ThenBy(static b => b.Code, StringComparer.Ordinal).FirstOrDefault();
    }

    private static ExpectedLot Expected(Doing asked, Lot lot) => new(lot.Id, lot.Item.Value, lot.Revision, lot.Quantity.Value, lot.Received, lot.Quantity.Unit, lot.Shipment?.Value ?? "", lot.Party.Value, lot.State,
        Directed(asked.World, asked.Said.Site, lot.Item, lot.Quantity.Value - lot.Received)?.Code ?? "");

    private static FloorKit Kit(Doing asked, Build build, Lying lying)
    {
        Snapshot world = asked.World;
        OrderLine order = world.OrderLines[build.OrderLine];
        var picks = new List<FloorPick>();
        var missing = new List<FloorMissing>();
        var parts = Kits.Parts(asked, order);
        foreach (var part in parts)
        {
            decimal needed = part.PerUnit.Value * build.Quantity - Kits.Has(asked, parts, part, build);
            foreach (Peg peg in world.Pegs.StartingWith($"{build.Key}|").Where(p => Kits.Fitting(asked, parts, p.Item, build) == part).OrderBy(static p => !p.Supply.StartsWith("stock:", StringComparison.Ordinal)))
            {
                decimal wants = Math.Min(needed, peg.Quantity.Value - Kits.In(asked, build).Where(b => $"stock:{b.StockKey}" == peg.Supply).Sum(static b => b.Quantity.Value));
                if (wants <= 0) continue;
                decimal found = 0;
                if (peg.Supply.StartsWith("stock:", StringComparison.Ordinal))
                    foreach (FloorPick pick in lying.Take(peg.Supply[6..], wants)) { picks.Add(pick); found += pick.Quantity; }
                if (found < wants) missing.Add(new(peg.Item.Value, wants - found, peg.Supply.StartsWith("lot:", StringComparison.Ordinal) ? peg.Supply[4..] : ""));
                needed -= wants;
            }
            if (needed > 0) missing.Add(new(part.Item.Key.Value, needed, ""));
        }
        return new(build.Id, order.Id, order.Family.Value, order.Market.Value, order.Options.ToString(), build.Line.Value, build.Start, build.Quantity, Kits.Units(asked, build).Count(), [.. picks.OrderBy(p => lying.Walk(p.Bin)).ThenBy(static p => p.Bin, StringComparer.Ordinal)],
            missing, picks.Count == 0 && missing.Count == 0, missing.Count > 0 ? [] : Steps(asked, new("", build.Party, build.Key, order.Family, order.Market, UnitState.InWork, asked.Said.Happened, null, ""), build, order),
            [.. Kits.In(asked, build).Select(static b => new FloorPick(b.Item.Value, b.Revision, b.LotNumber, "", b.Quantity.Value))]);
    }

    private static FloorUnit Unit(Doing asked, Unit unit)
    {
        Build build = asked.World.Builds[unit.Build];
        OrderLine order = asked.World.OrderLines[build.OrderLine];
        return new(unit.Id, build.Id, unit.Market.Value, unit.State, Steps(asked, unit, build, order), [.. Kits.In(asked, unit).Select(static p => new FloorPart(p.Number, p.Item.Value, p.Revision, p.LotNumber, p.PartSerial, p.Quantity.Value))]);
    }

    private static FloorStep[] Steps(Doing asked, Unit unit, Build build, OrderLine order) => [.. Working.Steps(asked, unit, build, order).Select(s => new FloorStep(s.Step, s.Kind, s.Title,
        s.Kind == WorkKind.Firmware && Working.Image(asked, build, order) is { } image ? $"{s.Text} Version {image.Version}.".Trim() : s.Text, s.Item?.Value ?? "", s.Tolerances.ToString(), Working.Passed(asked, unit, s), asked.World.UnitSteps.StartingWith($"{unit.Key}|{s.Step}|").Count()))];

    private static FloorOperation Question(Snapshot world, Key<Site> site, Instant now) =>
        new("", world.Sites[site].Party, site, FloorAct.Count, "", "", now, now, "", "", "", null, "", "", "", "", "", "", "", "", FloorAnswer.Accepted, 0, "", "");

    /// <summary>What lies in bins that may be used, less what earlier kits on the board are sent to.</summary>
    private sealed class Lying
    {
        private readonly Dictionary<string, List<(string Bin, BinStock Stock, decimal Left)>> _byRow = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _walk;

        public Lying(Snapshot world, Key<Site> site)
        {
            Bin[] bins = [.. world.Bins.StartingWith($"{site}|")];
            _walk = bins.ToDictionary(static b => b.Code, static b => b.Walk, StringComparer.Ordinal);
            HashSet<string> usable = [.. bins.Where(static b => b.Status == StockStatus.Available).Select(static b => b.Code)];
            foreach (BinStock there in world.BinStock.StartingWith($"{site}|").Where(b => b.Quantity.Value > 0 && usable.Contains(b.Bin)).OrderBy(b => _walk[b.Bin]).ThenBy(static b => b.Bin, StringComparer.Ordinal))
            {
                if (!_byRow.TryGetValue(there.StockKey, out var rows)) _byRow[there.StockKey] = rows = [];
                rows.Add((there.Bin, there, there.Quantity.Value));
            }
        }

        public int Walk(string bin) => _walk.GetValueOrDefault(bin);

        public IEnumerable<FloorPick> Take(string row, decimal wants)
        {
            if (!_byRow.TryGetValue(row, out var rows)) yield break;
            for (int i = 0; i < rows.Count && wants > 0; i++)
            {
                decimal takes = Math.Min(wants, rows[i].Left);
                if (takes <= 0) continue;
                rows[i] = rows[i] with { Left = rows[i].Left - takes };
                wants -= takes;
                yield return new(rows[i].Stock.Item.Value, rows[i].Stock.Revision, rows[i].Stock.LotNumber, rows[i].Bin, takes);
            }
        }
    }
}
