namespace Homestretch.World;

/// <summary>Several codes or keys in one cell, parted by ';'.</summary>
internal static class Listed
{
    /// <summary>What stands for all.</summary>
    public const string All = "*";

    /// <summary>The parts without the blanks around them, in order; empty for an empty text.</summary>
    public static string[] Of(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether the text is an ISO 3166-1 alpha-2 country.</summary>
    public static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);

    /// <summary>Whether the text is an ISO 4217 currency.</summary>
    public static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    /// <summary>Whether the text is a language of BCP 47: two or three letters, and a script where one is told apart.</summary>
    public static bool IsLanguage(string text) => text.Split('-') is [{ Length: 2 or 3 } language, .. var script] && language.All(char.IsAsciiLetterLower)
        && script is [] or [{ Length: 4 }] && script.All(static s => char.IsAsciiLetterUpper(s[0]) && s[1..].All(char.IsAsciiLetterLower));

    /// <summary>The digits of a tariff code as people write it, with dots or blanks; null when it holds anything else.</summary>
    public static string? Digits(string code) => code.All(static c => char.IsAsciiDigit(c) || c is '.' or ' ') ? string.Concat(code.Where(char.IsAsciiDigit)) : null;
}
