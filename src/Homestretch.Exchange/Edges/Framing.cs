using System.Buffers.Binary;
using System.Numerics;

namespace Homestretch.Exchange.Edges;

/// <summary>A frame of an append log: "HSF1", length, CRC-32C of length and payload (RFC 3720, B.4), payload; numbers little-endian.
/// The telemetry log of the server and the log of an edge are files of such frames.</summary>
public static class Framing
{
    public const int HeaderBytes = 12, MostPayloadBytes = 8 << 20;

    /// <summary>The first four bytes of every frame, as a little-endian number.</summary>
    public const uint Mark = 0x31465348;

    /// <summary>Fills in the header of a payload.</summary>
    /// <param name="header">At least <see cref="HeaderBytes"/> long.</param>
    public static void Write(Span<byte> header, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc(payload));
    }

    /// <summary>The length of the payload behind a header, bytes; -1 when this is no header.</summary>
    public static int Length(ReadOnlySpan<byte> header) => header.Length >= HeaderBytes && BinaryPrimitives.ReadUInt32LittleEndian(header) == Mark
        && BinaryPrimitives.ReadInt32LittleEndian(header[4..]) is >= 0 and <= MostPayloadBytes and var bytes ? bytes : -1;

    /// <summary>True when the payload is the one that the header was written for.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) => Length(header) == payload.Length && BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == Crc(payload);

    private static uint Crc(ReadOnlySpan<byte> payload)
    {
        uint crc = BitOperations.Crc32C(~0u, (uint)payload.Length);
        for (; payload.Length >= 8; payload = payload[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(payload));
        foreach (byte b in payload) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
