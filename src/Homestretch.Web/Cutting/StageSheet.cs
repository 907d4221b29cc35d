using System.Globalization;

namespace Homestretch.Web.Cutting;

/// <summary>A stage to be drawn.</summary>
/// <param name="Country">Where it is done; empty: nowhere in particular.</param>
/// <param name="Home">Whether that is at home.</param>
internal sealed record DrawnStage(string Stage, string Country, bool Home);

/// <summary>Stages from left to right, each as many columns before the customer as links lead there, in boxes by country: above the cut line what is done abroad, below it what is done at home.</summary>
/// <param name="Line">Corners of the cut line.</param>
internal sealed record StageSheet(double Width, double Height, IReadOnlyList<StageBox> Boxes, IReadOnlyList<BoxWay> Ways, IReadOnlyList<(double X, double Y)> Line)
{
    public const double NodeWidth = 160, NodeHeight = 38;
    private const double Gap = 6, Head = 20, Pad = 8, Between = 14, Cut = 44, Column = 96, Edge = 14, WantedHeight = 620;
    private const int MostAcross = 3;

    /// <summary>The cut line as a path, its corners rounded.</summary>
    public string Path => Rounded(Line, 12);

    /// <param name="links">What goes into what, and what crosses in a year.</param>
    public static StageSheet Of(IReadOnlyList<DrawnStage> stages, IReadOnlyList<(string From, string To, double Value)> links)
    {
        Dictionary<string, int> tiers = Tiers(stages, links);
        int most = tiers.Values.DefaultIfEmpty(0).Max();
        var columns = new List<(List<StageBox> Abroad, List<StageBox> Home, double Left, double Width, double Height)>();
        double x = Edge, tallest = 0;
        for (int tier = most; tier >= 0; tier--)
        {
            DrawnStage[] here = [.. stages.Where(s => tiers[s.Stage] == tier)];
            int across = Enumerable.Range(1, MostAcross).FirstOrDefault(a => Tall(here, a) <= WantedHeight, MostAcross);
            double left = x, width = Across(here, across);
            columns.Add((Boxes(false), Boxes(true), left, width, Tall(here, across)));
            tallest = Math.Max(tallest, columns[^1].Height);
            x += width + Column;

            List<StageBox> Boxes(bool home) => [.. here.Where(s => s.Home == home).GroupBy(static s => s.Country).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal)
                .Select(g => Box(g.Key, home, tier, [.. g.Select(static s => s.Stage)], left, width, across))];
        }
        double high = tallest + 2 * (Edge + Cut / 2);
        var boxes = new List<StageBox>();
        var line = new List<(double X, double Y)>();
        for (int c = 0; c < columns.Count; c++)
        {
            var (abroad, home, left, width, height) = columns[c];
            double y = (high - height) / 2;
            foreach (StageBox box in abroad) y = Put(box, y);
            double cut = abroad.Count > 0 && home.Count > 0 ? y - Between + Cut / 2 : abroad.Count > 0 ? y - Between + Cut / 2 : y - Cut / 2;
            if (abroad.Count > 0 && home.Count > 0) y += Cut - Between;
            foreach (StageBox box in home) y = Put(box, y);
            double from = c == 0 ? 0 : left - Column / 2, to = c == columns.Count - 1 ? left + width + Edge : left + width + Column / 2;
            line.Add((from, cut));
            line.Add((to, cut));
        }
        return new(x - Column + Edge, high, boxes, Bows(boxes, links), line);

