using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>The protobuf wire format, as much of it as Sparkplug uses: varints, fixed fields, lengths. Every read is bounded
/// by <c>end</c>. Source: protobuf.dev, Encoding.</summary>
internal static class Wire
{
    public const int VarintType = 0, Fixed64Type = 1, LengthType = 2, Fixed32Type = 5;

    /// <summary>Reads a varint of one to ten bytes; bits past the 64th are dropped, as protobuf parsers do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Varint(ref byte start, int end, ref int position, out ulong value)
    {
        if (position < end)
        {
            value = Unsafe.Add(ref start, position);
            if (value < 0x80)
            {
                position++;
                return true;
            }
            if (end - position >= 8)
            {
                // eight bytes at once: find the first byte without the continuation bit, keep what is below it, squeeze the sevens together
                var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, position));
                if (!BitConverter.IsLittleEndian) word = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
                var stop = ~word & 0x8080808080808080UL;
                if (stop != 0)
                {
                    position += (System.Numerics.BitOperations.TrailingZeroCount(stop) >> 3) + 1;
                    word &= (stop ^ (stop - 1)) & 0x7F7F7F7F7F7F7F7FUL;
                    word = (word & 0x007F007F007F007FUL) | ((word & 0x7F007F007F007F00UL) >> 1);
                    word = (word & 0x00003FFF00003FFFUL) | ((word & 0x3FFF00003FFF0000UL) >> 2);
                    value = (word & 0x0FFFFFFFUL) | ((word & 0x0FFFFFFF00000000UL) >> 4);
                    return true;
                }
            }
        }
        return VarintByByte(ref start, end, ref position, out value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool VarintByByte(ref byte start, int end, ref int position, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70 && position < end; shift += 7)
        {
            var b = Unsafe.Add(ref start, position++);
            if (shift < 64) value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return true;
        }
        return false;
    }

    /// <summary>Reads a length and checks that so many bytes are left before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Length(ref byte start, int end, ref int position, out int length)
    {
        var read = Varint(ref start, end, ref position, out var value);
        length = (int)value;
        return read && value <= (ulong)(end - position);
    }

    /// <summary>Skips a field's content. The tag is already read.</summary>
    public static Fault Skip(ref byte start, int end, ref int position, int wireType)
    {
        switch (wireType)
        {
            case VarintType:
                return Varint(ref start, end, ref position, out _) ? Fault.None : Ended(end, position);
            case Fixed64Type:
                if (end - position < 8) return Fault.Truncated;
                position += 8;
                return Fault.None;
            case Fixed32Type:
                if (end - position < 4) return Fault.Truncated;
                position += 4;
                return Fault.None;
            case LengthType:
                if (!Length(ref start, end, ref position, out var length)) return Fault.BadLength;
                position += length;
                return Fault.None;
            default:
                return Fault.Group;
        }
    }

    /// <summary>Reads a whole tag, refusing field number zero, overlong encodings and numbers past 2^29-1.</summary>
    public static Fault Tag(ref byte start, int end, ref int position, out int field, out int wireType)
    {
        var from = position;
        (field, wireType) = (0, 0);
        if (!Varint(ref start, end, ref position, out var tag)) return Ended(end, position);
        if (tag is < 8 or > uint.MaxValue || position - from != VarintSize(tag)) return Fault.BadTag;
        (field, wireType) = ((int)(tag >> 3), (int)(tag & 7));
        return Fault.None;
    }

    public static Fault Ended(int end, int position) => position >= end ? Fault.Truncated : Fault.BadVarint;

    /// <summary>Bytes a varint takes: 1 to 10.</summary>
    public static int VarintSize(ulong value) => (9 * (64 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) + 64) >> 6;

    /// <summary>Writes a varint at <paramref name="position"/> and moves it.</summary>
    public static void WriteVarint(Span<byte> to, ref int position, ulong value)
    {
        while (value >= 0x80)
        {
            to[position++] = (byte)(value | 0x80);
            value >>= 7;
        }
        to[position++] = (byte)value;
    }

    public static ref byte Start(ReadOnlySpan<byte> bytes) => ref MemoryMarshal.GetReference(bytes);
}
