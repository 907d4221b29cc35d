using NodaTime;

namespace Homestretch.World;

/// <summary>The final-assembly work of one order line on an assembly line: its slot. Pegs hold its kit.</summary>
/// <param name="Start">Planned start; actual once it has begun.</param>
/// <param name="End">Planned end of the work; actual once completed.</param>
public sealed record Build(Key<Build> Key, Key<Party> Party, Key<OrderLine> OrderLine, Key<AssemblyLine> Line, int Quantity, Instant Start,
    Instant End, OrderStatus Status) : IRecord<Build>
{
    public static string TableName => "builds";
    public static string TableDoc => "The slot in which an order line is finished on an assembly line, held from plan to plan.";
    public string Id => Key.Value;

    public static Build Shape(Fields f, Build? x) => new(
        f.Own("build", x?.Key, "Number of the build, unique; usually the order line's."),
        f.Ref("party", x?.Party, "Party that builds."),
        f.Ref("order_line", x?.OrderLine, "Order line it fulfils."),
        f.Ref("line", x?.Line, "Assembly line."),
        f.Whole("quantity", x?.Quantity, "Finished units."),
        f.Moment("start", x?.Start, "Planned start; actual once begun."),
        f.Moment("end", x?.End, "Planned end; actual once completed."),
        f.Choice<OrderStatus>("status", x?.Status, "Proposed and approved may be re-planned; confirmed never moves.", OrderStatus.Approved));
}

/// <summary>A quantity of one lot, of stock, or of a planned purchase, assigned to one build.</summary>
/// <param name="Supply">Where it comes from: 'lot:KEY', 'stock:KEY' or 'buy:ITEM'.</param>
public sealed record Peg(Key<Build> Build, Key<Item> Item, string Supply, Key<Party> Party, Quantity Quantity) : IRecord<Peg>
{
    public static string TableName => "pegs";
    public static string TableDoc => "A quantity of a lot, of stock or of a planned purchase assigned to a build.";
    public string Id => $"{Build}|{Item}|{Supply}";

    public static Peg Shape(Fields f, Peg? x) => new(
        f.Ref("build", x?.Build, "Build."),
        f.Ref("item", x?.Item, "Item."),
        f.Text("supply", x?.Supply, "lot:KEY, stock:KEY or buy:ITEM."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Quantity("quantity", x?.Quantity, "Amount assigned."));
}

public enum PinKind { Peg, Slot, Date, Supply }

/// <summary>A planner's own hand: held with reason, author and expiry; binds every re-plan and is named in every explanation.</summary>
/// <param name="Target">Slot, date, peg: the order line. Supply: the lot.</param>
/// <param name="Value">Peg: 'lot:KEY' or 'stock:KEY' the kit must use; slot: line key; date: empty; supply: empty.</param>
/// <param name="At">Slot: start; date: not before; supply: ready to kit at; peg: null.</param>
public sealed record Pin(Key<Pin> Key, Key<Party> Party, PinKind Kind, string Target, string Value, Instant? At, string Reason, string By,
    Instant? Expires) : IRecord<Pin>
{
    public static string TableName => "pins";
    public static string TableDoc => "A peg, slot, date or supply that a planner holds; binds every re-plan until it expires.";
    public string Id => Key.Value;

    public static Pin Shape(Fields f, Pin? x) => new(
        f.Own("pin", x?.Key, "Number of the pin, unique."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Choice("kind", x?.Kind, "What is held."),
        f.Text("target", x?.Target, "Order line (peg, slot, date) or lot (supply)."),
        f.Text("value", x?.Value, "Peg: lot:KEY or stock:KEY. Slot: line. Otherwise empty.", ""),
        f.OptionalMoment("at", x?.At, "Slot: start. Date: not before. Supply: ready to kit at."),
        f.Text("reason", x?.Reason, "Why; shown in explanations."),
        f.Text("by", x?.By, "Who."),
        f.OptionalMoment("expires", x?.Expires, "When it lapses; empty: never."));
}
