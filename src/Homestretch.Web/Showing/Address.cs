using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Homestretch.Web.Showing;

/// <summary>The URL as page state: filters and paging are the question, 'show' and 'part' are the drawer.</summary>
internal static class Address
{
    public const string Show = "show";
    public const string Part = "part";

    /// <summary>Path and query without the drawer.</summary>
    public static string Question(NavigationManager nav)
    {
        var uri = new Uri(nav.Uri);
        var kept = QueryHelpers.ParseQuery(uri.Query).Where(static p => p.Key is not (Show or Part)).SelectMany(static p => p.Value.Select(v => KeyValuePair.Create(p.Key, v)));
        return QueryHelpers.AddQueryString(uri.AbsolutePath, kept);
    }

    /// <summary>The query without the drawer, '?' included; empty when there is none.</summary>
    public static string Query(NavigationManager nav) => Question(nav) is var q && q.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? q[at..] : "";

    /// <summary>The same page with the drawer open on something.</summary>
    public static string Drawer(NavigationManager nav, string kind, string key, string? part = null)
    {
        string question = Question(nav);
        string show = $"{question}{(question.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Show}={kind}:{Uri.EscapeDataString(key)}";
        return part is null ? show : $"{show}&{Part}={Uri.EscapeDataString(part)}";
    }

    /// <summary>What the drawer is open on; null when closed.</summary>
    public static (string Kind, string Key, string Part)? Opened(NavigationManager nav)
    {
        var query = QueryHelpers.ParseQuery(new Uri(nav.Uri).Query);
        string show = query.TryGetValue(Show, out var value) ? value.ToString() : "";
        int colon = show.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (show[..colon], show[(colon + 1)..], query.TryGetValue(Part, out var part) ? part.ToString() : "");
    }
}
