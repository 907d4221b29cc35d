using System.Text;
using Homestretch.Exchange.Printing;
using Homestretch.Finishing.Floor;
using Homestretch.Papers;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Floor;

/// <summary>Which label is wanted: exactly one of lot, bin, kit and unit.</summary>
/// <param name="Site">Hub it is for; null: the only one.</param>
/// <param name="Item">Which item of the lot, where its number is that of several.</param>
/// <param name="Quantity">What lies in the package; null: all of the lot that lies there.</param>
internal sealed record LabelAsk(string? Site, string? Lot, string? Bin, string? Kit, string? Unit, string? Item, string? Revision, decimal? Quantity);

/// <summary>Labels to print, out of the records as they are.</summary>
internal static class LabelDesk
{
    public const int MostCopies = 100;

    /// <param name="hub">Address at which people open the hub.</param>
    /// <param name="passport">Address of a unit's passport where its market asks for one.</param>
    /// <returns>The label with a name for its file; or why there is none.</returns>
    public static (Sticker? Label, string Name, IReadOnlyList<Finding> Findings) Of(Snapshot world, LabelAsk ask, string hub, Func<Snapshot, Unit, string?> passport)
    {
        if (new[] { ask.Lot, ask.Bin, ask.Kit, ask.Unit }.Count(static a => !string.IsNullOrWhiteSpace(a)) != 1) return Wrong("lot", "one-of", "One label is printed at a time.", "Name one of lot, bin, kit and unit.");
        if (ask.Quantity is <= 0 or > 1_000_000_000) return Wrong("quantity", "quantity", $"{ask.Quantity} is no amount.", "Give more than 0, or leave it out for all that lies there.");
        if (!string.IsNullOrWhiteSpace(ask.Kit)) return world.Builds.Find(ask.Kit) is { } build && OrHub(ask, world.AssemblyLines[build.Line].Site) ? (FloorLabels.Of(world, build), $"kit-{build.Key}", []) : Unknown("kit", ask.Kit);
        if (!string.IsNullOrWhiteSpace(ask.Unit)) return world.Units.Find(ask.Unit) is { } unit && OrHub(ask, world.AssemblyLines[world.Builds[unit.Build].Line].Site) ? (FloorLabels.Of(world, unit, hub.TrimEnd('/'), passport(world, unit)), $"unit-{unit.Key}", []) : Unknown("unit", ask.Unit);
        Site[] hubs = [.. world.Sites.Where(s => ask.Site is { } only ? s.Id == only : s.Kind == SiteKind.Hub)];
        if (hubs is not [var site]) return Wrong("site", "site", ask.Site is { } named ? $"There is no site '{named}' here." : $"There are {hubs.Length} hubs.", "Name the site, as site=CODE.");
        if (!string.IsNullOrWhiteSpace(ask.Bin)) return world.Bins.Find($"{site.Key}|{ask.Bin}") is { } bin ? (FloorLabels.Of(bin), $"bin-{bin.Code}", []) : Unknown("bin", ask.Bin);
        LotOnFloor[] lots = [.. LotOnFloor.Of(world, site.Key, ask.Lot!).Where(l => (ask.Item is null || l.Item.Id == ask.Item) && (ask.Revision is null || l.Revision == ask.Revision))];
        return lots.Length switch
        {
            1 => (FloorLabels.Of(lots[0], ask.Quantity), $"lot-{lots[0].Lot}", []),
            // goods that were announced in one revision and are another as they come
            0 when LotOnFloor.Of(world, site.Key, ask.Lot!) is [var only] && (ask.Item is null || only.Item.Id == ask.Item) => (FloorLabels.Of(only with { Revision = ask.Revision! }, ask.Quantity), $"lot-{only.Lot}", []),
            0 => Unknown("lot", ask.Lot!),
            _ => Wrong("item", "which", $"Lot {ask.Lot} is {string.Join(", ", lots.Select(static l => $"{l.Item.Key} revision '{l.Revision}'"))}.", "Name item and revision too."),
        };
    }

    /// <summary>The label in a printer's words or as pages.</summary>
    public static (byte[] Bytes, string Media, string Ending) As(Sticker label, bool zpl, int copies, string name, Instant now) =>
        zpl ? (Encoding.UTF8.GetBytes(Zpl.Of(label, copies)), "text/plain; charset=utf-8", "zpl") : (StickerDocument.Of(label, copies, name, now), "application/pdf", "pdf");

    private static bool OrHub(LabelAsk ask, Key<Site> site) => ask.Site is null || ask.Site == site.Value;
    private static (Sticker?, string, IReadOnlyList<Finding>) Unknown(string what, string named) => Wrong(what, "unknown-key", $"There is no {what} '{named}' here.", "Write it as its label or list has it.");
    private static (Sticker?, string, IReadOnlyList<Finding>) Wrong(string column, string rule, string what, string cure) => (null, "", [new(new("request", 0, column), rule, what, cure)]);
}
