using System.Text.Json;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>An order chosen on the screen: a newcomer configures one for New York, sees an illegal throttle refused with both laws, changes what is in the way of a legal one, and is quoted a date.</summary>
public sealed class OrderingScreens(Browser browser)
{
    [Fact]
    public async Task A_newcomer_configures_an_order_for_New_York_and_sees_an_illegal_throttle_refused_with_both_rules()
    {
        await using Walker walker = await browser.Open("/orders", "paula");
        IPage page = walker.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Configure", Exact = true }).ClickAsync();
        await page.Locator(".asked").GetByRole(AriaRole.Combobox, new() { Name = "Market" }).SelectOptionAsync("NY");
        await page.Locator("[data-option='28mph'][data-state=impossible]").First.WaitForAsync();
        await Option(page, "throttle", "28mph").GetByRole(AriaRole.Radio).ClickAsync();
        ILocator refusal = page.Locator("[data-refused] .refusal[data-key='throttle=28mph']");
        await refusal.WaitForAsync();
        await page.WaitForFunctionAsync("() => document.activeElement?.classList.contains('refusal')");
        Assert.False(await Option(page, "throttle", "28mph").GetByRole(AriaRole.Radio).IsCheckedAsync());
        string said = await refusal.InnerTextAsync();
        foreach (string words in (string[])["Throttle to 28 mph cannot be chosen for New York", "United States: Driven by its motor alone, a low-speed electric bicycle stays below 20 mph (15 U.S.C. 2085(b); 16 CFR 1512.2(a)(2))",
            "New York: A throttle drives it up to 20 mph (class two), and up to 25 mph only within a city of a million or more (class three) (N.Y. Vehicle and Traffic Law § 102-c(b), (c))", "No other choice of options allows it for New York."])
            Assert.Contains(words, said, StringComparison.Ordinal);
        await walker.Shoot("configure-refused", whole: true);
        await refusal.GetByRole(AriaRole.Button, new() { Name = "Leave it" }).ClickAsync();
        await refusal.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await Option(page, "assist", "25kmh").GetByRole(AriaRole.Radio).ClickAsync();
        await page.Locator("[data-feature=assist] [data-state=chosen]").WaitForAsync();
        Assert.Equal("forced", await Option(page, "throttle", "none").GetAttributeAsync("data-state"));
        await Option(page, "throttle", "20mph").GetByRole(AriaRole.Radio).ClickAsync();
        refusal = page.Locator("[data-refused] .refusal[data-key='throttle=20mph']");
        Assert.Contains("To allow it, choose assist to 20 mph instead of assist to 25 km/h.", await refusal.InnerTextAsync(), StringComparison.Ordinal);
        await page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("configure-change-phone", whole: true);
        Assert.Equal(0, await page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await page.SetViewportSizeAsync(Walker.Desk.Width, Walker.Desk.Height);
        await refusal.GetByRole(AriaRole.Button, new() { Name = "Change this to allow it" }).ClickAsync();
        await page.Locator("[data-feature=throttle] [data-option='20mph'][data-state=chosen]").WaitForAsync();
        Assert.Equal("chosen", await Option(page, "assist", "20mph").GetAttributeAsync("data-state"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Take all as proposed" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your order" }).WaitForAsync();
        Assert.Contains("in force then (COC-US)", await page.Locator("[data-paper='16 CFR 1512']").InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("configure-whole", whole: true);
        string nine = await page.Locator("[data-whole] dd b").First.InnerTextAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Quote and place it" }).ClickAsync();
        ILocator drawer = page.Locator("[data-drawer=quote]");
        Assert.Equal(("NY", "20mph"), (await drawer.GetByRole(AriaRole.Combobox, new() { Name = "Market" }).InputValueAsync(), await drawer.GetByRole(AriaRole.Combobox, new() { Name = "Throttle" }).InputValueAsync()));
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Quote", Exact = true }).ClickAsync();
        await drawer.GetByText("Nine in ten by").WaitForAsync();
        Assert.NotEmpty(nine);
        Assert.Equal(1, await drawer.GetByRole(AriaRole.Button, new() { Name = "Place this order" }).CountAsync());
        await walker.Shoot("configure-quote");
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task An_order_whose_document_is_missing_cannot_be_confirmed_and_is_told_why()
    {
        await using Walker walker = await browser.Open("/orders/configure?market=NYC&show=" + Uri.EscapeDataString("quote:C1|NYC|GVL|2027-03-01|assist=20mph; bar=flat; battery=500Wh; colour=moss; drive=derailleur; frame=M; rack=yes; throttle=20mph"), "paula");
        IPage page = walker.Page;
        await page.Locator("[data-drawer=quote]").GetByRole(AriaRole.Button, new() { Name = "Quote", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Place this order" }).ClickAsync();
        ILocator drawer = page.Locator("[data-drawer=order]");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Confirm this order" }).ClickAsync();
        await drawer.Locator("#confirm-refused li").First.WaitForAsync();
        string said = await drawer.Locator("#confirm-refused").InnerTextAsync();
        Assert.Contains("cannot be confirmed: New York City asks for a document for UL 2849, and of these none is on record", said, StringComparison.Ordinal);
        Assert.Contains("Local Law 39 of 2023", said, StringComparison.Ordinal);
        Assert.Contains("to have it issued and add it to documents", said, StringComparison.Ordinal);
        await drawer.Locator("#confirm-refused").ScrollIntoViewIfNeededAsync();
        await walker.Shoot("confirm-refused");
        string order = (await drawer.GetAttributeAsync("data-key"))!;
        Assert.Equal("approved", (await browser.Ask($"orders/{Uri.EscapeDataString(order)}")).GetProperty("row").GetProperty("status").GetString());
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task The_same_over_the_API_and_what_a_market_lacks_is_told_and_who_may_not_promise_sees_none_of_it()
    {
        JsonElement view = await browser.Ask("configure?market=NYC&requested=2027-03-01&choose=throttle%3D20mph");
        Assert.Equal("missing", view.GetProperty("papers").EnumerateArray().Single(static p => p.GetProperty("requirement").GetString() == "UL 2849").GetProperty("state").GetString());
        JsonElement assist = view.GetProperty("features").EnumerateArray().Single(static f => f.GetProperty("feature").GetString() == "assist");
        Assert.Equal(["forced", "impossible", "impossible"], assist.GetProperty("options").EnumerateArray().Select(static o => o.GetProperty("state").GetString()));
        Assert.All(view.GetProperty("features").EnumerateArray().SelectMany(static f => f.GetProperty("options").EnumerateArray()).Where(static o => o.GetProperty("state").GetString() != "impossible"),
            static o => Assert.True(o.GetProperty("offer").GetProperty("dates").GetProperty("p90").ValueKind == JsonValueKind.String && o.GetProperty("offer").GetProperty("domestic").GetDouble() is > 0 and < 1));
        await using Walker other = await browser.Look("/orders/configure", "mina");
        await other.Page.GetByText("not part of your role").WaitForAsync();
        Assert.Equal(0, await other.Page.Locator(".option").CountAsync());
    }

    private static ILocator Option(IPage page, string feature, string option) => page.Locator($"[data-feature={feature}] [data-option='{option}']");
}
