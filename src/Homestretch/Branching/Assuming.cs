using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Branching;

/// <summary>What one assumption means for the records of a world.</summary>
/// <param name="Place">Its place in the branch, from 0.</param>
/// <param name="Events">Empty: it changes nothing there.</param>
/// <param name="Costs">What it costs to do, beside what the plan then buys; empty: nothing.</param>
internal sealed record Meant(int Place, IReadOnlyList<WorldEvent> Events, IReadOnlyList<Cost> Costs);

/// <summary>Turns what a branch assumes into changes of a world, each on top of those before it.</summary>
internal sealed class Assuming
{
    private readonly Instant _t;
    private readonly string _name;
    private readonly List<Finding> _findings = [];
    private readonly List<WorldEvent> _pending = [];
    private readonly Dictionary<(TableKind, string), IRecord?> _overlay = [];
    private Snapshot _world;

    private Assuming(Snapshot world, Instant t, string name) => (_world, _t, _name) = (world, t, name);

    /// <param name="t">The plan's epoch: what is assumed without a begin holds from then on.</param>
    /// <returns>In order; with findings for what the world does not know.</returns>
    public static (IReadOnlyList<Meant> Meant, IReadOnlyList<Finding> Findings) Of(Snapshot world, Instant t, Branch branch)
    {
        var assuming = new Assuming(world, t, branch.Name);
        var meant = new List<Meant>(branch.Assumed.Count);
        for (int i = 0; i < branch.Assumed.Count; i++) meant.Add(assuming.Take(branch.Assumed[i], i));
        return (meant, assuming._findings);
    }

    private Meant Take(Assumption assumption, int place)
    {
        var at = new Place(_name, place + 1);
        IReadOnlyList<Cost> costs = [];
        IReadOnlyList<WorldEvent> events = assumption.Match(
            x => Closed(x),
            x => Known<Party>(World.Parties, x.Supplier.Value, at) ? Losing.Supplier(World, _t, x) : [],
            x => (x.Market is not { } m || Known(World.Markets, m.Value, at)) & (x.Family is not { } f || Known(World.Items, f.Value, at)) ? Demanding.Of(World, _t, x) : [],
            x => Known(World.AssemblyLines, x.Line.Value, at) ? Shifts(x, out costs) : [],
            x => Known(World.Lanes, x.Lane.Value, at) ? Slower(x) : [],
            x => Known(World.Sites, x.Site.Value, at) & Known(World.Items, x.Item.Value, at) ? Shelved(x, at, out costs) : [],
            x => Known(World.Machines, x.Machine.Value, at) ? Stopped(x, at) : [],
            x => Set(x, at),
            x => Removed(x, at));
        foreach (WorldEvent e in events) _overlay[(e.Kind, e.Key)] = (e as WorldEvent.Put)?.Record;
        _pending.AddRange(events);
        return new(place, events, costs);
    }

    /// <summary>With all that was assumed so far; made when it is asked for.</summary>
    private Snapshot World
    {
        get
        {
            if (_pending.Count > 0) _world = _world.With(_pending);
            _pending.Clear();
            _overlay.Clear();
            return _world;
        }
    }

    private IRecord? Find(TableKind kind, string id) => _overlay.TryGetValue((kind, id), out IRecord? record) ? record : _world.Find(kind, id);

    private bool Known<T>(Table<T> table, string key, Place at) where T : class, IRecord<T>
    {
        if (table.Contains(key)) return true;
        _findings.Add(new(at, "unknown-key", $"{T.TableName} has no '{key}'.", $"Name one of {T.TableName}."));
        return false;
    }

    private WorldEvent[] Closed(Assumption.PassageClosed x) => [new WorldEvent.Put(new PassageClosure(x.Passage, x.When.Begins(_t), Ours, x.When.Ends(_t), "what-if", _name))];

    /// <summary>The party whose world it is: the first that owns an order line, else a hub.</summary>
    private Key<Party> Ours => World.OrderLines.FirstOrDefault()?.Party ?? World.Sites.FirstOrDefault(static s => s.Kind == SiteKind.Hub)?.Party ?? World.Parties.FirstOrDefault()?.Key ?? "";

    private IReadOnlyList<WorldEvent> Shifts(Assumption.ShiftAdded x, out IReadOnlyList<Cost> costs)
    {
        (IReadOnlyList<WorldEvent> events, costs) = AddingShifts.Of(World, _t, x, _name);
        return events;
    }

