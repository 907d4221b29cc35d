using Homestretch.Promising.Kernel;
using Homestretch.Promising.Lots;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A supply that an item has at a hub: when it is counted on, and what no kit has taken of it.</summary>
internal readonly record struct FreeSupply(int Second, int Supply, int Steps);

/// <summary>What is left for order lines to come: supply that no kit is pegged to, line time that no build holds, and what can be bought. Follows the plan
/// change by change; a line or an item that changed is counted again when next asked for.</summary>
internal sealed class Free
{
    private readonly PlanLayout _layout;
    private readonly Evaluation _evaluation;
    private readonly PlanPolicy _policy;
    private readonly List<long> _used = [];
    private readonly Dictionary<(string Hub, string Item), List<int>> _supplies = [];
    private readonly Dictionary<(string Hub, string Item), (int Second, int Supply)[]> _sorted = [];
    private readonly LineSlots?[] _slots;
    private readonly long[] _load;

    public Free(Snapshot world, PlanLayout layout, Evaluation evaluation, LotSampler sampler, Instant t, PlanPolicy policy)
    {
        (_layout, _evaluation, _policy, Epoch) = (layout, evaluation, policy, t);
        (_slots, _load) = (new LineSlots?[layout.Lines.Length], new long[layout.Lines.Length]);
        Sourcing = new Sourcing(world, layout.Needs, sampler, t, policy);
        for (int s = 0; s < layout.Supplies.Count; s++) Changed(s);
        foreach (Laid laid in layout.All) Count(laid, 1);
    }

    public Instant Epoch { get; }
    public Sourcing Sourcing { get; }
    public Needs Needs => _layout.Needs;

    /// <summary>Whether a build that starts then may take a supply.</summary>
    public bool Takes(Snapshot world, OrderLine order, int start, int supply) =>
        _layout.Supplies[supply] is not { } s || Needs.Accepting?.Takes(world, order, Seconds.At(start, Epoch), s.Item, s.Name) != false;

    /// <summary>An order line's pegs are taken (1) or given back (-1).</summary>
    public void Count(Laid laid, int sign)
    {
        foreach (LaidPeg peg in laid.Pegs)
            _used[peg.Supply] += sign * peg.Steps;
        if (laid.Need.Held is { } held) _slots[_layout.LineOf(held.Line)] = null;
    }

    /// <summary>What a placing takes is taken (1) or given back (-1), without a build in the plan.</summary>
    public void Take(Placed placed, int sign)
    {
        foreach (var (_, supply, steps) in placed.Pegs) _used[supply] += sign * steps;
        int line = LineOf(placed.Way.Line);
        _load[line] += sign * placed.Work;
        if (sign > 0) Slots(line).TryTake(Calendar(line).ToWork(placed.Start), placed.Work);
        else _slots[line] = null;
    }

    /// <summary>A line is open at other times.</summary>
    public void Reopened(int line) => _slots[line] = null;

    /// <summary>A supply came, went, or is expected at another time.</summary>
    public void Changed(int supply)
    {
        while (_used.Count <= supply) _used.Add(0);
        if (_layout.Supplies[supply] is not { } s) return;
        if (!_supplies.TryGetValue((s.Hub.Value, s.Item.Value), out List<int>? all)) _supplies[(s.Hub.Value, s.Item.Value)] = all = [];
        if (!all.Contains(supply)) all.Add(supply);
        _sorted.Remove((s.Hub.Value, s.Item.Value));
    }

    /// <summary>What a build that may not have it leaves aside; empty when nobody asks for a kit, or all may have all.</summary>
    public HashSet<int> Aside { get; } = [];

    /// <summary>Supplies of an item that have something left, by the second at which they are counted on, then name.</summary>
    public IEnumerable<FreeSupply> Of(int item)
    {
        var (hub, record) = _layout.Needs.Items[item];
        if (!_sorted.TryGetValue((hub.Value, record.Id), out (int Second, int Supply)[]? sorted))
            _sorted[(hub.Value, record.Id)] = sorted = [.. _supplies.GetValueOrDefault((hub.Value, record.Id), []).Where(s => _layout.Supplies[s] is not null)
                .Select(s => (OrderStatistics.Quantile(_layout.Supplies.Arrivals[s], _policy.AllocationQuantile), s))
                .OrderBy(static x => x.Item1).ThenBy(x => _layout.Supplies.NameAt(x.s), StringComparer.Ordinal)];
        foreach (var (second, supply) in sorted)
        {
            if (_layout.Supplies[supply] is { } s && s.Hub == hub && s.Item == record.Key && s.Steps > _used[supply] && !Aside.Contains(supply))
                yield return new(second, supply, (int)(s.Steps - _used[supply]));
        }
    }

    public LineCalendar Calendar(int line) => _layout.Lines[line].Calendar;
    public int LineOf(Key<AssemblyLine> line) => _layout.LineOf(line);

    /// <summary>Working seconds of the builds on a line.</summary>
    public long Load(int line)
    {
        Slots(line);
        return _load[line];
    }

    /// <summary>The free time of a line. Held slots as the line can still keep them: in their order, none on top of another.</summary>
    public LineSlots Slots(int line)
    {
        if (_slots[line] is { } known) return known;
        LineCalendar calendar = Calendar(line);
        var slots = _slots[line] = new LineSlots(calendar.Horizon);
        int free = 0;
        _load[line] = 0;
        LineRecord record = _evaluation.Lines[line];
        foreach (int build in record.Sequence.AsSpan(0, record.Length))
        {
            Need need = _layout[build].Need;
            int length = need.RemainingSeconds(calendar, Epoch), work = Math.Max(free, calendar.ToWork(_layout.Planned[build].PlannedStart));
            _load[line] += need.WorkSeconds;
            if (work > calendar.Horizon - length) continue;
            slots.TryTake(work, length);
            free = work + length;
        }
        return slots;
    }
}
