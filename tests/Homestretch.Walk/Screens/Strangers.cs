using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Walk.Running;

namespace Homestretch.Walk.Screens;

/// <summary>The pages beside the screens, under the policy of what a page may load: the door, a one-time link, the API's description.</summary>
public sealed class Strangers(Browser browser)
{
    [Theory, InlineData("/signin"), InlineData("/docs/"), InlineData("/join/0")]
    public async Task A_page_outside_the_screens_loads_all_it_needs_from_here(string path)
    {
        await using Walker walker = await browser.Open("/nowhere");
        var outside = new List<string>();
        walker.Page.Request += (_, r) => { if (new Uri(r.Url) is { Scheme: "http" or "https" or "ws" or "wss", IsLoopback: false }) outside.Add(r.Url); };
        walker.Complaints.Clear();
        await walker.Page.GotoAsync(path);
        await walker.Page.Locator("h1").First.WaitForAsync(new() { Timeout = 60_000 }); // the API's description draws itself from megabytes
        await walker.Page.WaitForTimeoutAsync(500);
        await walker.Shoot($"stranger{path.Replace('/', '-')}");
        Assert.Empty(outside.Concat(walker.Complaints.Where(static c => !c.Contains("status of 410", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task An_invitation_is_taken_up_in_the_browser()
    {
        RunningServer server = await browser.Demo();
        using HttpResponseMessage invited = await server.Api.PostAsJsonAsync("/api/v1/people/invitations", new { login = "newcomer", party = "SONGBE", role = "supplier" }, TestContext.Current.CancellationToken);
        string path = (await invited.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("path").GetString()!;
        await using Walker walker = await browser.Open("/nowhere");
        walker.Complaints.Clear();
        await walker.Page.GotoAsync(path);
        await walker.Shoot("stranger-invited");
        await walker.Page.GetByLabel("Your name").FillAsync("New Comer");
        await walker.Page.GetByLabel("Password").FillAsync("four small brown foxes");
        await walker.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await walker.Page.GetByLabel("Login").FillAsync("newcomer");
        await walker.Page.GetByLabel("Password").FillAsync("four small brown foxes");
        await walker.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await walker.Settled();
        await walker.Page.GetByText("New Comer").First.WaitForAsync();
        Assert.Empty(walker.Complaints);
    }
}
