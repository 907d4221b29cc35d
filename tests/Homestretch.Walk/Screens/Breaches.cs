using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>Each look of Looking.js finds the fault it is for, on a page that has just this one, and nothing on the same page mended.</summary>
public sealed class Breaches(Browser browser)
{
    private const string Head = "<html lang=en><title>Screen - Homestretch</title><body style='margin:0;background:#fff;color:#000;font:14px sans-serif'>";

    [Theory]
    [InlineData("targets", "2.5.8", "<button style='width:20px;height:20px;padding:0'>a</button><button style='width:20px;height:20px;padding:0'>b</button>", "<button style='width:24px;height:24px;padding:0'>a</button><button style='width:24px;height:24px;padding:0'>b</button>")]
    [InlineData("reflow", "scrolls sideways", "<p style='width:400px'>wide</p>", "<p style='width:300px'>narrow</p>")]
    [InlineData("reflow", "cannot be focused", "<div style='overflow:auto;width:200px' role=group aria-label=t><table style='width:500px'><tr><td>t</table></div>", "<div style='overflow:auto;width:200px' role=group aria-label=t tabindex=0><table style='width:500px'><tr><td>t</table></div>")]
    [InlineData("reflow", "has no name", "<div style='overflow:auto;width:200px' role=group tabindex=0><table style='width:500px'><tr><td>t</table></div>", "<div style='overflow:auto;width:300px'><table style='width:200px'><tr><td>t</table></div>")]
    [InlineData("reflow", "is cut off sideways", "<p style='width:60px;overflow:hidden;white-space:nowrap'>a long sentence</p>", "<p style='width:60px;overflow:hidden'>a long text</p>")]
    [InlineData("spaced", "is cut off below", "<p style='height:20px;width:200px;overflow:hidden;margin:0'>one line of text<br>two</p>", "<p style='width:200px;overflow:hidden;margin:0'>one line of text<br>two</p>")]
    [InlineData("spaced", "lie on each other", "<div style='height:18px;white-space:nowrap'>one</div><div style='margin-top:-14px'>two</div>", "<div>one</div><div>two</div>")]
    [InlineData("enlarged", "stands beyond the edge", "<p style='position:fixed;right:-40px;top:0'>beyond the edge</p>", "<p style='position:fixed;right:0;top:0'>within</p>")]
    [InlineData("edges", "1.4.11 the edge", "<input aria-label=i style='border:1px solid #b8c4cd;background:#fff'>", "<input aria-label=i style='border:1px solid #768590;background:#fff'>")]
    [InlineData("signs", "1.4.11 the sign", "<svg class=glyph style='color:#b8c4cd' width=9 height=9></svg>", "<svg class=glyph style='color:#4b6c88' width=9 height=9></svg>")]
    [InlineData("structure", "2.4.2", "<h1>Other</h1>", "<h1>Screen</h1>")]
    [InlineData("structure", "1.3.1", "<h1>Screen</h1><h3>deep</h3>", "<h1>Screen</h1><h2>next</h2>")]
    [InlineData("structure", "2.4.3", "<h1>Screen</h1><a href=x tabindex=3>x</a>", "<h1>Screen</h1><a href=x>x</a>")]
    public async Task A_look_finds_its_fault_and_nothing_once_it_is_mended(string look, string word, string fault, string mended)
    {
        await using Walker walker = await browser.Blank();
        await walker.Sized(320, 640);
        await walker.Page.SetContentAsync(Head + fault);
        Assert.Contains(await walker.Look(look), w => w.Contains(word, StringComparison.Ordinal));
        await walker.Page.SetContentAsync(Head + mended);
        Assert.Empty(await walker.Look(look));
    }

    [Theory]
    [InlineData("2.4.7", "<a href=x style='outline:none'>x</a>", "<a href=x style='outline:2px solid #0b5a86'>x</a>")]
    [InlineData("2.4.7 the focus of", "<a href=x style='outline:2px solid #b8c4cd'>x</a>", "<a href=x style='outline:2px solid #000'>x</a>")]
    [InlineData("2.4.11", "<div style='height:2000px'></div><a href=x style='outline:2px solid #000'>x</a><div style='position:fixed;inset:auto 0 0 0;height:80px;background:#fff'></div>",
        "<style>html{scroll-padding-bottom:90px}</style><div style='height:2000px'></div><a href=x style='outline:2px solid #000'>x</a><div style='height:90px'></div><div style='position:fixed;inset:auto 0 0 0;height:80px;background:#fff'></div>")]
    public async Task A_stop_without_a_ring_or_under_a_bar_is_found(string word, string fault, string mended)
    {
        await using Walker walker = await browser.Blank();
        foreach (var (body, bad) in new[] { (fault, true), (mended, false) })
        {
            await walker.Page.SetContentAsync($"{Head}<button style='outline:2px solid #000'>first</button>{body}");
            var (stops, wrong) = await walker.Tabbed();
            Assert.Equal(2, stops);
            Assert.Equal(bad, wrong.Any(w => w.Contains(word, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_bar_is_found_that_is_pale_or_that_forced_colours_wash_out()
    {
        await using Walker walker = await browser.Blank();
        const string bar = "<div class=strip style='position:relative;height:20px'><i style='position:absolute;left:5px;width:50px;height:10px;background:linear-gradient(COLOUR,COLOUR);ADJUST'></i></div>";
        async Task<string[]> Seen(string colour, string adjust)
        {
            await walker.Page.SetContentAsync(Head + bar.Replace("COLOUR", colour, StringComparison.Ordinal).Replace("ADJUST", adjust, StringComparison.Ordinal));
            return await walker.Marks();
        }
        Assert.Single(await Seen("#c9d3da", ""));
        Assert.Empty(await Seen("#4b6c88", ""));
        await walker.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        Assert.Single(await Seen("#4b6c88", ""));
        Assert.Empty(await Seen("CanvasText", "forced-color-adjust:none"));
    }

    [Fact]
    public async Task Axe_finds_what_it_has_rules_for_all_of_it_or_one_and_nothing_once_it_is_mended()
    {
        await using Walker walker = await browser.Blank();
        await walker.Page.SetContentAsync($"{Head}<main><h1>Screen</h1><p style='color:#b8c4cd'>pale</p><img src='data:,'></main>");
        Assert.Equal(["color-contrast", "image-alt"], (await Axe.Violations(walker.Page)).Select(static v => v.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.StartsWith("color-contrast: ", Assert.Single(await Axe.Violations(walker.Page, "color-contrast")), StringComparison.Ordinal);
        await walker.Page.SetContentAsync($"{Head}<main><h1>Screen</h1><p>dark</p><img src='data:,' alt='a frame'></main>");
        Assert.Empty(await Axe.Violations(walker.Page));
    }
}
