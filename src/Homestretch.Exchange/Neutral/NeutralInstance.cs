using Homestretch.Promising.Kernel;

namespace Homestretch.Exchange.Neutral;

/// <summary>A bought sub-assembly of a neutral instance.</summary>
/// <param name="LeadSeconds">From placing a purchase to its arrival.</param>
/// <param name="Minimum">Smallest purchase.</param>
/// <param name="Multiple">Purchases are whole multiples of this.</param>
/// <param name="OnHand">In stock at second 0.</param>
public sealed record NeutralComponent(string Key, string Supplier, int LeadSeconds, int Minimum, int Multiple, int OnHand);

/// <summary>An assembly line that runs from midnight for so many minutes every day; 1,440 = without a break.</summary>
public sealed record NeutralLine(string Key, int MinutesPerDay);

/// <summary>A product and its kit.</summary>
/// <param name="Line">Index of its assembly line.</param>
/// <param name="UnitSeconds">Work on one unit.</param>
/// <param name="Parts">Component index and quantity in one unit; each component once, ascending.</param>
public sealed record NeutralProduct(string Key, int Line, int UnitSeconds, IReadOnlyList<(int Component, int Quantity)> Parts);

/// <summary>A customer order for one product.</summary>
/// <param name="DueSecond">By which it should be built.</param>
/// <param name="Class">1 = most important.</param>
public sealed record NeutralOrder(string Key, int Product, int Quantity, int DueSecond, byte Class);

/// <summary>A purchase order on its way.</summary>
/// <param name="EtaSecond">When it arrives.</param>
public sealed record NeutralPurchase(string Key, int Component, int Quantity, int EtaSecond);

/// <summary>A neutral last-mile planning instance: components, lines, products with their kits, customer orders and open
/// purchase orders, each in ordinal order of its key. All times are whole seconds after the instance's 'current'.</summary>
public sealed record NeutralInstance(
    IReadOnlyList<NeutralComponent> Components, IReadOnlyList<NeutralLine> Lines, IReadOnlyList<NeutralProduct> Products,
    IReadOnlyList<NeutralOrder> Orders, IReadOnlyList<NeutralPurchase> Purchases)
{
    /// <summary>How far the calendar of a line with breaks is laid out, in days.</summary>
    private const int CalendarDays = 3 * 365;

    /// <summary>The instance with some open purchase orders arriving at another time.</summary>
    /// <param name="etas">Purchase order key and its new arrival second.</param>
    /// <exception cref="KeyNotFoundException">No such purchase order.</exception>
    public NeutralInstance WithSlips(IReadOnlyDictionary<string, int> etas)
    {
        foreach (string key in etas.Keys)
            if (!Purchases.Any(purchase => purchase.Key == key))
                throw new KeyNotFoundException($"There is no open purchase order '{key}'.");
        return this with { Purchases = [.. Purchases.Select(purchase => etas.TryGetValue(purchase.Key, out int eta) ? purchase with { EtaSecond = eta } : purchase)] };
    }

    /// <summary>The instance as an allocation problem. Items, lines and orders keep their indices; a component's stock is
    /// its first lot.</summary>
    /// <param name="lotPurchase">The open purchase order behind each lot; -1 for stock.</param>
    public AllocationProblem ToProblem(out int[] lotPurchase)
    {
        int[] lotFirst = new int[Components.Count + 1];
        var lotSecond = new List<int>();
        var lotQuantity = new List<int>();
        var lotOf = new List<int>();
        ILookup<int, int> byComponent = Enumerable.Range(0, Purchases.Count).ToLookup(p => Purchases[p].Component);
        for (int item = 0; item < Components.Count; item++)
        {
            lotSecond.Add(0);
            lotQuantity.Add(Components[item].OnHand);
            lotOf.Add(-1);
            foreach (int p in byComponent[item].OrderBy(p => Purchases[p].EtaSecond).ThenBy(p => p))
            {
                lotSecond.Add(Purchases[p].EtaSecond);
                lotQuantity.Add(Purchases[p].Quantity);
                lotOf.Add(p);
            }
            lotFirst[item + 1] = lotSecond.Count;
        }
        lotPurchase = [.. lotOf];
        int[] partFirst = new int[Orders.Count + 1];
        for (int o = 0; o < Orders.Count; o++) partFirst[o + 1] = partFirst[o] + Products[Orders[o].Product].Parts.Count;
        int[] partItem = new int[partFirst[^1]], partQuantity = new int[partFirst[^1]];
        for (int o = 0; o < Orders.Count; o++)
        {
            int at = partFirst[o];
            foreach ((int component, int quantity) in Products[Orders[o].Product].Parts)
                (partItem[at], partQuantity[at++]) = (component, quantity * Orders[o].Quantity);
        }
        return new AllocationProblem
        {
            LotFirst = lotFirst, LotSecond = [.. lotSecond], LotQuantity = [.. lotQuantity],
            BuyLead = [.. Components.Select(c => c.LeadSeconds)], BuyMinimum = [.. Components.Select(c => Math.Max(1, c.Minimum))],
            BuyMultiple = [.. Components.Select(c => Math.Max(1, c.Multiple))],
            BuyMaximum = [.. Components.Select(_ => 1_000_000_000)], SoftSafety = new int[Components.Count],
            OrderLine = [.. Orders.Select(o => Products[o.Product].Line)], WorkSeconds = [.. Orders.Select(o => Products[o.Product].UnitSeconds * o.Quantity)],
            DueSecond = [.. Orders.Select(o => o.DueSecond)], ReleaseSecond = new int[Orders.Count], OrderClass = [.. Orders.Select(o => o.Class)],
            PartFirst = partFirst, PartItem = partItem, PartQuantity = partQuantity, Lines = [.. Lines.Select(Calendar)],
        };
    }

    private static LineCalendar Calendar(NeutralLine line)
    {
        if (line.MinutesPerDay >= 1440) return LineCalendar.AlwaysOpen;
        int[] opens = [.. Enumerable.Range(0, CalendarDays).Select(day => day * 86_400)];
        return new LineCalendar(opens, [.. opens.Select(open => open + line.MinutesPerDay * 60)]);
    }
}