    /// <summary>What is stated of its steps, and what was learned of them, since that is taken first.</summary>
    private IReadOnlyList<WorldEvent> Slower(Assumption.LaneChanged x)
    {
        decimal times = 1 + x.Change;
        return
        [
            .. World.LaneSteps.StartingWith($"{x.Lane}|").Where(static s => !(s.Kind == StepKind.Wait && s.EveryDays is not null)).Select(s => new WorldEvent.Put(s with { P50Days = s.P50Days * times, P90Days = s.P90Days * times })),
            .. World.LaneFits.StartingWith($"{x.Lane}|").Select(f => new WorldEvent.Put(f with { P50Days = f.P50Days * times, P90Days = f.P90Days * times })),
        ];
    }

    /// <summary>More is a new row; less is taken from what is available, row after row.</summary>
    private List<WorldEvent> Shelved(Assumption.StockChanged x, Place at, out IReadOnlyList<Cost> costs)
    {
        Item item = World.Items[x.Item];
        costs = [];
        var events = new List<WorldEvent>();
        if (x.Units > 0)
        {
            costs = [new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{x.Units:0.##} {item.Unit} of {item.Key} in stock"), item.Cost is { } cost ? cost * x.Units : null)];
            string lot = "WHAT-IF";
            for (int n = 2; World.Stock.Contains($"{x.Site}|{x.Item}||{lot}"); n++) lot = $"WHAT-IF-{n}";
            events.Add(new WorldEvent.Put(new Stock(x.Site, x.Item, "", lot, item.Party, new(x.Units, item.Unit), StockStatus.Available)));
            return events;
        }
        decimal less = -x.Units;
        foreach (Stock stock in World.Stock.StartingWith($"{x.Site}|{x.Item}|").Where(static s => s.Status == StockStatus.Available))
        {
            decimal taken = Math.Min(less, stock.Quantity.Value);
            if (taken <= 0) continue;
            events.Add(new WorldEvent.Put(stock with { Quantity = new(stock.Quantity.Value - taken, stock.Quantity.Unit) }));
            less -= taken;
        }
        if (less > 0) _findings.Add(new(at, "stock", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{x.Site} has {-x.Units - less:0.##} {item.Unit} of {x.Item} available, {less:0.##} fewer than are taken away."), "Take away what there is."));
        return events;
    }

    private IReadOnlyList<WorldEvent> Stopped(Assumption.MachineStopped x, Place at)
    {
        if (x.When.Ends(_t) is not { } ends || ends <= x.When.Begins(_t))
        {
            _findings.Add(new(at, "interval", $"Nobody says when {x.Machine} runs again, or it would before it stops.", "Give an end after its begin, such as for 3 days."));
            return [];
        }
        return [new WorldEvent.Put(Losing.Stop(World, World.Machines[x.Machine], x.When.Begins(_t), ends))];
    }

    private IReadOnlyList<WorldEvent> Set(Assumption.RecordSet x, Place at)
    {
        if (Table(x.Table, at) is not { } kind) return [];
        var columns = kind.Columns.Select(static (c, i) => (c.Name, i)).ToDictionary(static c => c.Name, static c => c.i, StringComparer.Ordinal);
        IRecord? now = Find(kind, x.Id);
        string[] cells = now is null ? [.. columns.Select(static _ => "")] : [.. kind.Cells(now)];
        foreach (var (column, cell) in x.Cells)
        {
            if (columns.TryGetValue(column, out int c)) cells[c] = cell;
            else _findings.Add(new(at with { Column = column }, "unknown-column", $"{x.Table} has no column '{column}'.", $"Name one of: {string.Join(", ", columns.Keys)}."));
        }
        if (kind.Read(new(at, columns, cells), _findings) is not { } record) return [];
        if (record.Id == x.Id) return [new WorldEvent.Put(record)];
        _findings.Add(new(at, "key", $"The record's key is '{record.Id}', not '{x.Id}'.", now is null ? "Set the columns that make the key, or correct it." : "Leave the columns that make the key as they are."));
        return [];
    }

    private IReadOnlyList<WorldEvent> Removed(Assumption.RecordRemoved x, Place at)
    {
        if (Table(x.Table, at) is not { } kind) return [];
        if (Find(kind, x.Id) is not null) return [new WorldEvent.Removed(kind, x.Id, _name)];
        _findings.Add(new(at, "unknown-record", $"{x.Table} has no '{x.Id}' to remove.", "Check the key."));
        return [];
    }

    private TableKind? Table(string name, Place at)
    {
        if (TableKind.Named(name) is { } kind) return kind;
        _findings.Add(new(at, "unknown-table", $"There is no table '{name}'.", $"Name one of: {string.Join(", ", TableKind.All.Select(static k => k.Name))}."));
        return null;
    }
}
