using Homestretch.Products;
using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What is to be picked for a kit and what is not here, while lots are chosen for the kits of a board.</summary>
/// <param name="Turned">Lots that the kit is pegged to and that break what is claimed of it: another is looked for first.</param>
internal sealed record KitLines(Build Build, OrderLine Order, OriginAsked Asked, List<FloorPick> Picks, List<FloorMissing> Missing, List<(Stock Row, decimal Quantity)> Turned)
{
    /// <summary>What a kit is pegged to. A row that quality, customs or a revision keeps from its kit counts as not here.</summary>
    public static KitLines Of(Doing asked, Build build, Lying lying)
    {
        Snapshot world = asked.World;
        OrderLine order = world.OrderLines[build.OrderLine];
        var kit = new KitLines(build, order, asked.Origins.Asked(build, order), [], [], []);
        var parts = Kits.Parts(asked, order);
        foreach (KitPart part in parts)
        {
            decimal needed = part.PerUnit.Value * build.Quantity - Kits.Has(asked, parts, part, build);
            foreach (Peg peg in world.Pegs.StartingWith($"{build.Key}|").Where(p => Kits.Fitting(asked, parts, p.Item, build) == part).OrderBy(static p => !p.Supply.StartsWith("stock:", StringComparison.Ordinal)))
            {
                decimal wants = Math.Min(needed, peg.Quantity.Value - Kits.In(asked, build).Where(b => $"stock:{b.StockKey}" == peg.Supply).Sum(static b => b.Quantity.Value));
                if (wants <= 0) continue;
                Stock? row = peg.Supply.StartsWith("stock:", StringComparison.Ordinal) ? world.Stock.Find(peg.Supply[6..]) : null;
                needed -= wants;
                if (row is not null && !FreeStock.MayGo(asked, row, build, order)) row = null;
                else if (row is not null && !kit.Asked.Keeps(asked.Origins.Of(row.Item, row.LotNumber)))
                {
                    kit.Turned.Add((row, wants));
                    continue;
                }
                decimal found = 0;
                if (row is not null)
                    foreach (FloorPick pick in lying.Take(row.Id, wants)) { kit.Picks.Add(pick); found += pick.Quantity; }
                if (found < wants) kit.Missing.Add(new(peg.Item.Value, wants - found, peg.Supply.StartsWith("lot:", StringComparison.Ordinal) ? peg.Supply[4..] : ""));
            }
            if (needed > 0) kit.Missing.Add(new(part.Item.Key.Value, needed, ""));
        }
        return kit;
    }
}
