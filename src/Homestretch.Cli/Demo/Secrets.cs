using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>What there is to know of the C1, and whom Meridian told what of it. Weights and chances are invented, as a team would set them in a workshop; the ride software stays at the hubs.</summary>
internal static class Secrets
{
    /// <summary>Two suppliers of one owner, which their countries do not show: the motor and the display meet in one house.</summary>
    public const string Group = "Longpu Industries";

    private static readonly (string Items, decimal Weight, string Note)[] s_knowHow =
    [
        ("C1", 18, "Ride software, keys and calibration: loaded at the hub, nowhere else"),
        ("MOT-1", 9, "Torque sensing, winding and gear set"),
        ("BAT-400 BAT-500 BAT-625", 4, "Cell layout, housing, limits of the battery management"),
        ("FRM-S FRM-M FRM-L FRM-XL", 2, "Geometry, tube shapes, weld order"),
        ("DSP-MI DSP-KM", 3, "Display board and its firmware"),
        ("HAR-1", 2, "Where each signal goes"),
        ("CHG-US CHG-EU CHG-UK", 0.7m, "Charging curve"),
        ("DRV-D DRV-B", 0.7m, ""), ("WHL-D WHL-B", 0.5m, ""), ("FRK-GR FRK-MO", 0.5m, ""), ("BRK-LF BRK-RF", 0.4m, ""), ("CKP-F CKP-S", 0.3m, ""), ("LGT-US LGT-EU", 0.4m, ""),
        ("SAD-1", 0.2m, ""), ("TYR-1", 0.2m, ""), ("RCK-1", 0.2m, ""), ("KIT-US KIT-EU KIT-UK", 0.2m, ""), ("PKG-1", 0, "Nothing that is not seen from outside"),
    ];

    private static readonly (string Item, string Other, RelationKind Kind, decimal Weight)[] s_relations =
    [
        ("C1", "MOT-1", RelationKind.Tuning, 6), ("C1", "BAT-500", RelationKind.Tuning, 3), ("C1", "DSP-MI", RelationKind.Recipe, 3),
        ("MOT-1", "BAT-500", RelationKind.Tuning, 5), ("MOT-1", "DSP-MI", RelationKind.Interface, 6), ("MOT-1", "DSP-KM", RelationKind.Interface, 3), ("MOT-1", "FRM-M", RelationKind.Interface, 1.5m), ("MOT-1", "DRV-B", RelationKind.Tuning, 1),
        ("BAT-400", "CHG-US", RelationKind.Interface, 0.5m), ("BAT-500", "CHG-US", RelationKind.Interface, 1), ("BAT-625", "CHG-EU", RelationKind.Interface, 0.5m), ("BAT-500", "HAR-1", RelationKind.Interface, 1), ("DSP-MI", "HAR-1", RelationKind.Interface, 1), ("FRM-M", "FRK-GR", RelationKind.Tuning, 0.5m),
    ];

    /// <summary>Sisters are inferred from each other; these say something of another kind of part.</summary>
    private static readonly (string Item, string From, double Chance, string Why)[] s_inferences =
    [
        ("DSP-MI", "HAR-1", 0.15, "Pins and messages of the display's plug"), ("MOT-1", "HAR-1", 0.1, "Pins of the motor's plug"), ("BAT-500", "HAR-1", 0.1, "Pins of the pack's plug"), ("LGT-US", "HAR-1", 0.3, "The lamps' wires"),
        ("CHG-US", "BAT-500", 0.5, "The pack says how it is charged"), ("BAT-500", "CHG-US", 0.2, "The charger shows the pack's limits"), ("MOT-1", "DSP-MI", 0.15, "The display asks the motor for all it can do"), ("DSP-MI", "MOT-1", 0.15, "The motor says what a display must ask"),
        ("HAR-1", "DSP-MI", 0.3, "The display's plug"), ("FRM-M", "RCK-1", 0.1, "Where the rack is fixed"), ("MOT-1", "C1", 0.3, "The software drives it"), ("C1", "KIT-US", 0.02, "The firmware card is sealed and signed"),
    ];

    private static readonly (string Items, double Chance, string Why)[] s_sisters =
    [
        ("FRM-S FRM-M FRM-L FRM-XL", 0.8, "The same tubes in another size"), ("BAT-400 BAT-500 BAT-625", 0.7, "The same pack with other cells"), ("DSP-MI DSP-KM", 0.95, "The same board"), ("CHG-US CHG-EU CHG-UK", 0.98, "Only the cord differs"),
        ("FRK-GR FRK-MO", 1, "Only the paint differs"), ("BRK-LF BRK-RF", 1, "Only the sides differ"), ("CKP-F CKP-S", 0.7, "Another bar"), ("WHL-D WHL-B", 0.6, "Another hub"), ("LGT-US LGT-EU", 0.6, "Another reflector"), ("KIT-US KIT-EU KIT-UK", 0.9, "Another language"),
    ];

