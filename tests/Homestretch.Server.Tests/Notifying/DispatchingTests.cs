using CsCheck;
using Homestretch.Server.Notifying;
using Homestretch.Web.Window;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>Who hears what, when: over every sort of notices and wishes.</summary>
public sealed class DispatchingTests
{
    private static void Check(Action<Played> holds) => Gen.Select(PlayedNotices.People, PlayedNotices.Lives).Sample((people, lives) => holds(PlayedNotices.Play(people, lives)), iter: 150, threads: 1);

    [Fact]
    public void Nothing_is_told_twice_to_anybody_by_the_same_channel() => Check(static p =>
    {
        var told = p.Heard.Where(static h => h.Channel != NoticeChannel.Digest).Select(static h => (h.Login, h.Channel, h.Key, h.Created, h.News, h.News == News.Worse ? h.Severity : default)).ToList();
        Assert.Equal(told.Count, told.Distinct().Count());
        // the first word of each is that it is there, the last that it is over
        foreach (var one in p.Heard.Where(static h => h.Channel != NoticeChannel.Digest).GroupBy(static h => (h.Login, h.Channel, h.Key, h.Created)))
        {
            Assert.True(one.First().News is News.Opened or News.HandedOn);
            Assert.DoesNotContain(one.SkipLast(1), static h => h.News == News.Ended);
        }
    });

    [Fact]
    public void Quiet_hours_are_kept_but_for_what_a_person_lets_through() => Check(static p =>
    {
        foreach (var (at, d) in p.Sent.Where(static s => s.Dispatch.Channel != NoticeChannel.Digest))
        {
            NotifyChoice choice = p.People.Single(x => x.Login == d.Login).Choice;
            if (!IsQuiet(choice, at)) continue;
            Assert.True(choice.Breaks);
            Assert.All(d.Items, i => Assert.True(i.Notice is { Severity: NoticeSeverity.Critical, Deadline: { } deadline } && deadline > at && IsQuiet(choice, deadline - Duration.Epsilon)));
        }
    });

    [Fact]
    public void Nothing_is_lost_what_stands_for_a_person_is_told_as_soon_as_it_may_be() => Check(static p =>
    {
        foreach (Subscription person in p.People)
        {
            foreach (NoticeChannel channel in person.AtOnce)
            {
                int lately = p.Heard.Where(h => h.Login == person.Login && h.Channel == channel && h.At > p.End - Duration.FromHours(2)).Select(static h => h.Dispatch).Distinct().Count();
                if (lately >= Dispatching.MostAnHour || IsQuiet(person.Choice, p.End - Duration.FromMinutes(15))) continue;
                foreach (Notice n in p.Notices.Where(n => n.Party == person.Party && n.Created < p.End - Duration.FromHours(2)))
                {
                    Heard[] told = [.. p.Heard.Where(h => (h.Login, h.Channel, h.Key, h.Created) == (person.Login, channel, n.Key, n.Created))];
                    if (n.Stands && n.Roles.Contains(person.Role) && n.Owner is null && person.WantsAtOnce(n, channel)) Assert.NotEmpty(told);
                    if (told.Length > 0) Assert.Equal(!n.Stands, told[^1].News == News.Ended); // who heard that it is there hears that it is over
                }
            }
        }
    });

    [Fact]
    public void No_hour_holds_more_messages_than_are_allowed() => Check(static p =>
    {
        foreach (var one in p.Sent.Where(static s => s.Dispatch.Channel != NoticeChannel.Digest).GroupBy(static s => (s.Dispatch.Login, s.Dispatch.Channel)))
        {
            Instant[] at = [.. one.Select(static s => s.At)];
            for (int i = 0; i + Dispatching.MostAnHour < at.Length; i++) Assert.True(at[i + Dispatching.MostAnHour] - at[i] >= Duration.FromHours(1));
        }
    });

    [Fact]
    public void A_digest_comes_once_a_day_and_holds_all_that_stands_for_the_person() => Check(static p =>
    {
        foreach (Subscription person in p.People.Where(static x => x.HasDigest))
        {
            var digests = p.Sent.Where(s => s.Dispatch.Login == person.Login && s.Dispatch.Channel == NoticeChannel.Digest).ToList();
            Assert.InRange(digests.Count, 3, 5); // of three and a half days, one of which has 23 hours
            Assert.Equal(digests.Count, digests.Select(d => QuietHours.Last(person.Choice.DigestAt, person.Choice.Zone, d.At)).Distinct().Count());
            var (last, dispatch) = digests[^1];
            Assert.All(p.Notices.Where(n => n.Party == person.Party && n.Roles.Contains(person.Role) && n.Owner is null && n.Created <= last && (n.Stands || n.Ended > last)), n => Assert.Contains(dispatch.Items, i => i.Notice.Key == n.Key));
        }
    });

    [Fact]
    public void What_moves_a_date_or_takes_promises_by_less_than_a_person_asked_is_told_by_the_digest_alone()
    {
        Subscription paula = new("paula", Role.Planner, "MERIDIAN", Subscription.Standard("UTC") with { Digest = true, Address = "paula@example.com", LeastDays = 2, LeastPromises = 0.5, QuietFrom = new(0, 0), QuietTo = new(0, 0) }, PlayedNotices.Begin, 1);
        Notice Of(string key, double? days, double? promises) => new(key, NoticeKind.Promise, NoticeSeverity.Critical, "MERIDIAN", [Role.Planner], null, key, "Text.", "/", PlayedNotices.Begin, PlayedNotices.Begin, null, days, promises);
        Notice[] notices = [Of("both", 2, 0.5), Of("too few promises", 30, 0.49), Of("too few days", 1.9, 7), Of("no date is known", null, 0.5), Of("about neither", null, null)];
        IReadOnlyList<Dispatch> due = Dispatching.Due(notices, [paula], [], PlayedNotices.Begin + Duration.FromDays(1));
        Assert.Equal(["about neither", "both", "no date is known"], due.Where(static d => d.Channel == NoticeChannel.Push).SelectMany(static d => d.Items).Select(static i => i.Notice.Key).Order(StringComparer.Ordinal));
        Assert.Equal(notices.Length, Assert.Single(due, static d => d.Channel == NoticeChannel.Digest).Items.Count);
    }

    [Fact]
    public void Nobody_hears_of_another_partys_notices() => Check(static p =>
        Assert.All(p.Sent, s => Assert.All(s.Dispatch.Items, i => Assert.Equal(p.People.Single(x => x.Login == s.Dispatch.Login).Party, i.Notice.Party))));

    /// <summary>By the wall clock, told another way than the code tells it.</summary>
    private static bool IsQuiet(NotifyChoice c, Instant at)
    {
        if (c.QuietFrom == c.QuietTo) return false;
        LocalTime time = at.InZone(DateTimeZoneProviders.Tzdb[c.Zone]).TimeOfDay;
        bool quiet = c.QuietFrom < c.QuietTo ? c.QuietFrom <= time && time < c.QuietTo : time >= c.QuietFrom || time < c.QuietTo;
        // in the night in which the clocks change a time of day may come twice or never
        Offset before = DateTimeZoneProviders.Tzdb[c.Zone].GetUtcOffset(at - Duration.FromHours(3)), after = DateTimeZoneProviders.Tzdb[c.Zone].GetUtcOffset(at + Duration.FromHours(3));
        return before == after ? quiet : QuietHours.Until(c, at) is not null;
    }
}
