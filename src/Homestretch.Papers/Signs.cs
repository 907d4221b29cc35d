using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Fonts.TrueType;

namespace Homestretch.Papers;

/// <summary>Text in the signs that a font has: Latin with its accents, Greek and Cyrillic in that of documents. What it lacks is written so that nothing is lost: an arrow as '->', a full-width sign as the plain one, and a sign of another script as its Unicode number, such as [U+6DF1 U+5733].</summary>
internal sealed class Signs(TrueTypeFont font)
{
    private static readonly Dictionary<int, string> s_drawn = new() { ['→'] = "->", ['←'] = "<-", ['↔'] = "<->", ['⇒'] = "=>", ['\u2011'] = "-" };

    /// <summary>The text in signs of the font, in one line.</summary>
    public string Written(string text)
    {
        var line = new StringBuilder(text.Length);
        bool numbers = false;
        foreach (Rune sign in Accents.Joined(text).EnumerateRunes())
        {
            string? known = Known(sign);
            if (known is null)
            {
                line.Append(numbers ? " " : "[").Append(CultureInfo.InvariantCulture, $"U+{sign.Value:X4}");
                numbers = true;
                continue;
            }
            if (numbers) line.Append(']');
            numbers = false;
            line.Append(known);
        }
        return (numbers ? line.Append(']') : line).ToString();
    }

    /// <summary>Whether some sign of the text is written as its number.</summary>
    public bool Lacks(string text) => Accents.Joined(text).EnumerateRunes().Any(s => Known(s) is null);

    private string? Known(Rune sign)
    {
        if (sign.Value == '\u00A0') return "\u00A0";
        if (Rune.IsWhiteSpace(sign)) return " ";
        if (Rune.GetUnicodeCategory(sign) == UnicodeCategory.Control) return "";
        if (Has(sign.Value)) return sign.ToString();
        if (s_drawn.TryGetValue(sign.Value, out string? drawn)) return drawn;
        const int wide = '！' - '!';      // full-width signs lie as plain ones do (Unicode, Halfwidth and Fullwidth Forms)
        return sign.Value is >= '！' and <= '～' && Has(sign.Value - wide) ? ((char)(sign.Value - wide)).ToString() : null;
    }

    private bool Has(int sign) => sign <= char.MaxValue && font.TableRegister.CMapTable?.TryGetGlyphIndex(sign, out int glyph) == true && glyph != 0;
}
