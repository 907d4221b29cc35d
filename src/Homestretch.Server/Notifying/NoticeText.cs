using System.Globalization;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>What a person reads: complete sentences that stand alone.</summary>
/// <param name="Zone">In whose clock moments are said.</param>
internal sealed record NoticeText(DateTimeZone Zone, Instant Now)
{
    /// <summary>Most characters of a push message's text; a watch shows fewer.</summary>
    private const int MostText = 1000;

    /// <summary>The first line.</summary>
    public static string Title(Notice n, News news) => news switch
    {
        News.Worse => $"Worse: {n.Title}",
        News.HandedOn => $"Nobody has taken this: {n.Title}",
        News.RanOut => $"Time has run out: {n.Title}",
        News.Ended => $"Over: {n.Title}",
        _ => n.Title,
    };

    /// <summary>What it says, with its deadline and its owner.</summary>
    public string Text(Notice n, News news) => Cut(news == News.Ended ? $"This is over since {Moment(n.Ended ?? Now)}. It was: {n.Text}"
        : string.Join(' ', ((string?[])[n.Text, Deadline(n), Owner(n)]).Where(static t => t is { Length: > 0 })));

    /// <summary>Several at once, in one line each.</summary>
    public static (string Title, string Text) Together(IReadOnlyList<(Notice Notice, News News)> items) =>
        ($"{Wording.Count(items.Count, "notice")}, {items.Count(static i => i.Notice is { Stands: true, Severity: NoticeSeverity.Critical })} of them critical", Cut(string.Join('\n', items.Select(static i => $"{Title(i.Notice, i.News)}."))));

    public string? Deadline(Notice n) => n.Deadline is not { } deadline ? null : n.Kind == NoticeKind.Task ? deadline > Now ? $"It is due in {When.Span(deadline - Now)}." : $"It was due {When.Span(Now - deadline)} ago." : deadline > Now ? $"It can be mended until {Moment(deadline)}, in {When.Span(deadline - Now)}." : $"Since {Moment(deadline)} it can no longer be mended.";

    private static string? Owner(Notice n) => n is { Owner: null, Deadline: not null } ? "Nobody has taken it." : n.Owner is { } owner ? $"{owner} has taken it." : null;

    /// <summary>'Tue 24 Nov 14:30'.</summary>
    public string Moment(Instant at) => at.InZone(Zone).LocalDateTime.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length <= MostText ? text : $"{text.AsSpan(0, MostText - 1)}…";
}
