using System.Globalization;
using Homestretch.Web.Today;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Walk.Screens;

/// <summary>The drawn map takes the short way round, whatever the company's lanes are.</summary>
public sealed class ChartTests
{
    private static readonly Dictionary<string, double> s_longitudes = new() { ["Taichung"] = 120.6, ["Rotterdam"] = 4.1, ["Savannah"] = -81.1, ["Laredo"] = -99.5, ["Sydney"] = 151.2, ["Suva"] = 178.4 };

    [Theory]
    [InlineData("Taichung-Rotterdam Taichung-Savannah", false)]
    [InlineData("Rotterdam-Savannah Laredo-Savannah", false)]
    [InlineData("Sydney-Savannah Suva-Savannah", false)]
    [InlineData("Taichung-Rotterdam Taichung-Savannah Savannah-Rotterdam", true)]
    [InlineData("Savannah", false)]
    public void No_way_goes_the_long_way_round_and_the_sheet_is_cut_where_the_fewest_cross(string lanes, bool crossed)
    {
        string[][] ways = [.. lanes.Split(' ').Select(static l => l.Split('-'))];
        string[] sites = [.. ways.SelectMany(static w => w).Distinct()];
        var chart = Chart.Of(new MapView([.. sites.Select(static s => new MapSite(s, s, SiteKind.Port, 20, s_longitudes[s]))], [.. ways.Select(static w => new MapLane(string.Join('-', w), "", w))],
            [.. ways.Where(static w => w.Length > 1).Select(static w => new MapLot("L", "", "", w[0], w[1], 0.5, false, 0, null))]));
        Assert.Equal(crossed, chart.Crossed);
        Assert.All(chart.Ways, static w => Assert.InRange(Math.Abs(Ends(w).From - Ends(w).To), 0, 180));
        Assert.All(chart.Sites.Select(static s => s.X).Concat(chart.Dots.Select(static d => d.X)), x => Assert.InRange(x, chart.West, chart.West + 360));
        Assert.All(ways.Select(static w => new MapLane("", "", w)), lane => Assert.All(chart.Bow(lane).Pairs(), static p => Assert.InRange(Math.Abs(p.To[0] - p.From[0]), 0, 12)));
    }

    [Fact]
    public void A_ships_way_over_the_cut_is_drawn_whole_on_either_side()
    {
        MapPoint[] atlantic = [new(32, -81), new(41, -52), new(50, -5), new(52, 4)];
        MapSite[] sites = [new("Savannah", "", SiteKind.Port, 32, -81), new("Rotterdam", "", SiteKind.Port, 52, 4), new("Tokyo", "", SiteKind.Port, 35, 139)];
        // round the other way too, so that every meridian is crossed and the sheet is cut somewhere
        var chart = Chart.Of(new MapView(sites, [new MapLane("A", "", ["Savannah", "Rotterdam"], [atlantic]), new MapLane("B", "", ["Savannah", "Tokyo"]), new MapLane("C", "", ["Savannah", "Tokyo"], [[new(32, -81), new(20, -160), new(35, -221)]]), new MapLane("D", "", ["Tokyo", "Rotterdam"]), new MapLane("E", "", ["Tokyo", "Rotterdam"])], []));
        Assert.True(chart.Crossed);
        var cut = chart.Ways.Select(static w => w.TrimStart('M').Split('L').Select(static p => p.Split(' ')).ToArray()).Where(static w => w.Length > 1 && w.All(static p => p.Length == 2))
            .Select(static w => w.Select(static p => (X: double.Parse(p[0], CultureInfo.InvariantCulture), Y: double.Parse(p[1], CultureInfo.InvariantCulture))).ToArray()).ToArray();
        var pair = cut.Where(static w => w.Length == 4).OrderBy(static w => w[0].X).ToArray();
        Assert.Equal(2, pair.Length);
        Assert.Equal(pair[0].Select(static p => (p.X + 360, p.Y)), pair[1].Select(static p => (p.X, p.Y)));
        Assert.True(pair[0][^1].X > chart.West && pair[1][0].X < chart.West + 360, "Both are seen.");
    }

    private static (double From, double To) Ends(string way)
    {
        double[] numbers = [.. way.TrimStart('M').Split('Q', ' ').Select(static n => double.Parse(n, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[^2]);
    }
}
