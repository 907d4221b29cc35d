using System.Net;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>A server that is empty, goes away and comes back.</summary>
public sealed class ComingAndGoing(Browser browser, RestingCompany company)
{
    [Fact]
    public async Task An_empty_company_shows_first_steps_and_a_restarted_server_is_announced_and_the_page_comes_back()
    {
        await using RunningServer server = await RunningServer.Start();
        await using Walker walker = await browser.Open(server.Address, "/", "admin");
        IPage page = walker.Page;
        await page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here yet" }).WaitForAsync();
        await walker.Shoot("first-steps");
        await using (Walker planner = await browser.Open(server.Address, "/", "paula")) await planner.Page.GetByText("An administrator does that the first time").WaitForAsync();

        await server.LoadDemo();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Kits" }).First.WaitForAsync();
        await page.GotoAsync("/?market=UK");
        await walker.Settled();
        Assert.Empty(walker.Complaints);

        // a page that lost its server is loaded anew: what it said of itself must not pass for the new page's word
        await page.EvaluateAsync("() => { document.documentElement.dataset.live = 'before the kill'; }");
        await server.Kill();
        await page.GetByText("The server does not answer.").WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.getElementById('components-reconnect-modal').matches(':popover-open')"), "an open drawer would cover the notice");
        await walker.Shoot("server-gone");
        await server.Start();
        await page.WaitForFunctionAsync("() => !document.getElementById('components-reconnect-modal')?.checkVisibility() && document.documentElement.dataset.live === 'yes'", null, new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Heading, new() { Name = "Kits" }).First.WaitForAsync();
        Assert.EndsWith("/?market=UK", page.Url, StringComparison.Ordinal);
        Assert.True(await page.Locator("tr[data-key]").CountAsync() > 1);
        await page.GetByLabel("At risk only").CheckAsync();
        await walker.Asked("?market=UK&risk=true");
    }

    [Fact]
    public async Task Who_is_shut_out_stands_at_the_door_within_seconds_and_can_do_nothing_more()
    {
        RunningServer server = (await company.Begun()).Server;
        await using Walker walker = await browser.Open(server.Address, "/supply", "mina");
        await walker.Page.Locator("tr[data-key]").First.WaitForAsync();
        using HttpResponseMessage done = await server.Api.PostAsync("/api/v1/people/mina/disable", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        await walker.Page.WaitForFunctionAsync("() => location.pathname === '/signin'");
        await walker.Page.GotoAsync("/supply");
        await walker.Page.WaitForFunctionAsync("() => location.pathname === '/signin'");
        Assert.Empty(walker.Complaints);
    }
}
