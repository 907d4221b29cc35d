using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <content>What the samples say of one order line or one supply.</content>
public sealed partial class Plan
{
    /// <summary>Samples of one order line's delivery, seconds after the epoch; empty when its date is unknown.</summary>
    public int[] DateSamples(Key<OrderLine> orderLine)
    {
        int b = _layout.BuildOf(orderLine.Value);
        if (b < 0) return [];
        int[] dates = new int[Policy.Samples];
        _evaluation.CopyDates(b, dates);
        return dates;
    }

    /// <summary>The same into a row of the caller's; false when its date is unknown.</summary>
    internal bool CopyDates(string orderLine, Span<int> dates)
    {
        int b = _layout.BuildOf(orderLine);
        if (b >= 0) _evaluation.CopyDates(b, dates);
        return b >= 0;
    }

    /// <summary>What holds an order line in the samples that miss its promise; empty when none does, it has no promise, or its date is unknown.</summary>
    public IReadOnlyList<MissedBy> MissedBy(Key<OrderLine> orderLine) => _layout.BuildOf(orderLine.Value) is >= 0 and var b && _layout[b].Need.Promised is { } promise
        ? Promising.MissedBy.Of(_layout, _evaluation, b, Seconds.Of(promise.Date, Epoch), Seconds.Of(_layout[b].Need.Held!.End, Epoch)) : [];

    /// <summary>Second after the epoch by which a supply is there in this share of futures; null when there is none of that name.</summary>
    internal int? SecondOf(string supply, double p) => _layout.Supplies.Find(supply) is >= 0 and var s ? OrderStatistics.Quantile(_layout.Supplies.Arrivals[s], p) : null;

    /// <summary>Samples of one lot's arrival, seconds after the epoch; empty when it is not coming.</summary>
    internal int[] ArrivalSamples(Key<Lot> lot) => Coming(lot) is { } l ? _futures.Of(l).ToArray() : [];

    /// <summary>Shares of samples in which all of a kit's supplies that are meant, and all others, are there by its planned start; null when it holds no slot.</summary>
    /// <param name="these">Asked only of supplies that are late in some sample.</param>
    internal (double These, double Others)? InTime(Key<OrderLine> orderLine, Func<Supply, bool> these)
    {
        if (_layout.Find(orderLine.Value) is not { Need.Held: { } held } laid) return null;
        int start = Math.Max(0, Seconds.Of(held.Start, Epoch));
        bool[] late = new bool[2 * Policy.Samples];
        foreach (int supply in laid.Lots)
        {
            ReadOnlySpan<int> arrivals = _layout.Supplies.Arrivals[supply];
            if (OrderStatistics.CountUpTo(arrivals, start) == arrivals.Length) continue;
            int row = these(_layout.Supplies[supply]!) ? 0 : Policy.Samples;
            for (int s = 0; s < arrivals.Length; s++) late[row + s] |= arrivals[s] > start;
        }
        return (Share(late.AsSpan(0, Policy.Samples)), Share(late.AsSpan(Policy.Samples)));

        static double Share(ReadOnlySpan<bool> late) => late.Count(false) / (double)late.Length;
    }

    /// <summary>What builds take of an item at a hub, in the item's smallest steps, in order of their planned start; without those that began and have taken it.</summary>
    internal IEnumerable<(Instant Start, Key<OrderLine> OrderLine, int Steps)> TakesOf(Key<Site> hub, Key<Item> item)
    {
        int part = _layout.Needs.Find(hub, item);
        return part < 0 ? [] : _layout.All.Where(static l => l.Need.Held is { } held && !(held.Status == OrderStatus.Confirmed && l.Named.Length == 0))
            .Select(l => (l.Need.Held!.Start, l.Need.Order.Key, Steps: l.Need.Parts.Sum(p => p.Item == part ? p.Steps : 0))).Where(static b => b.Steps > 0)
            .OrderBy(static b => b.Start).ThenBy(static b => b.Key.Value, StringComparer.Ordinal);
    }

    /// <summary>Order lines whose kits draw on a supply, in order of the plan's builds.</summary>
    internal IEnumerable<Key<OrderLine>> DrawingOn(string supply) => _layout.Supplies.Find(supply) is >= 0 and var s ? _evaluation.BuildsOf(s).Select(b => _layout[b].Need.Order.Key) : [];

    /// <summary>Order lines whose kits draw on a lot, with whether the lot is the gate, in order of key.</summary>
    public IReadOnlyList<(Key<OrderLine> OrderLine, bool Gates)> HeldBy(Key<Lot> lot)
    {
        int supply = _layout.Supplies.Find($"lot:{lot}");
        if (supply < 0) return [];
        var held = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (int b in _evaluation.BuildsOf(supply))
        {
            string order = _layout[b].Need.Order.Id;
            held[order] = Of(order) is Forecast.Dated d && d.Gate.Supply == $"lot:{lot}";
        }
        return [.. held.Select(static h => (new Key<OrderLine>(h.Key), h.Value))];
    }
}
