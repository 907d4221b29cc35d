using System.Globalization;
using System.Text;
using Homestretch.Exchange.Csv;

namespace Homestretch.Exchange.Papers;

/// <summary>How a figure is shown where it is shown to people; files for programs have it in full.</summary>
public enum Shown { Text, Whole, Number, Money, Unit, Share, Days }

/// <summary>One cell: a text, a figure, or nothing, which means unknown or that there is none.</summary>
/// <param name="As">How it is shown; null: as its column has it.</param>
public readonly record struct Cell(string? Text, double? Figure, Shown? As = null)
{
    public static implicit operator Cell(string? text) => new(text, null);
    public static implicit operator Cell(double figure) => new(null, figure);
    public static implicit operator Cell(double? figure) => new(null, figure);

    /// <summary>As files for programs have it.</summary>
    public string Plain => Figure is { } f ? f.ToString("R", CultureInfo.InvariantCulture) : Text ?? "";
}

/// <summary>A column of a table that people take away.</summary>
/// <param name="Doc">What it says, in a sentence.</param>
public sealed record PaperColumn(string Name, Shown Shown, string Doc);

/// <summary>A table that people take away: as CSV, as a sheet of a workbook, or in a document.</summary>
/// <param name="Name">In snake_case: the name of its file and sheet.</param>
/// <param name="Doc">What one row is, in a sentence.</param>
public sealed record PaperTable(string Name, string Doc, IReadOnlyList<PaperColumn> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    /// <summary>The table as RFC 4180 CSV. A text that begins like a formula gets an apostrophe, so that no spreadsheet runs it.</summary>
    public byte[] Csv()
    {
        var text = new StringBuilder();
        CsvText.Write(text, Columns.Select(static c => c.Name));
        foreach (IReadOnlyList<Cell> row in Rows) CsvText.Write(text, row.Select(static c => c.Text is ['=' or '+' or '@' or '-' or '\t', ..] ? $"'{c.Text}" : c.Plain));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
