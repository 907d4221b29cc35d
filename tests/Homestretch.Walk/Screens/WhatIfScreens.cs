using System.Text.RegularExpressions;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>Branches of the world as a planner sees them: put together, compared side by side, shared by their address, committed, discarded.</summary>
public sealed class WhatIfScreens(Browser browser)
{
    [Fact]
    public async Task A_branch_is_put_together_compared_committed_and_discarded()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        await using Walker walker = await browser.Open(server.Address, "/what-if", "paula");
        IPage page = walker.Page;
        await page.GetByLabel("Name").FillAsync("Suez closed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await page.GetByLabel("What happens").SelectOptionAsync("lose");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Assumed, a line each")).ToHaveValueAsync(new Regex("close suez for 21 days\nlose .+ for 21 days"));
        await walker.Shoot("what-if-new", whole: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan this branch" }).ClickAsync();
        await walker.At("/what-if/suez-closed$");
        await page.Locator("table.compare").WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByText("who wins, who loses").WaitForAsync();

        await page.GotoAsync($"{server.Address}/what-if");
        await walker.Settled();
        await page.GetByLabel("Name").FillAsync("Longer days and more orders");
        await page.GetByLabel("Assumed, a line each").FillAsync("demand +20%\nshift GVL-1 22:00-23:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan this branch" }).ClickAsync();
        await walker.At("/what-if/longer-days-and-more-orders$");
        await page.Locator("table.compare").WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByLabel("Compare with").SelectOptionAsync("suez-closed");
        await walker.At("with=suez-closed$");
        await page.Locator("table.compare thead th:nth-child(4)").WaitForAsync(new() { Timeout = 60_000 });
        await walker.Shoot("what-if", whole: true);
        await page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("what-if-phone", whole: true);
        await page.SetViewportSizeAsync(Walker.Desk.Width, Walker.Desk.Height);

        await page.Locator(".commit summary").ClickAsync();
        await page.Locator("li[data-kind=supposition]", new() { HasText = "nothing is written" }).WaitForAsync();
        await page.Locator(".commit").GetByLabel("Reason").FillAsync("orders are coming in");
        await walker.Shoot("what-if-commit", whole: true);
        await page.EvaluateAsync("() => document.querySelectorAll('.notices button').forEach(b => b.click())");
        await page.Locator(".commit button[type=submit]").ClickAsync();
        await page.GetByText("; committed ").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Discard this branch" }).ClickAsync();
        await walker.At("/what-if$");
        await page.Locator("tr[data-key=suez-closed]").WaitForAsync();
        Assert.Equal(0, await page.Locator("tr[data-key=longer-days-and-more-orders]").CountAsync());
        Assert.Empty(walker.Complaints);
    }
}
