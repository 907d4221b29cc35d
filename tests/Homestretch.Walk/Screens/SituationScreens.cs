using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Walk.Running;
using Homestretch.World;
using Microsoft.Playwright;
using NodaTime;

namespace Homestretch.Walk.Screens;

/// <summary>Situations as a planner meets them: what to decide first, the room with its chain and remedies, a decision with its reason, work, standing rules; and as a supplier does, who sees its work alone.</summary>
public sealed class SituationScreens(Browser browser)
{
    [Fact]
    public async Task What_to_decide_first_leads_to_a_room_where_a_remedy_is_decided_with_a_reason_and_its_work_is_answered()
    {
        await using RunningServer server = await RunningServer.Start(RunningServer.Situations);
        await server.LoadDemo();
        string key = await Mendable(server);
        await using Walker walker = await browser.Open(server.Address, "/", "paula");
        IPage page = walker.Page;
        await page.Locator(".decide li").First.WaitForAsync();
        await walker.Shoot("situations-today");
        await page.Locator(".first-things a.button").ClickAsync();
        await page.Locator("tr[data-key^=SIT-]").First.WaitForAsync();
        await Both(walker, "situations-list");
        await page.Locator($"tr[data-key={key}] th a").ClickAsync();
        await page.Locator(".line li.last").WaitForAsync();
        Assert.True(await page.Locator(".line > li").CountAsync() >= 4);
        ILocator card = page.Locator("article.remedy").Filter(new() { Has = page.Locator(".work") }).Filter(new() { HasNot = page.GetByText("New date told") }).First;
        await card.WaitForAsync();
        await card.Locator("details.why summary").ClickAsync();
        Assert.Contains("the same futures", await card.InnerTextAsync(), StringComparison.Ordinal);
        await Both(walker, "situations-room");
        await card.Locator("details.act summary").ClickAsync();
        await card.GetByLabel("Reason").FillAsync("they are good customers");
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new("^Decide") }).ClickAsync();
        await page.GetByText("Decision DEC-00001 is taken").First.WaitForAsync(new() { Timeout = 60_000 });
        await page.Locator("tr[data-key=DEC-00001]").WaitForAsync();
        Assert.Contains("they are good customers", await page.Locator("tr[data-key=DEC-00001]").InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("situations-decided", whole: true);

        await page.GotoAsync("/situations/decisions");
        await walker.Settled();
        await page.Locator("tr[data-key=DEC-00001]").WaitForAsync();
        await Both(walker, "situations-decisions");
        await page.GotoAsync("/tasks");
        await walker.Settled();
        ILocator task = page.Locator("li[data-key=TASK-00001]");
        await task.WaitForAsync();
        await Both(walker, "situations-tasks");
        await task.GetByLabel("Answer to TASK-00001").FillAsync("booked with the carrier");
        await task.GetByRole(AriaRole.Button, new() { Name = "Done", Exact = true }).ClickAsync();
        await task.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByLabel("What is answered").CheckAsync();
        await page.GetByText("booked with the carrier").WaitForAsync();

        await page.GotoAsync("/situations/rules");
        await walker.Settled();
        await page.Locator("details.act summary").ClickAsync();
        await page.GetByLabel("May spend in seven days").FillAsync("500");
        await page.GetByLabel("Reason").FillAsync("agreed for spring");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make this rule" }).ClickAsync();
        await page.GetByText("The limit has no currency").WaitForAsync();
        await page.GetByLabel("Currency").FillAsync("USD");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make this rule" }).ClickAsync();
        await page.Locator("tr[data-key=RULE-00001]").WaitForAsync();
        await Both(walker, "situations-rules");
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw RULE-00001" }).ClickAsync();
        await page.GetByText("0 hold now").First.WaitForAsync();
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task One_is_taken_and_let_be_with_a_reason_and_stands_among_those_that_are_over()
    {
        await using RunningServer server = await RunningServer.Start(RunningServer.Situations);
        await server.LoadDemo();
        await Mendable(server);
        await using Walker walker = await browser.Open(server.Address, "/situations", "paula");
        IPage page = walker.Page;
        string key = (await page.Locator("tr[data-key^=SIT-]").Last.GetAttributeAsync("data-key"))!;
        await page.GotoAsync($"/situations/{key}");
        await walker.Settled();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Give it back" }).WaitForAsync();
        await page.GetByText("Let it be, or call it useless").ClickAsync();
        await page.Locator("details.act[open]").Last.GetByLabel("Reason").FillAsync("it is like this each week");
        await page.GetByRole(AriaRole.Button, new() { Name = "It was useless" }).ClickAsync();
        await page.GetByText("called useless").First.WaitForAsync();
        await page.GotoAsync("/situations?over=true");
        await walker.Settled();
        await page.Locator($"tr[data-key={key}]").WaitForAsync();
        Assert.Contains("1 called useless", await page.Locator(".alarms").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_room_says_what_speaks_for_it_and_how_many_kits_lack_only_this()
    {
        await using RunningServer server = await RunningServer.Start(RunningServer.Situations);
        Snapshot company = await server.LoadDemo();
        Instant now = company.MachineReports.Max(static r => r.AsOf);
        var (shipment, aboard) = company.Lots.Where(static l => l is { State: LotState.Shipped, Shipment: not null }).GroupBy(static l => l.Shipment!.Value.Value, static (k, l) => (k, l.ToArray())).MaxBy(static s => s.Item2.Length);
        int last = company.LaneSteps.StartingWith($"{aboard[0].Lane}|").Last().Sequence;
        Milestone Says(string source, int days) => new(shipment, last, Homestretch.World.Edge.End, Classifier.Estimated, source, "MERIDIAN", now + Duration.FromDays(days), now);
        await server.Tell([.. aboard.Select((l, n) => new WorldEvent.Put(new Pin($"HELD-{n}", "MERIDIAN", PinKind.Supply, l.Id, "", now + Duration.FromDays(50), "held at the port", "ada", null))), new WorldEvent.Put(Says("SONGBE", 30)), new WorldEvent.Put(Says("MIHO", 33)),
            .. company.MachineReports.Where(static r => r.State == MachineState.Running).Select(r => new WorldEvent.Put(r with { State = MachineState.Down, Since = now - Duration.FromHours(30), Reason = "spindle" }))], "held");
        await using Walker walker = await browser.Open(server.Address, "/situations", "paula");
        ILocator row = walker.Page.Locator("tr", new() { HasText = $"Shipment {shipment} comes too late" });
        await row.Locator(".only-this").WaitForAsync(new() { Timeout = 60_000 });
        string alone = await row.Locator(".only-this").InnerTextAsync();
        Assert.Matches("^[0-9]+ kits? lacks? only this$", alone);
        await Both(walker, "situations-list-signs");
        await row.Locator("th a").ClickAsync();
        ILocator signs = walker.Page.GetByRole(AriaRole.List, new() { Name = "What speaks for it" });
        await signs.WaitForAsync();
        Assert.Contains("3 days apart.", await signs.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(alone.Split(' ')[0], await walker.Page.Locator(".only-this dd b").InnerTextAsync(), StringComparison.Ordinal);
        await Both(walker, "situations-room-signs", signs);
        await walker.Page.GotoAsync("/situations?text=is%20down");
        await walker.Settled();
        await walker.Page.Locator("tr[data-key^=SIT-] th a").First.ClickAsync();
        await walker.Page.Locator(".signs").GetByText(": spindle.").WaitForAsync();
        await Both(walker, "situations-room-machine");
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_supplier_sees_its_work_and_no_situation()
    {
        await using Walker supplier = await browser.Look("/tasks", "mina");
        await supplier.Page.GetByText("What you are asked for").WaitForAsync();
        Assert.Equal(1, await supplier.Page.Locator(".places a[href='/tasks']").CountAsync());
        Assert.Equal(0, await supplier.Page.Locator("a[href='/situations']").CountAsync());
        await using Walker curious = await browser.Look("/situations", "mina");
        await curious.Page.GetByText("not part of your role").WaitForAsync();
    }

    /// <summary>A situation, once it has a remedy that asks for work.</summary>
    internal static async Task<string> Mendable(RunningServer server)
    {
        for (int i = 0; i < 240; i++, await Task.Delay(500))
        {
            foreach (JsonElement row in (await server.Api.GetFromJsonAsync<JsonElement>("/api/v1/situations")).GetProperty("rows").EnumerateArray())
            {
                string key = row.GetProperty("situation").GetString()!;
                JsonElement one = await server.Api.GetFromJsonAsync<JsonElement>($"/api/v1/situations/{key}");
                if (!one.GetProperty("row").GetProperty("searching").GetBoolean() && one.GetProperty("remedies").EnumerateArray().Take(6).Any(static r => r.GetProperty("work").GetArrayLength() > 0 && r.GetProperty("kind").GetString() is not ("new-date" or "ask-option"))) return key;
            }
        }
        throw new InvalidOperationException("No situation has a remedy that asks for work.");
    }

    /// <summary>A screen at a desk in light and on a phone in dark, whole.</summary>
    private static async Task Both(Walker walker, string name, ILocator? at = null)
    {
        await walker.Shoot(name, whole: true);
        await walker.Page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        await walker.Page.WaitForTimeoutAsync(200);
        if (at is not null) await at.EvaluateAsync("e => e.scrollIntoView({ block: 'center' })");
        Assert.Equal(0, await walker.Page.EvaluateAsync<double>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await walker.Shoot($"{name}-phone-dark");
        await walker.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await walker.Page.SetViewportSizeAsync(Walker.Desk.Width, Walker.Desk.Height);
    }
}
