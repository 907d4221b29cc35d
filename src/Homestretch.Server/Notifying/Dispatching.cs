using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>That a person was told something of a notice. A digest without anything in it has an empty key.</summary>
/// <param name="Created">With the key, which notice.</param>
/// <param name="Severity">How much it weighed then.</param>
/// <param name="Dispatch">Number of the dispatch it was in: one push message may tell several.</param>
internal sealed record Heard(string Login, NoticeChannel Channel, string Key, Instant Created, News News, NoticeSeverity Severity, Instant At, string Dispatch);

/// <summary>One message to one person.</summary>
internal sealed record Dispatch(string Login, NoticeChannel Channel, IReadOnlyList<(Notice Notice, News News)> Items);

/// <summary>Who hears what, when and how: a function of what stands, what people chose, what they were told, and the present. It keeps to quiet hours, tells nothing
/// twice and loses nothing: what may not be told now is due again at the next look.</summary>
internal static class Dispatching
{
    /// <summary>Most push messages, or mails at once, to a person in an hour. What is beyond waits, and comes in one message.</summary>
    public const int MostAnHour = 6;

    /// <summary>Most messages to a person at one look; the last tells all that is left.</summary>
    public const int MostAtOnce = 3;

    /// <summary>What is to be told now.</summary>
    /// <param name="notices">What stands, and what has ended lately.</param>
    /// <param name="heard">What was told so far.</param>
    public static IReadOnlyList<Dispatch> Due(IReadOnlyList<Notice> notices, IReadOnlyList<Subscription> people, IEnumerable<Heard> heard, Instant now)
    {
        ILookup<(string Login, NoticeChannel Channel), Heard> told = heard.ToLookup(static h => (h.Login, h.Channel));
        var due = new List<Dispatch>();
        foreach (Subscription person in people)
        {
            Notice[] own = [.. notices.Where(n => n.Party == person.Party)];
            foreach (NoticeChannel channel in person.AtOnce) due.AddRange(AtOnce(person, channel, own, [.. told[(person.Login, channel)]], now));
            if (person.HasDigest && Digest(person, own, [.. told[(person.Login, NoticeChannel.Digest)]], now) is { } digest) due.Add(digest);
        }
        return due;
    }

    private static IEnumerable<Dispatch> AtOnce(Subscription person, NoticeChannel channel, Notice[] notices, Heard[] told, Instant now)
    {
        ILookup<(string, Instant), Heard> of = told.ToLookup(static h => (h.Key, h.Created));
        Instant? quiet = QuietHours.Until(person.Choice, now);
        var items = new List<(Notice Notice, News News)>();
        foreach (Notice n in notices)
        {
            if (NewsOf(person, channel, n, [.. of[(n.Key, n.Created)]], now) is { } news && (quiet is not { } until || BreaksThrough(person, n, until, now))) items.Add((n, news));
        }
        int room = MostAnHour - told.Where(h => h.At > now - Duration.FromHours(1) && h.At <= now).Select(static h => h.Dispatch).Distinct(StringComparer.Ordinal).Count();
        if (items.Count == 0 || room <= 0) return [];
        (Notice Notice, News News)[] ordered = [.. items.OrderByDescending(static i => i.Notice.Stands).ThenByDescending(static i => i.Notice.Severity)
            .ThenBy(static i => i.Notice.Deadline ?? Instant.MaxValue).ThenBy(static i => i.Notice.Created).ThenBy(static i => i.Notice.Key, StringComparer.Ordinal)];
        // what comes next finds room too: the last message of an hour tells all that is left
        int single = ordered.Length <= Math.Min(MostAtOnce, room) ? ordered.Length : Math.Min(MostAtOnce, room) - 1;
        return [.. ordered.Take(single).Select(i => new Dispatch(person.Login, channel, [i])), .. single == ordered.Length ? (Dispatch[])[] : [new(person.Login, channel, ordered[single..])]];
    }

    /// <summary>What is new of a notice for a person; null: nothing that they are to hear.</summary>
    private static News? NewsOf(Subscription person, NoticeChannel channel, Notice n, Heard[] told, Instant now)
    {
        if (told.Length == 0)
        {
            if (!n.Stands) return null;
            if (IsHandedTo(person, n)) return News.HandedOn;
            return n.Created >= person.Since && IsFor(person, n) && person.WantsAtOnce(n, channel) ? News.Opened : null;
        }
        if (told.Any(static h => h.News == News.Ended)) return null;
        if (!n.Stands) return News.Ended;
        if (n is { Owner: null, Deadline: { } deadline } && deadline <= now && told.Any(h => h.At < deadline) && told.All(static h => h.News != News.RanOut)) return News.RanOut;
        return n.Severity > told.Max(static h => h.Severity) && person.Wants(n) ? News.Worse : null;
    }

    /// <summary>A notice that has an owner is the owner's; else its roles'.</summary>
    private static bool IsFor(Subscription person, Notice n) => n.Owner is { } owner ? owner == person.Login : n.Roles.Contains(person.Role);

    /// <summary>Whoever a notice is handed on to hears of it, whatever kinds and severities they chose.</summary>
    private static bool IsHandedTo(Subscription person, Notice n) => n.Owner is null && n.HandedTo.Contains(person.Role);

    private static bool BreaksThrough(Subscription person, Notice n, Instant until, Instant now) =>
        person.Choice.Breaks && n is { Stands: true, Severity: NoticeSeverity.Critical, Deadline: { } deadline } && now < deadline && deadline <= until;

    /// <summary>All that stands for a person, and what ended since the last digest; null: it is not time. Empty when there is nothing to say: the day is done all the same.</summary>
    private static Dispatch? Digest(Subscription person, Notice[] notices, Heard[] told, Instant now)
    {
        Instant since = told.Length == 0 ? person.Since : told.Max(static h => h.At);
        if (since >= QuietHours.Last(person.Choice.DigestAt, person.Choice.Zone, now)) return null;
        return new(person.Login, NoticeChannel.Digest, [.. notices.Where(n => (IsFor(person, n) || n.HandedTo.Contains(person.Role)) && (person.Wants(n) || n.HandedTo.Contains(person.Role)) && (n.Stands || n.Ended > since))
            .OrderByDescending(static n => n.Stands).ThenByDescending(static n => n.Severity).ThenBy(static n => n.Deadline ?? Instant.MaxValue).ThenBy(static n => n.Created).ThenBy(static n => n.Key, StringComparer.Ordinal)
            .Select(n => (n, n.Stands ? News.Opened : News.Ended))]);
    }
}
