using Homestretch.Products;
using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>Parts go into the kit of a build: the right part, revision, market, status and lot, no more than it needs, and none that another kit was promised.</summary>
internal static class Kitting
{
    public static Refusal? Pick(Doing d)
    {
        if (d.Known(out Item item) is { } unknown) return unknown;
        if (Kits.Open(d, d.Said.Build, out Build build, out OrderLine order) is { } closed) return closed;
        if (d.Amount(item, out decimal amount) is { } none) return none;
        if (Wanted(d, build, order, item, out var parts, out KitPart part) is { } unwanted) return unwanted;
        if (Usable(d, item, build, order, out StockRow row) is { } blocked) return blocked;
        decimal needed = part.PerUnit.Value * build.Quantity - Kits.Has(d, parts, part, build);
        if (amount > needed) return needed <= 0 ? new("kit-has-it", $"The kit has all its {part.Item.Group} already.", "Put it back.") : new("too-many", $"The kit needs {needed} more of {item.Key}.", $"Pick {needed}.");
        if (d.Stock.In(d.Said.From, row) < amount && !d.Stock.Counted(d.Said.From, row)) return Storing.Short(d, item, row);
        if (Take(d, build, parts, part, row, amount) is { } promised) return promised;
        if (Claiming.Check(d, item, build, order, amount) is { } claimed) return claimed;
        if (!d.Stock.Add(d.Said.From, row, -amount)) return Storing.Short(d, item, row);
        d.Stock.Add(Kits.BinOf(build), row, amount);
        if (d.World.Stock.Find(row.Key) is { Customs: CustomsStanding.Unknown }) d.Tell($"Where lot {d.Said.LotNumber} stands with customs is unknown.");
        if (build.Status == OrderStatus.Approved) d.Put(build with { Status = OrderStatus.Confirmed });     // what lies in a kit is not planned for another
        return null;
    }

    public static Refusal? Return(Doing d)
    {
        if (d.Known(out Item item) is { } unknown) return unknown;
        if (d.World.Builds.Find(d.Said.Build) is not { } build) return new("unknown-build", $"There is no build {d.Said.Build}.", "Scan the label of the kit again.");
        if (d.Amount(item, out decimal amount) is { } none) return none;
        if (d.Place(d.Said.To, out Bin bin) is { } nowhere) return nowhere;
        if (bin.Status != StockStatus.Available && d.Reasoned("Holding goods") is { } why) return why;
        if (d.Room(bin, item, amount) is { } full) return full;
        if (!d.Stock.Add(Kits.BinOf(build), d.Row(item, StockStatus.Available), -amount)) return new("not-there", $"The kit does not have so many of {item.Key}, lot {d.Said.LotNumber}.", "Scan the label of the part again.");
        d.Stock.Add(bin.Code, d.Row(item, bin.Status), amount);
        return null;
    }

    /// <summary>Moves so much of a peg to another supply, of its item or of one that stands in for it.</summary>
    internal static void Repeg(Doing d, Peg peg, Key<Item> item, string supply, decimal amount)
    {
        Peg now = d.Now(peg) ?? peg;
        if (now.Quantity.Value <= amount) d.Remove(peg, "other supply");
        else d.Put(now with { Quantity = now.Quantity with { Value = now.Quantity.Value - amount } });
        Peg(d, peg with { Item = item, Supply = supply, Quantity = peg.Quantity with { Value = amount } });
    }

    /// <summary>Adds a peg to what the build is pegged to already.</summary>
    private static void Peg(Doing d, Peg more) => d.Put(d.Now(d.World.Pegs.Find(more.Id)) is { } has ? has with { Quantity = has.Quantity with { Value = has.Quantity.Value + more.Quantity.Value } } : more);

    private static Refusal? Wanted(Doing d, Build build, OrderLine order, Item item, out IReadOnlyList<KitPart> parts, out KitPart part)
    {
        parts = Kits.Parts(d, order);
        part = Kits.Fitting(d, parts, item.Key, build)!;
        if (part is not null) return null;
        BomLine[] elsewhere = [.. d.World.BomLines.StartingWith($"{order.Family}|").Where(b => b.Item == item.Key)];
        KitPart? instead = parts.FirstOrDefault(p => p.Item.Group == item.Group);
        string cure = instead is null ? "Put it back." : $"Take {instead.Item.Key}.";
        Market? market = d.World.Markets.FirstOrDefault(m => m.Key != order.Market && elsewhere.Any(b => b.When.Holds(d.World.Within(m.Key.Value), order.Options)));
        return market is not null ? new("wrong-market", $"{item.Key} is for {market.Key}; this kit is for {order.Market}.", cure)
            : elsewhere.Length > 0 ? new("wrong-option", $"{item.Key} is not for {order.Options}.", cure) : new("wrong-part", $"{item.Key} is no part of {order.Family}.", cure);
    }

