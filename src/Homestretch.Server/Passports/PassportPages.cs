using System.Globalization;
using System.Net;
using System.Text;
using Homestretch.Finishing.Passports;
using Homestretch.World;
using NodaTime.Text;

namespace Homestretch.Server.Passports;

/// <summary>The page of a passport: no script, no cookie, one style sheet, for a phone first.</summary>
internal static class PassportPages
{
    /// <param name="passport">Cut to what the reader may see.</param>
    public static string Of(Passport passport, string language)
    {
        var body = new StringBuilder($"<h1>{Say("title")}</h1><p class=\"lead\">{Text(passport.Product.FirstOrDefault(static e => e.Field == "model")?.Value ?? "")}, {Text(passport.Serial)}</p>");
        body.Append("<nav aria-label=\"Languages\">").AppendJoin(" ", PassportWords.Languages.Select(l => $"<a href=\"?lang={l.Code}\" hreflang=\"{l.Code}\" lang=\"{l.Code}\"{(l.Code == language ? " aria-current=\"true\"" : "")}>{l.Name}</a>")).Append("</nav>");
        body.Append($"<h2>{Say("product")}</h2>").Append(List(passport.Product, language));
        if (passport.Batteries.Count == 0) body.Append($"<h2>{Say("battery")}</h2><p>{Say("none")}</p>");
        foreach (BatteryPassport battery in passport.Batteries) body.Append($"<h2>{Say("battery")}: {Text(battery.Name)}</h2>{Standing(battery, language)}{List(battery.Entries, language)}");
        return Page(Say("title"), language, body.ToString());

        string Say(string key) => Text(PassportWords.Of(key, language));
    }

    public static string Nowhere(string language) => Page(PassportWords.Of("title", language), language, $"<h1>{Text(PassportWords.Of("nowhere", language))}</h1>");

    /// <summary>When a passport is asked for, and whether this one has all.</summary>
    private static string Standing(BatteryPassport battery, string language)
    {
        if (battery.Due is not { } due) return $"<p>{Text(PassportWords.Of("unasked", language))}</p>";
        int missing = battery.Missing.Count();
        string day = LocalDatePattern.Iso.Format(battery.Day);
        return (battery.Asked ? "" : $"<p>{Text(string.Format(CultureInfo.InvariantCulture, PassportWords.Of("voluntary", language), LocalDatePattern.Iso.Format(due)))}</p>")
            + $"<p>{Text(string.Format(CultureInfo.InvariantCulture, PassportWords.Of(missing == 0 ? "complete" : "missing", language), day, missing))}</p>";
    }

    private static string List(IEnumerable<PassportEntry> entries, string language) => $"<dl>{string.Concat(entries.Select(e => $"<dt>{Text(PassportWords.Of(e.Field, language))}</dt><dd>{Said(e, language)}</dd>"))}</dl>";

    private static string Said(PassportEntry entry, string language)
    {
        if (!entry.Known) return $"<i>{Text(PassportWords.Of("unknown", language))}</i>{(!entry.Needed && entry.From is { } from && from > PassportField.Begin ? $", {Text(string.Format(CultureInfo.InvariantCulture, PassportWords.Of("later", language), LocalDatePattern.Iso.Format(from)))}" : "")}";
        return $"{Text(entry.Value)}{(entry.Unit.Length > 0 ? $" {Text(entry.Unit)}" : "")}{(entry.Document.Length > 0 ? $" <small>({Text(entry.Document)})</small>" : "")}{(entry.Sample ? $" <small>({Text(PassportWords.Of("sample", language))})</small>" : "")}";
    }

    private static string Page(string title, string language, string body) => $$"""
        <!doctype html><html lang="{{language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>{{Text(title)}}</title>
        <link rel="stylesheet" href="/_content/Homestretch.Web/tower.css"><link rel="icon" type="image/svg+xml" href="/_content/Homestretch.Web/mark.svg"></head>
        <body><main class="door"><section class="panel passport">{{body}}</section></main></body></html>
        """;

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
