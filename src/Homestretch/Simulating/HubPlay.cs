using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>A build that is done.</summary>
internal sealed record Built(OrderLine Order, Instant At);

/// <summary>All assembly lines at work: builds begin by the overtaking rule when their kits are whole, and are done when their work is;
/// then their parts leave stock.</summary>
internal sealed class HubPlay
{
    private readonly Instant _start;
    private readonly Truth _truth;
    private readonly Needs _needs;
    private readonly SortedDictionary<string, LinePlay> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);

    public HubPlay(Snapshot world, Instant start, PlanPolicy policy, Truth truth)
    {
        (_start, _truth, _needs) = (start, truth, new(world));
        foreach (AssemblyLine line in world.AssemblyLines)
        {
            LineCalendar calendar = LineTimes.Of(world, line, start, policy);
            Instant free = world.Builds.Where(b => b.Line == line.Key && b.Status == OrderStatus.Confirmed && b.Start <= start).Select(static b => b.End).Append(start).Max();
            _lines.Add(line.Id, new(calendar, PlanLayout.Overtaking(calendar, policy), Math.Max(0, Seconds.Of(free, start))));
        }
    }

    /// <summary>Lines whose hours were changed work by them.</summary>
    public void Follow(Snapshot world, IReadOnlyList<WorldEvent> decided, PlanPolicy policy)
    {
        HashSet<string> calendars = [.. decided.OfType<WorldEvent.Put>().Select(static p => p.Record).OfType<Overtime>().Select(static o => o.Calendar)];
        foreach (AssemblyLine line in world.AssemblyLines.Where(l => calendars.Contains(l.Calendar)))
        {
            LineCalendar calendar = LineTimes.Of(world, line, _start, policy);
            _lines[line.Id].Reopen(calendar, PlanLayout.Overtaking(calendar, policy));
        }
    }

    /// <summary>What kits take: products do not change while a future is played.</summary>
    public Needs Needs => _needs;

    /// <summary>Builds done by a time, then those begun by it, as the world held their slots and pegs up to then.</summary>
    public List<WorldEvent> Play(Snapshot world, Instant now, List<Built> built)
    {
        var events = new List<WorldEvent>();
        var used = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        Links links = Links.Of(world);
        var waiting = new SortedDictionary<string, List<(Need Need, WaitingBuild Build)>>(StringComparer.Ordinal);
        foreach (OrderLine open in world.OrderLines.Where(Needs.Open))
        {
            if (links.Held(world, open.Key) is not { } build) continue;
            Need need = _needs.Of(world, links, open);
            if (build is { Status: OrderStatus.Confirmed } && build.Start <= now && build.End > build.Start && IsBegun(build))
            {
                if (build.End <= now) Complete(world, need, build, built, used, events);
                continue;
            }
            if (Ready(world, need) is not { } ready) continue;
            if (!waiting.TryGetValue(build.Line.Value, out var list)) waiting.Add(build.Line.Value, list = []);
            list.Add((need, new(build.Id, Math.Max(0, Seconds.Of(build.Start, _start)), Math.Max(0, Seconds.Of(ready, _start)), need.WorkSeconds, build.Status == OrderStatus.Confirmed)));
        }
        foreach (var (line, list) in waiting)
        {
            var order = list.OrderBy(static w => w.Build.PlannedStart).ThenBy(w => Laid.Tie(w.Need.Held!, _start));
            var of = list.ToDictionary(static w => w.Build.Build, static w => w.Need, StringComparer.Ordinal);
            foreach (var (next, begin, end) in _lines[line].Play(order.Select(static w => w.Build), Seconds.Of(now, _start)))
            {
                Need need = of[next.Build];
                Build begun = need.Held! with { Status = OrderStatus.Confirmed, Start = Seconds.At(begin, _start), End = Seconds.At(end, _start) };
                _begun.Add(begun.Id);
                if (begun.End <= now) Complete(world, need, begun, built, used, events);
                else events.Add(new WorldEvent.Put(begun));
            }
        }
        foreach (var (key, quantity) in used)
        {
            Stock stock = world.Stock[new Key<Stock>(key)];
            events.Add(new WorldEvent.Put(stock with { Quantity = stock.Quantity with { Value = Math.Max(0, stock.Quantity.Value - quantity) } }));
        }
        return events;
    }

    private bool IsBegun(Build build) => build.Start <= _start || _begun.Contains(build.Id);

    /// <summary>When the kit is truly whole: null while a part of it has no supply.</summary>
    private Instant? Ready(Snapshot world, Need need)
    {
        Peg[] pegs = [.. world.Pegs.StartingWith($"{need.Held!.Key}|")];
        Instant?[] arrives = [.. pegs.Select(p => Arrival(world, p))];
        var kit = new KitPegs(_needs, need, pegs, k => arrives[k] is not null);
        if (!kit.Whole) return null;
        Instant ready = _start;
        for (int k = 0; k < pegs.Length; k++)
            if (kit.PartOf[k] >= 0) ready = Instant.Max(ready, arrives[k]!.Value);
        return ready;
    }

    /// <summary>When the supply of a peg is truly there; null when it names none.</summary>
    public Instant? Arrival(Snapshot world, Peg peg) => peg.Supply.StartsWith("lot:", StringComparison.Ordinal)
        ? world.Lots.Find(peg.Supply[4..]) is { } lot && Supply.Coming(lot) ? _truth.Of(world, lot).Arrives : null
        : peg.Supply.StartsWith("stock:", StringComparison.Ordinal) && world.Stock.Contains(peg.Supply[6..]) ? _start : null;

    private static void Complete(Snapshot world, Need need, Build build, List<Built> built, SortedDictionary<string, decimal> used, List<WorldEvent> events)
    {
        foreach (Peg peg in world.Pegs.StartingWith($"{build.Key}|"))
            if (peg.Supply.StartsWith("stock:", StringComparison.Ordinal)) used[peg.Supply[6..]] = used.GetValueOrDefault(peg.Supply[6..]) + peg.Quantity.Value;
        events.Add(new WorldEvent.Put(build with { Status = OrderStatus.Completed }));
        events.Add(new WorldEvent.Put(need.Order with { Status = OrderStatus.Completed }));
        built.Add(new(need.Order, build.End));
    }
}
