using System.Reflection;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;
using UglyToad.PdfPig.Writer;
using NodaTime;

namespace Homestretch.Papers;

/// <summary>A document of A4 pages that is written from top to bottom. Lengths are points.</summary>
internal sealed class Paper : IDisposable
{
    public const double Left = 50, Right = 545;
    private const double Top = 790, Bottom = 60, Leading = 1.35;

    private static readonly byte[] s_regularBytes = Bytes("OpenSans-Regular.ttf"), s_boldBytes = Bytes("OpenSans-Bold.ttf");
    private static readonly Signs s_signs = new(TrueTypeFontParser.Parse(new TrueTypeDataBytes(s_regularBytes)));

    private readonly PdfDocumentBuilder _document = new();
    private readonly PdfDocumentBuilder.AddedFont _regular, _bold;
    private readonly List<PdfPageBuilder> _pages = [];
    private double _y;

    public Paper(string title, Instant at)
    {
        (_regular, _bold) = Fonts(_document);
        _document.DocumentInformation = new() { Title = title, Producer = "Homestretch", Creator = "Homestretch", CreationDate = $"D:{at.ToDateTimeUtc():yyyyMMddHHmmss}Z" };
        Turn();
    }

    /// <summary>Some sign was written as its Unicode number so far, since the font lacks it.</summary>
    public bool Numbered { get; private set; }

    private PdfPageBuilder Page => _pages[^1];

    /// <summary>Whether the font has all signs of a text.</summary>
    public static bool Writes(string text) => !s_signs.Lacks(text);

    public void Title(string text) => Flow(text, 18, _bold, Left, Right, after: 4);

    /// <summary>A heading, kept together with what follows it.</summary>
    public void Heading(string text, double follows = 60)
    {
        if (_y - 34 - follows < Bottom) Turn();
        else if (_y < Top - 20) _y -= 12;
        Flow(text, 12, _bold, Left, Right, after: 3);
    }

    public void Text(string text, bool bold = false, double size = 9.5) => Flow(text, size, bold ? _bold : _regular, Left, Right, after: 5);

    /// <summary>A table; a column whose width is below 0 is of figures and stands to the right. Long cells are broken into lines; the heading stands again on each page.</summary>
    /// <param name="bars">Of each row a share of 0 to 1 that is drawn as a bar behind its last column; null: none.</param>
    public void Table(IReadOnlyList<(string Name, double Width)> columns, IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<double>? bars = null)
    {
        const double size = 8.5, gap = 8;
        Line([.. columns.Select(static c => c.Name)], _bold);
        Rule();
        for (int r = 0; r < rows.Count; r++)
        {
            string[][] cells = [.. rows[r].Select((c, k) => Lines(c, size, _regular, Math.Abs(columns[k].Width) - gap).ToArray())];
            if (_y - cells.Max(static c => c.Length) * size * Leading - 2 < Bottom)
            {
                Turn();
                Line([.. columns.Select(static c => c.Name)], _bold);
                Rule();
            }
            double top = _y;
            for (int line = 0; line < cells.Max(static c => c.Length); line++) Line([.. cells.Select(c => line < c.Length ? c[line] : "")], _regular);
            if (bars is not null && bars[r] > 0)
            {
                double from = Left + columns.Sum(static c => Math.Abs(c.Width));
                Page.SetTextAndFillColor(74, 108, 136);
                Page.SetStrokeColor(74, 108, 136);
                Page.DrawRectangle(new(from, top - size - 1), Math.Max(0.5, bars[r] * (Right - from)), size - 2, 0.1, true);
                Page.ResetColor();
            }
            _y -= 2;
        }
        _y -= 6;

        void Rule()
        {
            Page.SetStrokeColor(150, 165, 176);
            Page.DrawLine(new(Left, _y - 2), new(Right, _y - 2), 0.5);
            Page.ResetColor();
            _y -= 4;
        }

        void Line(string[] cells, PdfDocumentBuilder.AddedFont font)
        {
            _y -= size * Leading;
            double x = Left;
            for (int k = 0; k < cells.Length; k++)
            {
                double width = Math.Abs(columns[k].Width);
                if (cells[k].Length > 0) Page.AddText(cells[k], size, new PdfPoint(columns[k].Width < 0 ? x + width - gap - Measured(cells[k], size, font) : x, _y + 2), font);
                x += width;
            }
        }
    }

    /// <summary>The document, each page with its number and the same words below.</summary>
    public byte[] Done(string below)
    {
        for (int i = 0; i < _pages.Count; i++)
        {
            string number = $"{i + 1} of {_pages.Count}";
            _pages[i].SetTextAndFillColor(74, 90, 102);
            _pages[i].AddText(Known(below), 8, new(Left, 36), _regular);
            _pages[i].AddText(number, 8, new(Right - Measured(number, 8, _regular), 36), _regular);
            _pages[i].ResetColor();
        }
        return _document.Build();
    }

    public void Dispose() => _document.Dispose();

    private void Turn()
    {
        _pages.Add(_document.AddPage(PageSize.A4));
        _y = Top;
    }

    private void Flow(string text, double size, PdfDocumentBuilder.AddedFont font, double left, double right, double after)
    {
        foreach (string paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            foreach (string line in Lines(paragraph, size, font, right - left))
            {
                if (_y - size * Leading < Bottom) Turn();
                _y -= size * Leading;
                if (line.Length > 0) Page.AddText(line, size, new(left, _y + 2), font);
            }
        }
        _y -= after;
    }

    private List<string> Lines(string text, double size, PdfDocumentBuilder.AddedFont font, double width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in Known(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (Measured(longer, size, font) <= width)
            {
                line = longer;
                continue;
            }
            if (line.Length > 0) lines.Add(line);
            line = word;
            while (Measured(line, size, font) > width && line.Length > 1)
            {
                int fits = Enumerable.Range(1, line.Length - 1).TakeWhile(n => Measured(line[..n], size, font) <= width).LastOrDefault(1);
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }
        lines.Add(line);
        return lines;
    }

    private double Measured(string text, double size, PdfDocumentBuilder.AddedFont font) => text.Length == 0 ? 0 : Page.MeasureText(text, size, new(0, 0), font)[^1].EndBaseLine.X;

    /// <summary>The fonts of documents, regular and bold.</summary>
    internal static (PdfDocumentBuilder.AddedFont Regular, PdfDocumentBuilder.AddedFont Bold) Fonts(PdfDocumentBuilder document) => (document.AddTrueTypeFont(s_regularBytes), document.AddTrueTypeFont(s_boldBytes));

    /// <summary>The text in signs that the fonts have.</summary>
    internal static string Written(string text) => s_signs.Written(text);

    private string Known(string text)
    {
        Numbered |= s_signs.Lacks(text);
        return s_signs.Written(text);
    }

    private static byte[] Bytes(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
