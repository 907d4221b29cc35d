using System.Text.Json;
using System.Text.RegularExpressions;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>Clear to build as a planner sees it: a list read, its effect looked at, accepted, and the plan shows it.</summary>
public sealed class ClearScreens(Browser browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_read_accepted_and_is_the_plan()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        await using Walker walker = await browser.Open(server.Address, "/clear-to-build", "paula");
        IPage page = walker.Page;
        await Made(page);
        await walker.Shoot("clear", whole: true);
        int kits = await Kits(page);
        Assert.True(kits > 5, $"{kits} kits");
        Assert.Equal(kits, await page.Locator("table.sequence tbody tr:not([data-change=Held])").CountAsync());
        Assert.Contains("proven", await page.Locator("[data-key=gap]").InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByLabel("Horizon").SelectOptionAsync("10");
        await walker.Asked("days=10");
        await page.WaitForFunctionAsync("was => Number(document.querySelector('[data-key=kits] dd b')?.textContent ?? 0) > was", kits, new() { Timeout = 120_000 });
        if (await page.Locator(".group").CountAsync() > 0)
        {
            if (await page.Locator(".group[open]").CountAsync() == 0) await page.Locator(".group summary").First.ClickAsync();
            Assert.Matches(new Regex("What would bring it|worth more"), await page.Locator(".group[open]").First.InnerTextAsync());
        }
        await walker.Shoot("clear-ten-days", whole: true);

        ILocator first = page.Locator("table.sequence tr[data-change=Sooner], table.sequence tr[data-change=New]").First;
        string order = (await first.GetAttributeAsync("data-key"))!, begins = (await first.Locator("td[data-label=Begins] time").GetAttributeAsync("datetime"))!;
        await page.Locator(".accept > summary").ClickAsync();
        await page.Locator(".accept").GetByText("If accepted").WaitForAsync(new() { Timeout = 120_000 });
        await walker.Shoot("clear-asked", whole: true);
        await page.SetViewportSizeAsync(360, 740);
        Assert.Equal(0, await page.EvaluateAsync<double>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        await walker.Shoot("clear-phone-asked");
        await page.Locator(".accept > summary").ClickAsync();
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        await walker.Shoot("clear-phone");
        await page.Locator("table.sequence").First.ScrollIntoViewIfNeededAsync();
        await walker.Shoot("clear-phone-line");
        await page.Locator(".accept > summary").ClickAsync();
        await page.SetViewportSizeAsync(Walker.Desk.Width, Walker.Desk.Height);
        await page.Locator(".accept button.primary").ClickAsync();
        await page.GetByText("released; the plan follows").WaitForAsync(new() { Timeout = 120_000 });
        JsonElement now = JsonElement.Parse(await server.Api.GetStringAsync($"/api/v1/orders/{Uri.EscapeDataString(order)}", Stop));
        Assert.Equal(begins, now.GetProperty("start").GetString());
        await page.WaitForFunctionAsync("() => document.querySelector('[data-key=as-listed]') ?? document.querySelector('.accept')", null, new() { Timeout = 120_000 });
        await walker.Shoot("clear-accepted", whole: true);
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_list_of_an_older_plan_says_so_and_is_made_anew()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        await using Walker walker = await browser.Open(server.Address, "/clear-to-build?days=3", "paula");
        await Made(walker.Page);
        string[] sites = (await server.Api.GetStringAsync("/api/v1/tables/sites.csv", Stop)).Split("\r\n");
        string[] cells = sites[1].Split(',');
        cells[Array.IndexOf(sites[0].Split(','), "name")] += " II";
        using HttpResponseMessage brought = await server.Api.PostAsync("/api/v1/tables/sites.csv", new StringContent($"{sites[0]}\r\n{string.Join(',', cells)}\r\n"), Stop);
        Assert.True(brought.IsSuccessStatusCode);
        await walker.Page.GetByText("the plan has moved on since").WaitForAsync();
        await walker.Shoot("clear-older");
        await walker.Page.GetByRole(AriaRole.Button, new() { Name = "Make it anew" }).ClickAsync();
        await walker.Page.GetByText("the plan has moved on since").WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = 120_000 });
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_choice_holds_while_the_world_moves_and_the_page_is_drawn_anew_all_the_time()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        await using Walker walker = await browser.Open(server.Address, "/clear-to-build", "paula");
        using CancellationTokenSource still = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task moving = Move();
        foreach (string days in (string[])["10", "3", "5", "10", "5", "3", "10", "3"])
        {
            await walker.Page.GetByLabel("Horizon").SelectOptionAsync(days);
            await walker.Asked($"days={days}");
            // what was drawn before the choice may arrive after it: the choice stands again with the next drawing
            await walker.Page.WaitForFunctionAsync("days => document.querySelector('.filters select').value === days", days);
        }
        await still.CancelAsync();
        await moving;
        Assert.Empty(walker.Complaints);

        // a hub is called anew many times a second
        async Task Move()
        {
            string[] sites = (await server.Api.GetStringAsync("/api/v1/tables/sites.csv", Stop)).Split("\r\n");
            int name = Array.IndexOf(sites[0].Split(','), "name");
            for (int n = 0; !still.IsCancellationRequested; n++)
            {
                string[] cells = sites[1].Split(',');
                cells[name] += $" {n}";
                using HttpResponseMessage told = await server.Api.PostAsync("/api/v1/tables/sites.csv", new StringContent($"{sites[0]}\r\n{string.Join(',', cells)}\r\n"), Stop);
                Assert.True(told.IsSuccessStatusCode);
            }
        }
    }

    [Fact]
    public async Task Who_may_not_re_plan_sees_no_list_and_no_way_to_it()
    {
        foreach (string login in (string[])["mina", "wanda"])
        {
            await using Walker other = await browser.Look("/clear-to-build", login);
            await other.Page.GetByText("This screen is not part of your role").WaitForAsync();
            Assert.Equal(0, await other.Page.Locator(".places a[href='/clear-to-build'], table").CountAsync());
        }
    }

    /// <summary>A list takes seconds, more on a busy machine.</summary>
    internal static Task Made(IPage page) => page.Locator("[data-key=kits], [data-key=nothing]").First.WaitForAsync(new() { Timeout = 120_000 });

    private static async Task<int> Kits(IPage page) => int.Parse(await page.Locator("[data-key=kits] dd b").InnerTextAsync(), System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
}
