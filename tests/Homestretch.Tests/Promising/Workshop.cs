using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Tests.Promising;

/// <summary>A hub with one line that never closes and a bike of frame and motor, all times certain: what a plan makes of it can be said by hand.
/// A frame comes from S1 in 20 + 10 days, a motor in 5 + 10. One build takes an hour; the customer has it a day later.</summary>
internal static class Workshop
{
    public static readonly Instant T = Instant.FromUtc(2026, 11, 24, 0, 0);
    public static readonly PlanPolicy Policy = new() { Samples = 8 };

    public static IReadOnlyList<IRecord> Records { get; } =
    [
        new Party("MC", "Brand", PartyKind.Brand, "US"), new Party("CU", "Customer", PartyKind.Customer, ""),
        new Party("S1", "First", PartyKind.Supplier, "TW"), new Party("S2", "Second", PartyKind.Supplier, "MX"),
        new Site("H", "MC", "Hub", SiteKind.Hub, "", "US", "Etc/UTC", null, null), new Site("P", "S1", "Plant", SiteKind.Plant, "", "TW", "Etc/UTC", null, null),
        new Item("BIKE", "MC", "Bike", ItemKind.Family, "", "EA", 1, null),
        .. ((string[])["FRAME", "FRAME-B", "MOTOR"]).Select(static i => new Item(i, "MC", i, ItemKind.SubAssembly, i, "EA", 1, null)),
        new Market("US", "MC", "United States", "US", 110, "B", "en-US", 1, 1),
        new BomLine("BIKE", "1", "FRAME", "MC", new(1, "EA"), Condition.Always, null, null), new BomLine("BIKE", "2", "MOTOR", "MC", new(1, "EA"), Condition.Always, null, null),
        new AssemblyLine("L", "MC", "H", "Line", "always"), new Routing("BIKE", "L", "MC", 60, 1),
        new Lane("SEA", "MC", "By sea", "P", "H"), new LaneStep("SEA", 1, "MC", StepKind.Leg, Mode.Sea, null, "H", 10, 10, null, null),
        Buys("FRAME", "S1", 20), Buys("MOTOR", "S1", 5),
    ];

    public static ItemSupplier Buys(string item, string supplier, decimal lead, int priority = 1) => new(item, supplier, "MC", "SEA", lead, 1, 1, null, 0, 0, priority, null, null);

    public static OrderLine Order(string key, int dueDays, int quantity = 1, int customerClass = 2) => new(key, "MC", "CU", "BIKE", quantity, "US", Choices.None, "H", T,
        T + Duration.FromDays(dueDays), customerClass, null, ShipComplete.Whole, OrderStatus.Approved);

    public static Stock Shelf(string item, int quantity, string lot = "") => new("H", item, "", lot, "MC", new(quantity, "EA"), StockStatus.Available);

    /// <summary>A lot that comes so many days after t: at sea, or still to be made.</summary>
    public static Lot Coming(string key, string item, int quantity, int days) =>
        new(key, "S1", null, item, "", new(quantity, "EA"), "SEA", days > 10 ? LotState.Planned : LotState.Made, T + Duration.FromDays(days - 10), 0, null);

    public static Snapshot Company(params IReadOnlyList<IRecord> more) => Apply(Snapshot.Empty, [.. Records.Concat(more).Select(static r => new WorldEvent.Put(r))]);

    public static Snapshot Apply(Snapshot world, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = world.Apply(events);
        return applied.Accepted ? applied.World : throw new InvalidOperationException(string.Join("\n", applied.Findings));
    }

    public static Snapshot Put(this Snapshot world, params IReadOnlyList<IRecord> records) => Apply(world, [.. records.Select(static r => new WorldEvent.Put(r))]);

    /// <summary>The world with what the plan allocates in it.</summary>
    public static Snapshot Planned(this Snapshot world, Scope scope = Scope.Unpegged) => Apply(world, Plan.Allocate(world, T, Policy, scope));

    public static Forecast Of(this Snapshot world, string order) => Plan.Make(world, T, Policy).Of(new Key<OrderLine>(order))!;
    public static Explanation Explain(this Snapshot world, string order) => Plan.Make(world, T, Policy).Explain(new Key<OrderLine>(order))!;

    /// <summary>Hours after t at which an order line's build starts.</summary>
    public static double Start(this Snapshot world, string order) => (world.Builds[order].Start - T).TotalHours;

    public static string[] Pegs(this Snapshot world, string order) => [.. world.Pegs.StartingWith($"{order}|").Select(static p => $"{p.Quantity.Value:0} {p.Item} {p.Supply}")];
    public static decimal[] Bought(this Snapshot world, string item) => [.. world.PurchaseOrderLines.Where(p => p.Item.Value == item).Select(static p => p.Quantity.Value)];
}
