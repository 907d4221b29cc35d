using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Walk.Running;
using Homestretch.World;
using Microsoft.Playwright;
using NodaTime.Text;

namespace Homestretch.Walk.Screens;

/// <summary>The studio of the cut: a study is solved when it is opened, and anew as its limits move.</summary>
public sealed class CutScreens(Browser browser)
{
    [Fact]
    public async Task A_study_is_solved_as_the_command_does_drawn_with_its_cut_and_a_tighter_limit_never_costs_less()
    {
        await using Walker walker = await browser.Open("/studies", "paula");
        IPage page = walker.Page;
        await page.Locator("li[data-key=CUT-1] h2 a").ClickAsync();
        double cost = await Solved(page);
        Assert.Equal(await Printed(), cost);
        await page.Locator("[data-key=total]", new() { HasText = Said(cost) }).WaitForAsync();

        // the drawing: all stages, what is finished at home below the line and its motor above
        Assert.Equal(39, await page.Locator(".sheet-graph a[data-stage]").CountAsync());
        double[] y = await page.EvaluateAsync<double[]>("() => [document.querySelector('.sheet-graph a[data-stage=\"MOT-1\"]'), document.querySelector('.sheet-graph a[data-stage=\"finish US\"]'), document.querySelector('.sheet-graph .cutline')].map(e => e.getBoundingClientRect()).map((r, k) => k === 2 ? r.top : r.top + r.height / 2)");
        Assert.True(y[1] > y[2], "Finishing is below the line, which passes above its column.");
        await walker.Shoot("study", whole: true);

        // a stage: who else could do it, and why it is done here
        await page.Locator(".sheet-graph a[data-stage='MOT-1']").ClickAsync();
        await page.Locator(".sheet [data-key=why] li[data-key=TYNE]", new() { HasText = "more, all else chosen anew" }).WaitForAsync(new() { Timeout = 60_000 });
        Assert.Contains("Bukk", await page.Locator(".sheet .sourcelist .chosen").InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("study-stage");
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForFunctionAsync("() => !document.querySelector('dialog[open]')");

        // a tighter limit
        await page.Locator("[data-measure=country-exposure] input[type=number]").FillAsync("9.5");
        await page.Locator("[data-measure=country-exposure] input[type=number]").PressAsync("Enter");
        await page.Locator("section[data-solved*='country-exposure=0.095']").WaitForAsync(new() { Timeout = 120_000 });
        double tighter = await Solved(page);
        Assert.True(tighter > cost + 1000, $"{tighter} against {cost}");
        await page.Locator("table[data-key=losses] tr[data-key=HU]").WaitForAsync(new() { Timeout = 120_000 });

        // beside each other
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare with another" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "The study's own" }).ClickAsync();
        await page.Locator("section[data-solved*='country-exposure=0.2']").WaitForAsync(new() { Timeout = 60_000 });
        await page.Locator("table[data-key=compared] tr", new() { HasText = "A year costs" }).Filter(new() { HasText = Said(tighter) }).Filter(new() { HasText = Said(cost) }).WaitForAsync(new() { Timeout = 60_000 });
        Assert.NotEqual(0, await page.Locator("table[data-key=differ] tbody tr").CountAsync());
        await walker.Shoot("study-compared", whole: true);
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_search_is_cancelled_and_limits_that_nothing_meets_are_named()
    {
        await using Walker walker = await browser.Look("/studies/CUT-1?limits=home-value%3D0.2%3Bparty-share%3D0.19");
        IPage page = walker.Page;
        await page.Locator("[data-key=cancel]").ClickAsync();
        await page.GetByText(new System.Text.RegularExpressions.Regex("Ended after|Ended before")).First.WaitForAsync();
        await page.GotoAsync("/studies/CUT-1?limits=country-share%3D0.5%3Bkeystone%3D0.99");
        await walker.Settled();
        await page.Locator("[data-rule=conflict]", new() { HasText = "Nothing meets this limit: What never leaves home: at least 99 %" }).WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(["keystone"], await page.Locator(".limits li.conflict").EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.measure)"));
        Assert.Equal(0, await page.Locator("[data-key=total]").CountAsync());
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task An_answer_is_kept_reviewed_and_adopted_with_its_business_case()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.LoadDemo();
        await using Walker walker = await browser.Open(server.Address, "/studies/CUT-1?view=kept", "paula");
        IPage page = walker.Page;
        double cost = await Solved(page);
        await page.Locator("[data-key=keep] summary").ClickAsync();
        await page.GetByLabel("Name").FillAsync("Finished at home");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        ILocator kept = page.Locator("[data-key=CUT-1-1]");
        await kept.WaitForAsync();
        Assert.Contains($"USD {Said(cost)} a year when paula kept it", await kept.InnerTextAsync(), StringComparison.Ordinal);
        await kept.GetByRole(AriaRole.Button, new() { Name = "What adopting would do" }).ClickAsync();
        ILocator review = kept.Locator("[data-key=review]");
        await review.GetByText("By the records of now it costs").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Contains($"USD {Said(cost)}", await review.InnerTextAsync(), StringComparison.Ordinal);
        await walker.Shoot("design-review", whole: true);
        await page.SetViewportSizeAsync(Walker.Phone.Width, Walker.Phone.Height);
        await walker.Shoot("design-review-phone", whole: true);
        await page.SetViewportSizeAsync(Walker.Desk.Width, Walker.Desk.Height);
        await review.GetByLabel("Business case").FillAsync("Nearer to who rides them");
        await review.GetByRole(AriaRole.Button, new() { Name = "Adopt it" }).ClickAsync();
        await kept.GetByText("adopted by paula").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Contains("Nearer to who rides them", await kept.InnerTextAsync(), StringComparison.Ordinal);

        // and it can be taken away, as a business case and as a workbook
        foreach (var (name, begins) in new[] { ("PDF", "%PDF"), ("XLSX", "PK") })
        {
            string href = (await kept.GetByRole(AriaRole.Link, new() { Name = name }).GetAttributeAsync("href"))!;
            IAPIResponse file = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), href).ToString());
            Assert.StartsWith(begins, System.Text.Encoding.Latin1.GetString((await file.BodyAsync())[..4]), StringComparison.Ordinal);
        }

