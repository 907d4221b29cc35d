using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>One way to get a part of a kit.</summary>
/// <param name="Item">Index of the item that is taken: the part's own, or one that may stand in for it.</param>
/// <param name="Lots">Whether what there is and what comes is drawn on; otherwise all of it is bought.</param>
/// <param name="Buy">Whom the rest is bought from; null when it cannot be bought.</param>
/// <param name="From">First day on which a kit may be built with it; null: any.</param>
/// <param name="To">First day on which it no longer may.</param>
internal sealed record SourceOption(int Item, bool Lots, ItemSupplier? Buy, LocalDate? From, LocalDate? To)
{
    /// <summary>Whether a kit that starts then may be built with it (UTC days).</summary>
    public bool Allows(Instant start) => start.InUtc().Date is var day && !(day < From) && !(day >= To);
}

/// <summary>The ways to get each item of a hub, in order of choice: its own lots and first supplier, its other suppliers, then what may stand in for
/// it, likewise. Suppliers go by whether they take orders today, then priority, then key.</summary>
internal sealed class Sourcing(Snapshot world, Needs needs, LotSampler sampler, Instant t, PlanPolicy policy)
{
    private readonly Dictionary<int, SourceOption[]> _options = [];
    private readonly Dictionary<string, int> _leads = new(StringComparer.Ordinal);
    private readonly HashSet<(string Order, int Item, int Option)> _refused = [];

    public SourceOption[] this[int item] => _options.TryGetValue(item, out SourceOption[]? known) ? known
        : _options[item] = [.. Own(item, null, null), .. needs.StandIns(item).SelectMany(s => Own(s.Item, s.From, s.To))];

    /// <summary>The next way an order line may try after the one it has; -1 when there is none. An item that the kit takes anyway does not stand in for another
    /// of its parts.</summary>
    public int Next(Need need, SourceOption[] options, int current)
    {
        for (int next = current + 1; next < options.Length; next++)
        {
            bool other = options[next].Item != options[0].Item;
            if (!(other && need.Parts.Any(p => p.Item == options[next].Item)) && !_refused.Contains((need.Order.Id, options[0].Item, next))) return next;
        }
        return -1;
    }

    /// <summary>A way did not help an order line: it is not tried again.</summary>
    public void Refuse(string order, int item, int option) => _refused.Add((order, item, option));

    /// <summary>Seconds after t at which a purchase placed as soon as may be is ready to kit, at the policy's quantile, hard safety included.</summary>
    public int LeadSeconds(ItemSupplier buy)
    {
        if (_leads.TryGetValue(buy.Id, out int known)) return known;
        int[] arrivals = new int[policy.Samples];
        Lot sample = PlannedLot(buy, $"PLAN-{buy.Item}", t + Duration.FromSeconds(OpensSecond(buy)), new(0, world.Items[buy.Item].Unit));
        sampler.Fill(world, sample, arrivals);
        return _leads[buy.Id] = Math.Min(Seconds.Far, OrderStatistics.Quantile(arrivals, policy.AllocationQuantile) + Seconds.OfDays(buy.HardSafetyDays));
    }

    /// <summary>When a purchase is placed that may wait some seconds from the first possible moment: not after the supplier's last day.</summary>
    public Instant Placed(ItemSupplier buy, int waitSeconds)
    {
        Instant first = t + Duration.FromSeconds(OpensSecond(buy)), placed = first + Duration.FromSeconds(Math.Max(0, waitSeconds));
        return buy.To is { } to ? Instant.Max(first, Instant.Min(placed, to.PlusDays(-1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant())) : placed;
    }

    /// <summary>The lot a purchase placed at an instant will be.</summary>
    public static Lot PlannedLot(ItemSupplier buy, string key, Instant placed, Quantity quantity) =>
        new(key, buy.Supplier, key, buy.Item, "", quantity, buy.Lane, LotState.Planned, placed + Duration.FromSeconds((double)buy.LeadDays * Seconds.Day), 0, null);

    /// <summary>A planned purchase and its lot, under a key by item, day and running number that nothing bears yet.</summary>
    /// <param name="readySecond">When it should be ready to kit, seconds after t.</param>
    /// <param name="taken">Keys given already; gets this one.</param>
    public (PurchaseOrderLine Line, Lot Lot) Purchase(Snapshot now, ItemSupplier buy, int waitSeconds, int readySecond, int steps, HashSet<string> taken)
    {
        Item item = world.Items[buy.Item];
        Instant placed = Placed(buy, waitSeconds);
        string key;
        int n = 1;
        do key = $"PLAN-{item.Key}-{placed.InUtc().Date:yyyyMMdd}-{n++}";
        while (now.Lots.Contains(key) || now.PurchaseOrderLines.Contains(key) || !taken.Add(key));
        var quantity = new Quantity(steps * item.Step, item.Unit);
        return (new(key, item.Party, buy.Supplier, item.Key, "", quantity, item.Cost, buy.Lane, placed, Seconds.At(readySecond, t), OrderStatus.Proposed),
            PlannedLot(buy, key, placed, quantity));
    }

    private IEnumerable<SourceOption> Own(int item, LocalDate? from, LocalDate? to)
    {
        var (hub, record) = needs.Items[item];
        LocalDate today = t.InUtc().Date;
        ItemSupplier[] suppliers = [.. world.ItemSuppliers.StartingWith($"{record.Key}|").Where(s => world.Lanes[s.Lane].To == hub && !(today >= s.To))
            .OrderBy(s => today < s.From).ThenBy(static s => s.Priority).ThenBy(static s => s.Id, StringComparer.Ordinal)];
        yield return new(item, true, suppliers.FirstOrDefault(), from, to);
        foreach (ItemSupplier other in suppliers.Skip(1)) yield return new(item, false, other, from, to);
    }

    /// <summary>Seconds after t from which the supplier takes orders.</summary>
    private int OpensSecond(ItemSupplier buy) => buy.From is { } from ? Math.Max(0, Seconds.Of(from.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(), t)) : 0;
}
