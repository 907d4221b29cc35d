namespace Homestretch.Exchange.Pictures;

/// <summary>The segments of a JPEG: those that the picture is made of are kept, applications' own and comments are left out.</summary>
internal static class JpegBytes
{
    private const byte Start = 0xD8, End = 0xD9, Scan = 0xDA, Comment = 0xFE, App0 = 0xE0, App2 = 0xE2, App14 = 0xEE, App15 = 0xEF;

    /// <summary>Null: the file is broken.</summary>
    public static byte[]? Bare(ReadOnlySpan<byte> file)
    {
        var bare = new List<byte>(file.Length) { 0xFF, Start };
        bool scanned = false;
        for (int at = 2; ;)
        {
            if (at + 1 >= file.Length || file[at] != 0xFF) return null;
            while (at + 1 < file.Length && file[at + 1] == 0xFF) at++;      // fill bytes
            if (at + 1 >= file.Length) return null;
            byte marker = file[at + 1];
            if (marker == End)
            {
                bare.AddRange((ReadOnlySpan<byte>)[0xFF, End]);
                return scanned ? [.. bare] : null;
            }
            if (marker is < 0xC0 or >= 0xD0 and <= Start || at + 3 >= file.Length) return null;
            int length = file[at + 2] << 8 | file[at + 3], next = at + 2 + length;
            if (length < 2 || next > file.Length) return null;
            if (Kept(marker, file[(at + 4)..next])) bare.AddRange(file[at..next]);
            at = next;
            if (marker != Scan) continue;
            scanned = true;
            int from = at;
            while (at + 1 < file.Length && !(file[at] == 0xFF && file[at + 1] is not 0 and not (>= 0xD0 and <= 0xD7))) at++;
            bare.AddRange(file[from..Math.Min(at, file.Length)]);
        }
    }

    /// <summary>Of the applications' own only what the colours need: JFIF, the colour profile, Adobe's transform.</summary>
    private static bool Kept(byte marker, ReadOnlySpan<byte> data) => marker switch
    {
        Comment => false,
        App0 => data.StartsWith("JFIF\0"u8) && data.Length == 14 && data[12] == 0 && data[13] == 0,     // without a small picture of its own
        App2 => data.StartsWith("ICC_PROFILE\0"u8),
        App14 => data.StartsWith("Adobe"u8) && data.Length == 12,
        > App0 and <= App15 => false,
        _ => true,
    };
}
