using System.Diagnostics.CodeAnalysis;

namespace Homestretch.Exchange.Gs1;

/// <summary>Reads what a scanner sends of a GS1 label: element strings with FNC1 (as the control character GS) or in brackets, with or without the scanner's symbology identifier, and GS1 Digital Link addresses.</summary>
/// <remarks>GS1 General Specifications, Release 24, sections 3, 5.4, 7.8 and 7.9; GS1 Digital Link Standard: URI Syntax, Release 1.4.</remarks>
public static class Gs1Reading
{
    /// <summary>FNC1 as scanners send it.</summary>
    public const char Separator = '\u001d';

    private const string Set82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz", Set39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Whether a scanned text says by its form that it is of GS1: a symbology identifier, a separator, brackets or an address. Others may be by chance.</summary>
    public static bool IsSo(string scanned) => Marked(scanned) || scanned.Contains(Separator, StringComparison.Ordinal) || Bracketed(scanned) || IsAddress(scanned);

    /// <summary>Reads a label, or says what is wrong with it; one of both is null.</summary>
    public static (Gs1Label? Label, Gs1Wrong? Wrong) Read(string scanned)
    {
        string text = Symbology(scanned.Trim(' ', '\r', '\n', '\t'));
        if (text.Length == 0) return (null, new(Gs1Fault.Empty, "", "The label is empty.", "Scan it again."));
        var elements = new List<Gs1Element>();
        Gs1Wrong? wrong = IsAddress(text) ? DigitalLink.Read(text, elements) : Bracketed(text) ? Brackets(text, elements) : Elements(text, elements);
        return wrong is null ? (new(elements), null) : (null, wrong);
    }

    /// <summary>Check digit of a key without it: weights 3 and 1 from the right.</summary>
    /// <remarks>Section 7.9.1. Example: 37610425002123456 gives 9.</remarks>
    public static char CheckDigit(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++) sum += (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 3 : 1);
        return (char)('0' + (10 - sum % 10) % 10);
    }

    private static bool IsAddress(string text) => text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
    private static bool Bracketed(string text) => text.Length > 3 && text[0] == '(' && text.IndexOf(')', StringComparison.Ordinal) is >= 3 and <= 5;
    private static bool Marked(string text) => text.StartsWith("]C1", StringComparison.Ordinal) || text.StartsWith("]d2", StringComparison.Ordinal) || text.StartsWith("]Q3", StringComparison.Ordinal) || text.StartsWith("]e0", StringComparison.Ordinal) || text.StartsWith("]J1", StringComparison.Ordinal);

    /// <summary>Takes away what scanners set before the data to name the symbol, and the separator that some send for the FNC1 in first place.</summary>
    private static string Symbology(string text) => (text.Length >= 3 && text[0] == ']' && char.IsAsciiLetter(text[1]) ? text[3..] : text).TrimStart(Separator);

    private static Gs1Wrong? Elements(string text, List<Gs1Element> into)
    {
        for (int at = 0; at < text.Length;)
        {
            var (identifier, length) = Gs1Identifier.At(text.AsSpan(at));
            if (identifier is null) return Unknown(text[at..]);
            string code = text.Substring(at, length);
            at += length;
            int end = text.IndexOf(Separator, at);
            if (end < 0) end = text.Length;
            if (identifier.Predefined) end = Math.Min(end, at + identifier.Fixed);
            if (Add(identifier, code, text[at..end], into) is { } wrong) return wrong;
            at = end < text.Length && text[end] == Separator ? end + 1 : end;
        }
        return null;
    }

    private static Gs1Wrong? Brackets(string text, List<Gs1Element> into)
    {
        for (int at = 0; at < text.Length;)
        {
            int close = text.IndexOf(')', at);
            string code = close < 0 ? text[at..] : text[(at + 1)..close];
            if (!Opens(text, at, out Gs1Identifier? identifier)) return Unknown(code);
            int next = close + 1;
            while (next < text.Length && !Opens(text, next, out _)) next++;
            if (Add(identifier, code, text[(close + 1)..next].TrimEnd(' '), into) is { } wrong) return wrong;
            at = next;
        }
        return null;
    }

    /// <summary>Whether a known identifier in brackets stands at a place; other brackets are part of a value.</summary>
    private static bool Opens(string text, int at, [NotNullWhen(true)] out Gs1Identifier? identifier)
    {
        identifier = null;
        if (text[at] != '(' || text.IndexOf(')', at) is not (> 0 and var close)) return false;
        var (found, length) = Gs1Identifier.At(text.AsSpan(at + 1, close - at - 1));
        if (found is not null && length == close - at - 1) identifier = found;
        return identifier is not null;
    }

    internal static Gs1Wrong Unknown(string text)
    {
        string start = text.Length > 4 ? text[..4] : text;
        return new(Gs1Fault.UnknownIdentifier, start, $"'{start}' begins with no application identifier that is known here.", "Scan the GS1 code of the label, not another one beside it.");
    }

    internal static Gs1Wrong? Add(Gs1Identifier identifier, string code, string value, List<Gs1Element> into)
    {
        int least = Math.Max(1, identifier.Fixed), most = identifier.Fixed + identifier.More;
        if (value.Length < least) return new(Gs1Fault.TooShort, code, $"({code}) {identifier.Title} has {value.Length} characters, at least {least} belong there.", "Scan it again; if it stays so, the label is misprinted.");
        if (value.Length > most) return new(Gs1Fault.TooLong, code, $"({code}) {identifier.Title} has {value.Length} characters, at most {most} belong there.", "Perhaps a separator (FNC1) is missing behind it: set the scanner to send GS.");
        for (int i = 0; i < value.Length; i++)
        {
            bool fits = i < identifier.Fixed || identifier.Rest == Gs1Characters.Digits ? char.IsAsciiDigit(value[i]) : (identifier.Rest == Gs1Characters.Text ? Set82 : Set39).Contains(value[i], StringComparison.Ordinal);
            if (!fits) return new(Gs1Fault.Character, code, $"({code}) {identifier.Title} may not have '{value[i]}'.", "Scan it again; if it stays so, check the keyboard layout of the scanner.");
        }
        if (identifier.Checked > 0 && CheckDigit(value.AsSpan(0, identifier.Checked - 1)) is char right && right != value[identifier.Checked - 1])
            return new(Gs1Fault.CheckDigit, code, $"({code}) {identifier.Title} {value} has check digit {value[identifier.Checked - 1]}, it would be {right}.", "Scan it again; if it was typed, compare digit by digit.");
        if (identifier.IsDate && !IsDate(value)) return new(Gs1Fault.Date, code, $"({code}) {identifier.Title} {value} is no day as YYMMDD.", "The label is misprinted.");
        if (into.FirstOrDefault(e => e.Code == code) is { } before)
        {
            if (before.Value != value) return new(Gs1Fault.Twice, code, $"({code}) {identifier.Title} is there twice: {before.Value} and {value}.", "The label is misprinted.");
            return null;
        }
        into.Add(new(identifier, code, value));
        return null;
    }

    private static bool IsDate(string value)
    {
        int year = int.Parse(value.AsSpan(0, 2)), month = int.Parse(value.AsSpan(2, 2)), day = int.Parse(value.AsSpan(4, 2));
        return month is >= 1 and <= 12 && day <= DateTime.DaysInMonth(2000 + year, month);
    }
}
