using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Walk.Floor;
using Homestretch.Walk.Running;
using Homestretch.World;
using Microsoft.Playwright;
using NodaTime;

namespace Homestretch.Walk.Screens;

/// <summary>The page behind a unit's code, for somebody with a phone who is not signed in.</summary>
public sealed class PassportPage(Browser browser, RestingCompany company)
{
    [Fact]
    public async Task Whoever_scans_the_code_reads_it_on_a_phone_in_four_languages()
    {
        var (server, world) = await company.Begun();
        Build build = world.Builds.First(b => world.OrderLines[b.OrderLine].Market.Value == "EU");
        OrderLine order = world.OrderLines[build.OrderLine];
        await server.Tell([new WorldEvent.Put(new Unit("C1-PASS-1", build.Party, build.Key, order.Family, order.Market, UnitState.Complete, order.Ordered, order.Ordered + Duration.FromHours(1), "op-1")),
            new WorldEvent.Put(new UnitPart("C1-PASS-1", 1, build.Party, "BAT-500", "A", "", "SN-7", new(1, "EA"), order.Ordered, null, ""))], "passport");
        string address = (await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/units/C1-PASS-1/passport", TestContext.Current.CancellationToken)).GetProperty("address").GetString()!;
        foreach (bool dark in new[] { false, true })
        {
            IBrowserContext window = await browser.Window(server.Address, Walker.Phone, dark);
            await using var walker = new Walker(await window.NewPageAsync());
            foreach (var (language, word) in new[] { ("en", "Nominal voltage"), ("de", "Nennspannung"), ("fr", "Tension nominale"), ("es", "Tensión nominal") })
            {
                await walker.Page.GotoAsync($"{new Uri(address).AbsolutePath}?lang={language}");
                await walker.Page.SetViewportSizeAsync(320, 640);
                Assert.Contains(word, await walker.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
                Assert.Equal(language, await walker.Page.Locator("html").GetAttributeAsync("lang"));
                Assert.Equal(0, await walker.Page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
                await FloorScreens.Accessible(walker.Page, $"passport {language}{(dark ? " dark" : "")}");
            }
            await walker.Shoot(dark ? "passport-dark" : "passport-phone", whole: true);
            Assert.Empty(walker.Complaints);
        }
    }
}
