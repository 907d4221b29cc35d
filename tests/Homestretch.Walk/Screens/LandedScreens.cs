using System.Text.Json;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>Landed cost as a planner sees it: every way to buy, every part with its row, samples told as such; a lot that came beside its plan.</summary>
public sealed class LandedScreens(Browser browser)
{
    [Fact]
    public async Task Each_way_to_buy_is_told_part_by_part_with_its_rows_and_samples_are_told_as_such()
    {
        await using Walker walker = await browser.Open("/landed-cost?item=FRM-M&to=GVL&on=2026-11-28", "paula");
        IPage page = walker.Page;
        await Counted(page);
        JsonElement[] ways = [.. (await browser.Ask("landed-cost?item=FRM-M&to=GVL&on=2026-11-28")).GetProperty("sources").EnumerateArray()];
        Assert.Equal(ways.Select(static w => $"{w.GetProperty("supplier").GetString()}|{w.GetProperty("lane").GetString()}"), await page.Locator("table.ways tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.key)"));
        ILocator way = page.Locator("[data-way='SONGBE|VN-GVL']");
        Assert.Equal(ways[0].GetProperty("components").GetArrayLength(), await way.Locator("tr[data-kind]").CountAsync());
        Assert.Equal("143.52", await way.Locator("tr[data-kind=Duty] td.num").InnerTextAsync());
        string duty = await way.Locator("tr[data-kind=Duty]").InnerTextAsync();
        foreach (string said in (string[])["General duty", "3.9 % of 3,680.00 USD", "duty measure US-87149130", "since", "HTSUS 8714.91.30", "sample"]) Assert.Contains(said, duty, StringComparison.Ordinal);
        Assert.Contains("4,424.15", await way.Locator("tr.sum").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("do not pay duty by them", await page.Locator("[data-key=samples]").InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("landed", whole: true);

        await page.GetByLabel("Units", new() { Exact = true }).FillAsync("200");
        await page.GetByLabel("Units", new() { Exact = true }).PressAsync("Enter");
        await page.Locator("[data-way='SONGBE|VN-GVL'] .hint", new() { HasText = "200 units" }).WaitForAsync();
        await page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("landed-phone", whole: true);
        Assert.Equal(0, await page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));

        await page.GotoAsync("/landed-cost?item=FRM-M&to=GVL&on=2019-01-15");
        await walker.Settled();
        await page.Locator("[data-way='SONGBE|VN-GVL'] [aria-label='To mend'] li").First.WaitForAsync();
        Assert.Equal(0, await page.Locator("[data-way='SONGBE|VN-GVL'] tr[data-kind]").CountAsync());
        await walker.Shoot("landed-unknown-phone", whole: true);
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_lot_that_came_stands_beside_its_plan_and_who_sees_no_prices_sees_nothing()
    {
        await using Walker walker = await browser.Open("/landed-cost?item=FRM-M", "paula");
        IPage page = walker.Page;
        await Counted(page);
        string[] lots = await page.Locator(".came select").Locator("option").EvaluateAllAsync<string[]>("all => all.map(o => o.value).filter(v => v)");
        JsonElement view = default;
        foreach (string lot in lots)
        {
            view = await browser.Ask($"landed-cost/lots/{Uri.EscapeDataString(lot)}");
            if (Told(view, "planned") && Told(view, "came")) break;
        }
        await page.Locator(".came select").SelectOptionAsync(view.GetProperty("lot").GetString()!);
        await page.Locator(".came tr.sum").WaitForAsync();
        decimal planned = Sum(view, "planned"), came = Sum(view, "came");
        string all = await page.Locator(".came tr.sum").InnerTextAsync();
        Assert.Contains(planned.ToString("#,0.00", System.Globalization.CultureInfo.InvariantCulture), all, StringComparison.Ordinal);
        Assert.Contains(came.ToString("#,0.00", System.Globalization.CultureInfo.InvariantCulture), all, StringComparison.Ordinal);
        await page.Locator(".came").ScrollIntoViewIfNeededAsync();
        await walker.Shoot("landed-came");
        Assert.Empty(walker.Complaints);
        foreach (string login in (string[])["mina", "wanda"])
        {
            await using Walker other = await browser.Look("/landed-cost", login);
            await other.Page.GetByText("not part of your role").WaitForAsync();
            Assert.Equal(0, await other.Page.Locator(".ways, .came, .tabs a[href='/landed-cost']").CountAsync());
        }

        static bool Told(JsonElement view, string side) => view.GetProperty(side) is { ValueKind: JsonValueKind.Object } s && s.GetProperty("total").ValueKind == JsonValueKind.Number;
        static decimal Sum(JsonElement view, string side) => view.GetProperty(side).GetProperty("total").GetDecimal();
    }

    internal static Task Counted(IPage page) => page.Locator("table.ways tbody tr").First.WaitForAsync(new() { Timeout = 60_000 });
}
