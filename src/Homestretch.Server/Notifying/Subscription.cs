using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>A person who hears, and what they chose.</summary>
/// <param name="Since">What came up before is told by the digest only.</param>
/// <param name="Devices">How many devices take push messages.</param>
internal sealed record Subscription(string Login, Role Role, string Party, NotifyChoice Choice, Instant Since, int Devices)
{
    /// <summary>What a person hears who never chose: critical and warning notices on the devices they add, no mail, quiet at night.</summary>
    public static NotifyChoice Standard(string zone) => new(Push: true, Mail: false, Digest: false, "", [.. Enum.GetValues<NoticeKind>()], NoticeSeverity.Warning, 1, zone, new(22, 0), new(6, 0), Breaks: true, new(6, 30));

    /// <summary>Channels that tell at once.</summary>
    public IEnumerable<NoticeChannel> AtOnce
    {
        get
        {
            if (Choice.Push && Devices > 0) yield return NoticeChannel.Push;
            if (Choice.Mail && Choice.Address.Length > 0) yield return NoticeChannel.Mail;
        }
    }

    public bool HasDigest => Choice.Digest && Choice.Address.Length > 0;

    /// <summary>Whether the person asked for notices of this kind.</summary>
    public bool Wants(Notice notice) => Choice.Kinds.Contains(notice.Kind);

    /// <summary>Whether the person wants a notice told at once by a channel.</summary>
    public bool WantsAtOnce(Notice notice, NoticeChannel channel) => Wants(notice) && notice.Severity >= (channel == NoticeChannel.Mail ? NoticeSeverity.Critical : Choice.Least)
        && (notice.Days is not { } days || Math.Abs(days) >= Choice.LeastDays) && (notice.Promises is not { } promises || promises >= Choice.LeastPromises);
}
