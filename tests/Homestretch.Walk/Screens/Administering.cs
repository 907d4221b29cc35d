using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>An administrator lets people in and out on the screen.</summary>
public sealed class Administering(Browser browser)
{
    [Fact]
    public async Task Who_may_not_is_told_so_and_sees_nothing_of_it()
    {
        foreach (string path in (string[])["/administration", "/audit", "/import"])
        {
            await using Walker wanda = await browser.Look(path, "wanda");
            await wanda.Page.GetByText("This screen is not part of your role").WaitForAsync();
            Assert.Equal(0, await wanda.Page.Locator("main table, main input").CountAsync());
            Assert.Empty(wanda.Complaints);
        }
    }

    [Fact]
    public async Task A_supplier_is_invited_joins_is_shut_out_and_let_in_again_and_all_of_it_is_noted()
    {
        RunningServer server = await browser.Demo();
        await using Walker admin = await browser.Look("/administration", "admin");
        IPage page = admin.Page;
        await page.GetByText("Invite", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Login").FillAsync("Kim Bui");
        await page.GetByLabel("Party").SelectOptionAsync("SONGBE");
        Assert.Equal(["supplier"], await page.GetByLabel("Role").Locator("option").AllInnerTextsAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        await page.GetByText("'kim bui' is no login.").WaitForAsync();
        await page.GetByLabel("Login").FillAsync("kim");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        string link = await page.Locator(".once code").InnerTextAsync();
        await admin.Shoot("administration-invited");
        Assert.StartsWith($"{server.Address}/join/", link, StringComparison.Ordinal);

        await using Walker kim = await browser.Open("/nowhere");
        kim.Complaints.Clear();
        await kim.Page.GotoAsync(link);
        await kim.Page.GetByLabel("Your name").FillAsync("Kim Bui");
        await kim.Page.GetByLabel("Password").FillAsync("four small brown foxes");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await kim.Page.GetByLabel("Login").FillAsync("kim");
        await kim.Page.GetByLabel("Password").FillAsync("four small brown foxes");
        await kim.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await kim.Settled();
        await kim.Page.GetByText("Kim Bui").First.WaitForAsync();

        await page.ReloadAsync();
        await admin.Settled();
        ILocator row = page.Locator("tr", new() { Has = page.Locator("th", new() { HasTextString = "kim" }) }).First;
        await page.GetByRole(AriaRole.Button, new() { Name = "Shut out kim" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Shut Kim Bui out" }).ClickAsync();
        await row.GetByText("shut out").WaitForAsync();
        await kim.Page.WaitForFunctionAsync("() => location.pathname === '/signin'");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let in kim" }).ClickAsync();
        await row.GetByText("active").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New password for kim" }).ClickAsync();
        Assert.NotEqual(link, await page.Locator(".once code").InnerTextAsync());

        JsonElement told = await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/audit?text=on+the+screen", TestContext.Current.CancellationToken);
        Assert.Equal(["password-link-made", "enabled", "disabled", "invited"],
            told.GetProperty("rows").EnumerateArray().Where(static r => r.GetProperty("subject").GetString() == "kim").Select(static r => r.GetProperty("action").GetString()));
        Assert.Empty(admin.Complaints);
    }
}
