using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>What holds on every screen, in both themes and at both widths.</summary>
public sealed class EveryScreen(Browser browser)
{
    // Where the kit grid is on the page it is cut to one market: axe compares every link with every other.
    private static readonly (string Name, string Path, string Login)[] s_screens =
    [
        ("today", "/?market=UK", "dana"), ("orders", "/orders", "dana"), ("supply", "/supply", "dana"), ("machines", "/machines", "dana"), ("lines", "/lines", "dana"), ("import", "/import", "dana"),
        ("administration", "/administration", "ada"), ("map", "/?market=UK&wide=map", "dana"), ("supplier-today", "/", "seojun"), ("nowhere", "/nowhere", "dana"),
        ("order-drawer", "/orders?show=order:SO-7784/1", "dana"), ("lot-drawer", "/supply?show=lot:KR-L3", "dana"), ("machine-drawer", "/machines?show=machine:HU-WIND-05", "dana"), ("quote-drawer", "/orders?show=quote:new", "dana"), ("proposal-drawer", "/orders?show=proposal:now", "dana"),
    ];

    public static TheoryData<string, string, string, bool, bool> Looks()
    {
        var looks = new TheoryData<string, string, string, bool, bool>();
        foreach (var (name, path, login) in s_screens)
        {
            looks.Add(name, path, login, false, false);
            looks.Add(name, path, login, true, true);
        }
        looks.Add("today", "/?market=UK", "dana", false, true);
        looks.Add("today", "/?market=UK", "dana", true, false);
        return looks;
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task Is_quiet_accessible_and_fits_its_width(string name, string path, string login, bool phone, bool dark)
    {
        await using Walker walker = await browser.Open(path, login, phone, dark);
        await walker.Page.WaitForTimeoutAsync(400);
        await walker.Shoot($"{name}-{(phone ? "phone" : "desk")}-{(dark ? "dark" : "light")}");
        double beyond = await walker.Page.EvaluateAsync<double>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        AxeResult axe = await walker.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations], RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        Assert.Multiple(
            () => Assert.Empty(walker.Complaints),
            () => Assert.True(beyond <= 0, $"The page scrolls sideways by {beyond} px."),
            () => Assert.True(axe.Violations.Length == 0, string.Join('\n', axe.Violations.Select(static v => $"{v.Id}: {v.Help} x{v.Nodes.Length} {string.Join(" | ", v.Nodes.Take(3).Select(static n => n.Html.Length > 220 ? n.Html[..220] : n.Html))}"))));
    }
}
