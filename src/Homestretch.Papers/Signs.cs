using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Fonts.TrueType;

namespace Homestretch.Papers;

/// <summary>Text in the signs that a font has: Latin with all its accents, Greek and Cyrillic in that of documents. What it lacks is written so that nothing is lost: an arrow as '->', a full-width letter as the plain one, and a sign of another script as its Unicode number, such as [U+6DF1 U+5733].</summary>
internal sealed class Signs(TrueTypeFont font)
{
    private static readonly Dictionary<int, string> s_drawn = new() { ['→'] = "->", ['←'] = "<-", ['↔'] = "<->", ['⇒'] = "=>", ['\u2011'] = "-" };

    /// <summary>The text in signs of the font, in one line.</summary>
    public string Written(string text)
    {
        var line = new StringBuilder(text.Length);
        bool numbers = false;
        foreach (Rune sign in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            string? known = Known(sign);
            if (known is null)
            {
                line.Append(numbers ? " " : "[").Append(Number(sign));
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
    public bool Lacks(string text) => text.Normalize(NormalizationForm.FormC).EnumerateRunes().Any(s => Known(s) is null);

    private string? Known(Rune sign)
    {
        if (sign.Value == '\u00A0') return "\u00A0";
        if (Rune.IsWhiteSpace(sign)) return " ";
        if (Rune.GetUnicodeCategory(sign) == UnicodeCategory.Control) return "";
        if (Has(sign)) return sign.ToString();
        if (s_drawn.TryGetValue(sign.Value, out string? drawn)) return drawn;
        string plain = sign.ToString().Normalize(NormalizationForm.FormKC);
        return plain.EnumerateRunes().All(Has) ? plain : null;
    }

    private bool Has(Rune sign) => sign.IsBmp && font.TableRegister.CMapTable?.TryGetGlyphIndex(sign.Value, out int glyph) == true && glyph != 0;

    private static string Number(Rune sign) => string.Create(CultureInfo.InvariantCulture, $"U+{sign.Value:X4}");
}
