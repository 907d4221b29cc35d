using Homestretch.Walk.Running;
using Homestretch.World;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>What is said to those who do not see the page change: counts, outcomes, refusals (4.1.3, 3.3.1); and how to hold the page still (2.2.2).</summary>
public sealed class Hearing(Browser browser)
{
    [Fact]
    public async Task A_filter_says_how_many_there_are_now_and_nothing_before()
    {
        await using Walker walker = await browser.Look("/supply");
        ILocator said = walker.Page.Locator(".head [role=status]");
        Assert.Equal("", await said.TextContentAsync());
        await walker.Page.GetByLabel("Late only").CheckAsync();
        await walker.Page.WaitForFunctionAsync("() => / lots$/.test(document.querySelector('.head [role=status]').textContent)");
        int late = (await browser.Ask("lots?late=true&take=1")).GetProperty("total").GetInt32();
        Assert.InRange(int.Parse((await said.TextContentAsync())!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), late - 3, late + 3);
    }

    [Fact]
    public async Task What_the_server_refuses_stands_at_the_form_and_describes_the_field()
    {
        await using Walker walker = await browser.Look("/orders?show=quote:new");
        IPage page = walker.Page;
        ILocator units = page.GetByLabel("Units");
        Assert.Null(await units.GetAttributeAsync("aria-describedby"));
        await units.EvaluateAsync("e => e.removeAttribute('min')");    // the browser itself would stop it
        await units.FillAsync("-2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Quote", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('#quote-refused li')");
        Assert.Equal("quote-refused", await units.GetAttributeAsync("aria-describedby"));
        Assert.Equal("true", await units.GetAttributeAsync("aria-invalid"));
        Assert.Equal("alert", await page.Locator("#quote-refused").GetAttributeAsync("role"));
        await units.FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Quote", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => !document.querySelector('#quote-refused li') && document.querySelector('[data-quote][aria-live] dl')");
        Assert.Null(await units.GetAttributeAsync("aria-invalid"));
    }

    [Fact]
    public async Task A_refused_sign_in_describes_its_fields_and_takes_the_focus()
    {
        await using Walker walker = await browser.Blank();
        await walker.Page.GotoAsync($"{(await browser.Demo()).Address}/signin?refused=0");
        ILocator login = walker.Page.Locator("input[name=login]");
        Assert.Equal("refused", await login.GetAttributeAsync("aria-describedby"));
        Assert.Contains("do not match", await walker.Page.Locator("#refused[role=alert]").TextContentAsync() ?? "", StringComparison.Ordinal);
        Assert.Equal("login", await walker.Page.EvaluateAsync<string>("() => document.activeElement.name"));
    }

    /// <summary>On a server of its own, as a strike holds a lot that customers wait for.</summary>
    [Fact]
    public async Task A_page_held_still_does_not_move_until_it_is_let_go_and_changes_are_read_out_once()
    {
        await using RunningServer server = await RunningServer.Start();
        Snapshot world = await server.LoadDemo();
        await using Walker held = await browser.Open(server.Address, "/", "paula");
        await using Walker free = await browser.Open(server.Address, "/", "paula");
        ILocator still = held.Page.GetByRole(AriaRole.Button, new() { Name = "Hold still" });
        Assert.Equal("false", await still.GetAttributeAsync("aria-pressed"));
        await still.FocusAsync();
        await held.Page.Keyboard.PressAsync("Enter");
        await held.Page.WaitForFunctionAsync("() => document.querySelector('[aria-label=\"Hold still\"]').ariaPressed === 'true'");

        await server.Tell([new WorldEvent.Put(await server.Strike(world, "the crew is on strike"))], "strike");
        await free.Page.Locator(".changes").GetByText("the crew is on strike").First.WaitForAsync();
        Assert.Equal(0, await held.Page.GetByText("the crew is on strike").CountAsync());

        await held.Page.Keyboard.PressAsync("Enter");
        await held.Page.Locator(".changes").GetByText("the crew is on strike").First.WaitForAsync();
        // at most twice a minute: one sentence, though the list moved more often
        await free.Page.EvaluateAsync("() => { window.said = 0; new MutationObserver(() => window.said++).observe(document.querySelector('[aria-labelledby=changes] [role=status]'), { childList: true, characterData: true, subtree: true }); }");
        await free.Page.WaitForFunctionAsync("() => document.querySelector('[aria-labelledby=changes] [role=status]').textContent.includes('the crew is on strike')", null, new() { Timeout = 40_000 });
        Assert.InRange(await free.Page.EvaluateAsync<int>("() => window.said"), 0, 2);
    }
}
