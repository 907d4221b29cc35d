using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>A frame of the append log: "HSF1", length, CRC-32C of length and payload (RFC 3720, B.4), payload; numbers little-endian.
/// After damage the reader goes on at the next frame that is whole.</summary>
internal static class Frames
{
    public const int HeaderBytes = 12, MostPayloadBytes = 8 << 20;
    private const uint Mark = 0x31465348;
    private const int SearchBytes = 1 << 16;

    /// <summary>What reading a segment met.</summary>
    internal sealed class Damage
    {
        /// <summary>Bytes between whole frames.</summary>
        public long Damaged { get; set; }

        /// <summary>Where the last whole frame ends.</summary>
        public long End { get; set; }

        /// <summary>Bytes after the last whole frame.</summary>
        public long Torn { get; set; }
    }

    public static void Write(Stream to, byte[] payload)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc(payload));
        to.Write(header);
        to.Write(payload);
    }

    /// <summary>The payloads of all whole frames, in order.</summary>
    public static IEnumerable<byte[]> Read(SafeFileHandle file, Damage damage)
    {
        long length = RandomAccess.GetLength(file), at = 0;
        while (at < length)
        {
            if (At(file, at, length) is { } payload)
            {
                at += HeaderBytes + payload.Length;
                damage.End = at;
                yield return payload;
                continue;
            }
            long next = NextWhole(file, at + 1, length);
            if (next < 0) break;
            damage.Damaged += next - at;
            at = next;
        }
        damage.Torn = length - damage.End;
    }

    private static byte[]? At(SafeFileHandle file, long at, long length)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (length - at < HeaderBytes || RandomAccess.Read(file, header, at) < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(header) != Mark) return null;
        int bytes = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (bytes is < 0 or > MostPayloadBytes || length - at - HeaderBytes < bytes) return null;
        byte[] payload = new byte[bytes];
        return RandomAccess.Read(file, payload, at + HeaderBytes) == bytes && BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == Crc(payload) ? payload : null;
    }

    private static long NextWhole(SafeFileHandle file, long from, long length)
    {
        byte[] window = new byte[SearchBytes];
        Span<byte> mark = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(mark, Mark);
        for (long at = from; at < length; at += SearchBytes - 3)
        {
            int read = RandomAccess.Read(file, window, at);
            for (int i = 0; window.AsSpan(i, read - i).IndexOf(mark) is >= 0 and var found; i += found + 1)
            {
                if (At(file, at + i + found, length) is not null) return at + i + found;
            }
        }
        return -1;
    }

    private static uint Crc(ReadOnlySpan<byte> payload)
    {
        uint crc = BitOperations.Crc32C(~0u, (uint)payload.Length);
        for (; payload.Length >= 8; payload = payload[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(payload));
        foreach (byte b in payload) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
