using System.Text.Json;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>The focus goes into a drawer and comes back; the title says where one is; what happens is read out, and not too often.</summary>
public sealed class Drawers(Browser browser)
{
    [Theory]
    [InlineData("/?market=UK", "paula", ".kitgrid th a[data-cell]"), InlineData("/orders", "paula", "tbody th a"), InlineData("/orders", "paula", "a.button.primary"), InlineData("/orders", "paula", "a.button:text-is('Re-plan')")]
    [InlineData("/supply", "paula", "tbody th a"), InlineData("/machines", "paula", "tbody th a"), InlineData("/lines", "paula", ".gantt a[tabindex='0']"), InlineData("/?market=UK", "paula", ".lanemap a[tabindex='0']")]
    [InlineData("/", "mina", "a.button.primary[aria-label^=Report]"), InlineData("/", "marek", "tbody th a")]
    public async Task A_drawer_takes_the_focus_names_itself_in_the_title_and_gives_the_focus_back(string path, string login, string opener)
    {
        await using Walker walker = await browser.Look(path, login);
        IPage page = walker.Page;
        string screen = await page.TitleAsync();
        foreach (string leave in new[] { "Escape", "Enter" })
        {
            ILocator link = page.Locator(opener).First;
            await link.FocusAsync();
            string href = await Focused(page, "e => e.getAttribute('href')");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForFunctionAsync("() => document.activeElement.closest('dialog[open]')");
            Assert.Equal("Close", await Focused(page, "e => e.getAttribute('aria-label')"));
            await page.WaitForFunctionAsync("before => document.title !== before && document.title.endsWith(` - ${before}`)", screen);
            await page.Keyboard.PressAsync(leave);
            await page.WaitForFunctionAsync("() => !document.querySelector('dialog[open]')");
            Assert.Equal(href, await Focused(page, "e => e.getAttribute('href')"));
            await page.WaitForFunctionAsync("before => document.title === before", screen);
        }
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task From_one_drawer_to_the_next_the_focus_goes_to_its_heading_and_in_the_end_back_to_the_screen()
    {
        await using Walker walker = await browser.Look("/orders?state=at-risk&show=order:{order}");
        IPage page = walker.Page;
        string order = (await page.Locator("dialog [data-drawer]").GetAttributeAsync("data-key"))!;
        ILocator lot = page.Locator("dialog .peg a").First;
        if (!await lot.IsVisibleAsync()) await page.Locator("dialog .chain li:has(.peg a) summary").First.ClickAsync();
        await lot.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelector('dialog [data-drawer=lot]') && document.activeElement.id === 'drawer-title'");
        await page.WaitForFunctionAsync("() => document.title.startsWith('Lot ')");
        await page.GoBackAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('dialog [data-drawer=order]') && document.activeElement.id === 'drawer-title'");
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForFunctionAsync("() => !document.querySelector('dialog[open]')");
        // the page came with its drawer open: the link that would have opened it gets the focus, or the heading when it is not on this page of the list
        Assert.True(await page.EvaluateAsync<bool>("order => { const at = document.activeElement, link = [...document.querySelectorAll('tbody th a')].find(a => a.textContent === order); return link ? at === link : at.tagName === 'H1'; }", order));
    }

    [Fact]
    public async Task One_stop_of_the_tab_key_holds_the_map_and_arrows_go_from_lot_to_lot_in_words()
    {
        await using Walker walker = await browser.Look("/?market=UK");
        IPage page = walker.Page;
        await page.Locator(".lanemap a[tabindex='0']").FocusAsync();
        string first = await Focused(page, "e => e.dataset.lot");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.NotEqual(first, await Focused(page, "e => e.dataset.lot"));
        Assert.Equal(1, await page.Locator(".lanemap a[tabindex='0']").CountAsync());
        Assert.Equal(await Focused(page, "e => e.getAttribute('aria-label')"), await page.Locator(".tip").InnerTextAsync());
        await page.Keyboard.PressAsync("End");
        Assert.Empty(await walker.Look("stop"));
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator(".tip").IsVisibleAsync());
        await page.Keyboard.PressAsync("Home");
        Assert.Equal(first, await Focused(page, "e => e.dataset.lot"));
    }

    [Fact]
    public async Task The_cell_with_the_focus_is_not_under_the_grids_standing_heads()
    {
        await using Walker walker = await browser.Look("/");
        await walker.Page.Locator(".kitgrid td a[data-cell]").Last.FocusAsync();
        var wrong = new List<string>();
        foreach (string key in Enumerable.Repeat("ArrowUp", 38).Concat(Enumerable.Repeat("ArrowLeft", 20)).Concat(Enumerable.Repeat("ArrowDown", 12)))
        {
            await walker.Page.Keyboard.PressAsync(key);
            await walker.Look("begin", new object[] { false });
            wrong.AddRange(await walker.Look("stop"));
        }
        Assert.Equal("", string.Join("\n", wrong.Distinct()));
    }

    [Fact]
    public async Task A_menu_closes_behind_the_focus()
    {
        await using Walker walker = await browser.Look("/machines");
        await walker.Page.Locator(".person summary").FocusAsync();
        await walker.Page.Keyboard.PressAsync("Enter");
        await walker.Page.WaitForFunctionAsync("() => document.querySelector('.person').open");
        await walker.Page.Keyboard.PressAsync("Shift+Tab");
        await walker.Page.WaitForFunctionAsync("() => !document.querySelector('.person').open");
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_ask_for_less_motion()
    {
        await using Walker walker = await browser.Look("/?market=UK");
        const string moving = "() => [...document.querySelectorAll('tr[data-key], .lot g')].map(e => { e.classList.add('moved-a'); const s = getComputedStyle(e); e.classList.remove('moved-a'); return s; }).filter(s => s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0).length";
        Assert.Equal(0, await walker.Page.EvaluateAsync<int>(moving));
        await walker.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        Assert.True(await walker.Page.EvaluateAsync<int>(moving) > 0);
    }

    private static async Task<string> Focused(IPage page, string what) => await page.EvaluateAsync<string>($"() => ({what})(document.activeElement)");
}
