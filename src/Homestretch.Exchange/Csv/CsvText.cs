using System.Text;

namespace Homestretch.Exchange.Csv;

/// <summary>One record of a CSV text and the line it begins on.</summary>
/// <param name="Line">1-based.</param>
public readonly record struct CsvRecord(int Line, IReadOnlyList<string> Cells);

/// <summary>RFC 4180 text: comma separated, cells quoted with '"' where needed, UTF-8 with or without a byte order mark.</summary>
public static class CsvText
{
    /// <summary>Splits bytes into records. Lines may end in CRLF or LF; empty lines are passed over.</summary>
    /// <param name="source">File name, for findings.</param>
    public static IReadOnlyList<CsvRecord> Read(ReadOnlySpan<byte> utf8, string source, List<Finding> findings)
    {
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        string text;
        try
        {
            text = s_strict.GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            int line = 1 + utf8[..Math.Max(0, Math.Min(e.Index, utf8.Length))].Count((byte)'\n');
            findings.Add(new(new(source, line), "utf-8", $"Byte {e.Index + 1} is not UTF-8.", "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')."));
            return [];
        }
        return Split(text, source, findings);
    }

    /// <summary>Appends one record, quoting what must be quoted. Ends in CRLF as RFC 4180 asks.</summary>
    public static void Write(StringBuilder text, IEnumerable<string> cells)
    {
        bool first = true;
        foreach (string cell in cells)
        {
            if (!first) text.Append(',');
            first = false;
            if (cell.AsSpan().IndexOfAny(",\"\r\n") < 0 && !(cell.Length > 0 && (cell[0] == ' ' || cell[^1] == ' '))) text.Append(cell);
            else text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        text.Append("\r\n");
    }

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private static List<CsvRecord> Split(string text, string source, List<Finding> findings)
    {
        var records = new List<CsvRecord>();
        var cells = new List<string>();
        int line = 1, at = 0;
        while (at < text.Length)
        {
            int begin = line;
            cells = [];
            bool more = true;
            while (more)
            {
                if (at < text.Length && text[at] == '"')
                {
                    int close = Quoted(text, at, ref line, out string cell);
                    if (close < 0)
                    {
                        findings.Add(new(new(source, begin), "quote", "A quoted cell is never closed.", "Add the closing '\"', and double any '\"' inside the cell."));
                        return records;
                    }
                    cells.Add(cell);
                    at = close;
                    if (at < text.Length && text[at] is not (',' or '\r' or '\n'))
                    {
                        findings.Add(new(new(source, line), "quote", $"'{text[at]}' follows a closing quote.", "Put the whole cell in quotes and double any '\"' inside it."));
                        at = Next(text, at);
                    }
                }
                else
                {
                    int end = Next(text, at);
                    cells.Add(text[at..end]);
                    at = end;
                }
                more = at < text.Length && text[at] == ',';
                if (more) at++;
            }
            if (at < text.Length && text[at] == '\r') at++;
            if (at < text.Length && text[at] == '\n') at++;
            line++;
            if (cells is not [""]) records.Add(new(begin, cells));
        }
        return records;
    }

    private static int Next(string text, int from)
    {
        int i = text.AsSpan(from).IndexOfAny(",\r\n");
        return i < 0 ? text.Length : from + i;
    }

    /// <summary>Reads a quoted cell; returns the index behind its closing quote, -1 when there is none.</summary>
    private static int Quoted(string text, int open, ref int line, out string cell)
    {
        var inside = new StringBuilder();
        int at = open + 1;
        while (at < text.Length)
        {
            char c = text[at];
            if (c == '"')
            {
                if (at + 1 >= text.Length || text[at + 1] != '"')
                {
                    cell = inside.ToString();
                    return at + 1;
                }
                at++;
            }
            else if (c == '\n') line++;
            inside.Append(c);
            at++;
        }
        cell = "";
        return -1;
    }
}
