using Homestretch.Server.Live;
using Homestretch.Server.Seeing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Times of day in a person's own zone.</summary>
internal static class QuietHours
{
    /// <summary>When the quiet hours end that an instant lies in; null: it lies in none.</summary>
    public static Instant? Until(NotifyChoice choice, Instant now)
    {
        if (choice.QuietFrom == choice.QuietTo) return null;
        DateTimeZone zone = Zone(choice.Zone);
        LocalDate today = now.InZone(zone).Date;
        // the night that began yesterday, and the one that begins today
        foreach (LocalDate day in (ReadOnlySpan<LocalDate>)[today.PlusDays(-1), today])
        {
            Instant from = At(day, choice.QuietFrom, zone), to = At(choice.QuietTo > choice.QuietFrom ? day : day.PlusDays(1), choice.QuietTo, zone);
            if (from <= now && now < to) return to;
        }
        return null;
    }

    /// <summary>The last time, at an instant, that a time of day came.</summary>
    public static Instant Last(LocalTime time, string zoneId, Instant now)
    {
        DateTimeZone zone = Zone(zoneId);
        LocalDate today = now.InZone(zone).Date;
        return At(today, time, zone) is var at && at <= now ? at : At(today.PlusDays(-1), time, zone);
    }

    /// <summary>The zone in which a party's people say dates (<see cref="Sight.Zone"/>).</summary>
    public static DateTimeZone ZoneOf(this LiveWorld live, string party, Instant now)
    {
        lock (live.Gate)
        {
            return new Sight(live.Seen, live.Plan, [], now, Money: false) { Own = live.Seen.Parties.Find(party)?.Kind == PartyKind.Brand ? (Key<Party>?)null : new Key<Party>(party) }.Zone;
        }
    }

    /// <summary>A zone by its name; UTC when there is none of that name.</summary>
    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc;

    /// <summary>A time that the clock skips comes as much later; one that comes twice is the first.</summary>
    private static Instant At(LocalDate day, LocalTime time, DateTimeZone zone) => zone.AtLeniently(day + time).ToInstant();
}
