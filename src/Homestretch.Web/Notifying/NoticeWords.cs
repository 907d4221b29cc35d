using Homestretch.Web.Window;

namespace Homestretch.Web.Notifying;

/// <summary>How notices read on the screen.</summary>
internal static class NoticeWords
{
    public static string Of(NoticeKind kind) => kind switch
    {
        NoticeKind.Promise => "situations that take promises",
        NoticeKind.Lot => "lots that come too late",
        NoticeKind.Document => "documents that lapse",
        NoticeKind.Delivery => "webhooks turned off",
        NoticeKind.Task => "work that is asked for",
    };

    public static (string Text, string Glyph, string Tone) Of(NoticeSeverity severity) => severity switch
    {
        NoticeSeverity.Information => ("information", "waiting", "calm"),
        NoticeSeverity.Warning => ("warning", "risk", "risk"),
        NoticeSeverity.Critical => ("critical", "late", "late"),
    };

    /// <summary>Where a message to a webhook stands.</summary>
    public static (string Text, string Glyph, string Tone) OfDelivery(string state) => state switch
    {
        "delivered" => ("delivered", "stock", "sure"),
        "failed" => ("given up", "late", "late"),
        _ => ("waiting", "waiting", "calm"),
    };

    public static (string Text, string Glyph, string Tone) Of(WebhookRow hook) => hook.Disabled is not null ? ("off", "unknown", "unknown") : hook.Failing is not null ? ("takes nothing", "risk", "risk") : ("on", "way", "sure");
}
