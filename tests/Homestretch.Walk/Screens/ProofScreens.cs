using System.Net;
using Homestretch.Walk.Floor;
using Homestretch.Walk.Running;
using Homestretch.World;
using Microsoft.Playwright;
using NodaTime;

namespace Homestretch.Walk.Screens;

/// <summary>What of a unit goes to others: its firmware releases, with what was asked for beyond the order, and links to more of its passport.</summary>
public sealed class ProofScreens(Browser browser, RestingCompany company)
{
    [Fact]
    public async Task Over_production_is_seen_by_who_guards_the_design_and_a_passport_is_shared_and_taken_back()
    {
        var (server, world) = await company.Begun();
        Build build = world.Builds.Where(b => world.OrderLines[b.OrderLine] is { Market.Value: "US", Quantity: 2 } && world.AssemblyLines[b.Line].Site.Value == "GVL").OrderBy(static b => b.Id, StringComparer.Ordinal).First();
        OrderLine order = world.OrderLines[build.OrderLine];
        Instant at = order.Ordered + Duration.FromDays(1);
        Unit Unit(string serial, UnitState state) => new(serial, build.Party, build.Key, order.Family, order.Market, state, at, state == UnitState.InWork ? null : at + Duration.FromHours(1), "op-1");
        FirmwareRelease Release(int place, int number, string serial, string replaces = "", string reason = "") => new(order.Key, place, number, build.Party, order.Quantity, serial, order.Family, order.Market, "4.2.1", new string('b', 64), at + Duration.FromMinutes(place), replaces, reason, $"GVL-88/{place}{number}", "k1", "c2ln");
        await server.Tell([new WorldEvent.Put(Unit("REL-1", UnitState.Complete)), new WorldEvent.Put(Unit("REL-2", UnitState.InWork)), new WorldEvent.Put(Unit("REL-9", UnitState.InWork)), new WorldEvent.Put(Release(1, 1, "REL-1")), new WorldEvent.Put(Release(1, 2, "REL-1", reason: "Written again after rework")),
            new WorldEvent.Put(Release(2, 1, "REL-2")), new WorldEvent.Put(new FloorOperation("GVL-88/9", build.Party, "GVL", FloorAct.ReleaseFirmware, "GVL-88", "op-1", at + Duration.FromHours(2), at + Duration.FromHours(2), "", "", "", null, "", "", build.Id, "REL-9", "", "", "", "", FloorAnswer.Refused, 0, "over-production", "All releases are given."))], "releases");

        await using Walker guard = await browser.Open(server.Address, "/exposure", "iris");
        await guard.Page.GetByRole(AriaRole.Link, new() { Name = "Releases", Exact = true }).ClickAsync();
        ILocator row = guard.Page.Locator($"[data-key=books] tr[data-key='{order.Id}']");
        await row.WaitForAsync();
        Assert.Contains("Over-production was asked for 1 time and refused.", await row.InnerTextAsync(), StringComparison.Ordinal);
        await row.GetByRole(AriaRole.Link).First.ClickAsync();
        await guard.Page.Locator("[data-key=releases] tr.failed").WaitForAsync();
        Assert.Equal(0, await guard.Page.Locator("[data-key=releases] a").CountAsync());      // units are not hers to see
        Assert.Empty(guard.Complaints);

        await using Walker walker = await browser.Open(server.Address, "/releases?only=over", "paula");
        IPage page = walker.Page;
        await page.Locator("[data-key=releases] tr.failed").WaitForAsync();
        await walker.Shoot("releases", whole: true);
        await FloorScreens.Accessible(page, "releases");
        await walker.Sized(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("releases-phone", whole: true);
        Assert.Equal(0, await page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await walker.Sized(Walker.Desk.Width, Walker.Desk.Height);
        await page.GotoAsync("/releases?text=no-such-line");
        await page.GetByText("No order line matches.").WaitForAsync();
        await page.GotoAsync($"/releases?line={Uri.EscapeDataString(order.Id)}");
        await walker.Settled();
        await page.Locator("[data-key=releases]").GetByRole(AriaRole.Link, new() { Name = "REL-1" }).First.ClickAsync();

        ILocator passport = page.Locator("[data-key=passport]");
        await passport.Locator(".qr svg").First.WaitForAsync();
        await passport.GetByText("Give a link").ClickAsync();
        await passport.GetByLabel("Whom it is for, and why").FillAsync("Repairer X, order 7");
        await passport.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        string link = await passport.Locator(".once code").InnerTextAsync();
        await page.EvaluateAsync("() => scrollTo(0, 0)");      // what the bar lies over is no target
        await walker.Shoot("unit-passport", whole: true);
        await FloorScreens.Accessible(page, "unit passport");
        await walker.Sized(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("unit-passport-phone", whole: true);
        Assert.Equal(0, await page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        using var outside = new HttpClient { BaseAddress = new(server.Address) };
        async Task<HttpStatusCode> Opens()
        {
            using HttpResponseMessage answer = await outside.GetAsync(new Uri(link).AbsolutePath, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.OK, await Opens());
        await passport.GetByRole(AriaRole.Button, new() { Name = "End the link to Repairer X, order 7" }).ClickAsync();
        await passport.GetByRole(AriaRole.Button, new() { Name = "End it now" }).ClickAsync();
        await passport.GetByText("Nobody outside was given more.").WaitForAsync();
        Assert.Equal(HttpStatusCode.NotFound, await Opens());
        Assert.Empty(walker.Complaints);
    }
}