        // what it keeps at the hubs is watched from now on
        await page.GotoAsync("/supply/stock");
        await walker.Settled();
        await page.Locator("tr[data-key='GVL|MOT-1']").WaitForAsync();
        await walker.Shoot("stock-adopted", whole: true);
        Assert.Empty(walker.Complaints);
    }

    [Fact]
    public async Task A_supplier_the_warehouse_and_the_ip_officer_have_no_such_screen()
    {
        foreach (string login in (string[])["mina", "wanda", "iris"])
        {
            await using Walker walker = await browser.Look("/studies/CUT-1?show=stage:CUT-1%7CMOT-1", login);
            await walker.Page.GetByText("not part of your role").WaitForAsync();
            await walker.Page.GetByText("not yours to see").WaitForAsync();
            Assert.Equal(0, await walker.Page.Locator(".solve, .sourcelist, .tabs a[href='/studies']").CountAsync());
        }
    }

    /// <summary>What a year costs, once it is proven.</summary>
    internal static async Task<double> Solved(IPage page)
    {
        string said = await page.Locator("[data-key=done]", new() { HasText = "proven" }).Locator("b").InnerTextAsync(new() { Timeout = 120_000 });
        return double.Parse(said.Split(' ')[1], NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    private static string Said(double cost) => cost.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The cost that 'cut study' prints for the company that is shown.</summary>
    private async Task<double> Printed()
    {
        string folder = Directory.CreateTempSubdirectory("homestretch-cut-").FullName;
        try
        {
            foreach (TableKind table in TableKind.All) await File.WriteAllTextAsync(Path.Combine(folder, $"{table.Name}.csv"), await browser.Table(table.Name));
            StudyCase study = Studies.Of(Folder.Read(folder)!, "CUT-1", InstantPattern.ExtendedIso.Parse(RunningSimulator.Midweek).Value).Case!;
            return Math.Round(Configuring.Of(study.Sourcing, study.Policy, study.Limits, new PlacementBudget { Passes = int.MaxValue }).Configuration!.Cost.Total);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