    /// <summary>Whether what lies there may be used: its bin, its status, where it stands with customs, its revision on the day of the build, by engineering changes first.</summary>
    private static Refusal? Usable(Doing d, Item item, Build build, OrderLine order, out StockRow row)
    {
        row = default;
        if (d.Place(d.Said.From, out Bin bin) is { } nowhere) return nowhere;
        row = d.Row(item, bin.Status);
        StockStatus status = d.Stock.OnHand(row)?.Status ?? bin.Status;
        if (bin.Status != StockStatus.Available || status != StockStatus.Available)
            return new(bin.Status == StockStatus.Customs || status == StockStatus.Customs ? "not-cleared" : "on-hold", bin.Status == StockStatus.Customs || status == StockStatus.Customs ? $"Lot {d.Said.LotNumber} waits for customs." : $"Lot {d.Said.LotNumber} is held by quality.", "Leave it there; take another lot.");
        if (d.Stock.OnHand(row) is { } stock && Customs.Bars(d, stock, build, order) is { } barred) return barred;
        if (Revisions.OfPick(d, item.Key, d.Said.Revision, d.Said.LotNumber, build, order) is { } changed) return changed;
        if (d.Said.Revision.Length == 0 && d.World.Stock.Contains(row.Key)) return null;
        return InForce(d, item.Key, d.Said.Revision, build) ? null
            : new("wrong-revision", $"Revision '{d.Said.Revision}' of {item.Key} may not be used on {Kits.Day(d, build)}.", d.World.ItemRevisions.StartingWith($"{item.Key}|").LastOrDefault(r => Kits.Within(r.From, r.To, Kits.Day(d, build))) is { } right ? $"Take revision {right.Revision}." : "Tell the planner.");
    }

    /// <summary>Whether a revision may be used on the day of a build; of an item without revisions any.</summary>
    internal static bool InForce(Doing d, Key<Item> item, string revision, Build build)
    {
        ItemRevision[] revisions = [.. d.World.ItemRevisions.StartingWith($"{item}|")];
        return revisions.Length == 0 || revisions.FirstOrDefault(r => r.Revision == revision) is { } one && Kits.Within(one.From, one.To, Kits.Day(d, build));
    }

    /// <summary>The kit takes so much of a row: what it is pegged to, or what no other kit is pegged to.</summary>
    private static Refusal? Take(Doing d, Build build, IReadOnlyList<KitPart> parts, KitPart part, StockRow row, decimal amount)
    {
        string supply = $"stock:{row.Key}";
        Peg[] mine = [.. d.World.Pegs.StartingWith($"{build.Key}|").Where(p => Kits.Fitting(d, parts, p.Item, build) == part)];
        decimal picked = Kits.In(d, build).Where(b => b.StockKey == row.Key).Sum(static b => b.Quantity.Value), pegged = mine.Where(p => p.Supply == supply).Sum(static p => p.Quantity.Value);
        decimal more = amount - Math.Max(0, pegged - picked);
        if (more <= 0) return null;
        Peg[] others = [.. d.World.Pegs.Where(p => p.Supply == supply && p.Build != build.Key && d.World.Builds[p.Build].Status < OrderStatus.Completed)];
        decimal free = (d.Stock.OnHand(row)?.Quantity.Value ?? 0) - Math.Max(pegged, picked) - others.Sum(static p => p.Quantity.Value);
        if (free < more)
        {
            Build first = others.Length == 0 ? build : others.Select(p => d.World.Builds[p.Build]).MinBy(static b => b.Start)!;
            return new("promised", others.Length == 0 ? $"Lot {d.Said.LotNumber} does not have so many." : $"Lot {d.Said.LotNumber} is for {first.Key}.", mine.FirstOrDefault(p => p.Supply != supply && Left(d, build, p) > 0 && p.Supply.StartsWith("stock:", StringComparison.Ordinal)) is { } own
                ? $"Take lot {own.Supply.Split('|')[^1]}." : "Put it back: what this kit waits for is not here yet.");
        }
        foreach (Peg peg in mine.Where(p => p.Supply != supply).OrderBy(static p => p.Supply.StartsWith("stock:", StringComparison.Ordinal)).ThenBy(static p => p.Id, StringComparer.Ordinal))
        {
            decimal moves = Math.Min(more, Left(d, build, peg));
            if (moves <= 0) continue;
            Repeg(d, peg, row.Item, supply, moves);
            if ((more -= moves) <= 0) return null;
        }
        Peg(d, new Peg(build.Key, row.Item, supply, build.Party, new(more, part.Item.Unit)));
        return null;
    }

    /// <summary>How much of a peg is not in the kit yet.</summary>
    private static decimal Left(Doing d, Build build, Peg peg) => peg.Quantity.Value - Kits.In(d, build).Where(b => $"stock:{b.StockKey}" == peg.Supply).Sum(static b => b.Quantity.Value);
}
