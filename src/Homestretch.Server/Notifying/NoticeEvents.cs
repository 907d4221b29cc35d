using Homestretch.Exchange.Messages;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Notifying;

/// <summary>What happened to a notice, as programs hear of it.</summary>
internal enum NoticeEvent { Opened, Changed, HandedOn, Ended }

/// <summary>Notices as CloudEvents, the bodies of webhooks.</summary>
internal static class NoticeEvents
{
    public const string Prefix = "org.homestretch.situation.";
    public const string Test = "org.homestretch.test";

    public static string TypeOf(NoticeEvent what) => Prefix + Words.Of(what);

    /// <param name="id">Of the event; one happening has the same at every webhook.</param>
    /// <param name="origin">Address of this server, without a slash at its end.</param>
    /// <param name="said">In the hub's clock.</param>
    public static byte[] Body(string id, string origin, NoticeEvent what, Notice n, NoticeText said) =>
        new CloudEvent(id, $"{origin}/api/v1/notices", TypeOf(what), n.Key, n.Changed).ToBytes(json =>
        {
            News news = what switch { NoticeEvent.HandedOn => News.HandedOn, NoticeEvent.Ended => News.Ended, _ => News.Opened };
            json.WriteString("text", $"{NoticeText.Title(n, news)}. {said.Text(n, news)} {origin}{n.Path}");
            json.WriteString("key", n.Key);
            json.WriteString("kind", Words.Of(n.Kind));
            json.WriteString("severity", Words.Of(n.Severity));
            json.WriteString("party", n.Party);
            json.WriteStartArray("roles");
            foreach (Role role in n.Roles.Concat(n.HandedTo)) json.WriteStringValue(Words.Of(role));
            json.WriteEndArray();
            json.WriteString("owner", n.Owner);
            json.WriteString("title", n.Title);
            json.WriteString("detail", n.Text);
            json.WriteString("url", origin + n.Path);
            Moment("created", n.Created);
            Moment("changed", n.Changed);
            Moment("deadline", n.Deadline);
            Moment("ended", n.Ended);
            if (n.Days is { } days) json.WriteNumber("days", Math.Round(days, 2));
            if (n.Promises is { } promises) json.WriteNumber("promises", Math.Round(promises, 3));

            void Moment(string name, Instant? at)
            {
                if (at is { } instant) json.WriteString(name, InstantPattern.ExtendedIso.Format(instant));
                else json.WriteNull(name);
            }
        });

    /// <summary>What an administrator sends to see that it arrives.</summary>
    public static byte[] TestBody(string id, string origin, string by, Instant now) => new CloudEvent(id, $"{origin}/api/v1/notices", Test, "test", now).ToBytes(json =>
        json.WriteString("text", $"A test message of Homestretch, sent by {by}. Nothing has happened."));
}