    /// <summary>What was given, days ago, under which agreement and for how many days yet it binds; days ahead are planned.</summary>
    private static readonly (string Items, string Receiver, DisclosureLevel Level, string Document, int Ago, string Nda, int? Ends)[] s_given =
    [
        ("FRM-S FRM-M FRM-L FRM-XL", "SONGBE", DisclosureLevel.Package, "DP-FRM rev D", 610, "NDA-031", 480), ("MOT-1", "SONGBE", DisclosureLevel.Envelope, "ENV-MOT rev B", 600, "NDA-031", 480), ("BAT-500", "SONGBE", DisclosureLevel.Envelope, "ENV-BAT rev C", 600, "NDA-031", 480),
        ("MOT-1", "BUKK", DisclosureLevel.Process, "DP-MOT rev F", 540, "NDA-027", -38), ("HAR-1", "BUKK", DisclosureLevel.Envelope, "ICD-HAR rev B", 520, "NDA-027", -38),
        ("BAT-400 BAT-500 BAT-625", "MIHO", DisclosureLevel.Process, "DP-BAT rev E", 450, "NDA-034", 200), ("MOT-1", "MIHO", DisclosureLevel.Envelope, "ENV-MOT rev B", 450, "NDA-034", 200), ("CHG-US CHG-EU CHG-UK", "MIHO", DisclosureLevel.Envelope, "ICD-CHG rev B", 450, "NDA-034", 200),
        ("CHG-US CHG-EU CHG-UK", "LINGDING", DisclosureLevel.Package, "DP-CHG rev C", 430, "NDA-035", 220), ("BAT-500", "LINGDING", DisclosureLevel.Drawing, "DWG-BAT rev E", 210, "NDA-035", 220),
        ("DSP-MI DSP-KM", "TAIHU", DisclosureLevel.Process, "DP-DSP rev C", 400, "NDA-036", 260), ("HAR-1", "TAIHU", DisclosureLevel.Envelope, "ICD-HAR rev B", 380, "NDA-036", 260),
        ("HAR-1", "CERRO", DisclosureLevel.Package, "DP-HAR rev B", 390, "NDA-037", null), ("MOT-1 BAT-500 DSP-MI LGT-US", "CERRO", DisclosureLevel.Envelope, "ICD-HAR rev B", 390, "NDA-037", null),
        ("LGT-US LGT-EU", "QIANHAI", DisclosureLevel.Drawing, "DWG-LGT rev A", 250, "", null), ("MOT-1", "SENSHU", DisclosureLevel.Envelope, "ENV-MOT rev B", 350, "NDA-039", null), ("BAT-400 BAT-500 BAT-625", Cast.Forwarder, DisclosureLevel.Envelope, "UN38.3 summary", 420, "NDA-040", null),
        // what is planned, and could yet be less
        ("BAT-625", "LINGDING", DisclosureLevel.Package, "DP-BAT rev F", -30, "NDA-035", 220), ("MOT-1", "TAIHU", DisclosureLevel.Drawing, "DWG-MOT rev F", -21, "NDA-036", 260), ("MOT-1", "SONGBE", DisclosureLevel.Drawing, "DWG-MOT rev F", -45, "NDA-031", 480),
    ];

    public static IEnumerable<IRecord> Records(LocalDate today)
    {
        foreach (var (items, weight, note) in s_knowHow)
            foreach (string item in items.Split(' ')) yield return new KnowHow(item, Cast.Brand, weight, note);
        foreach (var (item, other, kind, weight) in s_relations) yield return new ItemRelation(item, other, kind, Cast.Brand, weight);
        foreach (var (item, from, chance, why) in s_inferences) yield return new Inference(item, from, Cast.Brand, new Share(chance), why);
        foreach (var (items, chance, why) in s_sisters)
        {
            foreach (string item in items.Split(' '))
                foreach (string sister in items.Split(' ').Where(s => s != item)) yield return new Inference(item, sister, Cast.Brand, new Share(chance), why);
        }
        foreach (var (items, receiver, level, document, ago, nda, ends) in s_given)
            foreach (string item in items.Split(' ')) yield return new Disclosure(item, receiver, level, document, Day(-ago), nda, ends is { } days ? Day(days) : null, Cast.Brand);

        Instant Day(int days) => today.PlusDays(days).AtMidnight().InUtc().ToInstant();
    }
}
