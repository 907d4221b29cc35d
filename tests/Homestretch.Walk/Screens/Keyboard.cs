using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>The product without a mouse.</summary>
public sealed class Keyboard(Browser browser)
{
    [Fact]
    public async Task The_first_stop_offers_to_skip_to_the_content_and_a_page_begins_at_its_heading()
    {
        await using Walker walker = await browser.Open("/supply");
        Assert.Equal("H1", await Focused(walker.Page, "e => e.tagName"));
        Assert.True(await walker.Page.EvaluateAsync<bool>("() => document.querySelector('a[href], button, input, select, summary').classList.contains('skip')"));
        await walker.Page.Locator(".skip").FocusAsync();
        Assert.True((await walker.Page.Locator(".skip").BoundingBoxAsync())!.Y >= 0);
        await walker.Page.Keyboard.PressAsync("Enter");
        await walker.Page.WaitForFunctionAsync("() => document.activeElement.id === 'main'");
        await walker.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("search", await Focused(walker.Page, "e => e.type"));
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task Arrows_walk_the_kit_grid_enter_opens_a_cell_and_escape_gives_the_focus_back()
    {
        await using Walker walker = await browser.Open("/?market=UK");
        IPage page = walker.Page;
        await page.Locator(".kitgrid a[data-cell][tabindex='0']").FocusAsync();
        string first = await Focused(page, "e => e.closest('tr').dataset.key");
        foreach (string key in new[] { "ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft" }) await page.Keyboard.PressAsync(key);
        Assert.NotEqual(first, await Focused(page, "e => e.closest('tr').dataset.key"));
        string part = await Focused(page, "e => e.getAttribute('aria-label')");
        Assert.Contains("in time", part, StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator(".kitgrid a[data-cell][tabindex='0']").CountAsync());
        string cell = await Focused(page, "e => e.getAttribute('href')");

        await page.Keyboard.PressAsync("Enter");
        await page.Locator("dialog[open] #d-parts").WaitForAsync();
        Assert.Equal("Close", await Focused(page, "e => e.getAttribute('aria-label')"));
        Assert.Contains("part=", page.Url, StringComparison.Ordinal);

        await page.Keyboard.PressAsync("Escape");
        await page.Locator("dialog[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.DoesNotContain("show=", page.Url, StringComparison.Ordinal);
        Assert.Equal(cell, await Focused(page, "e => e.getAttribute('href')"));
        await page.Keyboard.PressAsync("Control+Home");
        Assert.Equal(first, await Focused(page, "e => e.closest('tr').dataset.key"));
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task The_persons_menu_opens_and_closes_by_keyboard()
    {
        await using Walker walker = await browser.Open("/orders");
        await walker.Page.Locator(".person summary").FocusAsync();
        await walker.Page.Keyboard.PressAsync("Enter");
        Assert.True(await walker.Page.GetByText("Mina Park").IsVisibleAsync());
        await walker.Page.Keyboard.PressAsync("Escape");
        Assert.False(await walker.Page.GetByText("Mina Park").IsVisibleAsync());
        Assert.Equal("SUMMARY", await Focused(walker.Page, "e => e.tagName"));
    }

    private static async Task<string> Focused(IPage page, string what) => await page.EvaluateAsync<string>($"() => ({what})(document.activeElement)");
}
