using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>Closing the Suez Canal as a planner does it: ask, read what it would do, do it, take it back.</summary>
public sealed class PassageScreens(Browser browser)
{
    [Fact]
    public async Task A_canal_is_asked_about_closed_and_opened_and_the_lots_drawer_says_so()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        string lot = await Eastern(server);
        await using Walker walker = await browser.Open(server.Address, "/supply/passages", "paula");
        IPage page = walker.Page;
        await page.Locator("tr[data-key=suez] a.button").ClickAsync();
        await page.GetByLabel("What happened").FillAsync("a ship ran aground");
        await page.GetByRole(AriaRole.Button, new() { Name = "What would it do?" }).ClickAsync();
        await page.GetByText("Nothing has moved yet").WaitForAsync();
        Assert.Contains("open", await page.Locator("tr[data-key=suez] .state").InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("passage-asked", whole: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close Suez now" }).ClickAsync();
        await page.Locator("tr[data-key=suez] .state", new() { HasText = "closed" }).WaitForAsync();
        Assert.Contains("a ship ran aground", await page.Locator("tr[data-key=suez]").InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("passage-closed", whole: true);

        await using Walker other = await browser.Open(server.Address, $"/supply?show=lot:{Uri.EscapeDataString(lot)}", "paula");
        await other.Page.Locator("#d-fan ~ .fan").GetByText("Suez closed: +").WaitForAsync();
        await other.Page.Locator("#d-fan").ScrollIntoViewIfNeededAsync();
        await other.Shoot("fan-closed");
        await other.Page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await other.Page.Locator("#d-fan").ScrollIntoViewIfNeededAsync();
        foreach (ILocator share in await other.Page.Locator(".fan .share").AllAsync())
            Assert.True((await share.BoundingBoxAsync())!.Height < 24, "A share of the blend takes two lines.");
        await other.Shoot("fan-closed-phone");

        await page.Locator("tr[data-key=suez] a.button").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "What would it do?" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open Suez now" }).ClickAsync();
        await page.Locator("tr[data-key=suez] .state", new() { HasText = "open" }).WaitForAsync();
        Assert.Empty(walker.Complaints.Concat(other.Complaints));
    }

    [Fact]
    public async Task Who_may_not_close_passages_is_not_offered_to()
    {
        await using Walker supplier = await browser.Look("/supply/passages?ask=suez", "mina");
        Assert.Equal(0, await supplier.Page.Locator("tr[data-key] a.button, .passage").CountAsync());
        Assert.DoesNotContain("Promises", await supplier.Page.Locator("table").First.InnerTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>A lot at sea whose ship has not reached the canal.</summary>
    private static async Task<string> Eastern(RunningServer server)
    {
        JsonElement lots = await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/lots?take=400");
        return lots.GetProperty("rows").EnumerateArray().Where(static l => l.GetProperty("now").GetString()!.StartsWith("by sea to Rotterdam", StringComparison.Ordinal) && l.GetProperty("lane").GetString()!.StartsWith("KR", StringComparison.Ordinal))
            .OrderByDescending(static l => l.GetProperty("p50").GetString(), StringComparer.Ordinal).First().GetProperty("lot").GetString()!;
    }
}
