using System.Buffers.Binary;
using System.Text;

namespace Homestretch.Exchange.Pictures;

/// <summary>The chunks of a WebP: those that the picture is made of are kept, and its header says no longer that there are others.</summary>
internal static class WebpBytes
{
    private const byte HasExif = 0x08, HasXmp = 0x04;
    private static readonly string[] s_kept = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"];

    /// <summary>Null: the file is broken.</summary>
    public static byte[]? Bare(ReadOnlySpan<byte> file)
    {
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        if (size < 4 || size + 8L > file.Length) return null;
        int end = (int)size + 8;
        var bare = new List<byte>(end);
        bare.AddRange(file[..12]);
        bool pictured = false;
        int at = 12;
        while (at + 8 <= end)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            long next = at + 8L + length + length % 2;
            if (at + 8L + length > end) return null;
            next = Math.Min(next, end);     // the last may lack its filling byte
            string kind = Encoding.Latin1.GetString(file.Slice(at, 4));
            if (s_kept.Contains(kind))
            {
                int from = bare.Count;
                bare.AddRange(file[at..(int)next]);
                if (kind == "VP8X" && length >= 1) bare[from + 8] &= unchecked((byte)~(HasExif | HasXmp));
                pictured |= kind is "VP8 " or "VP8L" or "ANMF";
            }
            at = (int)next;
        }
        if (at != end || !pictured) return null;
        byte[] all = [.. bare];
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(4), (uint)all.Length - 8);
        return all;
    }
}
