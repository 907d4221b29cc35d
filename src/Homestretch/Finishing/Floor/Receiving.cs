using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>Goods come in, in one go or in several, and are what they were announced as or go on hold.</summary>
internal static class Receiving
{
    public static Refusal? Receive(Doing d)
    {
        if (d.Known(out Item item) is { } unknown) return unknown;
        if (d.Amount(item, out decimal amount) is { } none) return none;
        if (Expected(d, out Lot lot) is { } unexpected) return unexpected;
        if (d.Place(d.Said.To, out Bin bin) is { } nowhere) return nowhere;
        if (lot.Item != item.Key) return new("wrong-item", $"{lot.Id} is {lot.Item}, not {item.Key}.", "Scan the label again; if the part is another one, put it on hold and tell the planner.");
        bool asOrdered = lot.Revision.Length == 0 || d.Said.Revision == lot.Revision;
        if (!asOrdered && bin.Status != StockStatus.Hold) return new("wrong-revision", $"{lot.Id} was announced in revision {lot.Revision}, this is '{d.Said.Revision}'.", "Receive it into a bin for held goods.");
        if (d.Room(bin, item, amount) is { } full) return full;
        decimal over = lot.Received + amount - lot.Quantity.Value;
        if (over > 0 && d.Said.Reason.Trim().Length == 0) return new("more-than-announced", $"{lot.Id} was announced with {lot.Quantity}; that would be {over} more.", "Count again; if it is so, say why.");

        StockRow row = d.Row(item, bin.Status);
        if (CustomsSaying.Read(d.Said.Values, out CustomsSaying customs) is { } unread) return unread;
        CustomsSaying known = Customs.Of(d, item.Key, lot.Id, Customs.Told(d.World, d.Said.Site));
        CustomsStanding stood = known.Standing ?? CustomsStanding.Unknown;
        if (customs.Standing is { } standing && stood != CustomsStanding.Unknown && stood != standing) return new("customs-differs", $"{lot.Id} is {Words.Of(stood)} already, not {Words.Of(standing)}.", "Receive it without a word of customs; the office changes it for the whole lot.");
        d.Stock.Add(bin.Code, row, amount);
        CustomsSaying says = stood == CustomsStanding.Unknown ? customs : known;
        if (says.Standing is { } stands and not CustomsStanding.Unknown && d.Stock.OnHand(row)?.Customs != stands) Customs.Set(d, item, lot.Id, row, stands, says.Document);
        Lot now = lot with { Received = lot.Received + amount };
        if (now.Received >= lot.Quantity.Value) now = now with { State = LotState.Received };
        d.Put(now);
        if (now.State == LotState.Received) Bought(d, lot);
        Pegs(d, lot, row, amount, all: now.State == LotState.Received);
        if (over > 0) d.Note = $"{over} more than announced.";
        else if (now.State != LotState.Received) d.Note = $"{lot.Quantity.Value - now.Received} of {lot.Quantity.Value} still to come.";
        return null;
    }

    public static Refusal? Close(Doing d)
    {
        if (Expected(d, out Lot lot) is { } unexpected) return unexpected;
        decimal missing = lot.Quantity.Value - lot.Received;
        if (d.Reasoned($"Closing {lot.Id} with {missing} missing") is { } why) return why;
        d.Put(lot with { State = LotState.Received });
        Bought(d, lot);
        foreach (Peg peg in Pegged(d, lot)) d.Remove(peg, $"{missing} of {lot.Id} never came");
        d.Note = $"{missing} of {lot.Quantity.Value} never came.";
        return null;
    }

    private static Refusal? Expected(Doing d, out Lot lot)
    {
        lot = d.World.Lots.Find(d.Said.LotNumber)!;
        return d.Said.LotNumber.Length == 0 ? new("no-lot", "No lot was scanned.", "Scan the label of the lot.")
            : lot is null ? new("unknown-lot", $"Nobody announced a lot {d.Said.LotNumber}.", "Put it on hold and tell the planner; the supplier has to announce it.")
            : d.World.Lanes[lot.Lane].To != d.Said.Site ? new("wrong-site", $"{lot.Id} is for {d.World.Lanes[lot.Lane].To}.", "Put it on hold and tell the planner.")
            : lot.State >= LotState.Received ? new("already-received", $"{lot.Id} has been received whole.", "Count what lies in the bins if you have more.") : null;
    }

    private static void Bought(Doing d, Lot lot)
    {
        if (d.World.PurchaseOrderLines.Find(lot.PurchaseOrderLine) is { Status: < OrderStatus.Completed } line && !d.World.Lots.Any(l => l.PurchaseOrderLine == lot.PurchaseOrderLine && l.Key != lot.Key && l.State < LotState.Received))
            d.Put(line with { Status = OrderStatus.Completed });
    }

    /// <summary>Kits that wait for the lot get what came, those that are built first before others.</summary>
    private static void Pegs(Doing d, Lot lot, StockRow row, decimal came, bool all)
    {
        foreach (Peg peg in Pegged(d, lot))
        {
            decimal gets = all ? peg.Quantity.Value : Math.Min(peg.Quantity.Value, came);
            if (gets <= 0) return;
            came -= gets;
            Kitting.Repeg(d, peg, peg.Item, $"stock:{row.Key}", gets);
        }
    }

    private static IEnumerable<Peg> Pegged(Doing d, Lot lot) => d.World.Pegs.Where(p => p.Supply == $"lot:{lot.Key}").OrderBy(p => d.World.Builds[p.Build].Start).ThenBy(static p => p.Id, StringComparer.Ordinal);
}
