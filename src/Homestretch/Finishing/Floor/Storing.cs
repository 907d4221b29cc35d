using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>Stock moves between bins, is held and released, counted and thrown away; never more than there is.</summary>
internal static class Storing
{
    public static Refusal? Move(Doing d)
    {
        if (d.Known(out Item item) is { } unknown) return unknown;
        if (d.Amount(item, out decimal amount) is { } none) return none;
        if (d.Place(d.Said.To, out Bin to) is { } nowhere) return nowhere;
        StockStatus was = StockStatus.Available;
        if (d.Said.From.Length > 0)
        {
            if (d.Place(d.Said.From, out Bin from) is { } unplaced) return unplaced;
            if (from.Code == to.Code) return new("same-bin", $"It lies in {to.Code} already.", "Scan the bin that it goes to.");
            was = from.Status;
        }
        if (d.Said.Act == FloorAct.Move && was != to.Status) return new("status", $"{to.Code} is for {Words.Of(to.Status)} goods, these are {Words.Of(was)}.", to.Status == StockStatus.Available ? "Release them instead." : "Hold them instead.");
        if (d.Said.Act == FloorAct.Hold && (to.Status == StockStatus.Available || was == to.Status)) return new("status", $"{to.Code} holds nothing back that is not held already.", "Scan a bin for held goods or for customs.");
        if (d.Said.Act == FloorAct.Release && (to.Status != StockStatus.Available || was == StockStatus.Available)) return new("status", $"From {Words.Of(was)} to {Words.Of(to.Status)} is no release.", "Scan the bin that holds them, then a shelf or dock.");
        if (d.Said.Act != FloorAct.Move && d.Reasoned(d.Said.Act == FloorAct.Hold ? "Holding goods" : "Releasing goods") is { } why) return why;
        if (d.Room(to, item, amount) is { } full) return full;
        if (!d.Stock.Add(d.Said.From, d.Row(item, was), -amount)) return Short(d, item, d.Row(item, was));
        d.Stock.Add(to.Code, d.Row(item, to.Status), amount);
        return null;
    }

    public static Refusal? Count(Doing d)
    {
        if (d.Known(out Item item) is { } unknown) return unknown;
        if (d.Place(d.Said.From, out Bin bin) is { } nowhere) return nowhere;
        if (d.Said.Quantity is not { } counted) return new("no-quantity", "No amount was given.", "Enter how many lie there, 0 for none.");
        if (counted % item.Step != 0) return new("step", $"{counted} {item.Unit} of {item.Key} cannot be counted.", $"Enter a multiple of {item.Step} {item.Unit}.");
        StockRow row = d.Row(item, bin.Status);
        if (d.Stock.Counted(bin.Code, row))
        {
            d.Note = "It has been counted again since; that count stands.";
            return null;
        }
        decimal now = counted + Since(d, bin, row);
        if (now < 0) return new("taken-since", $"{-Since(d, bin, row)} were taken out of {bin.Code} after you counted {counted}.", "Count once more.");
        d.Stock.Count(bin.Code, row, now);
        return null;
    }

    public static Refusal? Scrap(Doing d)
    {
        if (d.Known(out Item item) is { } unknown) return unknown;
        if (d.Amount(item, out decimal amount) is { } none) return none;
        if (d.Place(d.Said.From, out Bin bin) is { } nowhere) return nowhere;
        if (d.Reasoned("Throwing goods away") is { } why) return why;
        return d.Stock.Add(bin.Code, d.Row(item, bin.Status), -amount) ? null : Short(d, item, d.Row(item, bin.Status));
    }

    /// <summary>Told without the amount that should lie there: who counts next must not know it.</summary>
    public static Refusal Short(Doing d, Item item, StockRow row) =>
        new("not-there", $"{(d.Said.From.Length > 0 ? d.Said.From : "What has no bin")} does not have so many of {item.Key}{(row.LotNumber.Length > 0 ? $", lot {row.LotNumber}" : "")}.", "Check bin and lot; if they are right, count the bin.");

    /// <summary>What was put into a bin, less what was taken out, after the count happened and before it was heard.</summary>
    private static decimal Since(Doing d, Bin bin, StockRow row) => d.World.FloorOperations
        .Where(o => o.Happened > d.Said.Happened && o.Answer == FloorAnswer.Accepted && o.Site == row.Site && o.Item == row.Item.Value && o.Revision == d.Said.Revision && o.LotNumber == d.Said.LotNumber)
        .Sum(o => o.Act is FloorAct.Count ? 0 : (o.To == bin.Code ? o.Quantity ?? 0 : 0) - (o.From == bin.Code ? o.Quantity ?? 0 : 0));
}
