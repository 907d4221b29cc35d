using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Homestretch.Walk.Running;
using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>The way of docs/tour.md, step by step: a coolant pump wears in Binh Duong, kits and customers are hurt, a remedy is decided, the supplier does it, the outcome is scored.</summary>
public sealed class TourTests(Browser browser)
{
    private const string Title = "Frame weld cell 1 is likely to fail before its lot is made";

    [Fact]
    public async Task From_the_coolant_pump_to_the_scored_outcome()
    {
        await using RunningServer server = await RunningServer.Start(RunningServer.Situations);
        await using RunningSimulator simulator = await RunningSimulator.Tour(server);

        // 1. what changed
        await using Walker walker = await browser.Open(server.Address, "/", "paula", door: true);
        IPage page = walker.Page;
        await page.GetByText(new Regex("Frame weld cell 1 .*running hours left")).First.WaitForAsync(new() { Timeout = 180_000 });
        await walker.Shoot("tour-today");

        // 2. the situation and its chain
        await page.GotoAsync("/situations");
        await walker.Settled();
        await page.GetByRole(AriaRole.Link, new() { Name = Title }).ClickAsync(new() { Timeout = 180_000 });
        await page.Locator(".line li.last").WaitForAsync();
        string line = await page.Locator(".line").InnerTextAsync();
        foreach (string place in new[] { "WELD-01, Song Be Frameworks", "FRM-M", "Vietnam to Greenville, by air", "Greenville line", "SO-7" }) Assert.Contains(place, line, StringComparison.Ordinal);
        Match customers = Regex.Match(line, "(\\d+) customers");
        Assert.True(customers.Success && int.Parse(customers.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) >= 3, line);

        // 3. remedies: the machine stops before it fails
        ILocator card = page.Locator("article.remedy").Filter(new() { HasText = "Maintenance earlier" }).Filter(new() { HasText = "Stop Frame weld cell 1" }).First;
        await card.WaitForAsync(new() { Timeout = 180_000 });
        Assert.Contains("Meridian web shop, US", await card.InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("tour-room", whole: true);

        // 4. the decision
        await card.Locator("details.act summary").ClickAsync();
        await card.GetByLabel("Reason").FillAsync("a planned stop of six hours is better than four days of waiting for a pump");
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new("^Decide") }).ClickAsync();
        await page.GetByText("Decision DEC-00001 is taken").First.WaitForAsync(new() { Timeout = 120_000 });

        // 5. the supplier is asked, and answers
        await using (Walker supplier = await browser.Open(server.Address, "/tasks", "sam", phone: true, door: true))
        {
            ILocator task = supplier.Page.Locator("li[data-key=TASK-00001]");
            await task.WaitForAsync();
            Assert.Contains("Maintain Frame weld cell 1", await task.InnerTextAsync(), StringComparison.Ordinal);
            await supplier.Shoot("tour-supplier");
            await task.GetByLabel("Answer to TASK-00001").FillAsync("crew is booked");
            await task.GetByRole(AriaRole.Button, new() { Name = "Done", Exact = true }).ClickAsync();
            await task.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        // 6. time passes; what was expected is held against what came
        await simulator.Say("speed 12000");
        await page.GotoAsync("/situations/decisions");
        await walker.Settled();
        await page.Locator("tr[data-key=DEC-00001]").WaitForAsync();
        int known = 0;
        for (int i = 0; i < 300 && known == 0; i++, await Task.Delay(1000, TestContext.Current.CancellationToken))
            known = (await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/decisions", TestContext.Current.CancellationToken)).GetProperty("scores").EnumerateArray().Sum(static s => s.GetProperty("known").GetInt32());
        Assert.True(known > 0, "No outcome was known after three weeks.");
        await simulator.Say("pause");
        await page.ReloadAsync();
        await walker.Settled();
        Assert.True(int.Parse(await page.Locator("tr[data-key=MoveMaintenance] td[data-label='Outcomes known']").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture) > 0);
        await walker.Shoot("tour-score", whole: true);
        Assert.Contains("done", await server.Api.GetStringAsync("/api/v1/tables/tasks.csv", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(walker.Complaints);
    }
}
