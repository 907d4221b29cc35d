using Homestretch.Web.Cutting;

namespace Homestretch.Walk.Screens;

/// <summary>However stages are spread over countries, the cut line has all that is done abroad above it and all that is done at home below.</summary>
public sealed class StageSheetTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void The_cut_line_parts_abroad_from_home_and_nothing_lies_over_another(int seed)
    {
        var draw = new Random(seed);
        string[] countries = ["CN", "TW", "US", "GB", "HU", ""];
        DrawnStage[] stages = [.. Enumerable.Range(0, 3 + 12 * seed).Select(i => draw.Next(countries.Length) is var c ? new DrawnStage($"s{i}", countries[c], c is 2 or 3) : null!)];
        (string From, string To, double Value)[] links = [.. stages.Skip(1).Select((s, i) => (s.Stage, stages[draw.Next(Math.Min(i + 1, 5))].Stage, 1.0)), .. stages.Skip(6).Select((s, i) => (s.Stage, stages[draw.Next(3)].Stage, 2.0))];
        var sheet = StageSheet.Of(stages, links);
        var at = sheet.Boxes.SelectMany(static b => b.Nodes.Select(n => (Node: n, Box: b))).ToDictionary(static p => p.Node.Stage);
        Assert.Equal(stages.Select(static s => s.Stage).Order(), at.Keys.Order());
        foreach (DrawnStage s in stages)
        {
            var (node, box) = at[s.Stage];
            Assert.Equal((s.Country, s.Home), (box.Country, box.Home));
            Assert.True(node.X >= box.X && node.Y >= box.Y && node.X + StageSheet.NodeWidth <= box.X + box.Width && node.Y + StageSheet.NodeHeight <= box.Y + box.Height, "Each is inside its box.");
            Assert.True(box.X >= 0 && box.Y >= 0 && box.X + box.Width <= sheet.Width && box.Y + box.Height <= sheet.Height, "Each box is on the sheet.");
            double cut = CutAt(sheet, box.X + box.Width / 2);
            Assert.True(s.Home ? cut < box.Y : cut > box.Y + box.Height, $"{s.Stage} is on its side of the line");
        }
        Assert.All(links, l => Assert.True(at[l.From].Box.X + at[l.From].Box.Width < at[l.To].Node.X, "What goes into a stage is left of it."));
        Assert.All(sheet.Boxes.SelectMany((a, i) => sheet.Boxes.Skip(i + 1).Select(b => (a, b))), static p => Assert.True(p.a.X + p.a.Width < p.b.X || p.b.X + p.b.Width < p.a.X || p.a.Y + p.a.Height < p.b.Y || p.b.Y + p.b.Height < p.a.Y, "No box lies over another."));
        Assert.Equal(links.Select(l => (at[l.From].Box, l.To)).Distinct().Count(), sheet.Ways.Count);
        Assert.Equal(links.Sum(static l => l.Value), sheet.Ways.Sum(static w => w.Value), 6);
    }

    /// <summary>The line's height at a place across; between columns it goes up or down.</summary>
    private static double CutAt(StageSheet sheet, double x)
    {
        for (int i = 0; i + 1 < sheet.Line.Count; i += 2)
            if (x >= sheet.Line[i].X && x <= sheet.Line[i + 1].X) return sheet.Line[i].Y;
        throw new InvalidOperationException("The line does not go so far.");
    }
}
