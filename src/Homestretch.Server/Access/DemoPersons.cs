using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>The people of the demonstration company. They exist in demo mode on loopback only.</summary>
internal static class DemoPersons
{
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("paula", "Paula Reyes", Role.Planner, "Meridian Cycles", "every order, kit, lot and machine"),
        new("sam", "Sam Tran", Role.Supplier, "Song Be Frameworks", "its own purchases, lots and machines"),
        new("mina", "Mina Park", Role.Supplier, "Miho Battery Packs", "its own purchases, lots and machines"),
        new("marek", "Marek Novak", Role.Maintenance, "Meridian Cycles", "machines and what waits for them"),
        new("wanda", "Wanda Price", Role.Warehouse, "Meridian Cycles", "what arrives and when"),
        new("ahmed", "Ahmed Bell", Role.Assembler, "Meridian Cycles", "the lines and their kits"),
        new("iris", "Iris Okafor", Role.IpOfficer, "Meridian Cycles", "who supplies what, and what each knows of the product"),
        new("admin", "Ada Lindgren", Role.Administrator, "Meridian Cycles", "everything, and who may see it"),
    ];

    /// <summary>Party code of each person in the demonstration company.</summary>
    public static string PartyOf(DemoPerson person) => person.PartyName switch
    {
        "Song Be Frameworks" => "SONGBE",
        "Miho Battery Packs" => "MIHO",
        _ => "MERIDIAN",
    };
}
