using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>WCAG 2.2 AA where axe does not look: what is really painted, covered, cut off or too small, on the real screens. The looks themselves are in Looking.js;
/// that each finds what it is for is in <see cref="Breaches"/>.</summary>
public sealed class BeyondAxe(Browser browser)
{
    // The kit grid is cut to one market, as a page of it is like another.
    public static TheoryData<string, string, string> Screens => new()
    {
        { "today", "/?market=UK", "paula" }, { "map", "/?market=UK&wide=map", "paula" }, { "orders", "/orders", "paula" }, { "configure", "/orders/configure?market=NY&on=2027-03-01&choose=battery=500Wh;throttle=28mph", "paula" }, { "supply", "/supply", "paula" }, { "machines", "/machines", "paula" }, { "models", "/machines/models", "paula" },
        { "passages", "/supply/passages", "paula" }, { "passage-ask", "/supply/passages?ask=suez", "paula" }, { "sources", "/supply/sources", "paula" }, { "buffers", "/supply/buffers", "paula" }, { "what-if", "/what-if", "paula" }, { "clear", "/clear-to-build", "paula" }, { "edges", "/machines/edges", "paula" },
        { "situations", "/situations", "paula" }, { "situation", "/situations/{situation}", "paula" }, { "decisions", "/situations/decisions", "paula" }, { "work", "/tasks", "paula" }, { "standing-rules", "/situations/rules", "paula" },
        { "lines", "/lines", "paula" }, { "import", "/import", "paula" }, { "nowhere", "/nowhere", "paula" }, { "administration", "/administration", "admin" }, { "audit", "/audit", "iris" }, { "exposure", "/exposure", "iris" }, { "landed", "/landed-cost?item=FRM-M&to=GVL&lot=FRM-M-GVL-2637", "paula" }, { "study", "/studies/CUT-1", "paula" }, { "studies", "/studies", "paula" }, { "study-trial", "/studies/CUT-1?view=trial", "paula" },
        { "supplier-today", "/", "mina" }, { "maintenance-today", "/", "marek" },
        { "order-drawer", "/orders?state=at-risk&show=order:{order}", "paula" }, { "lot-drawer", "/supply?late=true&show=lot:{lot}", "paula" }, { "fan-drawer", "/supply?late=true&show=lot:{sea}", "paula" }, { "machine-drawer", "/machines?show=machine:{machine}", "paula" }, { "model-drawer", "/machines/models?show=model:remaining-life/stator winder", "paula" },
        { "quote-drawer", "/orders?state=broken&show=quote:new", "paula" }, { "proposal-drawer", "/orders?state=broken&show=proposal:now", "paula" },
    };

    /// <summary>All looks on one page, as opening it is what takes longest.</summary>
    [Theory, MemberData(nameof(Screens))]
    public async Task Nothing_is_cut_off_or_too_small_every_stop_is_seen_and_signs_stand_out(string name, string path, string login)
    {
        await using Walker walker = await Opened(name, path, login);
        var wrong = new List<string>();
        wrong.AddRange(await Sizes(walker, name));
        wrong.AddRange(await Stops(walker, path));
        await walker.Page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo(0, 0); }");
        wrong.AddRange(await Colours(walker, name));
        Assert.Empty(wrong.Concat(walker.Complaints));
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
        foreach (var (dark, forced) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            await walker.Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ForcedColors = forced ? ForcedColors.Active : ForcedColors.None, ReducedMotion = ReducedMotion.Reduce });
            string look = $"{(dark ? "dark" : "light")}{(forced ? " forced" : "")}";
            wrong.AddRange((await walker.Look("edges")).Concat(await walker.Look("signs")).Concat(await walker.Marks()).Select(w => $"{look}: {w}"));
            await walker.Shoot($"{name}-{look.Replace(' ', '-')}");
        }
        return wrong;
    }

    private async Task<Walker> Opened(string name, string path, string login)
    {
        Walker walker = await browser.Look(path, login);
        if (name == "proposal-drawer")
        {
            await walker.Page.GetByText("If accepted").WaitForAsync();
            await walker.Page.WaitForFunctionAsync("() => document.querySelectorAll('dialog[open] button').length > 1");
        }
        if (name.StartsWith("study", StringComparison.Ordinal)) await CutScreens.Solved(walker.Page);
        // what to decide first fills in, and would move what is measured; by key, for after a click no ring is due
        if (name is "today" or "map")
        {
            await walker.Page.GetByRole(AriaRole.Button, new() { Name = "Hold still" }).PressAsync("Enter");
            await walker.Page.Locator("button[aria-label='Hold still'][aria-pressed=true]").WaitForAsync();
        }
        if (name == "buffers") await BufferScreens.Advised(walker.Page);
        if (name == "exposure") await ExposureScreens.Counted(walker.Page);
        if (name == "landed") await LandedScreens.Counted(walker.Page);
        if (name == "clear") await ClearScreens.Made(walker.Page);
        return walker;
    }
}
