using Homestretch.Promising.Kernel;
using Homestretch.World;

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
