using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>WCAG 2.2 AA where axe does not look: what is really painted, covered, cut off or too small, on the real screens. The looks themselves are in Looking.js;
/// that each finds what it is for is in <see cref="Breaches"/>.</summary>
internal static class BeyondAxe
{
    /// <summary>What is wrong with a screen that is open and settled.</summary>
    public static async Task<IEnumerable<string>> Of(Walker walker, string name, string path)
    {
        // what to decide first fills in, and would move what is measured; by key, for after a click no ring is due
        if (name is "today" or "map")
        {
            await walker.Page.GetByRole(AriaRole.Button, new() { Name = "Hold still" }).PressAsync("Enter");
            await walker.Page.Locator("button[aria-label='Hold still'][aria-pressed=true]").WaitForAsync();
        }
        var wrong = new List<string>();
        wrong.AddRange(await Sizes(walker, name));
        wrong.AddRange(await Stops(walker, path));
        await walker.Page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo(0, 0); }");
        wrong.AddRange(await Colours(walker, name));
        return wrong;
    }

    /// <summary>Each stop of the Tab key is seen, with a ring of 3 : 1 around it, at desk and above the phone's navigation.</summary>
    private static async Task<IEnumerable<string>> Stops(Walker walker, string path)
    {
        var wrong = new List<string>();
        foreach (ViewportSize size in new[] { Walker.Desk, Walker.Phone })
        {
            await walker.Sized(size.Width, size.Height);
            var (stops, seen) = await walker.Tabbed();
            Assert.True(stops > (path.Contains("show=", StringComparison.Ordinal) ? 2 : 8), $"{stops} stops at {size.Width} px");
            wrong.AddRange(seen.Select(w => $"{size.Width} px: {w}"));
        }
        return wrong;
    }

    /// <summary>Titles and headings; targets; 1.4.12 at desk and phone; page zoomed to 200 %; 320 px wide.</summary>
    private static async Task<IEnumerable<string>> Sizes(Walker walker, string name)
    {
        var wrong = new List<string>();
        await walker.Sized(Walker.Desk.Width, Walker.Desk.Height);
        wrong.AddRange(await walker.Look("structure"));
        wrong.AddRange(await walker.Look("targets"));
        wrong.AddRange(await walker.Look("spaced"));
        await walker.Sized(Walker.Desk.Width / 2, Walker.Desk.Height / 2);
        wrong.AddRange(await walker.Look("enlarged"));
        await walker.Sized(Walker.Phone.Width, Walker.Phone.Height);
        wrong.AddRange(await walker.Look("targets"));
        wrong.AddRange(await walker.Look("spaced"));
        await walker.Sized(320, 640);
        wrong.AddRange(await walker.Look("reflow"));
        await walker.Shoot($"{name}-320");
        return wrong;
    }

    /// <summary>3 : 1 for signs, bars and edges in both themes, and with colours that the system forces.</summary>
    private static async Task<IEnumerable<string>> Colours(Walker walker, string name)
    {
        var wrong = new List<string>();
        await walker.Sized(Walker.Desk.Width, 2600);
        foreach (var (dark, forced) in new[] { (false, false), (true, false), (false, true) })
        {
            await walker.Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ForcedColors = forced ? ForcedColors.Active : ForcedColors.None, ReducedMotion = ReducedMotion.Reduce });
            string look = $"{(dark ? "dark" : "light")}{(forced ? " forced" : "")}";
            wrong.AddRange((await walker.Look("edges")).Concat(await walker.Look("signs")).Concat(await walker.Marks()).Select(w => $"{look}: {w}"));
            await walker.Shoot($"{name}-{look.Replace(' ', '-')}");
        }
        return wrong;
    }
}
