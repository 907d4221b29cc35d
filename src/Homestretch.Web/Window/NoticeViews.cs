using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>What a notice is about.</summary>
public enum NoticeKind { Promise, Lot, Document, Delivery, Task }

/// <summary>How much a notice weighs. Ordered.</summary>
public enum NoticeSeverity { Information, Warning, Critical }

/// <summary>What happened to a notice since a person last heard of it.</summary>
public enum News
{
    /// <summary>It is new.</summary>
    Opened,

    /// <summary>It weighs more than when it was told.</summary>
    Worse,

    /// <summary>Nobody took it, so it goes to the next role.</summary>
    HandedOn,

    /// <summary>The moment after which it cannot be mended has passed and nobody had taken it.</summary>
    RanOut,

    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>How a person hears.</summary>
public enum NoticeChannel { Push, Mail, Digest }

/// <summary>What a person wants to hear, how and when.</summary>
/// <param name="Push">To the devices that the person added, at once.</param>
/// <param name="Mail">Critical notices by mail, at once.</param>
/// <param name="Digest">Everything once a day by mail.</param>
/// <param name="Address">Mail address; empty: none.</param>
/// <param name="Least">Least severity told at once by push; the digest tells all.</param>
/// <param name="LeastDays">Least days by which something must move to be told at once.</param>
/// <param name="Zone">The person's own time zone, such as Europe/Berlin.</param>
/// <param name="QuietFrom">Quiet hours begin; equal to <paramref name="QuietTo"/>: there are none.</param>
/// <param name="Breaks">A critical notice whose deadline falls into the quiet hours is told all the same.</param>
/// <param name="DigestAt">Time of day of the digest, in the person's zone.</param>
/// <param name="LeastPromises">Least promises that something must take, expected, to be told at once.</param>
public sealed record NotifyChoice(bool Push, bool Mail, bool Digest, string Address, IReadOnlyList<NoticeKind> Kinds, NoticeSeverity Least, double LeastDays, string Zone, LocalTime QuietFrom, LocalTime QuietTo, bool Breaks, LocalTime DigestAt, double LeastPromises = 0);

/// <summary>A browser that takes push messages.</summary>
public sealed record DeviceRow(string Device, string Label, Instant Added, Instant? Reached);

/// <summary>What a browser gives that subscribed to push messages.</summary>
/// <param name="P256dh">Its public key, base64url.</param>
/// <param name="Auth">Its secret, base64url.</param>
public sealed record PushSubscription(string Endpoint, string P256dh, string Auth, string Label);

/// <param name="PushKey">The server's public key for push messages, base64url.</param>
/// <param name="MayMail">Whether this server sends mail at all.</param>
public sealed record NotifyView(NotifyChoice Choice, IReadOnlyList<DeviceRow> Devices, string PushKey, bool MayMail, IReadOnlyList<NoticeKind> Kinds);

/// <summary>A notice as a person sees it.</summary>
/// <param name="Owner">Login of the person who mends it; null: nobody yet.</param>
/// <param name="Path">Path of the screen that shows it.</param>
/// <param name="Deadline">The moment after which it cannot be mended; null: none.</param>
/// <param name="HandedTo">Roles it was handed on to because nobody took it.</param>
public sealed record NoticeRow(string Key, NoticeKind Kind, NoticeSeverity Severity, string? Owner, string Title, string Text, string Path, Instant Created, Instant Changed, Instant? Deadline, Instant? Ended, IReadOnlyList<Role> HandedTo);

/// <summary>Where a party's programs are told.</summary>
/// <param name="Disabled">When it was turned off; null: it is on.</param>
/// <param name="Failing">Since when it takes nothing; null: it does.</param>
/// <param name="Said">What it answered last when it did not take a message, or why it is off.</param>
public sealed record WebhookRow(string Webhook, string Party, string Url, string Label, IReadOnlyList<NoticeKind> Kinds, Instant Made, string MadeBy, Instant? Failing, Instant? Disabled, string Said);

/// <summary>A message to a webhook and what became of it.</summary>
/// <param name="State">waiting, delivered or failed.</param>
public sealed record DeliveryRow(string Message, string Webhook, string Type, string Subject, Instant Made, string State, int Attempts, Instant? Due, Instant? Ended, string Said);

public sealed record WebhooksView(IReadOnlyList<WebhookRow> Webhooks, IReadOnlyList<DeliveryRow> Deliveries, IReadOnlyList<NoticeKind> Kinds);

/// <param name="Kinds">Empty: all.</param>
public sealed record WebhookRequest(string Url, string Label, IReadOnlyList<NoticeKind>? Kinds = null);

/// <summary>What came of making a webhook or its secret: the secret is told this once.</summary>
public sealed record WebhookMade(string? Webhook, string? Secret, IReadOnlyList<Finding> Findings);
