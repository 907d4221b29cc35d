using Homestretch.Exchange.Csv;
using Homestretch.World;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>Filters, sorts and exports: what stands in the URL is what is shown, and what is shown is what is exported.</summary>
public sealed class Tables(Browser browser)
{
    [Theory]
    [InlineData("/?market=UK", "kits?market=UK&take=1"), InlineData("/?risk=true", "kits?atRisk=true&take=1"), InlineData("/orders", "orders?take=1")]
    [InlineData("/orders?state=at-risk", "orders?state=at-risk&take=1"), InlineData("/orders?text=rheinrad", "orders?text=rheinrad&take=1")]
    [InlineData("/supply", "lots?take=1"), InlineData("/supply?late=true", "lots?late=true&take=1"), InlineData("/machines", "machines?take=1")]
    public async Task Every_export_has_as_many_rows_as_the_api_says(string path, string api)
    {
        await using Walker walker = await browser.Open(path);
        async Task<int> Total() => (await browser.Ask(api)).GetProperty("total").GetInt32();
        int before = await Total();
        string[][] rows = await Downloaded(walker.Page, walker.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).First);
        Assert.InRange(rows.Length - 1, Math.Min(before, await Total()), Math.Max(before, await Total()));
        Assert.True(rows.Length > 1);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task Lines_accounts_and_counters_are_exported_as_they_are_shown()
    {
        await using Walker lines = await browser.Open("/lines?days=14");
        int bars = await lines.Page.Locator(".gantt li").CountAsync();
        Assert.Equal(bars, (await Downloaded(lines.Page, lines.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }))).Length - 1);
        await using Walker admin = await browser.Open("/administration", "admin");
        ILocator people = admin.Page.Locator("table").First.Locator("tbody tr");
        int shown = await people.CountAsync();
        string[][] accounts = await Downloaded(admin.Page, admin.Page.Locator("a[href='/export/accounts.csv']"));
        await admin.Page.ReloadAsync();
        await admin.Settled();
        Assert.InRange(accounts.Length - 1, shown, await people.CountAsync()); // somebody may be invited meanwhile
        string[][] counters = await Downloaded(admin.Page, admin.Page.Locator("a[href='/export/counters.csv']"));
        Assert.Equal(["name", "value", "meaning"], counters[0]);
        await using Walker audit = await browser.Open("/audit?text=counters.csv", "admin");
        Assert.Contains("admin", await audit.Page.Locator("td[data-label='Who']").First.InnerTextAsync(), StringComparison.Ordinal);
        string[][] told = await Downloaded(audit.Page, audit.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }));
        Assert.Equal(await audit.Page.Locator("tbody tr").CountAsync(), told.Length - 1);
        Assert.All(told[1..], static row => Assert.Equal("exported", row[4]));
    }

    [Fact]
    public async Task A_filter_and_a_sort_stand_in_the_url_and_survive_a_reload()
    {
        await using Walker walker = await browser.Open("/orders");
        IPage page = walker.Page;
        await page.Locator("label.filter:has(> span:text-is('State')) select").SelectOptionAsync("at-risk");
        await walker.Asked("?state=at-risk");
        // the heads link to the filter that they were drawn with
        await page.WaitForFunctionAsync("() => { const told = [...document.querySelectorAll('td[data-label=State]')]; return told.length > 0 && told.every(t => t.textContent.includes('at risk')); }");
        await page.GetByRole(AriaRole.Link, new() { Name = "Customer" }).ClickAsync();
        await walker.Asked("sort=customer");
        await page.WaitForFunctionAsync("() => document.querySelector('th[aria-sort=ascending]')?.textContent.includes('Customer')");
        string[] up = await Customers(page);
        Assert.True(up.Length > 1);
        Assert.Equal(up.Order(StringComparer.OrdinalIgnoreCase), up);
        Assert.All(await page.Locator("td[data-label='State']").AllInnerTextsAsync(), static s => Assert.Contains("at risk", s, StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Link, new() { Name = "Customer" }).ClickAsync();
        await walker.Asked("desc=");
        await page.ReloadAsync();
        await walker.Settled();
        string[] down = await Customers(page);
        Assert.Equal(down.OrderDescending(StringComparer.OrdinalIgnoreCase), down);
        Assert.Equal("at-risk", await page.Locator("label.filter:has(> span:text-is('State')) select").InputValueAsync());
        Assert.Contains("state=at-risk", await page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).GetAttributeAsync("href") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_on_supply_finds_by_item_and_a_page_further_shows_other_lots()
    {
        await using Walker walker = await browser.Open("/supply?text=battery");
        Assert.All(await walker.Page.Locator("td[data-label='Item']").AllInnerTextsAsync(), static s => Assert.Contains("battery", s, StringComparison.OrdinalIgnoreCase));
        await walker.Page.GotoAsync("/supply?sort=lot");
        await walker.Settled();
        string first = await walker.Page.Locator("tbody th").First.InnerTextAsync();
        await walker.Page.GotoAsync("/supply?sort=lot&from=50");
        await walker.Settled();
        Assert.True(string.CompareOrdinal(first, await walker.Page.Locator("tbody th").First.InnerTextAsync()) < 0);
        Assert.Empty(walker.Complaints);
    }

    private static async Task<string[]> Customers(IPage page) => [.. (await page.Locator("td[data-label='Customer']").EvaluateAllAsync<string[]>("all => all.map(e => e.title)"))];

    private static async Task<string[][]> Downloaded(IPage page, ILocator link)
    {
        IDownload download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        await using Stream stream = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        var findings = new List<Finding>();
        string[][] rows = [.. CsvText.Read(bytes.ToArray(), download.SuggestedFilename, findings).Select(static r => r.Cells.ToArray())];
        Assert.Empty(findings);
        return rows;
    }
}
