using Homestretch.Walk.Floor;
using Homestretch.Walk.Running;
using Homestretch.World;
using Microsoft.Playwright;
using NodaTime;

namespace Homestretch.Walk.Screens;

/// <summary>How long a unit takes, on the screen of the lines: what is planned, stated and measured, and of how many units.</summary>
public sealed class PaceScreen(Browser browser, RestingCompany company)
{
    [Fact]
    public async Task Lines_shows_what_finished_units_say_with_how_many_they_are()
    {
        var (server, world) = await company.Begun();
        Routing way = world.Routings.First(static r => r.Line == "GVL-2");
        Instant done = world.OrderLines.Max(static o => o.Ordered);
        // as much as is stated, so that nobody else's plan moves
        await server.Tell([new WorldEvent.Put(new WorkPace(way.Family, way.Line, way.Party, 12, done - Duration.FromDays(20), done, 0.53m, way.MinutesPerUnit, way.MinutesPerUnit + 0.5m, way.MinutesPerUnit - 4, way.MinutesPerUnit + 7, way.MinutesPerUnit, "", "x"))], "pace");
        await using Walker walker = await browser.Open(server.Address, "/lines", "paula");
        foreach (ViewportSize size in new[] { Walker.Desk, Walker.Phone })
        {
            await walker.Page.SetViewportSizeAsync(size.Width, size.Height);
            ILocator row = walker.Page.Locator("[data-key=paces] tbody tr").Filter(new() { HasText = "Greenville line 2" });
            Assert.Equal(["C1", "30.0", "30.0", "30.5", "26.0 to 37.0", "12", "53 %"], (await row.Locator("td").AllInnerTextsAsync()).Take(7));
            Assert.Contains("too few units on record", await walker.Page.Locator("[data-key=paces] tbody").InnerTextAsync(), StringComparison.Ordinal);
            Assert.Equal(0, await walker.Page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
            await FloorScreens.Accessible(walker.Page, $"paces at {size.Width}");
            await walker.Shoot($"paces-{size.Width}", whole: true);
        }
        Assert.Empty(walker.Complaints);
    }
}
