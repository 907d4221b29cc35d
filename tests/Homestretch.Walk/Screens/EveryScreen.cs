using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>What holds on every screen and drawer of the running product, in both themes and at both widths.</summary>
public sealed class EveryScreen(Browser browser)
{
    private static readonly HashSet<string> s_places = ["/", "/situations", "/situations/decisions", "/situations/rules", "/tasks", "/orders", "/orders/configure", "/supply", "/supply/passages", "/supply/sources", "/supply/buffers", "/supply/stock", "/what-if", "/clear-to-build", "/machines", "/machines/edges", "/machines/models", "/lines", "/units", "/ledger", "/recall", "/jobs", "/releases", "/changes", "/changes/ECO-21", "/changes/ECO-17", "/import", "/exposure", "/landed-cost", "/studies", "/studies/CUT-1", "/administration", "/audit", "/notices", "/notify", "/notify/webhooks", "/nowhere", "/docs"];

    // The kit grid is cut to one market: axe compares every link with every other. The last: whether what axe does not look at is looked at too, where no other screen is like it.
    public static TheoryData<string, string, string, bool> Screens => new()
    {
        { "today", "/?market=UK", "paula", true }, { "today-at-risk", "/?market=EU&risk=true", "paula", false }, { "map", "/?market=UK&wide=map", "paula", true }, { "situations", "/situations", "paula", true },
        { "situations-over", "/situations?over=true", "paula", false }, { "situation", "/situations/{situation}", "paula", true }, { "decisions", "/situations/decisions", "paula", true }, { "work", "/tasks", "paula", true },
        { "standing-rules", "/situations/rules", "paula", true }, { "orders", "/orders", "paula", true }, { "configure", "/orders/configure?market=NY&on=2027-03-01&choose=battery=500Wh;throttle=28mph", "paula", true },
        { "supply", "/supply", "paula", true }, { "passages", "/supply/passages", "paula", false }, { "passage-ask", "/supply/passages?ask=suez", "paula", true }, { "sources", "/supply/sources", "paula", true },
        { "buffers", "/supply/buffers", "paula", true }, { "what-if", "/what-if", "paula", true }, { "clear", "/clear-to-build", "paula", true }, { "machines", "/machines", "paula", true },
        { "edges", "/machines/edges", "paula", true }, { "models", "/machines/models", "paula", true }, { "lines", "/lines", "paula", true }, { "units", "/units", "paula", false }, { "ledger", "/ledger", "paula", false }, { "changes", "/changes", "paula", false }, { "jobs", "/jobs", "paula", false }, { "releases", "/releases", "paula", false }, { "change", "/changes/ECO-21", "paula", true }, { "recall", "/recall?item=MOT-1", "paula", true }, { "import", "/import", "paula", true },
        { "landed", "/landed-cost?item=FRM-M&to=GVL&lot=FRM-M-GVL-2637", "paula", true }, { "stock", "/supply/stock", "paula", false }, { "studies", "/studies", "paula", true }, { "study", "/studies/CUT-1", "paula", true },
        { "study-trial", "/studies/CUT-1?view=trial", "paula", false }, { "study-kept", "/studies/CUT-1?view=kept", "paula", false }, { "notices", "/notices", "paula", false }, { "notify", "/notify", "paula", false },
        { "nowhere", "/nowhere", "paula", true },
    };
    [Theory, MemberData(nameof(Screens))]
    public async Task Is_quiet_accessible_and_fits_its_width_in_light_and_dark_at_desk_and_phone(string name, string path, string login, bool beyond) => Nothing(await Wrong(browser, name, path, login, beyond));

    /// <summary>Fails with every sentence of what is wrong.</summary>
    internal static void Nothing(IEnumerable<string> wrong) => Assert.True(!wrong.Any(), string.Join('\n', wrong));

    /// <summary>What is wrong with a screen, all looks on one page, as opening it is what takes longest.</summary>
    internal static async Task<IEnumerable<string>> Wrong(Browser browser, string name, string path, string login, bool beyond)
    {
        await using Walker walker = await browser.Look(path, login);
        IPage page = walker.Page;
        if (name == "proposal-drawer")
        {
            await page.GetByText("If accepted").WaitForAsync();
            await page.WaitForFunctionAsync("() => document.querySelectorAll('dialog[open] button').length > 1");
        }
        if (name == "situation") await page.Locator("article.remedy").First.WaitForAsync(new() { Timeout = 120_000 });
        if (name == "buffers") await BufferScreens.Advised(page);
        if (name == "exposure") await ExposureScreens.Counted(page);
        if (name == "landed") await LandedScreens.Counted(page);
        if (name == "exposed-drawer") await page.Locator(".sheet [data-key=most]").WaitForAsync();
        if (name == "clear") await ClearScreens.Made(page);
        if (name.StartsWith("study", StringComparison.Ordinal)) await CutScreens.Solved(page);
        var wrong = new List<string>();
        foreach (var (phone, dark) in new[] { (false, false), (false, true), (true, true), (true, false) })
        {
            string look = $"{name}-{(phone ? "phone" : "desk")}-{(dark ? "dark" : "light")}";
            await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
            await walker.Sized((phone ? Walker.Phone : Walker.Desk).Width, (phone ? Walker.Phone : Walker.Desk).Height);
            await walker.Shoot(look);
            double sideways = await page.EvaluateAsync<double>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (sideways > 0) wrong.Add($"{look} scrolls sideways by {sideways} px");
            double cut = await page.EvaluateAsync<double>("() => { const d = document.querySelector('dialog[open]'); return d ? d.scrollWidth - d.clientWidth : 0; }");
            if (cut > 0) wrong.Add($"{look}: the drawer scrolls sideways by {cut} px");
            // a second theme changes colours only, and at the desk they are all seen
            if (phone == dark || !phone) wrong.AddRange((await Axe.Violations(page, phone == dark ? null : "color-contrast")).Select(v => $"{look} {v}"));
        }
        wrong.AddRange((await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location)).filter(u => u.origin === location.origin).map(u => u.pathname)"))
            .Distinct().Where(static p => !s_places.Contains(p) && !p.StartsWith("/situations/SIT-", StringComparison.Ordinal) && !p.StartsWith("/units/C1-", StringComparison.Ordinal) && !p.StartsWith("/export/", StringComparison.Ordinal) && !p.StartsWith("/api/v1/studies/", StringComparison.Ordinal) && p != "/api/v1/recall" && !p.StartsWith("/api/v1/engineering-changes/", StringComparison.Ordinal)).Select(static p => $"a link leads to {p}"));
        if (beyond) wrong.AddRange(await BeyondAxe.Of(walker, name, path));
        return wrong.Concat(walker.Complaints);
    }

    [Fact]
    public async Task The_door_is_accessible_and_fits_its_width()
    {
        await using Walker walker = await browser.Open("/nowhere");
        await walker.Page.GotoAsync("/signin");
        await walker.Page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("door-phone");
        Assert.Equal(0, await walker.Page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        Assert.Empty(await Axe.Violations(walker.Page));
    }
}
