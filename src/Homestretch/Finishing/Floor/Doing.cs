using Homestretch.Products;
using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>One operation while it is decided: the world, what was said, the stock it moves, and the records it changes.</summary>
internal sealed class Doing(Snapshot world, Variants variants, FloorOperation said)
{
    private ILookup<Key<Build>, Unit>? _units;
    private Origins? _origins;
    private readonly SortedDictionary<(int Table, string Key), WorldEvent> _events = [];

    public Snapshot World => world;
    /// <summary>What was said, with what the decision found out about it.</summary>
    public FloorOperation Said { get; set; } = said;
    public Variants Variants => variants;
    public Ledger Stock { get; } = new(world, said.Happened);

    /// <summary>Units of each build.</summary>
    public ILookup<Key<Build>, Unit> Units => _units ??= world.Units.ToLookup(static u => u.Build);

    /// <summary>Where lots come from, and what orders ask of it.</summary>
    public Origins Origins => _origins ??= new(this);

    /// <summary>What the device is told of an accepted operation; empty: nothing but that it is done.</summary>
    public string Note { get; set; } = "";

    /// <summary>Tells one thing more.</summary>
    public void Tell(string what) => Note = Note.Length == 0 ? what : $"{Note} {what}";

    public void Put(IRecord record) => _events[(TableKind.For(record).Index, record.Id)] = new WorldEvent.Put(record);
    public void Remove(IRecord record, string reason) => _events[(TableKind.For(record).Index, record.Id)] = new WorldEvent.Removed(TableKind.For(record), record.Id, reason);

    /// <summary>A record as this operation has left it so far; null when there is none.</summary>
    public T? Now<T>(T? was) where T : class, IRecord<T> => was is null ? null : _events.GetValueOrDefault((TableKind.For(was).Index, was.Id)) switch
    {
        WorldEvent.Put p => (T)p.Record,
        WorldEvent.Removed => null,
        _ => was,
    };

    public IReadOnlyList<WorldEvent> Events() => [.. Stock.Events(), .. _events.Values];

    // ---- what every act asks first

    /// <summary>The item that was scanned.</summary>
    public Refusal? Known(out Item item)
    {
        item = world.Items.Find(Said.Item)!;
        return item is not null ? null : Said.Item.Length == 0 ? new("no-item", "No item was scanned.", "Scan the label of the part.")
            : new("unknown-item", $"{Said.Item} is no part number here.", "Scan the part's own label, not that of a box or supplier.");
    }

    /// <summary>The amount, above 0 and in whole steps of the item.</summary>
    public Refusal? Amount(Item item, out decimal amount)
    {
        amount = Said.Quantity ?? 0;
        return Said.Quantity is null ? new("no-quantity", "No amount was given.", "Enter how many.")
            : amount <= 0 ? new("quantity", $"{amount} is no amount.", "Enter more than 0.")
            : amount % item.Step != 0 ? new("step", $"{amount} {item.Unit} of {item.Key} cannot be handled.", $"Enter a multiple of {item.Step} {item.Unit}.") : null;
    }

    public Refusal? Place(string code, out Bin bin)
    {
        bin = world.Bins.Find($"{Said.Site}|{code}")!;
        return bin is not null ? null : code.Length == 0 ? new("no-bin", "No bin was scanned.", "Scan the label of the bin.") : new("unknown-bin", $"{Said.Site} has no bin {code}.", "Scan the label of a bin of this site.");
    }

    /// <summary>Whether a bin takes so much more of an item.</summary>
    public Refusal? Room(Bin bin, Item item, decimal more)
    {
        if (bin.Item is { } only && only != item.Key) return new("wrong-bin", $"{bin.Code} is for {only} only.", $"Take another bin for {item.Key}.");
        if (bin.Most is not { } most) return null;
        decimal there = world.BinStock.StartingWith($"{bin.Site}|{bin.Code}|").Sum(static b => b.Quantity.Value);
        return there + more <= most ? null : new("bin-full", $"{bin.Code} takes {most}; {there} lie there.", "Put the rest into another bin.");
    }

    public StockRow Row(Item item, StockStatus status) => StockRow.Of(Said.Site, item.Key, Said.Revision, Said.LotNumber, status);

    /// <summary>A reason must be given.</summary>
    public Refusal? Reasoned(string what) => Said.Reason.Trim().Length > 0 ? null : new("no-reason", $"{what} needs a reason.", "Choose or write why.");
}
