namespace Homestretch;

/// <summary>A fixed 64-bit hash of names: the key under which a record's random draws are found again, on any machine
/// and in any later version. Not for security.</summary>
/// <remarks>Algorithm: h = 14695981039346656037; for each word, for each byte b of its length in UTF-16 code units
/// (4 bytes, low first) and then of each code unit (2 bytes, low first): h = (h xor b) * 1099511628211 mod 2^64; at the
/// end one <see cref="Mix"/>. The loop is FNV-1a (Fowler, Noll, Vo); the length before each word keeps ("a", "bc") and
/// ("ab", "c") apart; Mix spreads the last characters over all bits. Vectors: () = f52a15e9a9b5e89b;
/// ("lot", "acme", "L-1") = 62a78a2cef37ae88.</remarks>
public static class StableHash
{
    private const ulong Offset = 14695981039346656037, Prime = 1099511628211;

    /// <summary>The hash of one record: its type, the party it belongs to and its external key.</summary>
    public static ulong Of(string recordType, string party, string key) => Of([recordType, party, key]);

    /// <summary>The hash of a sequence of words; their order and borders count.</summary>
    public static ulong Of(params ReadOnlySpan<string> words)
    {
        ulong h = Offset;
        foreach (string word in words)
        {
            for (int shift = 0; shift < 32; shift += 8) h = Take(h, (uint)word.Length >> shift & 0xFF);
            foreach (char c in word) h = Take(Take(h, (uint)c & 0xFF), (uint)c >> 8);
        }
        return Mix(h);
    }

    /// <summary>A key made of two, in that order: a factor and its month, a run and its failures.</summary>
    public static ulong Join(ulong first, ulong second) => Mix(unchecked(Mix(first) + 0x9E3779B97F4A7C15 + second));

    /// <summary>A bijection of 64 bits in which every input bit moves about half of the output bits.</summary>
    /// <remarks>Source: D. Stafford's variant 13 of MurmurHash3's finaliser, as in Steele, Lea and Flood, 'Fast
    /// splittable pseudorandom number generators' (OOPSLA 2014).</remarks>
    internal static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    private static ulong Take(ulong h, uint b) => unchecked((h ^ b) * Prime);
}
