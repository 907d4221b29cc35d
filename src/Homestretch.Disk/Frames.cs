using System.Buffers.Binary;
using Homestretch.Exchange.Edges;
using Microsoft.Win32.SafeHandles;

namespace Homestretch.Disk;

/// <summary>The frames of a file of an append log (<see cref="Framing"/>): the server's telemetry log and the log of an edge. After damage the reader goes on at
/// the next frame that is whole.</summary>
public static class Frames
{
    public const int HeaderBytes = Framing.HeaderBytes, MostPayloadBytes = Framing.MostPayloadBytes;
    private const int SearchBytes = 1 << 16;

    /// <summary>What reading a segment met.</summary>
    public sealed class Damage
    {
        /// <summary>Bytes between whole frames.</summary>
        public long Damaged { get; set; }

        /// <summary>Where the last whole frame ends; while reading: the one just read.</summary>
        public long End { get; set; }

        /// <summary>Bytes after the last whole frame.</summary>
        public long Torn { get; set; }
    }

    public static void Write(Stream to, byte[] payload)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Framing.Write(header, payload);
        to.Write(header);
        to.Write(payload);
    }

    /// <summary>Writes a frame at an offset.</summary>
    /// <returns>The offset behind it.</returns>
    public static long Write(SafeFileHandle to, ReadOnlySpan<byte> payload, long at)
    {
        byte[] frame = new byte[HeaderBytes + payload.Length];
        Framing.Write(frame, payload);
        payload.CopyTo(frame.AsSpan(HeaderBytes));
        RandomAccess.Write(to, frame, at);
        return at + frame.Length;
    }

    /// <summary>The payloads of all whole frames, in order.</summary>
    /// <param name="from">Where a frame begins.</param>
    public static IEnumerable<byte[]> Read(SafeFileHandle file, Damage damage, long from = 0)
    {
        long length = RandomAccess.GetLength(file), at = from;
        damage.End = from;
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
        if (length - at < HeaderBytes || RandomAccess.Read(file, header, at) < HeaderBytes || Framing.Length(header) is var bytes && (bytes < 0 || length - at - HeaderBytes < bytes)) return null;
        byte[] payload = new byte[bytes];
        return RandomAccess.Read(file, payload, at + HeaderBytes) == bytes && Framing.IsWhole(header, payload) ? payload : null;
    }

    private static long NextWhole(SafeFileHandle file, long from, long length)
    {
        byte[] window = new byte[SearchBytes];
        Span<byte> mark = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(mark, Framing.Mark);
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
}
