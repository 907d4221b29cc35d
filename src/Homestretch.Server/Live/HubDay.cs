using System.Runtime.CompilerServices;
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

    /// <summary>Each day of the hub as it begins, from when the planner has started. A start makes up for a day that began since the journal's last entry: the server was down then.</summary>
    /// <param name="first">Hears which day it is when somebody has looked for the first time.</param>
    public static async IAsyncEnumerable<Instant> Begun(LiveWorld live, Planner planner, HubClock clock, TimeProvider time, Action<LocalDate> first, [EnumeratorCancellation] CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        LocalDate? last = planner.LeftOff is { } left ? Of(live.World, left) : null;
        bool looked = false;
        using var look = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            if (Zone(live.World) is not { } zone) continue;
            LocalDate today = clock.Now.InZone(zone).Date;
            if (last is not null && today != last) yield return today.AtStartOfDayInZone(zone).ToInstant();
            if (!looked) first(today);
            (last, looked) = (today, true);
        }
        while (await look.WaitForNextTickAsync(stop));
    }
}
