using System.Globalization;
using System.Net;
using System.Text;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using MimeKit;
using MimeKit.Utils;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Mails as RFC 5322 writes them: plain text and the same in simple HTML, with links, and a header by which a mail program unsubscribes with one click (RFC 8058).</summary>
/// <param name="origin">Address of this server, without a slash at its end.</param>
internal sealed class Mails(ReachOptions options, string origin, WebhookSecrets secrets)
{
    /// <param name="id">Of the message; it becomes the Message-ID.</param>
    /// <param name="real">The real time, for the Date header.</param>
    public byte[] Of(string id, Dispatch dispatch, NotifyChoice choice, NoticeText said, Instant real)
    {
        bool digest = dispatch.Channel == NoticeChannel.Digest;
        string leave = $"{origin}/unsubscribe/{secrets.Leaving(dispatch.Login)}";
        string why = digest ? "Your digest of Homestretch, as you asked for it." : "You asked for critical notices by mail at once.";
        var mail = new MimeMessage();
        mail.From.Add(From);
        mail.To.Add(MailboxAddress.Parse(choice.Address));
        mail.Subject = digest ? Subject(dispatch, said) : dispatch.Items is [var (one, news)] ? NoticeText.Title(one, news) : NoticeText.Together(dispatch.Items).Title;
        mail.Date = real.ToDateTimeOffset();
        mail.MessageId = $"{id}@{From.Domain}";
        mail.Headers.Add("List-Unsubscribe", $"<{leave}>");
        mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("Feedback-ID", digest ? "digest:homestretch" : "notice:homestretch");
        mail.Body = new MultipartAlternative
        {
            new TextPart("plain") { Text = Plain(dispatch.Items, said, why, leave) },
            new TextPart("html") { Text = Html(mail.Subject, dispatch.Items, said, why, leave) },
        };
        mail.Prepare(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        mail.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, bytes);
        return bytes.ToArray();
    }

    private MailboxAddress From => MailboxAddress.Parse(options.MailFrom);

    private static string Subject(Dispatch dispatch, NoticeText said)
    {
        int stand = dispatch.Items.Count(static i => i.Notice.Stands), critical = dispatch.Items.Count(static i => i.Notice is { Stands: true, Severity: NoticeSeverity.Critical });
        return string.Create(CultureInfo.InvariantCulture, $"{said.Now.InZone(said.Zone).Date:ddd d MMM}: {(stand == 0 ? "nothing stands any more" : Wording.Count(stand, "notice"))}{(critical > 0 ? $", {critical} critical" : "")}");
    }

    private string Plain(IReadOnlyList<(Notice Notice, News News)> items, NoticeText said, string why, string leave)
    {
        var text = new StringBuilder();
        foreach (var (n, news) in items)
            text.Append(NoticeText.Title(n, news)).Append("\r\n").Append(said.Text(n, news)).Append("\r\n").Append(Words.Of(n.Severity)).Append(", ").Append(origin).Append(n.Path).Append("\r\n\r\n");
        return text.Append("-- \r\n").Append(why).Append("\r\nWhat you hear: ").Append(origin).Append("/notify\r\nNo more mail: ").Append(leave).Append("\r\n").ToString();
    }

    private string Html(string title, IReadOnlyList<(Notice Notice, News News)> items, NoticeText said, string why, string leave)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Safe(title)).Append("</title></head><body style=\"font:15px/1.45 sans-serif;max-width:640px;margin:0 auto;padding:12px\">\r\n");
        foreach (var (n, news) in items)
        {
            string edge = !n.Stands ? "#1c7a55" : n.Severity switch { NoticeSeverity.Critical => "#b3261e", NoticeSeverity.Warning => "#9a5b00", _ => "#4b6c88" };
            html.Append("<div style=\"border-left:4px solid ").Append(edge).Append(";padding:4px 12px;margin:0 0 14px\"><h2 style=\"font-size:16px;margin:0 0 4px\"><a href=\"").Append(Safe(origin + n.Path)).Append("\">")
                .Append(Safe(NoticeText.Title(n, news))).Append("</a></h2>\r\n<p style=\"margin:0\">").Append(Safe(said.Text(n, news))).Append("</p><p style=\"margin:4px 0 0;font-size:13px\">").Append(Words.Of(n.Severity)).Append("</p></div>\r\n");
        }
        return html.Append("<p style=\"font-size:13px\">").Append(Safe(why)).Append(" <a href=\"").Append(Safe($"{origin}/notify")).Append("\">What you hear</a>. <a href=\"").Append(Safe(leave)).Append("\">No more mail</a>.</p></body></html>\r\n").ToString();
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
