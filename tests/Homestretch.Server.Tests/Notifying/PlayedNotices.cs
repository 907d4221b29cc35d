using CsCheck;
using Homestretch.Server.Notifying;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>Days of notices that come, grow, are taken and end, and people with every sort of wish; played through the dispatcher minute by minute.</summary>
internal static class PlayedNotices
{
    public static readonly Instant Begin = Instant.FromUtc(2026, 3, 28, 10, 0); // the night that follows loses an hour in Europe

    private static readonly string[] s_zones = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe"];

    private static readonly Gen<LocalTime> s_time = Gen.Int[0, 95].Select(static q => new LocalTime(q / 4, q % 4 * 15));

    private static readonly Gen<(bool Push, bool Mail, bool Digest, bool Breaks)> s_flags = Gen.Int[0, 15].Select(static f => ((f & 1) != 0, (f & 2) != 0, (f & 4) != 0, (f & 8) != 0));

    private static readonly Gen<NotifyChoice> s_choice = Gen.Select(s_flags, Of(s_zones), s_time, s_time, s_time, Of(Enum.GetValues<NoticeSeverity>()), Gen.Double[0, 4]).Select(static (flags, zone, from, to, digest, least, days) =>
        new NotifyChoice(flags.Push, flags.Mail, flags.Digest, "a@example.com", Enum.GetValues<NoticeKind>(), least, days, zone, from, to, flags.Breaks, digest, days / 4));

    public static readonly Gen<Subscription[]> People = Gen.Select(s_choice, Of(Role.Planner, Role.Administrator, Role.Maintenance), Of("MERIDIAN", "SONGBE")).Array[1, 4]
        .Select(static all => all.Select(static (p, i) => new Subscription($"p{i}", p.Item2, p.Item3, p.Item1, Begin, 1)).ToArray());

    /// <summary>A notice's life: from, until, when it grows critical, when somebody takes it, its deadline; minutes after the beginning.</summary>
    public static readonly Gen<Life[]> Lives = Gen.Select(Gen.Int[0, 2000], Gen.Int[1, 2500], Gen.Int[0, 3000], Gen.Int[0, 6000], Gen.Int[-1, 4000], Of("MERIDIAN", "SONGBE"), Gen.Double[0, 6], Of(Enum.GetValues<NoticeSeverity>()))
        .Select(static (from, lasts, grows, taken, deadline, party, days, severity) => new Life(from, from + lasts, grows, taken, deadline, party, days, severity)).Array[1, 12];

    /// <summary>Plays them; looks are as far apart as given.</summary>
    public static Played Play(Subscription[] people, Life[] lives, int everyMinutes = 7)
    {
        var heard = new List<Heard>();
        var sent = new List<(Instant At, Dispatch Dispatch)>();
        IReadOnlyList<(string, Notice)> known = [];
        for (int minute = 0; minute < 5000; minute += everyMinutes)
        {
            Instant now = Begin + Duration.FromMinutes(minute);
            Notice[] standing = [.. lives.Select((l, i) => (Life: l, Number: i)).Where(l => l.Life.From <= minute && minute < l.Life.Until).Select(l => l.Life.At(l.Number, minute))];
            var (notices, _) = Standing.Merge(known, new Dictionary<string, (IReadOnlyList<Notice>, bool)> { ["played"] = (standing, true) }, [], now);
            List<(string, Notice Notice)> after = [.. notices];
            foreach (var (notice, to) in HandingOn.Due(after.Select(static n => n.Notice), HandingOn.Standard, now))
                after[after.FindIndex(n => n.Notice.Key == notice.Key && n.Notice.Created == notice.Created)] = ("played", notice with { HandedTo = [.. notice.HandedTo, to] });
            known = [.. after];
            foreach (Dispatch d in Dispatching.Due([.. after.Select(static n => n.Notice)], people, heard, now))
            {
                string id = $"{sent.Count}";
                sent.Add((now, d));
                heard.AddRange(d.Items.Select(i => new Heard(d.Login, d.Channel, i.Notice.Key, i.Notice.Created, i.News, i.Notice.Severity, now, id)));
                if (d.Channel == NoticeChannel.Digest) heard.Add(new(d.Login, d.Channel, "", now, News.Opened, NoticeSeverity.Information, now, id));
            }
        }
        return new(people, [.. known.Select(static k => k.Item2)], heard, sent, Begin + Duration.FromMinutes(5000));
    }

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}

internal sealed record Life(int From, int Until, int Grows, int Taken, int Deadline, string Party, double Days, NoticeSeverity Severity)
{
    public Notice At(int number, int minute) => new($"n{number}", NoticeKind.Promise, minute >= Grows && Grows > From ? NoticeSeverity.Critical : Severity, Party, [Role.Planner], minute >= Taken ? "p0" : null, $"Title {number}", "Text.", "/",
        PlayedNotices.Begin + Duration.FromMinutes(From), PlayedNotices.Begin, Deadline < 0 ? null : PlayedNotices.Begin + Duration.FromMinutes(From + Deadline), Days, Promises: 6 - Days);
}

internal sealed record Played(Subscription[] People, IReadOnlyList<Notice> Notices, IReadOnlyList<Heard> Heard, IReadOnlyList<(Instant At, Dispatch Dispatch)> Sent, Instant End);
