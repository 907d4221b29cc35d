using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>What became of an order line's quota of firmware releases: what who guards the design looks at.</summary>
/// <param name="Given">Places of the quota that are given.</param>
/// <param name="Again">Releases that wrote a unit again.</param>
/// <param name="Replaced">Releases of units that took the place of one given up.</param>
/// <param name="Refused">Asked for beyond the quota and refused.</param>
/// <param name="Last">When that was last; null: never.</param>
/// <param name="Finding">What is wrong, in a sentence; empty: nothing.</param>
/// <param name="Wishes">What was asked for beyond the quota, the latest first.</param>
public sealed record ReleaseBook(string OrderLine, string Family, string Market, int Ordered, int Given, int Again, int Replaced, int Refused, Instant? Last, string Finding, IReadOnlyList<FirmwareRelease> Releases, IReadOnlyList<RefusedRelease> Wishes)
{
    /// <summary>Of all order lines with releases or wishes beyond their quota, those with a finding first.</summary>
    public static IReadOnlyList<ReleaseBook> All(Snapshot world)
    {
        var over = world.FloorOperations.Where(static o => o.Act == FloorAct.ReleaseFirmware && o.Rule == "over-production")
            .Select(o => (Order: world.Builds.Find(o.Build.Length > 0 ? o.Build : world.Units.Find(o.Unit)?.Build.Value ?? "") is { } b ? b.OrderLine.Value : "", Wish: new RefusedRelease(o.Unit, o.Heard, o.Device))).ToLookup(static o => o.Order, static o => o.Wish, StringComparer.Ordinal);
        var given = world.FirmwareReleases.ToLookup(static r => r.OrderLine.Value, StringComparer.Ordinal);
        return [.. given.Select(static g => g.Key).Concat(over.Select(static g => g.Key)).Where(static k => k.Length > 0).Distinct().Select(k => Of(world, k, [.. given[k]], [.. over[k]])).OrderBy(static b => b.Finding.Length == 0).ThenBy(static b => b.OrderLine, StringComparer.Ordinal)];
    }

    private static ReleaseBook Of(Snapshot world, string key, FirmwareRelease[] given, RefusedRelease[] over)
    {
        OrderLine? order = world.OrderLines.Find(key);
        int ordered = order?.Quantity ?? 0, places = given.Select(static r => r.Ordinal).Distinct().Count();
        string finding = places > ordered ? $"Over-production: {places} serial numbers have a release, {ordered} are ordered." : over.Length > 0 ? $"Over-production was asked for {over.Length} {(over.Length == 1 ? "time" : "times")} and refused." : "";
        return new(key, order?.Family.Value ?? "", order?.Market.Value ?? "", ordered, places, given.Count(static r => r is { Number: > 1, Replaces: "" }), given.Count(static r => r.Replaces.Length > 0), over.Length, over.Length > 0 ? over.Max(static o => o.Heard) : null, finding, given, [.. over.OrderByDescending(static o => o.Heard).ThenBy(static o => o.Serial, StringComparer.Ordinal)]);
    }
}

/// <summary>A release that was asked for beyond the quota of its order line, and refused.</summary>
public sealed record RefusedRelease(string Serial, Instant Heard, string Device);
