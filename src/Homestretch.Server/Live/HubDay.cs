using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>The calendar by which the hub does its daily work.</summary>
internal static class HubDay
{
    /// <summary>The zone of the hub; of several the first by key. Null while there is none: for a company that is being loaded the first day begins after the one on which it is.</summary>
    public static DateTimeZone? Zone(Snapshot world) => world.Sites.FirstOrDefault(static s => s.Kind == SiteKind.Hub) is { } hub ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(hub.TimeZone) ?? DateTimeZone.Utc : null;

    /// <summary>The day at the hub at an instant; null while there is none.</summary>
    public static LocalDate? Of(Snapshot world, Instant at) => Zone(world) is { } zone ? at.InZone(zone).Date : null;
}
