using System.Globalization;
using System.Text;

namespace Homestretch.Exchange.Printing;

/// <summary>A line as it stands on the label.</summary>
/// <param name="X">From the left edge, mm.</param>
/// <param name="Y">Its upper edge from the upper edge of the label, mm.</param>
/// <param name="Size">Height of its signs, mm.</param>
public sealed record PlacedLine(string Text, double X, double Y, double Size, bool Bold);

/// <summary>Where all stands on a label, the same for every printer.</summary>
/// <param name="SymbolX">Left edge of the symbol, mm.</param>
/// <param name="SymbolY">Upper edge of the symbol, mm.</param>
/// <param name="SymbolSide">Most that a side of the symbol takes, mm.</param>
/// <param name="Whole">Whether everything is on it; else the end of it has been cut off, with … at the cut.</param>
public sealed record StickerLayout(double SymbolX, double SymbolY, double SymbolSide, IReadOnlyList<PlacedLine> Lines, bool Whole)
{
    private const double Margin = 4, Gap = 4, Leading = 1.25, Least = 1.6;
    /// <summary>Width of a sign as a share of its height: wider than most, so that no printer's font runs over the edge.</summary>
    private const double Narrow = 0.62, Wide = 1.05;

    public static StickerLayout Of(Sticker sticker)
    {
        double side = Math.Min(sticker.Height - 2 * Margin, 30), left = Margin + side + Gap, width = sticker.Width - Margin - left, room = sticker.Height - 2 * Margin;
        StickerLine[] said = [.. sticker.Lines.Select(static l => l with { Text = Shown(l.Text) }).Where(static l => l.Text.Length > 0)];
        double scale = 1;
        List<StickerLine> lines = Broken(said, width, scale);
        while (lines.Sum(static l => l.Size * Leading) > room && scale > 0.4) lines = Broken(said, width, scale -= 0.05);
        var placed = new List<PlacedLine>();
        double y = Margin;
        foreach (StickerLine line in lines)
        {
            if (y + line.Size > sticker.Height - Margin + 0.01)
            {
                placed[^1] = placed[^1] with { Text = placed[^1].Text.TrimEnd('…') + "…" };
                return new(Margin, Margin, side, placed, false);
            }
            placed.Add(new(line.Text, left, y, line.Size, line.Bold));
            y += line.Size * Leading;
        }
        return new(Margin, Margin, side, placed, true);
    }

    /// <summary>How wide a text is at most, mm.</summary>
    public static double Width(string text, double size) => text.EnumerateRunes().Sum(static r => r.Value >= 0x1100 ? Wide : Narrow) * size;

    /// <summary>A text in one line, without signs that cannot be seen.</summary>
    private static string Shown(string text) => string.Concat(text.ReplaceLineEndings(" ").EnumerateRunes().Where(static r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate)).Select(static r => r.ToString())).Trim();

    private static List<StickerLine> Broken(StickerLine[] lines, double width, double scale) => [.. lines.SelectMany(l =>
    {
        double size = Math.Max(Least, l.Size * scale);
        return Wrapped(l.Text, width, size).Select(t => l with { Text = t, Size = size });
    })];

    private static IEnumerable<string> Wrapped(string text, double width, double size)
    {
        var line = new StringBuilder();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && Width($"{line} {word}", size) <= width)
            {
                line.Append(' ').Append(word);
                continue;
            }
            if (line.Length > 0) yield return line.ToString();
            line.Clear();
            foreach (Rune sign in word.EnumerateRunes())        // a word that is longer than a line goes on in the next
            {
                if (line.Length > 0 && Width(line.ToString() + sign, size) > width)
                {
                    yield return line.ToString();
                    line.Clear();
                }
                line.Append(sign);
            }
        }
        if (line.Length > 0) yield return line.ToString();
    }
}
