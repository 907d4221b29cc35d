namespace Homestretch.Exchange.Gs1;

/// <summary>An application identifier: what the value behind it is and how long it may be.</summary>
/// <param name="Code">Two to four digits; an <c>n</c> at the end stands for the digit that places the decimal point.</param>
/// <param name="Title">Data title of the standard.</param>
/// <param name="Fixed">Digits at its start that must be there; the whole value when <paramref name="More"/> is 0.</param>
/// <param name="More">Most characters behind them.</param>
/// <param name="Rest">Characters that those may be.</param>
/// <param name="Checked">Length of the key at its start whose last digit is its check digit; 0: none.</param>
/// <remarks>GS1 General Specifications, Release 24, section 3.2 (identifiers), Figure 7.8.5-2 (those of predefined length, behind which no FNC1 stands), 7.11 (character sets).</remarks>
public sealed record Gs1Identifier(string Code, string Title, int Fixed, int More, Gs1Characters Rest, int Checked)
{
    /// <summary>Whether it is a date as YYMMDD.</summary>
    public bool IsDate => Code is "11" or "12" or "13" or "15" or "16" or "17";

    /// <summary>Whether its length is predefined, so that the next one follows without a separator.</summary>
    public bool Predefined => Code[..2] is "00" or "01" or "02" or "11" or "12" or "13" or "15" or "16" or "17" or "20" or "31" or "32" or "33" or "34" or "35" or "36" or "41";

    public static IReadOnlyList<Gs1Identifier> All { get; } =
    [
        Key("00", "SSCC", 18), Key("01", "GTIN", 14), Key("02", "CONTENT", 14), Text("10", "BATCH/LOT", 20),
        Digits("11", "PROD DATE", 6), Digits("12", "DUE DATE", 6), Digits("13", "PACK DATE", 6), Digits("15", "BEST BEFORE or BEST BY", 6), Digits("16", "SELL BY", 6), Digits("17", "USE BY or EXPIRY", 6),
        Digits("20", "VARIANT", 2), Text("21", "SERIAL", 20), Text("22", "CPV", 20), Text("235", "TPX", 28), Text("240", "ADDITIONAL ID", 30), Text("241", "CUST. PART No.", 30), UpTo("242", "MTO VARIANT", 6), Text("243", "PCN", 20),
        Text("250", "SECONDARY SERIAL", 30), Text("251", "REF. TO SOURCE", 30), new("253", "GDTI", 13, 17, Gs1Characters.Text, 13), Text("254", "GLN EXTENSION COMPONENT", 20), new("255", "GCN", 13, 12, Gs1Characters.Digits, 13),
        UpTo("30", "VAR. COUNT", 8), Digits("310n", "NET WEIGHT (kg)", 6), Digits("311n", "LENGTH (m)", 6), Digits("312n", "WIDTH (m)", 6), Digits("313n", "HEIGHT (m)", 6), Digits("314n", "AREA (m2)", 6), Digits("315n", "NET VOLUME (l)", 6), Digits("316n", "NET VOLUME (m3)", 6),
        Digits("330n", "GROSS WEIGHT (kg)", 6), UpTo("37", "COUNT", 8), UpTo("390n", "AMOUNT", 15), UpTo("392n", "PRICE", 15),
        Text("400", "ORDER NUMBER", 30), Text("401", "GINC", 30), Key("402", "GSIN", 17), Text("403", "ROUTE", 30),
        Key("410", "SHIP TO LOC", 13), Key("411", "BILL TO", 13), Key("412", "PURCHASE FROM", 13), Key("413", "SHIP FOR LOC", 13), Key("414", "LOC No.", 13), Key("415", "PAY TO", 13), Key("416", "PROD/SERV LOC", 13), Key("417", "PARTY", 13),
        Text("420", "SHIP TO POST", 20), new("421", "SHIP TO POST", 3, 9, Gs1Characters.Text, 0), Digits("422", "ORIGIN", 3), Digits("7003", "EXPIRY TIME", 10),
        new("8003", "GRAI", 14, 16, Gs1Characters.Text, 14), Text("8004", "GIAI", 30), new("8006", "ITIP", 18, 0, Gs1Characters.Digits, 14), new("8008", "PROD TIME", 8, 4, Gs1Characters.Digits, 0),
        new("8010", "CPID", 0, 30, Gs1Characters.Component, 0), UpTo("8011", "CPID SERIAL", 12), Text("8012", "VERSION", 20), Text("8013", "GMN", 25), Key("8017", "GSRN - PROVIDER", 18), Key("8018", "GSRN - RECIPIENT", 18), Text("8020", "REF No.", 25),
        Text("90", "INTERNAL", 30), .. Enumerable.Range(91, 9).Select(static n => Text($"{n}", "INTERNAL", 90)),
    ];

    /// <summary>The identifier that a text begins with, and how many characters of it are the identifier's; null when none is known.</summary>
    public static (Gs1Identifier? Identifier, int Length) At(ReadOnlySpan<char> text)
    {
        foreach (Gs1Identifier one in All)
        {
            bool placed = one.Code[^1] == 'n';
            ReadOnlySpan<char> stem = placed ? one.Code.AsSpan(0, one.Code.Length - 1) : one.Code;
            if (text.Length >= one.Code.Length && text.StartsWith(stem, StringComparison.Ordinal) && (!placed || char.IsAsciiDigit(text[stem.Length]))) return (one, one.Code.Length);
        }
        return (null, 0);
    }

    private static Gs1Identifier Key(string code, string title, int length) => new(code, title, length, 0, Gs1Characters.Digits, length);
    private static Gs1Identifier Digits(string code, string title, int length) => new(code, title, length, 0, Gs1Characters.Digits, 0);
    private static Gs1Identifier UpTo(string code, string title, int most) => new(code, title, 0, most, Gs1Characters.Digits, 0);
    private static Gs1Identifier Text(string code, string title, int most) => new(code, title, 0, most, Gs1Characters.Text, 0);
}

/// <summary>Sets of characters: digits, set 82 for texts, set 39 for components.</summary>
public enum Gs1Characters { Digits, Text, Component }
