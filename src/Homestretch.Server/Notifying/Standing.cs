using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Brings what was known and what sources give together: what is new, what says something else, what is over.</summary>
internal static class Standing
{
    private static readonly Duration s_noticed = Duration.FromHours(1);

    /// <param name="known">What stood, and what is over.</param>
    /// <param name="given">All that stands, by source; of a source that has not given yet everything stays.</param>
    /// <param name="owned">Who took what, in order.</param>
    /// <returns>All there is now, and what changed with what programs hear of it; null: nothing, it only reads a little differently.</returns>
    public static (IReadOnlyList<(string Source, Notice Notice)> Notices, List<(string Source, Notice Notice, NoticeEvent? What)> Changes) Merge(IReadOnlyList<(string Source, Notice Notice)> known,
        IReadOnlyDictionary<string, (IReadOnlyList<Notice> Standing, bool Owners)> given, IReadOnlyList<(string Key, string? Owner)> owned, Instant now)
    {
        var notices = new List<(string, Notice)>();
        var changes = new List<(string, Notice, NoticeEvent?)>();
        var left = given.ToDictionary(static g => g.Key, static g => g.Value.Standing.DistinctBy(static n => n.Key).Select(Kept).ToDictionary(static n => n.Key, StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (source, was) in known)
        {
            Notice next = !was.Stands ? was : Next(was, left.GetValueOrDefault(source), given.GetValueOrDefault(source).Owners, owned, now);
            notices.Add((source, next));
            if (!ReferenceEquals(next, was)) changes.Add((source, next, EventOf(was, next)));
        }
        ILookup<string, Instant> before = known.ToLookup(static k => k.Notice.Key, static k => k.Notice.Created);
        foreach (var (source, standing) in left)
        {
            foreach (Notice opened in standing.Values.OrderBy(static n => n.Key, StringComparer.Ordinal))
            {
                // what was over and opens again is a new one, and is told anew
                Instant last = before[opened.Key].DefaultIfEmpty(Instant.MinValue).Max();
                Notice fresh = opened with { Created = opened.Created > last ? opened.Created : Instant.Max(now, last + Duration.FromTicks(1)), Changed = now, Ended = null, HandedTo = [] };
                notices.Add((source, fresh));
                changes.Add((source, fresh, NoticeEvent.Opened));
            }
        }
        return (notices, changes);
    }

    /// <summary>What becomes of a notice that stood; itself when nothing does.</summary>
    /// <param name="standing">What its source says stands, and takes this one out of; null: it has not said yet.</param>
    private static Notice Next(Notice was, Dictionary<string, Notice>? standing, bool owners, IReadOnlyList<(string Key, string? Owner)> owned, Instant now)
    {
        Notice next = was;
        if (standing is not null)
        {
            if (!standing.Remove(was.Key, out Notice? said)) return was with { Ended = now, Changed = now };
            next = said with { Created = was.Created, Changed = was.Changed, HandedTo = was.HandedTo, Owner = owners ? said.Owner : was.Owner };
        }
        if (!owners) foreach (var (_, owner) in owned.Where(o => o.Key == was.Key)) next = next with { Owner = owner };
        return next.SaysAs(was) ? was : next with { Changed = now };
    }

    /// <summary>Programs hear of what matters to them, not of each figure that moved in a sentence.</summary>
    private static NoticeEvent? EventOf(Notice was, Notice now) => !now.Stands ? NoticeEvent.Ended
        : was.Severity != now.Severity || was.Owner != now.Owner || was.Title != now.Title || was.Deadline is null != now.Deadline is null || (was.Deadline is { } a && now.Deadline is { } b && (a > b ? a - b : b - a) >= s_noticed) ? NoticeEvent.Changed : null;

    /// <summary>Instants as the database keeps them, so that a notice is equal to itself after a restart.</summary>
    private static Notice Kept(Notice n) => n with { Created = Ticks(n.Created), Deadline = n.Deadline is { } at ? Ticks(at) : null };

    /// <summary>An instant in whole ticks of 100 ns.</summary>
    public static Instant Ticks(Instant at) => Instant.FromUnixTimeTicks(at.ToUnixTimeTicks());
}
