using System.Globalization;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Seeing;

/// <summary>Stocks with a target, and what buying them up tells the world.</summary>
internal static class StockViews
{
    private const int MostNamed = 1000, LongestNote = 400;

    public static StocksView Of(Sight sight) => new([.. Restocking.All(sight.World, sight.Now).Select(r => Row(sight, r))], sight.World.Studies.Count > 0);

    /// <summary>What buying the named stocks up writes, or why it cannot be done.</summary>
    public static (IReadOnlyList<WorldEvent> Events, IReadOnlyList<Finding> Wrong, string Note) Meant(Sight sight, RestockOrder order)
    {
        if (order.Stocks.Count > MostNamed) return ([], [new(new("stocks"), "too-many", $"{order.Stocks.Count} stocks at once.", $"Name at most {MostNamed}, or none for all.")], "");
        IReadOnlyList<Restock> all = Restocking.All(sight.World, sight.Now);
        HashSet<string> known = [.. all.Select(static r => r.Target.Id)];
        Finding[] unknown = [.. order.Stocks.Where(s => !known.Contains(s)).Select(static s => new Finding(new("stocks"), "unknown-key", $"No stock '{s}' has a target.", "Name it as hub|item."))];
        if (unknown.Length > 0) return ([], unknown, "");
        Restock[] bought = [.. all.Where(r => r.Buys.Count > 0 && (order.Stocks.Count == 0 || order.Stocks.Contains(r.Target.Id)))];
        if (bought.Length == 0) return ([], [new(new("stocks"), "nothing-below", "None of these stocks is below its target and can be bought now.", "Look again: another may have bought them, or nobody sells them.")], "");
        string note = string.Join(", ", bought.Select(static r => string.Create(CultureInfo.InvariantCulture, $"{r.Target.Hub} {r.Target.Item} {r.Buys.Sum(static b => b.Line.Quantity.Value):0.##}")));
        return ([.. bought.SelectMany(static r => r.Events)], [], note.Length > LongestNote ? $"{note[..LongestNote]} and more" : note);
    }

    private static StockRow Row(Sight sight, Restock r)
    {
        Item item = sight.World.Items[r.Target.Item];
        PurchaseOrderLine? first = r.Buys.Count > 0 ? r.Buys[0].Line : null;
        return new(r.Target.Id, r.Target.Hub.Value, sight.World.Sites[r.Target.Hub].Name, item.Id, item.Name, item.Unit, r.There, r.Coming, r.Taken, r.Free, r.Target.Level, r.Below, r.Buys.Sum(static b => b.Line.Quantity.Value),
            first is null ? "" : sight.World.Parties[first.Supplier].Name, first?.Lane.Value ?? "", first?.Due, r.Target.Note);
    }
}
