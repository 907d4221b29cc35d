using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Documents that lapse with nothing to follow, as notices to who holds them, from the day on which a renewal must begin. One that has a situation of its own is not told the brand owner twice.</summary>
internal static class DocumentNotices
{
    /// <summary>Before a renewal must begin, and before a lapse where nobody says how long a renewal takes.</summary>
    private static readonly Duration s_notice = Duration.FromDays(14), s_unknown = Duration.FromDays(60);

    /// <param name="zoneOf">The zone in which a party's people say dates.</param>
    public static IReadOnlyList<Notice> Of(Snapshot world, Instant now, Func<string, DateTimeZone> zoneOf)
    {
        if (world.Documents.Count == 0) return [];
        HashSet<string> situated = [.. world.Situations.Where(static s => s.Open && s.Cause.StartsWith("document:", StringComparison.Ordinal)).Select(static s => s.Cause["document:".Length..])];
        return [.. world.Documents.Where(d => d.ValidUntil is not null && !(situated.Contains(d.Id) && Inside(world, d))).Select(d => Of(world, d, now, zoneOf)).OfType<Notice>()];
    }

    private static Notice? Of(Snapshot world, Document d, Instant now, Func<string, DateTimeZone> zoneOf)
    {
        Instant lapses = d.ValidUntil!.Value, begin = d.RenewalDays is { } days ? lapses - Duration.FromHours((double)Math.Ceiling(days * 24)) : lapses;
        if (now < begin - (d.RenewalDays is null ? s_unknown : s_notice) || !Bars.By(world, now, d).Any(b => b.From >= lapses && b.Until is null)) return null;
        DateTimeZone zone = zoneOf(d.Party.Value);
        string market = world.Markets.Find(d.Market)?.Name ?? d.Market.Value;
        string what = $"{d.Title} ({d.Requirement}, document {d.Id}) {(lapses > now ? "lapses" : "lapsed")} on {Day(lapses, zone)}, and {(d.RenewalExpected is { } late && late <= now ? $"the renewal expected by {Day(late, zone)} has not come" : "no renewal was asked for")}. Without it no unit may leave for {market}.";
        string how = d.RenewalDays is { } takes ? $" A renewal takes {(takes == 1 ? "a day" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{takes:0.#} days"))}{(begin > now ? $": ask for it by {Day(begin, zone)}" : ": it is late already")}." : "";
        return new($"document:{d.Id}", NoticeKind.Document, lapses <= now ? NoticeSeverity.Critical : NoticeSeverity.Warning, d.Party.Value, Inside(world, d) ? [Role.IpOfficer, Role.Planner] : [Role.Supplier], null,
            $"{(lapses > now ? "Lapses" : "Lapsed")}: {d.Title}", what + how, "/notices", now, now, lapses > now ? begin > now ? begin : lapses : null, null);
    }

    private static bool Inside(Snapshot world, Document d) => world.Parties.Find(d.Party) is { Kind: PartyKind.Brand };
    private static string Day(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("ddd d MMM uuuu", System.Globalization.CultureInfo.InvariantCulture);
}
