using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>axe on a page. It runs and concludes where the page is, and only what is wrong comes back: carried out in parts and put together on an empty page, as its
/// package for Playwright does it for pages of many frames, all that was right came along as well, megabytes at a look.</summary>
internal static class Axe
{
    private static readonly string[] s_tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly string s_script = new BundledAxeScriptProvider().GetScript();

    /// <summary>A sentence for each rule that is broken.</summary>
    /// <param name="only">The one rule to look at; null: all of WCAG 2.0, 2.1 and 2.2 at A and AA, and best practice.</param>
    public static async Task<string[]> Violations(IPage page, string? only = null)
    {
        if (page.Frames.Count > 1) throw new NotSupportedException($"{page.Url} has frames, into which this does not look.");
        if (!await page.EvaluateAsync<bool>("() => Boolean(window.axe)")) await page.EvaluateAsync(s_script);
        return await page.EvaluateAsync<string[]>("""
            async runOnly => (await axe.run(document, { resultTypes: ['violations'], runOnly })).violations
              .map(v => `${v.id}: ${v.help} x${v.nodes.length} ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 220)).join(' | ')}`)
            """, only is null ? new { type = "tag", values = s_tags } : new { type = "rule", values = (string[])[only] });
    }
}
