using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>When a notice with a deadline that nobody takes goes to the next role.</summary>
/// <param name="Chain">Roles in order; those the notice is for already are passed over.</param>
/// <param name="Share">After this share of the time that is left, counted anew at each step; between 0 and 1.</param>
/// <param name="Limit">Or when less than this is left, half of it at each further step.</param>
internal sealed record HandOn(IReadOnlyList<Role> Chain, double Share, Duration Limit);

/// <summary>Hands notices on whose countdown runs while nobody owns them.</summary>
internal static class HandingOn
{
    /// <summary>What holds where nothing else was set: to who is next in the plant or the plan, and to an administrator last.</summary>
    public static IReadOnlyDictionary<NoticeKind, HandOn> Standard { get; } = Enum.GetValues<NoticeKind>().ToDictionary(static k => k, static k => k switch
    {
        NoticeKind.Document => new HandOn([Role.IpOfficer, Role.Planner, Role.Administrator], 0.5, Duration.FromDays(2)),
        _ => new([Role.Planner, Role.Administrator], 0.5, Duration.FromHours(4)),
    });

    /// <summary>When a notice goes to each further role, as long as nobody takes it.</summary>
    public static IEnumerable<(Instant At, Role To)> Steps(Notice notice, HandOn policy)
    {
        if (notice.Deadline is not { } deadline) yield break;
        Instant from = notice.Created;
        Duration limit = policy.Limit;
        foreach (Role role in policy.Chain.Where(r => !notice.Roles.Contains(r)))
        {
            Duration left = deadline - from;
            if (left <= Duration.Zero) yield break;
            Instant at = Instant.Max(from, Instant.Min(from + left * policy.Share, deadline - limit));
            yield return (at, role);
            (from, limit) = (at, limit / 2);
        }
    }

    /// <summary>The next role of each notice whose time has come, one step at a time.</summary>
    public static IReadOnlyList<(Notice Notice, Role To)> Due(IEnumerable<Notice> notices, IReadOnlyDictionary<NoticeKind, HandOn> policy, Instant now)
    {
        var due = new List<(Notice, Role)>();
        foreach (Notice n in notices.Where(static n => n is { Stands: true, Owner: null, Deadline: not null }))
        {
            if (policy.GetValueOrDefault(n.Kind) is { } p && Steps(n, p).Where(s => !n.HandedTo.Contains(s.To)).Select(static s => ((Instant At, Role To)?)s).FirstOrDefault() is { } next && next.At <= now) due.Add((n, next.To));
        }
        return due;
    }
}
