using System.Buffers.Binary;
using System.Text;

namespace Homestretch.Exchange.Pictures;

/// <summary>The chunks of a PNG: those that the picture is made of are kept.</summary>
internal static class PngBytes
{
    private static readonly string[] s_kept = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT"];

    /// <summary>Null: the file is broken.</summary>
    public static byte[]? Bare(ReadOnlySpan<byte> file)
    {
        var bare = new List<byte>(file.Length);
        bool pictured = false;
        bare.AddRange(file[..8]);
        for (int at = 8; at + 12 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > int.MaxValue || at + 12L + length > file.Length) return null;
            string kind = Encoding.Latin1.GetString(file.Slice(at + 4, 4));
            if (at == 8 && kind != "IHDR") return null;
            if (s_kept.Contains(kind)) bare.AddRange(file.Slice(at, 12 + (int)length));
            pictured |= kind == "IDAT";
            if (kind == "IEND") return pictured ? [.. bare] : null;
            at += 12 + (int)length;
        }
        return null;
    }
}
