using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>Buffers as a planner sees them: advised in the background, set by decision with a reason, taken back.</summary>
public sealed class BufferScreens(Browser browser)
{
    [Fact]
    public async Task Buffers_are_advised_set_with_a_reason_and_taken_back()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        await using Walker walker = await browser.Open(server.Address, "/supply/buffers", "paula");
        IPage page = walker.Page;
        await Advised(page);
        double now = await Whole(page, "InForce"), advised = await Whole(page, "Advised");
        Assert.True(now < 70 && advised is >= 93 and <= 97, $"{now} % whole in force, {advised} % advised");
        Assert.Contains("4 →", await page.Locator("tr[data-key=MOT-1] .days").InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("buffers", whole: true);
        await page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("buffers-phone", whole: true);
        await page.SetViewportSizeAsync(Walker.Desk.Width, Walker.Desk.Height);

        await page.GetByLabel("Holding, % a year").FillAsync("40");
        await page.GetByLabel("Holding, % a year").PressAsync("Enter");
        await page.GetByText("an assumption of 40 % a year").WaitForAsync();

        await page.Locator("details.act summary", new() { HasText = "as advised" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("spring comes with more orders");
        await walker.Shoot("buffers-asked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set these buffers" }).ClickAsync();
        await page.Locator("[data-key=as-advised]").WaitForAsync();
        await page.Locator("tr[data-key=InForce] td b", new() { HasTextRegex = new(@"9[3-7]\.\d %") }).WaitForAsync(new() { Timeout = 300_000 });
        await page.Locator(".decisions summary").ClickAsync();
        Assert.Contains("spring comes with more orders", await page.Locator(".decisions").InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("buffers-set", whole: true);

        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await page.Locator("details.act summary", new() { HasText = "as advised" }).WaitForAsync();
        Assert.Contains("4 →", await page.Locator("tr[data-key=MOT-1] .days").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator(".decisions", new() { HasText = "takes back: spring" }).WaitForAsync();
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task Who_may_not_re_plan_sees_buffers_and_sets_none_and_a_supplier_sees_nothing()
    {
        await using Walker warehouse = await browser.Look("/supply/buffers", "wanda");
        await Advised(warehouse.Page);
        Assert.Equal(0, await warehouse.Page.GetByText("as advised").CountAsync());
        Assert.DoesNotContain("USD", await warehouse.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await using Walker supplier = await browser.Look("/supply/buffers", "mina");
        await supplier.Page.GetByText("Buffers are reckoned for the brand owner").WaitForAsync();
        Assert.Equal(0, await supplier.Page.Locator("table, .tabs a[href='/supply/buffers']").CountAsync());
    }

    /// <summary>Advice is reckoned beside everything else, so that a busy machine takes its time.</summary>
    internal static Task Advised(IPage page) => page.Locator("tr[data-key=Advised]").WaitForAsync(new() { Timeout = 300_000 });

    private static async Task<double> Whole(IPage page, string rule) =>
        double.Parse((await page.Locator($"tr[data-key={rule}] td b").Last.InnerTextAsync()).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
