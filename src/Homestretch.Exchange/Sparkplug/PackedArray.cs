using System.Buffers.Binary;
using System.Text;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>Sparkplug's arrays: little-endian elements packed into a bytes value; booleans as a 4-byte count and then bits, most
/// significant first; strings each ended by a zero byte (specification chapter 6, array types).</summary>
public static class PackedArray
{
    /// <summary>Number of elements, or -1 when the bytes are not a whole array of this type.</summary>
    public static int Count(SparkplugType type, ReadOnlySpan<byte> bytes)
    {
        if (type == SparkplugType.StringArray)
            return (bytes.IsEmpty || bytes[^1] == 0) && System.Text.Unicode.Utf8.IsValid(bytes) ? bytes.Count((byte)0) : -1;
        if (type == SparkplugType.BooleanArray)
        {
            if (bytes.Length < 4) return -1;
            var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            return bytes.Length - 4 == (count + 7L) / 8 ? (int)count : -1;
        }
        var size = ElementSize(type);
        return size > 0 && bytes.Length % size == 0 ? bytes.Length / size : -1;
    }

    /// <summary>Element <paramref name="index"/> as a value; a string element is Null here, read it with <see cref="Strings"/>.</summary>
    /// <param name="bytes">An array for which <see cref="Count"/> is more than <paramref name="index"/>.</param>
    public static MetricValue Element(SparkplugType type, ReadOnlySpan<byte> bytes, int index)
    {
        if (type == SparkplugType.BooleanArray) return MetricValue.Of((bytes[4 + (index >> 3)] & 0x80 >> (index & 7)) != 0);
        var at = ElementSize(type) is var size and > 0 ? bytes.Slice(index * size, size) : default;
        return type switch
        {
            SparkplugType.Int8Array => MetricValue.Of((long)(sbyte)at[0]),
            SparkplugType.Int16Array => MetricValue.Of((long)BinaryPrimitives.ReadInt16LittleEndian(at)),
            SparkplugType.Int32Array => MetricValue.Of((long)BinaryPrimitives.ReadInt32LittleEndian(at)),
            SparkplugType.Int64Array => MetricValue.Of(BinaryPrimitives.ReadInt64LittleEndian(at)),
            SparkplugType.UInt8Array => MetricValue.Of((ulong)at[0]),
            SparkplugType.UInt16Array => MetricValue.Of((ulong)BinaryPrimitives.ReadUInt16LittleEndian(at)),
            SparkplugType.UInt32Array => MetricValue.Of((ulong)BinaryPrimitives.ReadUInt32LittleEndian(at)),
            SparkplugType.UInt64Array or SparkplugType.DateTimeArray => MetricValue.Of(BinaryPrimitives.ReadUInt64LittleEndian(at)),
            SparkplugType.FloatArray => MetricValue.Of((double)BinaryPrimitives.ReadSingleLittleEndian(at)),
            SparkplugType.DoubleArray => MetricValue.Of(BinaryPrimitives.ReadDoubleLittleEndian(at)),
            _ => MetricValue.Null,
        };
    }

    /// <summary>The strings of a string array for which <see cref="Count"/> is not negative.</summary>
    public static string[] Strings(ReadOnlySpan<byte> bytes)
    {
        var strings = new string[bytes.Count((byte)0)];
        for (var i = 0; i < strings.Length; i++)
        {
            var end = bytes.IndexOf((byte)0);
            strings[i] = Encoding.UTF8.GetString(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }
        return strings;
    }

    /// <summary>Packs numbers; each is converted to the element type, and must fit it.</summary>
    public static byte[] Of(SparkplugType type, ReadOnlySpan<MetricValue> elements)
    {
        if (type == SparkplugType.BooleanArray) return OfBooleans(elements);
        var size = ElementSize(type);
        if (size == 0) throw new ArgumentException($"{type} is not an array of numbers.\nMaybe use {nameof(OfStrings)}.", nameof(type));
        var bytes = new byte[elements.Length * size];
        for (var i = 0; i < elements.Length; i++)
        {
            var at = bytes.AsSpan(i * size, size);
            if (type == SparkplugType.FloatArray) BinaryPrimitives.WriteSingleLittleEndian(at, (float)elements[i].Number);
            else if (type == SparkplugType.DoubleArray) BinaryPrimitives.WriteDoubleLittleEndian(at, elements[i].Number);
            else WriteLow(at, elements[i].Bits);
        }
        return bytes;
    }

    public static byte[] OfStrings(IEnumerable<string> strings) => Encoding.UTF8.GetBytes(string.Concat(strings.Select(s => s + '\0')));

    private static byte[] OfBooleans(ReadOnlySpan<MetricValue> elements)
    {
        var bytes = new byte[4 + ((elements.Length + 7) >> 3)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, elements.Length);
        for (var i = 0; i < elements.Length; i++)
            if (elements[i].Boolean) bytes[4 + (i >> 3)] |= (byte)(0x80 >> (i & 7));
        return bytes;
    }

    private static void WriteLow(Span<byte> to, ulong bits)
    {
        for (var i = 0; i < to.Length; i++) to[i] = (byte)(bits >> (8 * i));
    }

    private static int ElementSize(SparkplugType type) => type switch
    {
        SparkplugType.Int8Array or SparkplugType.UInt8Array => 1,
        SparkplugType.Int16Array or SparkplugType.UInt16Array => 2,
        SparkplugType.Int32Array or SparkplugType.UInt32Array or SparkplugType.FloatArray => 4,
        SparkplugType.Int64Array or SparkplugType.UInt64Array or SparkplugType.DoubleArray or SparkplugType.DateTimeArray => 8,
        _ => 0,
    };
}
