using System.Text.Json;
using Homestretch.Exchange.Messages;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Notifying;

/// <summary>What the service worker of a browser gets to show, as JSON.</summary>
internal static class PushPayload
{
    /// <summary>The type of a push message that is to wake a phone.</summary>
    public const string Urgent = "urgent", Calm = "calm";

    public static byte[] Of(string id, Dispatch dispatch, NoticeText said)
    {
        if (dispatch.Items is [var (one, news)]) return Bytes(id, NoticeText.Title(one, news), said.Text(one, news), one.Path, one.Key, one.Severity, calm: news == News.Ended);
        var (title, text) = NoticeText.Together(dispatch.Items);
        return Bytes(id, title, text, "/notices", "several", dispatch.Items.Max(static i => i.Notice.Severity), calm: dispatch.Items.All(static i => i.News == News.Ended));
    }

    public static byte[] Test(string id, string name) => Bytes(id, "Homestretch reaches you", $"{name}, this device shows what you asked to hear. Nothing has happened.", "/notify", "test", NoticeSeverity.Information, calm: false);

    public static string TypeOf(Dispatch dispatch) => dispatch.Items.Any(static i => i is { News: not News.Ended, Notice.Severity: NoticeSeverity.Critical }) ? Urgent : Calm;

    /// <param name="tag">A message with the same tag takes the place of the one that is shown.</param>
    private static byte[] Bytes(string id, string title, string body, string path, string tag, NoticeSeverity severity, bool calm)
    {
        for (int most = body.Length; ; most = most * 3 / 4)
        {
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["id"] = id, ["title"] = title, ["body"] = body[..most], ["path"] = path, ["tag"] = tag, ["severity"] = Words.Of(severity), ["calm"] = calm });
            if (bytes.Length <= PushMessage.MostBytes || most == 0) return bytes;
        }
    }
}
