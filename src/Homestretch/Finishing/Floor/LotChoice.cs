using Homestretch.Finishing.Origin;
using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>Proposes lots that no kit is pegged to, for what the kits of a board lack and wait for no lot of, and in place of lots that break what is claimed of their order. The kit that lacks the fewest lines comes first, so that a part goes where it completes one, then the one that is
/// built first, then by number. Of the lots that may be picked it gets, in this order: one that keeps what its labels say; the lot it is pegged to; the one whose customs standing fits best (<see cref="Customs.Rank"/>); of an order that goes where an agreement holds one that originates under it,
/// of one that asks nothing of origin one that no other kit on the board has use for; the first lot number; the first revision.</summary>
internal sealed class LotChoice(Doing d, IReadOnlyList<KitLines> kits, Lying lying)
{
    private readonly FreeStock _free = new(d);
    private readonly OriginAsked[] _asked = [.. kits.Select(static k => k.Asked).Where(static a => a.Any)];

    public static void Fill(Doing d, IReadOnlyList<KitLines> kits, Lying lying)
    {
        if (kits.Any(static k => k.Turned.Count > 0 || k.Missing.Any(static m => m.Waits.Length == 0))) new LotChoice(d, kits, lying).Fill();
    }

    private void Fill()
    {
        foreach (KitLines kit in kits.OrderBy(static k => k.Missing.Count).ThenBy(static k => k.Build.Start).ThenBy(static k => k.Build.Id, StringComparer.Ordinal))
        {
            bool? leaves = Customs.Leaves(d.World, d.World.Sites[d.Said.Site].Country, d.World.Markets[kit.Order.Market].Country, Kits.Day(d, kit.Build));
            var foreign = new KitForeign(d, kit.Asked, kit.Build, kit.Order);
            foreach (FloorPick pick in kit.Picks) foreign.Add(pick.Item, pick.Lot, pick.Quantity);
            FloorMissing[] lacking = [.. kit.Missing];
            kit.Missing.Clear();
            foreach (var (row, quantity) in kit.Turned) Lack(kit, new(row.Item.Value, quantity - Propose(kit, leaves, foreign, row.Item.Value, quantity, row.Id), ""));
            foreach (FloorMissing m in lacking) Lack(kit, m.Waits.Length > 0 ? m : m with { Quantity = m.Quantity - Propose(kit, leaves, foreign, m.Item, m.Quantity, "") });
        }
    }

    /// <summary>Proposes lots of an item for a kit; returns how many were found.</summary>
    /// <param name="own">Row that so many of are pegged to the kit already; empty: none.</param>
    private decimal Propose(KitLines kit, bool? leaves, KitForeign foreign, string item, decimal wants, string own)
    {
        decimal found = 0, pegged = own.Length > 0 ? wants : 0;
        foreach (Stock row in _free.For(item, kit.Build, kit.Order, own).OrderBy(s => Breaks(kit, s)).ThenBy(s => s.Id != own).ThenBy(s => Customs.Rank(s, leaves)).ThenBy(s => Spent(kit, s)).ThenBy(static s => s.LotNumber, StringComparer.Ordinal).ThenBy(static s => s.Revision, StringComparer.Ordinal))
        {
            decimal mine = row.Id == own ? pegged : 0, most = Math.Min(wants - found, _free[row.Id] + mine);
            if (most <= 0 || foreign.Breaks(row.Item, row.LotNumber, most) is not null) continue;
            foreach (FloorPick pick in lying.Take(row.Id, most))
            {
                kit.Picks.Add(pick);
                foreign.Add(row.Item, row.LotNumber, pick.Quantity);
                found += pick.Quantity;
                decimal ownUsed = Math.Min(mine, pick.Quantity);
                mine -= ownUsed;
                _free[row.Id] -= pick.Quantity - ownUsed;
            }
        }
        return found;
    }

    private bool Breaks(KitLines kit, Stock row) => kit.Asked.Labels.Count > 0 && !kit.Asked.Keeps(d.Origins.Of(row.Item, row.LotNumber));

    /// <summary>Whether an origin is missing for an agreement, or is spent where nothing is asked of it while another kit has use for it.</summary>
    private bool Spent(KitLines kit, Stock row)
    {
        if (_asked.Length == 0) return false;
        LotOrigin origin = d.Origins.Of(row.Item, row.LotNumber);
        return kit.Asked.Any ? !kit.Asked.Originates(origin) : _asked.Any(a => a.ServedBy(origin));
    }

    private static void Lack(KitLines kit, FloorMissing missing)
    {
        if (missing.Quantity <= 0) return;
        int same = kit.Missing.FindIndex(m => m.Item == missing.Item && m.Waits == missing.Waits);
        if (same < 0) kit.Missing.Add(missing);
        else kit.Missing[same] = kit.Missing[same] with { Quantity = kit.Missing[same].Quantity + missing.Quantity };
    }
}
