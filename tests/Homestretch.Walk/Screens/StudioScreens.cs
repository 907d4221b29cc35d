using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>The studio of the cut beyond solving: begun from a sample, a front over two measures, a phone, a kept design opened as itself and played through the live planner.</summary>
public sealed class StudioScreens(Browser browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newcomer_begins_with_a_sample_sees_it_solved_and_a_front_over_two_measures()
    {
        await using RunningServer server = await RunningServer.Start();
        await using Walker walker = await browser.Open(server.Address, "/studies", "admin");
        IPage page = walker.Page;
        await walker.Shoot("studies-empty", whole: true);
        await page.Locator("[data-key=sample-bulldozer] button").ClickAsync();
        await page.WaitForFunctionAsync("() => location.pathname === '/studies/BULLDOZER'");
        await CutScreens.Solved(page);
        Assert.Contains("632,775", await page.Locator(".sharebars li[data-key='Safety stock']").InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("studies-bulldozer", whole: true);

        // the main bar says where this is
        Assert.Equal(["/supply"], await page.Locator(".places a.active").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))"));
        await page.GotoAsync("/studies");
        await walker.Settled();
        await page.Locator("[data-key=sample-bulldozer]").GetByText("among your studies").WaitForAsync();
        await page.Locator("[data-key=sample-lamp] button").ClickAsync();
        await page.WaitForFunctionAsync("() => location.pathname === '/studies/LAMP'");
        await CutScreens.Solved(page);

        // a front over two measures: the second is the size of the points, said in the legend and to readers
        await page.GotoAsync("/studies/LAMP?view=trade&limits=none");
        await walker.Settled();
        await CutScreens.Solved(page);
        await page.Locator("section[aria-labelledby=t-front] select").Nth(0).SelectOptionAsync("CountryShare");
        await page.Locator("section[aria-labelledby=t-front] select").Nth(2).SelectOptionAsync("HomeValue");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look" }).ClickAsync();
        await page.Locator("[data-key=legend]").WaitForAsync(new() { Timeout = 120_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Look" }).WaitForAsync(new() { Timeout = 120_000 });
        Assert.Equal(3, await page.Locator("[data-key=legend] .size").CountAsync());
        ILocator points = page.Locator(".plot g.point");
        int n = await points.CountAsync();
        Assert.True(n > 2, $"{n} points");
        Assert.True((await points.Locator("circle:not(.hit)").EvaluateAllAsync<string[]>("all => all.map(c => c.getAttribute('r'))")).Distinct().Count() > 1);
        Assert.All(await points.EvaluateAllAsync<string[]>("all => all.map(p => p.getAttribute('aria-label'))"), static l => Assert.Contains("Value made at home", l, StringComparison.Ordinal));
        await walker.Shoot("front-two", whole: true);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await walker.Shoot("front-two-forced", whole: true);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        await walker.Sized(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("front-two-phone", whole: true);
        await walker.Sized(Walker.Desk.Width, Walker.Desk.Height);
        await points.First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("section[data-solved*='=']").WaitForAsync();
        await CutScreens.Solved(page);

        // on a phone the answer stands above the limits, which are folded until they are opened
        await walker.Sized(Walker.Phone.Width, Walker.Phone.Height);
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('[data-key=done]').getBoundingClientRect().bottom <= document.querySelector('.limits').getBoundingClientRect().top"));
        Assert.False(await page.Locator(".limits .body").IsVisibleAsync());
        await walker.Shoot("study-phone-folded", whole: true);
        await page.Locator(".limits .fold").ClickAsync();
        await page.Locator(".limits .body").WaitForAsync();
        await walker.Shoot("study-phone-open");
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_kept_design_opens_as_itself_is_played_through_the_live_planner_and_says_when_it_no_longer_opens()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        using (HttpResponseMessage kept = await server.Api.PostAsync("/api/v1/designs", new StringContent("""{"study":"CUT-1","limits":["country-share=0.5"],"name":"Half at most","note":"Why not"}""", null, "application/json"), Stop))
            Assert.True(kept.IsSuccessStatusCode);
        await using Walker walker = await browser.Open(server.Address, "/studies/CUT-1?view=kept", "paula");
        IPage page = walker.Page;
        await CutScreens.Solved(page);
        await page.Locator("[data-key=CUT-1-1]").GetByRole(AriaRole.Button, new() { Name = "Open it" }).ClickAsync();
        await page.Locator("[data-key=opened] [data-key=now]", new() { HasText = "the same" }).WaitForAsync(new() { Timeout = 60_000 });
        Assert.Contains("design=CUT-1-1", page.Url, StringComparison.Ordinal);
        await walker.Shoot("design-opened", whole: true);

        // it is played beside the company as it is
        await page.GetByRole(AriaRole.Link, new() { Name = "Simulation" }).ClickAsync();
        await page.GetByLabel("Days of a future").SelectOptionAsync("60");
        await page.GetByLabel("Futures of each case").SelectOptionAsync("1");
        await page.GetByLabel("And if a supplier is lost").SelectOptionAsync("MIHO");
        await walker.Shoot("trial-asked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play it" }).ClickAsync();
        await page.Locator("[data-key=running] progress").WaitForAsync();
        await walker.Shoot("trial-running");

        // it goes on while nobody looks
        await page.GotoAsync("/supply");
        await walker.Settled();
        await page.GotoAsync("/studies/CUT-1?design=CUT-1-1&view=trial");
        await page.Locator("[data-key=verdict] tbody tr[data-key=stock]").WaitForAsync(new() { Timeout = 300_000 });
        Assert.Equal(4, await page.Locator("[data-key=cases] tbody tr").CountAsync());
        await walker.Shoot("trial-done", whole: true);
        await walker.Sized(Walker.Phone.Width, Walker.Phone.Height);
        Assert.Empty(await page.EvaluateAsync<string[]>("() => document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest('.scroll')).map(e => e.outerHTML.slice(0, 120)) : []"));
        await walker.Shoot("trial-done-phone", whole: true);
        await walker.Sized(Walker.Desk.Width, Walker.Desk.Height);

        // compared as it is kept, not as its limits would be solved
        await page.GotoAsync("/studies/CUT-1?view=compare&against=design%3ACUT-1-1");
        await page.Locator("table[data-key=compared]").WaitForAsync(new() { Timeout = 120_000 });
        Assert.Contains("kept design CUT-1-1", await page.Locator(".sides .a").InnerTextAsync(), StringComparison.Ordinal);

        // a stage has come since, done at the hub
        await Row("study_stages", static c => c["stage"] == "MOT-1", static c => (c["stage"], c["item"]) = ("BELL", ""));
        await Row("study_sources", static c => c["stage"] == "finish US" && c["supplier"].Length == 0, static c => c["stage"] = "BELL");
        await Row("study_links", static c => c["from"] == "MOT-1" && c["to"] == "finish US", static c => c["from"] = "BELL");
        await page.GotoAsync("/studies/CUT-1?design=CUT-1-1");
        await page.Locator("[data-key=gone]").WaitForAsync(new() { Timeout = 60_000 });
        await page.Locator("tr[data-rule=stage-new]", new() { HasText = "BELL" }).WaitForAsync();
        await walker.Shoot("design-gone", whole: true);
        Assert.Empty(walker.Complaints);

        // a row like another one
        async Task Row(string table, Func<Dictionary<string, string>, bool> like, Action<Dictionary<string, string>> other)
        {
            string[] rows = (await server.Api.GetStringAsync($"/api/v1/tables/{table}.csv", Stop)).Split("\r\n");
            string[] columns = rows[0].Split(',');
            Dictionary<string, string> cells = rows[1..].Where(static r => r.Length > 0 && !r.Contains('"', StringComparison.Ordinal)).Select(r => columns.Zip(r.Split(',')).ToDictionary(static p => p.First, static p => p.Second)).First(like);
            other(cells);
            using HttpResponseMessage told = await server.Api.PostAsync($"/api/v1/tables/{table}.csv", new StringContent($"{rows[0]}\r\n{string.Join(',', columns.Select(c => cells[c]))}\r\n"), Stop);
            Assert.True(told.IsSuccessStatusCode, await told.Content.ReadAsStringAsync(Stop));
        }
    }
}
