using Homestretch.Promising;
using Homestretch.Server.Seeing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>A supplier's lots that come too late as notices to its own people, made of its own slice and nothing else.</summary>
internal static class LotNotices
{
    private static readonly Role[] s_roles = [Role.Supplier];

    public static IReadOnlyList<Notice> Of(Sight sight, Key<Party> party)
    {
        var late = sight.World.Lots.Where(l => l.Party == party && l.State < LotState.Received && SupplyViews.Late(sight, l)).Select(l => (Root: Behind(sight, l), Lot: l)).ToList();
        return [.. late.GroupBy(static l => l.Root).OrderBy(static g => g.Key.Key, StringComparer.Ordinal).Select(g => One(sight, g.Key, [.. g.Select(static l => l.Lot).OrderBy(static l => l.Id, StringComparer.Ordinal)]))];
    }

    /// <summary>What is behind a lot that is late, so that all that waits for the same thing is told once: its shipment, the machine that makes it, or itself.</summary>
    private static Root Behind(Sight sight, Lot lot) => lot.Shipment is { } shipment ? new($"shipment:{shipment}", $"shipment {shipment}")
        : lot.State <= LotState.Making && Runs.Of(sight.World).Making(lot.Key) is { } run && sight.World.Machines.Find(run.Machine) is { } machine ? new($"machine:{machine.Id}", $"{machine.Name} at {sight.NameOf(machine.Party)}")
        : new($"lot:{lot.Id}", "");

    private static Notice One(Sight sight, Root root, Lot[] lots)
    {
        Lot first = lots[0];
        LotForecast forecast = sight.Plan.Of(first.Key)!;
        Instant? due = first.PurchaseOrderLine is { } line ? sight.World.PurchaseOrderLines.Find(line)?.Due : null;
        string what = $"{first.Quantity.Value.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} of {sight.ItemOf(first.Item)?.Name ?? first.Item.Value} (lot {first.Id})";
        string when = $"{Wording(lots.Length, what)} expected at the hub by {sight.Said.Day(forecast.P90)} nine times in ten{(due is { } asked ? $"; due is {sight.Said.Day(asked)}" : "")}.";
        string overdue = forecast.Overdue ? " Its running step should have ended: tell us where it is, or a new date." : "";
        return new($"lot:{first.Party}:{root.Key}", NoticeKind.Lot, NoticeSeverity.Warning, first.Party.Value, s_roles, null, lots.Length == 1 ? $"Late: lot {first.Id}" : $"{lots.Length} lots late: {root.Name}", when + overdue,
            $"/supply?show=lot:{Uri.EscapeDataString(first.Id)}", sight.Now, sight.Now, null, due is { } d ? (forecast.P90 - d).TotalDays : null);
    }

    private static string Wording(int lots, string what) => lots == 1 ? $"{what} is" : $"{what} and {lots - 1} more lots that come with it are";

    /// <param name="Key">Stable, such as 'shipment:SHP-1', 'machine:M-7' or 'lot:L-3'.</param>
    /// <param name="Name">As people call it; empty: a lot that stands alone.</param>
    private readonly record struct Root(string Key, string Name);
}
