using System.Globalization;

namespace Homestretch.World;

/// <summary>The order of lot and serial numbers: their digits count as numbers, what stands between them must be the same.</summary>
public static class Numbering
{
    /// <summary>Whether a number is at or after another; null when they are not of one numbering.</summary>
    public static bool? AtOrAfter(string number, string first)
    {
        int a = 0, b = 0, order = 0;
        while (a < number.Length && b < first.Length)
        {
            if (char.IsAsciiDigit(number[a]) && char.IsAsciiDigit(first[b]))
            {
                ReadOnlySpan<char> left = Run(number, ref a), right = Run(first, ref b);
                if (order == 0) order = left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
            }
            else if (CultureInfo.InvariantCulture.TextInfo.ToUpper(number[a++]) != CultureInfo.InvariantCulture.TextInfo.ToUpper(first[b++])) return null;
        }
        return a < number.Length || b < first.Length ? null : order >= 0;
    }

    /// <summary>Digits from a place on, without leading zeros.</summary>
    private static ReadOnlySpan<char> Run(string text, ref int at)
    {
        int from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return text.AsSpan(from, at - from).TrimStart('0');
    }
}
