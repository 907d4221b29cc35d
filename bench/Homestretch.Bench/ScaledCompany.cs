using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>A company of any size for timings: one family of seventeen parts, three hubs with as many assembly lines as they need, stock, lots on
/// their way, in the making and planned, machines that report, orders over sixty days. The same for the same size.</summary>
internal static class ScaledCompany
{
    public const int Parts = 17;
    public static readonly Instant T = Instant.FromUtc(2026, 3, 2, 6, 0);
    private const int LotUnits = 120, OrdersPerLine = 1_500;
    private static readonly string[] s_hubs = ["H1", "H2", "H3"];

    /// <summary>The company without slots and pegs.</summary>
    public static Snapshot Unplanned(int orders) => Snapshot.Of([.. Frame(orders), .. Supply(orders), .. Orders(orders)]);

    public static OrderLine Order(int n, int of, string key) => new(key, "MC", "CU", "C1", 1 + n % 3, "US", Choices.None, Hub(n),
        T - Duration.FromDays(5 + n % 20), T + Duration.FromDays(12 + Spread(n) * 60), 1 + n % 4, new Money(350_000, "USD"), ShipComplete.Whole, OrderStatus.Approved);

    private static Key<Site> Hub(int n) => s_hubs[n % s_hubs.Length];

    /// <summary>Evenly in [0, 1), by a multiplier that leaves no pattern.</summary>
    private static double Spread(int n) => (StableHash.Mix((ulong)n + 1) >> 11) * (1.0 / (1L << 53));

    private static IEnumerable<IRecord> Frame(int orders)
    {
        yield return new Party("MC", "Brand", PartyKind.Brand, "US");
        yield return new Party("CU", "Customer", PartyKind.Customer, "");
        yield return new Item("C1", "MC", "Bike", ItemKind.Family, "", "EA", 1, null);
        yield return new Market("US", "MC", "United States", "US", 110, "B", "en-US", 2, 4);
        foreach (string hub in s_hubs) yield return new Site(hub, "MC", hub, SiteKind.Hub, "", "US", "America/New_York", null, null);
        foreach (int day in Enumerable.Range(1, 6)) yield return new Shift("day", (IsoDayOfWeek)day, new(6, 0), new(22, 0), "MC");
        for (int l = 0; l < Math.Max(3, orders / OrdersPerLine); l++)
        {
            yield return new AssemblyLine($"L{l:000}", "MC", Hub(l), $"Line {l}", "day");
            yield return new Routing("C1", $"L{l:000}", "MC", 14, 1);
        }
        for (int p = 0; p < Parts; p++)
        {
            string item = Item(p), supplier = $"S{p:00}", plant = $"P{p:00}";
            yield return new Party(supplier, supplier, PartyKind.Supplier, "TW");
            yield return new Site(plant, supplier, plant, SiteKind.Plant, "", "TW", "Asia/Taipei", null, null);
            yield return new Item(item, "MC", $"Part {p}", ItemKind.SubAssembly, $"part{p}", "EA", 1, new Money(5_000, "USD"));
            yield return new BomLine("C1", $"{p:000}", item, "MC", new(1, "EA"), Condition.Always, null, null);
            for (int h = 0; h < s_hubs.Length; h++)
            {
                string lane = Lane(p, h);
                decimal sea = 18 + p;
                yield return new Lane(lane, "MC", lane, plant, s_hubs[h]);
                yield return new LaneStep(lane, 1, "MC", StepKind.Wait, Mode.Sea, null, plant, 3, 6, null, 7);
                yield return new LaneStep(lane, 2, "MC", StepKind.Leg, Mode.Sea, null, s_hubs[h], sea, sea * 1.3m, null, null);
                yield return new LaneStep(lane, 3, "MC", StepKind.Customs, Mode.None, null, s_hubs[h], 2, 5, 0.3m, null);
                yield return new LaneStep(lane, 4, "MC", StepKind.Receive, Mode.None, null, s_hubs[h], 1, 2, null, null);
                yield return new Loading(lane, 2, $"sea-{p % 4}", "MC", 0.5m);
                yield return new Loading(lane, 3, $"port-{h}", "MC", 0.4m);
                yield return new ItemSupplier(item, supplier, "MC", lane, 20, 50, 10, null, 1, 2, 1, null, null);
            }
        }
    }

    private static string Item(int part) => $"IT-{part:00}";
    private static string Lane(int part, int hub) => $"W{part:00}-{hub}";

    /// <summary>Lots come evenly over the sixty days, the first tenth already on the shelf.</summary>
    private static IEnumerable<IRecord> Supply(int orders)
    {
        int perHub = Math.Max(4, (int)(orders * 2.0 / s_hubs.Length / LotUnits * 1.08) + 1);
        for (int p = 0; p < Parts; p++)
        for (int h = 0; h < s_hubs.Length; h++)
        {
            for (int n = 0; n < perHub; n++)
            {
                string key = $"{Item(p)}-{h}-{n:0000}", supplier = $"S{p:00}";
                double due = 2 + 60.0 * n / perHub, way = 26 + p;
                if (n < Math.Max(1, perHub / 10))
                {
                    yield return new Stock(s_hubs[h], Item(p), "", key, "MC", new(LotUnits, "EA"), StockStatus.Available);
                    continue;
                }
                Instant ready = T + Duration.FromDays(due - way);
                bool shipped = due < way - 4, made = due < way;
                LotState state = shipped ? LotState.Shipped : made ? LotState.Made : due < way + 6 ? LotState.Making : LotState.Planned;
                Key<Shipment>? shipment = shipped ? new Key<Shipment>($"SH-{Lane(p, h)}-{n / 2:0000}") : default(Key<Shipment>?);
                if (shipped && n % 2 == 0 || shipped && n == Math.Max(1, perHub / 10)) foreach (IRecord r in Voyage(shipment!.Value, Lane(p, h), ready)) yield return r;
                yield return new Lot(key, supplier, null, Item(p), "", new(LotUnits, "EA"), Lane(p, h), state, ready, state == LotState.Planned ? 4 : 2, shipment);
                if (state == LotState.Making) foreach (IRecord r in Machine(p, key, ready)) yield return r;
            }
        }
    }

    private static IEnumerable<IRecord> Voyage(Key<Shipment> shipment, string lane, Instant ready)
    {
        yield return new Shipment(shipment, "MC", lane, "", "");
        Instant sailed = ready + Duration.FromDays(3);
        yield return new Milestone(shipment, 1, Edge.End, Classifier.Actual, "MC", "MC", sailed, sailed);
        yield return new Milestone(shipment, 2, Edge.Begin, Classifier.Actual, "MC", "MC", sailed, sailed);
    }

    private static IEnumerable<IRecord> Machine(int part, string lot, Instant ready)
    {
        string machine = $"M-{lot}", supplier = $"S{part:00}";
        yield return new Machine(machine, supplier, $"P{part:00}", machine, "", 4, 600, 8, 30);
        yield return new MachineReport(machine, supplier, MachineState.Running, T - Duration.FromHours(9), "", 4, null, null, T);
        yield return new ProductionRun($"R-{lot}", supplier, machine, lot, new(LotUnits, "EA"), Math.Clamp(LotUnits - (int)((ready - T).TotalHours * 4), 0, LotUnits - 1), T - Duration.FromDays(1), OrderStatus.Confirmed, T);
    }

    private static IEnumerable<IRecord> Orders(int orders) => Enumerable.Range(0, orders).Select(n => Order(n, orders, $"SO-{n:000000}"));
}
