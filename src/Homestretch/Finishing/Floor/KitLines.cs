using Homestretch.Products;
using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What is to be picked for a kit and what is not here, while lots are chosen for the kits of a board.</summary>
internal sealed record KitLines(Build Build, OrderLine Order, List<FloorPick> Picks, List<FloorMissing> Missing)
{
    /// <summary>What a kit is pegged to. A row that customs keeps from its order counts as not here.</summary>
    public static KitLines Of(Doing asked, Build build, Lying lying)
    {
        Snapshot world = asked.World;
        OrderLine order = world.OrderLines[build.OrderLine];
        var picks = new List<FloorPick>();
        var missing = new List<FloorMissing>();
        var parts = Kits.Parts(asked, order);
        foreach (KitPart part in parts)
        {
            decimal needed = part.PerUnit.Value * build.Quantity - Kits.Has(asked, parts, part, build);
            foreach (Peg peg in world.Pegs.StartingWith($"{build.Key}|").Where(p => Kits.Fitting(asked, parts, p.Item, build) == part).OrderBy(static p => !p.Supply.StartsWith("stock:", StringComparison.Ordinal)))
            {
                decimal wants = Math.Min(needed, peg.Quantity.Value - Kits.In(asked, build).Where(b => $"stock:{b.StockKey}" == peg.Supply).Sum(static b => b.Quantity.Value));
                if (wants <= 0) continue;
                decimal found = 0;
                if (peg.Supply.StartsWith("stock:", StringComparison.Ordinal) && !(world.Stock.Find(peg.Supply[6..]) is { } row && Customs.Bars(asked, row, build, order) is not null))
                    foreach (FloorPick pick in lying.Take(peg.Supply[6..], wants)) { picks.Add(pick); found += pick.Quantity; }
                if (found < wants) missing.Add(new(peg.Item.Value, wants - found, peg.Supply.StartsWith("lot:", StringComparison.Ordinal) ? peg.Supply[4..] : ""));
                needed -= wants;
            }
            if (needed > 0) missing.Add(new(part.Item.Key.Value, needed, ""));
        }
        return new(build, order, picks, missing);
    }

    /// <summary>Proposes lots that no kit is pegged to for what kits lack and wait for no lot of. The kit that lacks the fewest lines comes first, so that a part goes where it completes one; of its lots
    /// the one whose customs standing fits the order best (<see cref="Customs.Rank"/>), then the oldest number.</summary>
    public static void Fill(Doing asked, IReadOnlyList<KitLines> kits, Lying lying)
    {
        if (!kits.Any(static k => k.Missing.Any(static m => m.Waits.Length == 0))) return;
        Snapshot world = asked.World;
        var pegged = world.Pegs.Where(p => p.Supply.StartsWith("stock:", StringComparison.Ordinal) && world.Builds[p.Build].Status < OrderStatus.Completed).GroupBy(static p => p.Supply[6..], StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Sum(static p => p.Quantity.Value), StringComparer.Ordinal);
        var free = world.Stock.StartingWith($"{asked.Said.Site}|").Where(static s => s.Status == StockStatus.Available).ToDictionary(static s => s.Id, s => s.Quantity.Value - pegged.GetValueOrDefault(s.Id), StringComparer.Ordinal);
        foreach (KitLines kit in kits.OrderBy(static k => k.Missing.Count).ThenBy(static k => k.Build.Start).ThenBy(static k => k.Build.Id, StringComparer.Ordinal))
        {
            bool? leaves = Customs.Leaves(world, world.Sites[asked.Said.Site].Country, world.Markets[kit.Order.Market].Country, Kits.Day(asked, kit.Build));
            for (int i = 0; i < kit.Missing.Count; i++)
            {
                if (kit.Missing[i].Waits.Length > 0) continue;
                foreach (Stock row in world.Stock.StartingWith($"{asked.Said.Site}|{kit.Missing[i].Item}|").Where(s => free.GetValueOrDefault(s.Id) > 0 && Customs.Bars(asked, s, kit.Build, kit.Order) is null && Kitting.InForce(asked, s.Item, s.Revision, kit.Build) && Revisions.OfPick(asked, s.Item, s.Revision, s.LotNumber, kit.Build, kit.Order) is null)
                    .OrderBy(s => Customs.Rank(s, leaves)).ThenBy(static s => s.LotNumber, StringComparer.Ordinal).ThenBy(static s => s.Revision, StringComparer.Ordinal))
                    foreach (FloorPick pick in lying.Take(row.Id, Math.Min(kit.Missing[i].Quantity, free[row.Id])))
                    {
                        kit.Picks.Add(pick);
                        free[row.Id] -= pick.Quantity;
                        kit.Missing[i] = kit.Missing[i] with { Quantity = kit.Missing[i].Quantity - pick.Quantity };
                    }
            }
            kit.Missing.RemoveAll(static m => m.Quantity <= 0);
        }
    }
}
