using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Homestretch.Exchange.Csv;

/// <summary>One record of a CSV text and the line it begins on.</summary>
/// <param name="Line">1-based.</param>
public readonly record struct CsvRecord(int Line, IReadOnlyList<string> Cells);

/// <summary>RFC 4180 text: comma separated, cells quoted with '"' where needed, UTF-8 with or without a byte order mark.
/// Blanks around an unquoted cell are no part of it (the RFC would keep them; people type them by accident); a quoted cell is kept as it is.</summary>
public static class CsvText
{
    /// <summary>Splits bytes into records. Lines may end in CRLF or LF; empty lines are passed over.</summary>
    /// <param name="source">File name, for findings.</param>
    public static IReadOnlyList<CsvRecord> Read(ReadOnlySpan<byte> utf8, string source, List<Finding> findings)
    {
        if (FirstInvalid(utf8) is var bad && bad >= 0)
        {
            findings.Add(new(new(source, 1 + utf8[..bad].Count((byte)'\n')), "utf-8", $"Byte {bad + 1} of the file is not UTF-8.", "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')."));
            return [];
        }
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        return Split(Encoding.UTF8.GetString(utf8), source, findings);
    }

    /// <summary>Appends one record, quoting what must be quoted. Ends in CRLF as RFC 4180 asks.</summary>
    public static void Write(StringBuilder text, IEnumerable<string> cells)
    {
        bool first = true;
        foreach (string cell in cells)
        {
            if (!first) text.Append(',');
            first = false;
            if (cell.AsSpan().IndexOfAny(",\"\r\n") < 0 && !(cell.Length > 0 && (char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1])))) text.Append(cell);
            else text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        text.Append("\r\n");
    }

    /// <summary>Offset of the first byte that begins no character; -1 when all is well.</summary>
    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8)) return -1;
        int at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out int length) == OperationStatus.Done) at += length;
        return at;
    }

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
                    cells.Add(text.AsSpan(at, end - at).Trim().ToString());
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
