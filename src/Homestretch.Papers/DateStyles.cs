using DocumentFormat.OpenXml.Spreadsheet;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Papers;

/// <summary>Which styles of a workbook show a number as a day or a moment.</summary>
internal sealed class DateStyles
{
    private readonly HashSet<int> _styles = [];
    private readonly LocalDateTime _zero;

    private DateStyles(LocalDateTime zero) => _zero = zero;

    /// <param name="from1904">Whether days count from 1 January 1904, as old Macintosh files have it (ECMA-376 part 1, 18.17.4.1).</param>
    public static DateStyles Of(Stylesheet? sheet, bool from1904)
    {
        var dates = new DateStyles(from1904 ? new(1904, 1, 1, 0, 0) : new(1899, 12, 30, 0, 0));
        HashSet<uint> formats = [14, 15, 16, 17, 22];     // built in, 18.8.30
        foreach (NumberingFormat f in sheet?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            if (f.NumberFormatId?.Value is { } id && IsDate(f.FormatCode?.Value ?? "")) formats.Add(id);
        int at = 0;
        foreach (CellFormat f in sheet?.CellFormats?.Elements<CellFormat>() ?? [])
        {
            if (formats.Contains(f.NumberFormatId?.Value ?? 0)) dates._styles.Add(at);
            at++;
        }
        return dates;
    }

    /// <summary>The day, or day and time without an offset, that a style shows; null when it shows a number.</summary>
    public string? Text(int style, double days)
    {
        if (!_styles.Contains(style) || days is < 1 or > 2_900_000) return null;
        LocalDateTime at = _zero.PlusSeconds((long)Math.Round(days * 86_400));
        return at.TimeOfDay == LocalTime.Midnight ? LocalDatePattern.Iso.Format(at.Date) : LocalDateTimePattern.GeneralIso.Format(at);
    }

    /// <summary>Whether a format shows a year and a day or month, outside of quotes and brackets.</summary>
    private static bool IsDate(string code)
    {
        bool quoted = false, bracketed = false, year = false, day = false;
        foreach (char c in code)
        {
            if (c == '"') quoted = !quoted;
            else if (!quoted && c is '[' or ']') bracketed = c == '[';
            else if (!quoted && !bracketed) (year, day) = (year || c is 'y' or 'Y', day || c is 'd' or 'D' or 'm' or 'M');
        }
        return year && day;
    }
}
