using System.Text.Json;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>Exposure as the IP officer sees it: what to look at, who could rebuild how much, and what one party knows.</summary>
public sealed class ExposureScreens(Browser browser)
{
    [Fact]
    public async Task The_ip_officer_sees_who_could_rebuild_how_much_and_what_a_party_knows()
    {
        await using Walker walker = await browser.Open("/exposure", "iris");
        IPage page = walker.Page;
        await Counted(page);
        JsonElement view = await browser.Ask("exposure");
        string[] parties = [.. view.GetProperty("parties").EnumerateArray().Select(static p => p.GetProperty("party").GetString()!)];
        Assert.Equal(parties, await page.Locator("ul[aria-label=Parties] li").EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.key)"));
        Assert.Contains($"{Math.Round(view.GetProperty("home").GetDouble() * 100)} %", await page.Locator("[data-key=home] dd").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Not even all together", await page.Locator("[data-key=fewest]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("NDA-027", await page.Locator("[data-rule=agreement-ended]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("owner Longpu Industries", await page.Locator("ul[aria-label=Parties] li[data-key=TAIHU]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("ul[aria-label='Parties of one owner'] li").CountAsync());
        string china = await page.Locator("ul[aria-label='Parties in one country'] li[data-key=CN] .num").InnerTextAsync();
        JsonElement cn = view.GetProperty("groups").EnumerateArray().Single(static g => g.GetProperty("name").GetString() == "CN");
        Assert.Equal($"{Math.Round(cn.GetProperty("given").GetDouble() * 100)} % → {Math.Round(cn.GetProperty("planned").GetDouble() * 100)} %", china);
        await walker.Shoot("exposure", whole: true);

        await page.Locator("ul[aria-label=Parties] li[data-key=TAIHU] a").ClickAsync();
        ILocator sheet = page.Locator(".sheet");
        await sheet.Locator("[data-key=most]").WaitForAsync();
        JsonElement taihu = await browser.Ask("exposure/TAIHU"), most = taihu.GetProperty("most");
        Assert.Contains(most.GetProperty("item").GetString()!, await sheet.Locator("[data-key=most]").InnerTextAsync(), StringComparison.Ordinal);
        JsonElement motor = taihu.GetProperty("items").EnumerateArray().Single(static i => i.GetProperty("item").GetString() == "MOT-1");
        Assert.Contains($"{Math.Round(motor.GetProperty("known").GetDouble() * 100)} %", await sheet.Locator("li[data-key=MOT-1] .num").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await sheet.Locator(".items li").CountAsync() > 3);
        await walker.Shoot("exposure-party");

        await page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("exposure-phone-party");
        await sheet.GetByLabel("Close").ClickAsync();
        await sheet.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await walker.Shoot("exposure-phone", whole: true);
        Assert.Equal(0, await page.EvaluateAsync<double>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_supplier_and_the_warehouse_have_no_such_screen()
    {
        foreach (string login in (string[])["mina", "wanda"])
        {
            await using Walker walker = await browser.Look("/exposure?show=exposed:TAIHU", login);
            await walker.Page.GetByText("not part of your role").WaitForAsync();
            await walker.Page.GetByText("not yours to see").WaitForAsync();
            Assert.Equal(0, await walker.Page.Locator(".exposed, .items, .places a[href='/exposure'], .tabs a[href='/exposure']").CountAsync());
        }
    }

    [Fact]
    public async Task A_planner_finds_it_beside_supply()
    {
        await using Walker walker = await browser.Look("/supply", "paula");
        await walker.Page.Locator(".tabs a[href='/exposure']").ClickAsync();
        await Counted(walker.Page);
        Assert.Equal(0, await walker.Page.Locator(".places a[href='/exposure']").CountAsync());
    }

    [Fact]
    public async Task A_company_that_has_weighed_nothing_is_told_what_to_fill_in_and_where()
    {
        await using RunningServer server = await RunningServer.Start();
        await using Walker walker = await browser.Open(server.Address, "/exposure", "paula");
        string said = await walker.Page.Locator("[data-key=not-weighed]").InnerTextAsync();
        foreach (string table in (string[])["know_how", "disclosures", "relations", "inferences"]) Assert.Contains(table, said, StringComparison.Ordinal);
        await walker.Shoot("exposure-empty");
        await walker.Page.Locator("[data-key=not-weighed] a").ClickAsync();
        await walker.At("/import$");
        Assert.Empty(walker.Complaints);
    }

    internal static Task Counted(IPage page) => page.Locator("ul[aria-label=Parties] li").First.WaitForAsync(new() { Timeout = 60_000 });
}
