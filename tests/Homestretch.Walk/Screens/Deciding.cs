using System.Text.Json;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>What people tell the product, and what others see of it at once.</summary>
public sealed class Deciding(Browser browser)
{
    [Fact]
    public async Task Three_taps_of_a_supplier_move_a_planners_open_page()
    {
        await using Walker supplier = await browser.Open("/", "mina", phone: true);
        string lot = await NotBegun(supplier.Page);
        await using Walker planner = await browser.Open($"/supply?show=lot:{Uri.EscapeDataString(lot)}");
        ILocator arrival = planner.Page.Locator("dialog[open] dl.facts div", new() { HasText = "Arrives P90" });
        string before = await arrival.InnerTextAsync();

        await supplier.Page.GetByRole(AriaRole.Link, new() { Name = $"Report {lot}", Exact = true }).ClickAsync();
        await supplier.Page.GetByText("Another day").ClickAsync();
        await supplier.Page.Locator("dialog[open] input[type=date]").FillAsync("2030-01-15");
        await supplier.Page.GetByRole(AriaRole.Button, new() { Name = "It will be ready on" }).ClickAsync();

        await supplier.Page.GetByText($"Lot {lot} is reported ready on 15 Jan 2030").WaitForAsync();
        await arrival.Filter(new() { HasText = "2030" }).WaitForAsync();
        Assert.NotEqual(before, await arrival.InnerTextAsync());
        await supplier.Shoot("three-taps");
        await planner.Shoot("three-taps-planner");
        Assert.Empty(supplier.Complaints.Concat(planner.Complaints));
    }

    [Fact]
    public async Task A_quote_is_placed_promised_pinned_and_released_in_the_drawer()
    {
        await using Walker walker = await browser.Open("/orders?show=quote:new");
        IPage page = walker.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Quote", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Place this order" }).ClickAsync();
        await page.GetByText("is placed with the quoted date").WaitForAsync();
        await page.Locator("dialog[open] h2", new() { HasText = "SO-9" }).WaitForAsync();

        await page.GetByText("Give a new promise").ClickAsync();
        await page.Locator("input[placeholder^=why]").FillAsync("agreed by telephone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Promise this date" }).ClickAsync();
        await page.Locator("dialog[open] td", new() { HasText = "agreed by telephone" }).WaitForAsync();

        await page.Locator("summary", new() { HasText = "Pin" }).Last.ClickAsync();
        ILocator form = page.Locator("details.act", new() { HasText = "What to hold" });
        await form.GetByLabel("Reason").FillAsync("show bike");
        await form.GetByRole(AriaRole.Button, new() { Name = "Hold it" }).ClickAsync();
        await page.GetByText("is held for 14 days").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Release" }).ClickAsync();
        await page.GetByText("is released").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Release" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(walker.Complaints);
    }

    /// <summary>On a server of its own: a proposal that is accepted leaves no promise at risk for others to look at.</summary>
    [Fact]
    public async Task A_proposal_is_accepted_though_the_world_has_moved_meanwhile()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        using (HttpResponseMessage made = await server.Api.PostAsync("/api/v1/proposals", null, TestContext.Current.CancellationToken))
        {
            JsonElement proposal = JsonElement.Parse(await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.InRange(proposal.GetProperty("builds_moved").GetInt32(), 0, 35);     // of some 350: slots that can stay do
            Assert.True(proposal.GetProperty("kits_changed").GetInt32() > 0);
        }
        await using Walker walker = await browser.Open(server.Address, "/orders?show=proposal:now", "paula");
        await walker.Page.GetByText("If accepted").WaitForAsync();
        string[] sites = (await server.Api.GetStringAsync("/api/v1/tables/sites.csv", TestContext.Current.CancellationToken)).Split("\r\n");
        string[] cells = sites[1].Split(',');
        cells[Array.IndexOf(sites[0].Split(','), "name")] += " II";
        using HttpResponseMessage brought = await server.Api.PostAsync("/api/v1/tables/sites.csv", new StringContent($"{sites[0]}\r\n{string.Join(',', cells)}\r\n"), TestContext.Current.CancellationToken);
        Assert.True(brought.IsSuccessStatusCode);

        await walker.Page.GetByRole(AriaRole.Button, new() { Name = "Accept the whole proposal" }).ClickAsync();
        await walker.Page.GetByText("The proposal is the plan now.").WaitForAsync();
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_kit_whose_part_comes_from_two_lots_opens_with_both()
    {
        foreach (JsonElement row in (await browser.Ask("orders?take=1000")).GetProperty("rows").EnumerateArray())
        {
            string order = row.GetProperty("order_line").GetString()!;
            JsonElement parts = (await browser.Ask($"orders/{Uri.EscapeDataString(order)}")).GetProperty("parts");
            if (parts.EnumerateArray().CountBy(static p => p.GetProperty("item").GetString()!).FirstOrDefault(static c => c.Value > 1) is not { Key: { } item, Value: var pegs }) continue;
            await using Walker walker = await browser.Open($"/orders?show=order:{Uri.EscapeDataString(order)}&part={Uri.EscapeDataString(item)}");
            Assert.Equal(pegs, await walker.Page.Locator($".chain li[data-part='{item}'] details[open]").CountAsync());
            Assert.Equal(parts.GetArrayLength(), await walker.Page.Locator(".chain li").CountAsync());
            Assert.Empty(walker.Complaints);
            return;
        }
        Assert.Fail("No kit of the demonstration company draws one item from two supplies.");
    }

    /// <summary>A lot that its supplier's own page asks about and no machine has begun.</summary>
    private async Task<string> NotBegun(IPage supplier)
    {
        foreach (string report in await supplier.GetByRole(AriaRole.Link, new() { Name = "Report " }).EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('aria-label'))"))
        {
            string lot = report["Report ".Length..];
            if (!(await browser.Ask($"lots/{Uri.EscapeDataString(lot)}")).GetProperty("follows_machine").GetBoolean()) return lot;
        }
        throw new InvalidOperationException("A machine has begun every lot that the supplier's page asks about.");
    }
}
