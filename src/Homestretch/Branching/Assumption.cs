using Homestretch.World;
using NodaTime;

namespace Homestretch.Branching;

/// <summary>What an assumption is when somebody wants to make it real.</summary>
public enum Nature
{
    /// <summary>Ours to do: a shift, a slot, a purchase. Committing does it.</summary>
    Decision,

    /// <summary>A fact about the world outside, such as a closed strait. It may be written when it is so, as what it is; a branch does not make it so.</summary>
    Report,

    /// <summary>Invented, such as orders that nobody has placed. Never written.</summary>
    Supposition,
}

/// <summary>One thing that a branch assumes. Closed: <see cref="Match"/> names every case. Its text form is <see cref="AssumptionText"/>'s.</summary>
public abstract record Assumption
{
    private Assumption() { }

    /// <summary>A strait, canal or cape is closed: ships that would pass it go round, or wait.</summary>
    public sealed record PassageClosed(Passage Passage, Stretch When) : Assumption;

    /// <summary>A supplier neither makes nor hands over anything. Without an end: never again.</summary>
    public sealed record SupplierLost(Key<Party> Supplier, Stretch When) : Assumption;

    /// <summary>Demand grows or falls by a share of the units on open order lines.</summary>
    /// <param name="Change">0.2: a fifth more; -0.1: a tenth less. Not below -1.</param>
    /// <param name="Market">Null: every market.</param>
    /// <param name="Family">Null: every family.</param>
    public sealed record DemandChanged(decimal Change, Key<Market>? Market, Key<Item>? Family) : Assumption;

    /// <summary>An assembly line works another shift on the days on which it works.</summary>
    /// <param name="Opens">Local time of its site.</param>
    /// <param name="Closes">At or before <paramref name="Opens"/>: on the next day.</param>
    /// <param name="When">Without begin and end: every week from now on, else as overtime on the days that begin in it (local).</param>
    public sealed record ShiftAdded(Key<AssemblyLine> Line, LocalTime Opens, LocalTime Closes, Stretch When) : Assumption;

    /// <summary>Every step of a lane but the wait for scheduled departures takes longer or shorter by a share.</summary>
    /// <param name="Change">0.3: three tenths longer; -0.1: a tenth shorter. Above -1.</param>
    public sealed record LaneChanged(Key<Lane> Lane, decimal Change) : Assumption;

    /// <summary>There is more or less of an item on the shelf of a site.</summary>
    /// <param name="Units">In the item's unit; negative: less.</param>
    public sealed record StockChanged(Key<Site> Site, Key<Item> Item, decimal Units) : Assumption;

    /// <summary>A machine stands still.</summary>
    public sealed record MachineStopped(Key<Machine> Machine, Stretch When) : Assumption;

    /// <summary>A record has other values; a key that there is not yet makes a new one.</summary>
    /// <param name="Table">Name of the table.</param>
    /// <param name="Id">Key of the record, its parts joined by '|'.</param>
    /// <param name="Cells">Columns with what they hold then, as a folder has it; the others stay.</param>
    public sealed record RecordSet(string Table, string Id, IReadOnlyList<(string Column, string Cell)> Cells) : Assumption
    {
        public bool Equals(RecordSet? other) => other is not null && Table == other.Table && Id == other.Id && Cells.SequenceEqual(other.Cells);
        public override int GetHashCode() => (Table, Id).GetHashCode();
    }

    /// <summary>A record is withdrawn.</summary>
    public sealed record RecordRemoved(string Table, string Id) : Assumption;

    public T Match<T>(Func<PassageClosed, T> passage, Func<SupplierLost, T> supplier, Func<DemandChanged, T> demand, Func<ShiftAdded, T> shift, Func<LaneChanged, T> lane,
        Func<StockChanged, T> stock, Func<MachineStopped, T> machine, Func<RecordSet, T> set, Func<RecordRemoved, T> removed) => this switch
    {
        PassageClosed x => passage(x),
        SupplierLost x => supplier(x),
        DemandChanged x => demand(x),
        ShiftAdded x => shift(x),
        LaneChanged x => lane(x),
        StockChanged x => stock(x),
        MachineStopped x => machine(x),
        RecordSet x => set(x),
        RecordRemoved x => removed(x),
        _ => throw new InvalidOperationException($"{GetType().Name} is no case of {nameof(Assumption)}."),
    };

    /// <summary>Tables whose records say what we decide; all others say what is so.</summary>
    private static readonly HashSet<string> s_ours = new(StringComparer.Ordinal)
    {
        "assembly_lines", "shifts", "closures", "overtime", "routings", "item_suppliers", "item_alternates", "purchase_order_lines", "bom_lines", "product_options", "promises", "option_offers", "builds", "pegs", "pins", "class_strategies",
        "standing_rules",
    };

    /// <summary>What committing it would be.</summary>
    public Nature Nature => Match(static _ => Nature.Report, static _ => Nature.Report, static _ => Nature.Supposition, static _ => Nature.Decision, static _ => Nature.Report,
        static _ => Nature.Report, static _ => Nature.Report, static x => Of(x.Table), static x => Of(x.Table));

    public sealed override string ToString() => AssumptionText.Of(this);

    private static Nature Of(string table) => s_ours.Contains(table) ? Nature.Decision : Nature.Report;
}

/// <summary>A stretch of time in which something assumed holds: half-open, perhaps from now on, perhaps without an end.</summary>
/// <param name="From">Null: from the plan's epoch on.</param>
/// <param name="Until">First moment at which it no longer holds; null: see <paramref name="Days"/>.</param>
/// <param name="Days">Days it lasts, where no end is given; null: without an end.</param>
public readonly record struct Stretch(Instant? From, Instant? Until, int? Days = null)
{
    /// <summary>Always, from now on.</summary>
    public static Stretch Open => default;

    public bool IsOpen => From is null && Until is null && Days is null;

    public Instant Begins(Instant t) => From ?? t;

    public Instant? Ends(Instant t) => Until ?? (Days is { } days ? Begins(t) + Duration.FromDays(days) : null);
}

/// <summary>A branch of the world: a name, and what it assumes, in order: each on top of those before it.</summary>
public sealed record Branch(string Name, IReadOnlyList<Assumption> Assumed)
{
    /// <summary>The world as it is.</summary>
    public static Branch AsItIs { get; } = new("as it is", []);
}
