using Homestretch.World;

namespace Homestretch.Cli.Demo;

/// <summary>What moving parts costs, and lanes that nobody buys by: by air from Asia to the hubs in Europe, and from hub to hub. Weights and rates are made up, of the usual order.</summary>
internal static class Freights
{
    /// <summary>Kilograms of one piece with its share of the packing, by position in the product.</summary>
    private static readonly Dictionary<string, decimal> s_weights = new(StringComparer.Ordinal)
    {
        ["frame"] = 5.2m, ["fork"] = 2.6m, ["brakes"] = 1.1m, ["wheels"] = 4.8m, ["cockpit"] = 1.6m, ["saddle"] = 0.7m, ["motor"] = 4.1m, ["battery"] = 4.6m, ["charger"] = 1.2m,
        ["display"] = 0.4m, ["lights"] = 0.6m, ["drivetrain"] = 2.9m, ["tyres"] = 2.2m, ["harness"] = 0.5m, ["rack"] = 1.8m, ["market kit"] = 0.5m, ["packaging"] = 3.5m,
    };

    public static decimal Kilograms(Part part) => s_weights[part.Group];

    /// <summary>Lanes with dangerous goods do not fly: batteries go by sea.</summary>
    private static readonly string[] s_flying = ["VN", "TW", "CNS", "CNE", "JP"];

    public static IReadOnlyList<(string Lane, string From, string Name, string Hub, Mode Mode, (decimal P50, decimal P90) Leg, string Airport, string Carrier)> Express { get; } =
    [
        .. Ways.Origins.Where(static o => s_flying.Contains(o.Key)).SelectMany(static o => Hubs.Keys.Where(h => h != "GVL" || o.Key is "CNE" or "JP")
            .Select(h => ($"{o.Key}-{h}-AIR", o.From, $"{o.Name} to {Hubs.NameOf(h)}, by air", h, Mode.Air, (3.2m, 6.2m), Airport(h), "AEROLANE"))),
        ("ALM-COV", "ALM", "Almere to Coventry, by road", "COV", Mode.Road, (1.4m, 2.3m), "COV", "ARDEN"),
        ("COV-ALM", "COV", "Coventry to Almere, by road", "ALM", Mode.Road, (1.4m, 2.3m), "ALM", "POLDER"),
        ("GVL-ALM", "GVL", "Greenville to Almere, by air", "ALM", Mode.Air, (2.4m, 4.4m), Airport("ALM"), "AEROLANE"),
        ("GVL-COV", "GVL", "Greenville to Coventry, by air", "COV", Mode.Air, (2.4m, 4.4m), Airport("COV"), "AEROLANE"),
        ("ALM-GVL", "ALM", "Almere to Greenville, by air", "GVL", Mode.Air, (2.4m, 4.4m), Airport("GVL"), "AEROLANE"),
        ("COV-GVL", "COV", "Coventry to Greenville, by air", "GVL", Mode.Air, (2.4m, 4.4m), Airport("GVL"), "AEROLANE"),
    ];

    /// <summary>Lanes and rates; rates for every item on every lane it may take.</summary>
    /// <param name="lanes">Lanes that are there already.</param>
    public static IEnumerable<IRecord> Records(IEnumerable<IRecord> lanes)
    {
        IRecord[] all = [.. lanes, .. Express.SelectMany(Steps)];
        foreach (IRecord record in all.Skip(all.Length - Express.Sum(static e => Steps(e).Count()))) yield return record;
        var mode = all.OfType<LaneStep>().Where(static s => s.Kind == StepKind.Leg).GroupBy(static s => s.Lane).ToDictionary(static g => g.Key, static g => g.MaxBy(static s => s.P50Days)!.Mode);
        foreach (Lane lane in all.OfType<Lane>())
        {
            bool betweenHubs = Hubs.Keys.Contains(lane.From.Value);
            foreach (Part part in Catalogue.Parts)
                if ((betweenHubs || Ways.Origins.First(o => o.Key == part.Origin).From == lane.From.Value) && (mode[lane.Key] != Mode.Air || part.Group != "battery"))
                    yield return Rate(lane, part, mode[lane.Key]);
        }
    }

    /// <summary>A kilogram and a shipment, in the currency of the hub.</summary>
    private static FreightRate Rate(Lane lane, Part part, Mode mode)
    {
        (decimal kilogram, decimal shipment) = mode switch { Mode.Air => (4.8m, 280m), Mode.Road => (0.45m, 190m), _ => (0.38m, 420m) };
        return new(lane.Key, part.Item, Cast.Brand, new Money((long)Math.Round(100 * kilogram * s_weights[part.Group]), lane.To.Value switch { "GVL" => "USD", "ALM" => "EUR", _ => "GBP" }), shipment);
    }

    private static IEnumerable<IRecord> Steps((string Lane, string From, string Name, string Hub, Mode Mode, (decimal P50, decimal P90) Leg, string Airport, string Carrier) e)
    {
        yield return new Lane(e.Lane, Cast.Brand, e.Name, e.From, e.Hub);
        int n = 1;
        if (e.Mode == Mode.Air) yield return Step(e.Lane, n++, StepKind.Wait, Mode.None, e.Carrier, e.From, 1.0m, 1.9m);
        yield return Step(e.Lane, n++, StepKind.Leg, e.Mode, e.Carrier, e.Airport, e.Leg.P50, e.Leg.P90);
        yield return Step(e.Lane, n++, StepKind.Customs, Mode.None, "BEACON", e.Airport, 0.8m, 1.7m);
        if (e.Mode == Mode.Air) yield return Step(e.Lane, n++, StepKind.Leg, Mode.Road, e.Hub switch { "GVL" => "PALMETTO", "ALM" => "POLDER", _ => "ARDEN" }, e.Hub, 0.6m, 1.1m);
        yield return Step(e.Lane, n, StepKind.Receive, Mode.None, Cast.Brand, e.Hub, 0.5m, 0.9m);
    }

    private static LaneStep Step(string lane, int n, StepKind kind, Mode mode, string carrier, string to, decimal p50, decimal p90) => new(lane, n, Cast.Brand, kind, mode, new Key<Party>(carrier), to, p50, p90, null, null);
    private static string Airport(string hub) => hub switch { "GVL" => "A-USGSP", "ALM" => "A-NLAMS", _ => "A-GBEMA" };
}
