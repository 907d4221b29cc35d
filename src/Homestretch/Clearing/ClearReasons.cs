using System.Globalization;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Clearing;

/// <summary>Why a build is where it is, in a sentence. Days are those of the zone given.</summary>
public static class ClearReasons
{
    private static readonly ZonedDateTimePattern s_day = ZonedDateTimePattern.CreateWithInvariantCulture("d MMM HH:mm", null);

    public static string Of(ClearBuild build, Snapshot world, DateTimeZone zone) => build.Kind switch
    {
        ClearKind.Released => Released(build, world, zone),
        ClearKind.GivesWay when build.Contested.Count == 0 => $"All parts are at hand, but the open time of its lines within the horizon goes to builds that are worth more{Takers(build)}.",
        ClearKind.GivesWay => $"{Names(build.Contested, world)} {(build.Contested.Count == 1 ? "is" : "are")} at hand, but worth more in other kits{Takers(build)}.",
        ClearKind.Short => $"Short of {string.Join("; of ", build.Short.Select(s => Lacks(s, world, zone)))}.",
        ClearKind.Stays => build.End is null ? "Begun, confirmed, pinned or held for the sake of its date: it keeps its slot and its parts." : "It keeps its promise where it stands, and stays.",
        _ => throw new ArgumentOutOfRangeException(nameof(build), build.Kind, "No such kind."),
    };

    private static string Released(ClearBuild build, Snapshot world, DateTimeZone zone)
    {
        ClearPart[] coming = [.. build.Parts.Where(static p => p.At is not null).OrderByDescending(static p => p.At)];
        string parts = coming.Length == 0 ? "All parts are in stock" : $"Its last part, {Name(coming[0].Item, world)}, comes with {coming[0].Supply.Replace("lot:", "lot ", StringComparison.Ordinal)} by {Day(coming[0].At!.Value, zone)}";
        string saves = build.SavesPromise is { Value: >= 0.005 } share ? string.Create(CultureInfo.InvariantCulture, $"; its promise would lose {share.Value * 100:0} points were it not built now") : "";
        return $"{parts}{saves}{(build.ByPriority ? "" : "; plain priority would leave it out")}.";
    }

    private static string Lacks(ClearShort s, Snapshot world, DateTimeZone zone) =>
        $"{s.Missing} of {Name(s.Item, world)}, {(s.At is not { } at ? "which nobody supplies" : s.Next is { } lot ? $"there by {Day(at, zone)} with {lot.Replace("lot:", "lot ", StringComparison.Ordinal)}" : $"to be bought, there by {Day(at, zone)} at the soonest")}";

    private static string Takers(ClearBuild build) => build.Takers.Count == 0 ? "" : $" ({string.Join(", ", build.Takers)})";
    private static string Names(IReadOnlyList<Key<Item>> items, Snapshot world) => string.Join(" and ", items.Select(i => Name(i, world)));
    private static string Name(Key<Item> item, Snapshot world) => world.Items.Find(item) is { } i ? i.Name : item.Value;
    private static string Day(Instant at, DateTimeZone zone) => s_day.Format(at.InZone(zone));
}
