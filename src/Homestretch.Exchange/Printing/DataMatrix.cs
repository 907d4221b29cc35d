using Homestretch.Exchange.Gs1;

namespace Homestretch.Exchange.Printing;

/// <summary>Data Matrix ECC 200 symbols, square, of up to 174 codewords in ASCII encodation: what labels of the floor need.</summary>
/// <remarks>ISO/IEC 16022:2006: encodation 5.2.3, sizes Table 7, error correction Annex E (GF(256) by x^8+x^5+x^3+x^2+1, generator from a^1 on), FNC1 in first position 5.2.4.6.</remarks>
public static class DataMatrix
{
    private const byte Fnc1 = 232, Pad = 129;

    /// <summary>Modules along a side, data codewords, correction codewords, regions along a side.</summary>
    private static readonly (int Side, int Data, int Correction, int Regions)[] s_sizes =
        [(10, 3, 5, 1), (12, 5, 7, 1), (14, 8, 10, 1), (16, 12, 12, 1), (18, 18, 14, 1), (20, 22, 18, 1), (22, 30, 20, 1), (24, 36, 24, 1), (26, 44, 28, 1), (32, 62, 36, 2), (36, 86, 42, 2), (40, 114, 48, 2), (44, 144, 56, 2), (48, 174, 68, 2)];

    /// <summary>The modules of a symbol, row by row from the top, true dark, without the quiet zone of one module; null when the text is too long or not ASCII.</summary>
    /// <param name="gs1">FNC1 stands first, and for each <see cref="Gs1Reading.Separator"/>.</param>
    public static bool[,]? Of(string text, bool gs1)
    {
        if (Encoded(text, gs1) is not { } data) return null;
        int size = Array.FindIndex(s_sizes, s => s.Data >= data.Count);
        if (size < 0) return null;
        var (side, room, correction, regions) = s_sizes[size];
        if (data.Count < room) data.Add(Pad);
        while (data.Count < room)
        {
            int pad = Pad + 149 * (data.Count + 1) % 253 + 1;       // 253-state, Annex B.1
            data.Add((byte)(pad > 254 ? pad - 254 : pad));
        }
        byte[] words = [.. data, .. Correction(data, correction)];
        return Framed(DataMatrixPlacing.Of(side - 2 * regions, words), side, regions);
    }

    /// <summary>Codewords without padding; null when a sign is not ASCII.</summary>
    internal static List<byte>? Encoded(string text, bool gs1)
    {
        var words = new List<byte>();
        if (gs1) words.Add(Fnc1);
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAscii(text[i])) return null;
            if (char.IsAsciiDigit(text[i]) && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                words.Add((byte)(130 + (text[i] - '0') * 10 + text[i + 1] - '0'));
                i++;
            }
            else words.Add(gs1 && text[i] == Gs1Reading.Separator ? Fnc1 : (byte)(text[i] + 1));
        }
        return words;
    }

    /// <summary>Reed-Solomon codewords behind the data.</summary>
    internal static byte[] Correction(IReadOnlyList<byte> data, int count)
    {
        var (power, log) = s_field;
        byte[] generator = new byte[count + 1];     // coefficients, highest power first
        generator[0] = 1;
        for (int root = 1; root <= count; root++)
            for (int k = root; k >= 1; k--) generator[k] ^= Times(generator[k - 1], power[root]);
        byte[] rest = new byte[count];
        foreach (byte word in data)
        {
            byte lead = (byte)(word ^ rest[0]);
            for (int k = 0; k < count; k++) rest[k] = (byte)((k + 1 < count ? rest[k + 1] : 0) ^ Times(lead, generator[k + 1]));
        }
        return rest;

        byte Times(byte a, byte b) => a == 0 || b == 0 ? (byte)0 : power[(log[a] + log[b]) % 255];
    }

    private static readonly (byte[] Power, int[] Log) s_field = Field();

    private static (byte[] Power, int[] Log) Field()
    {
        byte[] power = new byte[255];
        int[] log = new int[256];
        for (int i = 0, x = 1; i < 255; i++)
        {
            power[i] = (byte)x;
            log[x] = i;
            x <<= 1;
            if (x > 255) x ^= 0x12D;
        }
        return (power, log);
    }

    /// <summary>Cuts the mapping into regions, each with its solid left and lower side and its broken right and upper one.</summary>
    private static bool[,] Framed(bool[,] mapping, int side, int regions)
    {
        bool[,] symbol = new bool[side, side];
        int region = side / regions, inner = region - 2;
        for (int row = 0; row < side; row++)
            for (int column = 0; column < side; column++)
            {
                int y = row % region, x = column % region;
                symbol[row, column] = x == 0 || y == region - 1 || (y == 0 ? x % 2 == 0 : x == region - 1 ? y % 2 == 1 : mapping[row / region * inner + y - 1, column / region * inner + x - 1]);
            }
        return symbol;
    }
}
