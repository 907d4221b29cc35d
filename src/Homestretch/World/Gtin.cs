namespace Homestretch.World;

/// <summary>Global trade item numbers: 8, 12, 13 or 14 digits, the last a check digit.</summary>
/// <remarks>GS1 General Specifications, Release 24, section 7.9.1: weights 3 and 1 from the right.</remarks>
public static class Gtin
{
    /// <summary>What is wrong with a number; null: nothing.</summary>
    public static string? Wrong(string gtin)
    {
        if (gtin.Length is not (8 or 12 or 13 or 14) || !gtin.All(char.IsAsciiDigit)) return $"'{gtin}' is no GTIN.";
        int sum = 0;
        for (int i = 1; i < gtin.Length; i++) sum += (gtin[^(i + 1)] - '0') * (i % 2 == 1 ? 3 : 1);
        int right = (10 - sum % 10) % 10;
        return right == gtin[^1] - '0' ? null : $"'{gtin}' has check digit {gtin[^1]}, it would be {right}.";
    }

    /// <summary>The number in 14 digits, as labels carry it.</summary>
    public static string Filled(string gtin) => gtin.PadLeft(14, '0');
}
