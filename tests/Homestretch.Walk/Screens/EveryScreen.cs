using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>What holds on every screen and drawer of the running product, in both themes and at both widths.</summary>
public sealed class EveryScreen(Browser browser)
{
    private static readonly string[] s_rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly HashSet<string> s_places = ["/", "/situations", "/situations/decisions", "/situations/rules", "/tasks", "/orders", "/orders/configure", "/supply", "/supply/passages", "/supply/sources", "/supply/buffers", "/supply/stock", "/what-if", "/clear-to-build", "/machines", "/machines/edges", "/machines/models", "/lines", "/import", "/exposure", "/landed-cost", "/studies", "/studies/CUT-1", "/administration", "/audit", "/notices", "/notify", "/notify/webhooks", "/nowhere", "/docs"];

    // The kit grid is cut to one market: axe compares every link with every other.
    public static TheoryData<string, string, string> Screens => new()
    {
        { "today", "/?market=UK", "paula" }, { "today-at-risk", "/?market=EU&risk=true", "paula" }, { "map", "/?market=UK&wide=map", "paula" },
        { "situations", "/situations", "paula" }, { "situations-over", "/situations?over=true", "paula" }, { "situation", "/situations/{situation}", "paula" }, { "decisions", "/situations/decisions", "paula" }, { "work", "/tasks", "paula" }, { "standing-rules", "/situations/rules", "paula" }, { "supplier-work", "/tasks", "mina" }, { "supplier-situations", "/situations", "mina" },
        { "orders", "/orders", "paula" }, { "configure", "/orders/configure?market=NY&on=2027-03-01&choose=battery=500Wh;throttle=28mph", "paula" }, { "supplier-configure", "/orders/configure", "mina" }, { "supply", "/supply", "paula" }, { "passages", "/supply/passages", "paula" }, { "passage-ask", "/supply/passages?ask=suez", "paula" }, { "sources", "/supply/sources", "paula" }, { "buffers", "/supply/buffers", "paula" }, { "what-if", "/what-if", "paula" }, { "clear", "/clear-to-build", "paula" }, { "supplier-clear", "/clear-to-build", "mina" }, { "supplier-buffers", "/supply/buffers", "mina" }, { "supplier-passages", "/supply/passages", "mina" }, { "machines", "/machines", "paula" }, { "edges", "/machines/edges", "paula" }, { "models", "/machines/models", "paula" }, { "lines", "/lines", "paula" }, { "import", "/import", "paula" },
        { "administration", "/administration", "admin" }, { "audit", "/audit", "iris" }, { "exposure", "/exposure", "iris" }, { "landed", "/landed-cost?item=FRM-M&to=GVL&lot=FRM-M-GVL-2637", "paula" }, { "stock", "/supply/stock", "paula" }, { "studies", "/studies", "paula" }, { "study", "/studies/CUT-1", "paula" }, { "study-trial", "/studies/CUT-1?view=trial", "paula" }, { "study-kept", "/studies/CUT-1?view=kept", "paula" }, { "supplier-exposure", "/exposure", "mina" }, { "notices", "/notices", "paula" }, { "notices-over", "/notices?over=true", "mina" }, { "notify", "/notify", "paula" }, { "webhooks", "/notify/webhooks", "admin" }, { "nowhere", "/nowhere", "paula" },
        { "supplier-today", "/", "mina" }, { "supplier-orders", "/orders", "mina" }, { "maintenance-today", "/", "marek" }, { "warehouse-today", "/?market=UK&risk=true", "wanda" }, { "assembler-today", "/?market=UK&risk=true", "ahmed" }, { "ip-today", "/", "iris" },
        { "order-drawer", "/orders?state=at-risk&show=order:{order}", "paula" }, { "lot-drawer", "/supply?late=true&show=lot:{lot}", "paula" }, { "fan-drawer", "/supply?late=true&show=lot:{sea}", "paula" }, { "machine-drawer", "/machines?show=machine:{machine}", "paula" },
        { "exposed-drawer", "/exposure?show=exposed:TAIHU", "iris" }, { "model-drawer", "/machines/models?show=model:remaining-life/stator winder", "paula" }, { "delays-drawer", "/machines/models?show=model:arrival-delay/deliveries", "paula" },
        { "quote-drawer", "/orders?state=broken&show=quote:new", "paula" }, { "proposal-drawer", "/orders?state=broken&show=proposal:now", "paula" }, { "nothing-drawer", "/orders?state=broken&show=order:none", "paula" },
    };

    [Theory, MemberData(nameof(Screens))]
    public async Task Is_quiet_accessible_and_fits_its_width_in_light_and_dark_at_desk_and_phone(string name, string path, string login)
    {
        await using Walker walker = await browser.Look(path, login);
        IPage page = walker.Page;
        if (name == "proposal-drawer") await page.GetByText("If accepted").WaitForAsync();
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
            double beyond = await page.EvaluateAsync<double>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (beyond > 0) wrong.Add($"{look} scrolls sideways by {beyond} px");
            double cut = await page.EvaluateAsync<double>("() => { const d = document.querySelector('dialog[open]'); return d ? d.scrollWidth - d.clientWidth : 0; }");
            if (cut > 0) wrong.Add($"{look}: the drawer scrolls sideways by {cut} px");
            // a second theme changes colours only, and at the desk they are all seen
            if (phone == dark || !phone) wrong.AddRange((await Violations(page, phone == dark ? null : "color-contrast")).Select(v => $"{look} {v}"));
        }
        wrong.AddRange((await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location)).filter(u => u.origin === location.origin).map(u => u.pathname)"))
            .Distinct().Where(static p => !s_places.Contains(p) && !p.StartsWith("/situations/SIT-", StringComparison.Ordinal) && !p.StartsWith("/export/", StringComparison.Ordinal) && !p.StartsWith("/api/v1/studies/", StringComparison.Ordinal)).Select(static p => $"a link leads to {p}"));
        Assert.Empty(wrong.Concat(walker.Complaints));
    }

    [Fact]
    public async Task The_door_is_accessible_and_fits_its_width()
    {
        await using Walker walker = await browser.Open("/nowhere");
        await walker.Page.GotoAsync("/signin");
        await walker.Page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("door-phone");
        Assert.Equal(0, await walker.Page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        Assert.Empty(await Violations(walker.Page, null));
    }

    private static async Task<IEnumerable<string>> Violations(IPage page, string? only)
    {
        AxeResult axe = await page.RunAxe(new AxeRunOptions
        {
            ResultTypes = [ResultType.Violations],
            RunOnly = only is null ? new() { Type = "tag", Values = [.. s_rules] } : new() { Type = "rule", Values = [only] },
        });
        return axe.Violations.Select(static v => $"{v.Id}: {v.Help} x{v.Nodes.Length} {string.Join(" | ", v.Nodes.Take(3).Select(static n => n.Html.Length > 220 ? n.Html[..220] : n.Html))}");
    }
}