        double Put(StageBox box, double y)
        {
            boxes.Add(box.At(y));
            return y + box.Height + Between;
        }
    }

    /// <summary>Links on the longest way from each stage to where nothing follows.</summary>
    internal static Dictionary<string, int> Tiers(IReadOnlyList<DrawnStage> stages, IReadOnlyList<(string From, string To, double Value)> links)
    {
        var tiers = stages.ToDictionary(static s => s.Stage, static _ => 0, StringComparer.Ordinal);
        for (int round = 0, moved = 1; moved > 0 && round < stages.Count; round++)      // no more rounds than stages, since nothing goes into itself
        {
            moved = 0;
            foreach (var (from, to, _) in links)
                if (tiers[from] <= tiers[to]) (tiers[from], moved) = (tiers[to] + 1, moved + 1);
        }
        return tiers;
    }

    private static double Tall(DrawnStage[] stages, int across)
    {
        double sum = 0;
        foreach (bool home in (ReadOnlySpan<bool>)[false, true])
            foreach (var group in stages.Where(s => s.Home == home).GroupBy(static s => s.Country)) sum += BoxHeight(group.Count(), across) + Between;
        return Math.Max(0, sum - Between) + (stages.Any(static s => s.Home) && stages.Any(static s => !s.Home) ? Cut - Between : 0);
    }

    private static double Across(DrawnStage[] stages, int across)
    {
        int widest = stages.GroupBy(static s => (s.Home, s.Country)).Select(static g => g.Count()).DefaultIfEmpty(1).Max();
        return Math.Min(across, widest) * (NodeWidth + Gap) - Gap + 2 * Pad;
    }

    private static double BoxHeight(int count, int across) => Head + Pad + (count + across - 1) / across * (NodeHeight + Gap) - Gap;

    private static StageBox Box(string country, bool home, int tier, string[] stages, double left, double width, int across) => new(country, home, tier, left, 0, width, BoxHeight(stages.Length, across),
        [.. stages.Select((s, i) => new StageNode(s, left + Pad + i % across * (NodeWidth + Gap), Head + i / across * (NodeHeight + Gap)))]);

    /// <summary>From each box to each stage that something in it goes into, widest first, so that thin ones lie on top.</summary>
    private static BoxWay[] Bows(List<StageBox> boxes, IReadOnlyList<(string From, string To, double Value)> links)
    {
        var box = boxes.SelectMany(static b => b.Nodes.Select(n => (n.Stage, b))).ToDictionary(static p => p.Stage, static p => p.b, StringComparer.Ordinal);
        var node = boxes.SelectMany(static b => b.Nodes).ToDictionary(static n => n.Stage, StringComparer.Ordinal);
        return [.. links.Where(l => box.ContainsKey(l.From) && node.ContainsKey(l.To)).GroupBy(l => (From: box[l.From], l.To)).Select(g =>
        {
            double x = g.Key.From.X + g.Key.From.Width, y = g.Key.From.Y + g.Key.From.Height / 2, to = node[g.Key.To].X, at = node[g.Key.To].Y + NodeHeight / 2, bend = Math.Max(30, (to - x) / 2);
            return new BoxWay(g.Key.From, g.Key.To, g.Sum(static l => l.Value), $"M{Num(x)} {Num(y)}C{Num(x + bend)} {Num(y)} {Num(to - bend)} {Num(at)} {Num(to)} {Num(at)}");
        }).OrderByDescending(static w => w.Value)];
    }

    private static string Rounded(IReadOnlyList<(double X, double Y)> corners, double radius)
    {
        var all = corners.Where((p, i) => i == 0 || p != corners[i - 1]).ToList();
        if (all.Count < 2) return "";
        string path = $"M{Num(all[0].X)} {Num(all[0].Y)}";
        for (int i = 1; i < all.Count - 1; i++)
        {
            var (a, b) = (Towards(all[i], all[i - 1], radius), Towards(all[i], all[i + 1], radius));
            path += $"L{Num(a.X)} {Num(a.Y)}Q{Num(all[i].X)} {Num(all[i].Y)} {Num(b.X)} {Num(b.Y)}";
        }
        return $"{path}L{Num(all[^1].X)} {Num(all[^1].Y)}";
    }

    private static (double X, double Y) Towards((double X, double Y) from, (double X, double Y) to, double by)
    {
        double length = Math.Sqrt((to.X - from.X) * (to.X - from.X) + (to.Y - from.Y) * (to.Y - from.Y)), share = length <= 0 ? 0 : Math.Min(by, length / 2) / length;
        return (from.X + (to.X - from.X) * share, from.Y + (to.Y - from.Y) * share);
    }

    public static string Num(double v) => v.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>The stages of one country in one column.</summary>
/// <param name="Tier">Columns before the last.</param>
internal sealed record StageBox(string Country, bool Home, int Tier, double X, double Y, double Width, double Height, IReadOnlyList<StageNode> Nodes)
{
    /// <summary>The box moved to a height.</summary>
    public StageBox At(double y) => this with { Y = y, Nodes = [.. Nodes.Select(n => n with { Y = n.Y - Y + y })] };
}

/// <summary>Where a stage is drawn.</summary>
internal sealed record StageNode(string Stage, double X, double Y);

/// <summary>What goes from a box into a stage.</summary>
/// <param name="Value">Of what crosses in a year.</param>
internal sealed record BoxWay(StageBox From, string To, double Value, string Path);
