using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>Suppliers' machines and what they are making.</summary>
internal static class Plants
{
    /// <param name="Rate">Good pieces per hour; plants run around the clock.</param>
    /// <param name="Between">Mean running hours between failures.</param>
    /// <param name="Wear">What its features follow.</param>
    internal sealed record Equipment(string Key, string Supplier, string Name, decimal Rate, int Between, decimal Repair50, decimal Repair90, WearKind Wear);

    public static IReadOnlyList<Equipment> Machines { get; } =
    [
        new("WELD-01", "SONGBE", "Frame weld cell 1", 0.75m, 900, 96, 200, WearKind.CoolantPump),
        new("WELD-02", "SONGBE", "Frame weld cell 2", 0.75m, 900, 10, 30, WearKind.Well),
        new("CURE-01", "DONGNAI", "Tyre curing press", 3.1m, 1200, 8, 24, WearKind.Well),
        new("FORGE-01", "DADU", "Fork crown press", 1.5m, 700, 36, 80, WearKind.PressDie),
        new("CNC-01", "BAGUA", "Caliper machining centre", 1.5m, 800, 6, 20, WearKind.Well),
        new("LACE-01", "HOULI", "Wheel lacing line", 1.5m, 600, 5, 16, WearKind.Well),
        new("BEND-01", "WURI", "Bar bending cell", 1.5m, 1000, 6, 18, WearKind.Well),
        new("FOAM-01", "YUANLIN", "Saddle foaming line", 1.5m, 1000, 5, 14, WearKind.Well),
        new("WIND-01", "BUKK", "Stator winder", 1.5m, 1000, 30, 72, WearKind.SpindleBearing),
        new("PACK-01", "MIHO", "Pack welding line 1", 0.75m, 800, 8, 24, WearKind.Well),
        new("PACK-02", "MIHO", "Pack welding line 2", 0.75m, 800, 8, 24, WearKind.Well),
        new("SMT-01", "LINGDING", "Charger board line", 1.6m, 700, 4, 12, WearKind.Well),
        new("SMT-02", "TAIHU", "Display board line", 1.6m, 700, 4, 12, WearKind.Well),
        new("MOLD-01", "QIANHAI", "Lens moulding machine", 1.6m, 900, 5, 15, WearKind.Well),
        new("PRESS-01", "SENSHU", "Chainring fine-blanking press", 1.5m, 1500, 10, 30, WearKind.Well),
        new("CRIMP-01", "CERRO", "Harness crimping cell", 1.6m, 800, 3, 9, WearKind.Well),
        new("TUBE-01", "PACOLET", "Rack tube bender", 1.0m, 1000, 5, 15, WearKind.Well),
        new("PRINT-01", "CATAWBA", "Label and manual printer", 1.6m, 500, 2, 6, WearKind.Well),
        new("DIECUT-01", "TYGER", "Carton die cutter", 1.6m, 1500, 6, 18, WearKind.NotConnected),
    ];

    /// <summary>What a supplier's gateway is called, whatever it is.</summary>
    public const string Node = "edge-1";

    /// <summary>Suppliers whose gateways came with the machines and speak Sparkplug B; the others have a Homestretch edge.</summary>
    public static IReadOnlySet<string> SpeakSparkplug { get; } = new HashSet<string>(StringComparer.Ordinal) { "HOULI", "WURI", "SENSHU", "CERRO" };

    /// <summary>Time between two runs of a machine.</summary>
    public static readonly Duration Changeover = Duration.FromMinutes(45);

    public static Machine Record(Equipment e) => new(e.Key, e.Supplier, $"PL-{e.Supplier}", e.Name,
        e.Wear == WearKind.NotConnected ? "" : $"{e.Supplier}/{Node}/{e.Key}", e.Rate, e.Between, e.Repair50, e.Repair90, KindOf(e));

    /// <summary>What a machine shares a model of remaining life with: its name without a number, where it has such a model or is not the only one.</summary>
    public static string KindOf(Equipment e)
    {
        static string Plain(Equipment of) => of.Name.TrimEnd(' ', '1', '2').ToLowerInvariant();
        return PartModels.Of(e.Wear) is not null || Machines.Count(m => Plain(m) == Plain(e)) > 1 ? Plain(e) : "";
    }

    /// <summary>A lot to make: how many pieces, and when it has to be ready.</summary>
    internal sealed record Work(string Lot, int Quantity, Instant Due);

    /// <summary>The runs of one machine, one after another, each as late as its lot's due date allows; only the first is taken up
    /// early, when the machine would otherwise stand idle at <paramref name="start"/> for less than a fortnight.</summary>
    /// <param name="done">Share of that first run already made.</param>
    public static IEnumerable<(Work Work, Instant Begin, Instant End)> Schedule(Equipment machine, IEnumerable<Work> work, Instant start, double done)
    {
        Work[] queue = [.. work.OrderBy(static w => w.Due).ThenBy(static w => w.Lot, StringComparer.Ordinal)];
        var ends = new Instant[queue.Length];
        Instant next = Instant.MaxValue;
        for (int i = queue.Length - 1; i >= 0; i--)
        {
            ends[i] = Instant.Min(queue[i].Due, next);
            next = ends[i] - Time(machine, queue[i].Quantity) - Changeover;
        }
        int first = Array.FindIndex(ends, end => end > start);
        if (first >= 0 && ends[first] - Time(machine, queue[first].Quantity) is var begin && begin > start && begin < start + Duration.FromDays(14))
            ends[first] = start + Time(machine, queue[first].Quantity) * (1 - done);
        return queue.Select((w, i) => (w, Voyage.Whole(ends[i] - Time(machine, w.Quantity)), Voyage.Whole(ends[i])));
    }

    /// <summary>What a machine says at the start: running or idle by its schedule; remaining life where its wear shows.</summary>
    public static MachineReport Report(Equipment e, ProductionRun? running, Instant start)
    {
        var typical = Wear.TypicalLife(e.Wear);
        decimal? low = (decimal?)typical?.P10Hours, middle = (decimal?)typical?.P50Hours;
        return running is null
            ? new(e.Key, e.Supplier, MachineState.Idle, Voyage.Whole(start - Duration.FromHours(3)), "no work", null, low, middle, Voyage.Whole(start))
            : new(e.Key, e.Supplier, MachineState.Running, running.Start, "", e.Rate, low, middle, Voyage.Whole(start));
    }

    /// <summary>Planned stops of the coming weeks.</summary>
    public static IEnumerable<Maintenance> Stops(Draw draw, Instant start)
    {
        foreach (Equipment e in Machines.Where(static e => e.Wear == WearKind.Well))
        {
            Instant from = Voyage.Whole(start + Voyage.Days(draw.Between($"stop|{e.Key}", 3, 24)));
            yield return new($"MO-{e.Key}", e.Supplier, e.Key, from, from + Duration.FromHours(draw.Whole($"hours|{e.Key}", 2, 6)), OrderStatus.Approved, "planned service");
        }
    }

    /// <summary>How long the machine takes for that many pieces when nothing goes wrong.</summary>
    public static Duration Time(Equipment machine, int quantity) => Duration.FromSeconds((double)Math.Round(quantity / machine.Rate * 3600));
}
