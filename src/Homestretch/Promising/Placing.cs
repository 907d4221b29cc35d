using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>What one order line would take of what is left.</summary>
/// <param name="Pegs">Supply and steps of each, with the index of its item.</param>
/// <param name="Purchases">Index of the item, whom from, seconds to wait before placing, second it should be ready, steps bought and steps pegged.</param>
/// <param name="Work">Working seconds.</param>
internal sealed record Placed(Routing Way, int Work, int Start, int End, IReadOnlyList<(int Item, int Supply, int Steps)> Pegs,
    IReadOnlyList<(int Item, ItemSupplier Buy, int Wait, int Ready, int Steps, int Pegged)> Purchases);

/// <summary>Gives one order line a slot and a kit from what is left, by the rule of the allocation kernel's single pass: the latest slot in time when the
/// kit is whole by then, else the earliest once it is; of each part the latest lots that are there.</summary>
internal sealed class Placing
{
    private readonly Free _free;
    private readonly Need _need;
    private readonly SourceOption[] _options;
    private readonly Routing _way;
    private readonly int _line, _due;

    private Placing(Free free, Need need)
    {
        _free = free;
        _way = Allocating.Least(free.Needs.Ways(need.Order), l => free.Load(free.LineOf(l)));
        _need = need = need with { Way = _way };
        _line = free.LineOf(_way.Line);
        _due = Seconds.Of(need.Due, free.Epoch);
        _options = [.. need.Parts.Select(p => free.Sourcing[p.Item][0])];
    }

    /// <param name="world">In which lots and stock are looked up.</param>
    /// <returns>Null with the item (or nothing, when the line's calendar ends) that cannot be had.</returns>
    public static Placed? Of(Snapshot world, Free free, Need need, int notBefore, out int lacking)
    {
        try
        {
            while (true)
            {
                Placed? placed = Of(free, need, notBefore, out lacking);
                int[] wrong = placed is null || free.Needs.Accepting is null ? [] : [.. placed.Pegs.Where(p => !free.Takes(world, need.Order, placed.Start, p.Supply)).Select(static p => p.Supply)];
                if (wrong.Length == 0) return placed;
                free.Aside.UnionWith(wrong);       // of a revision that this build does not take: another try without it
            }
        }
        finally
        {
            free.Aside.Clear();
        }
    }

    private static Placed? Of(Free free, Need need, int notBefore, out int lacking)
    {
        var placing = new Placing(free, need);
        int[] choice = new int[need.Parts.Count];
        var (start, end, gate) = placing.Try(notBefore);
        for (int round = 0; round < Allocating.Rounds && gate >= 0; round++)
        {
            int part = gate;
            SourceOption[] ways = free.Sourcing[need.Parts[part].Item];
            int next = free.Sourcing.Next(need, ways, choice[part]);
            if (next < 0) break;
            SourceOption before = placing._options[part];
            placing._options[part] = ways[next];
            var (tried, ends, otherGate) = placing.Try(notBefore);
            if (tried >= 0 && (start < 0 || ends < end) && ways[next].Allows(Seconds.At(tried, free.Epoch)))
                (start, end, gate, choice[part]) = (tried, ends, otherGate, next);
            else
            {
                placing._options[part] = before;
                break;
            }
        }
        lacking = start < 0 && gate >= 0 ? need.Parts[gate].Item : -1;
        return start < 0 ? null : placing.Take(start, end);
    }

    /// <summary>Start and end with the chosen ways, and the part that makes it late; -1 for none. A start below 0: no slot.</summary>
    private (int Start, int End, int Gate) Try(int notBefore)
    {
        LineCalendar calendar = _free.Calendar(_line);
        LineSlots slots = _free.Slots(_line);
        int work = _need.WorkSeconds, release = Math.Max(0, notBefore), dueWork = _due <= 0 ? 0 : calendar.ToWork(_due), gate;
        int latest = slots.LatestFit(dueWork, work, calendar.ToWork(release)), from;
        if (latest >= 0)
        {
            int second = calendar.StartToCalendar(latest);
            from = WholeFrom(second, out gate);
            if (from <= second) return (second, calendar.EndToCalendar(latest + work), -1);
        }
        else from = WholeFrom(release, out gate);
        if (from == int.MaxValue) return (-1, -1, gate);
        int start = slots.EarliestFit(calendar.ToWork(from), work);
        if (start < 0) return (-1, -1, -1);
        bool blamed = start + work > dueWork && gate >= 0 && from > (dueWork - work < 0 ? -1 : calendar.StartToCalendar(dueWork - work));
        return (calendar.StartToCalendar(start), calendar.EndToCalendar(start + work), blamed ? gate : -1);
    }

    /// <summary>The earliest second, not before one, at which every part can be had; <see cref="int.MaxValue"/> for never.</summary>
    /// <param name="gate">The part that sets it; -1 when nothing has to be waited for.</param>
    private int WholeFrom(int second, out int gate)
    {
        (int whole, gate) = (second, -1);
        for (int part = 0; part < _options.Length; part++)
        {
            int lead = Lead(part), had = lead;
            if (lead <= whole) continue;
            if (_options[part].Lots)
            {
                long sum = 0;
                foreach (FreeSupply s in _free.Of(_options[part].Item))
                {
                    if (s.Second >= lead || (sum += s.Steps) < _need.Parts[part].Steps) continue;
                    had = s.Second;
                    break;
                }
            }
            if (had > whole) (whole, gate) = (had, part);
        }
        return whole;
    }

    private int Lead(int part) => _options[part].Buy is { } buy ? _free.Sourcing.LeadSeconds(buy) : int.MaxValue;

    private Placed Take(int start, int end)
    {
        var pegs = new List<(int, int, int)>();
        var purchases = new List<(int, ItemSupplier, int, int, int, int)>();
        for (int part = 0; part < _options.Length; part++)
        {
            SourceOption option = _options[part];
            int wanted = _need.Parts[part].Steps;
            if (option.Lots)
            {
                foreach (FreeSupply s in _free.Of(option.Item).TakeWhile(s => s.Second <= start).Reverse())
                {
                    int taken = Math.Min(wanted, s.Steps);
                    pegs.Add((option.Item, s.Supply, taken));
                    if ((wanted -= taken) == 0) break;
                }
            }
            if (wanted > 0) Buy(option, wanted, start, Lead(part), purchases);
        }
        return new(_way, _need.WorkSeconds, start, end, pegs, purchases);
    }

    private void Buy(SourceOption option, int wanted, int start, int lead, List<(int, ItemSupplier, int, int, int, int)> purchases)
    {
        ItemSupplier buy = option.Buy!;
        Item item = _free.Needs.Items[option.Item].Item;
        int Size(decimal amount) => Math.Max(1, Needs.Steps(item, amount));
        int multiple = Size(buy.Multiple);
        long most = AllocationPegs.LargestPurchase(wanted, multiple, buy.Maximum is { } m ? Size(m) : int.MaxValue);
        while (wanted > 0)
        {
            long size = Math.Min((Math.Max(wanted, (long)Size(buy.Minimum)) + multiple - 1) / multiple * multiple, most);
            int ready = Math.Max(lead, start - Seconds.OfDays(buy.SoftSafetyDays)), pegged = (int)Math.Min(wanted, size);
            purchases.Add((option.Item, buy, ready - lead, ready, (int)size, pegged));
            wanted -= pegged;
        }
    }
}
