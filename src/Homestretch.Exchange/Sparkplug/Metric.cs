using System.Runtime.CompilerServices;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>A stretch of the payload's bytes. Kept as two numbers, so that a decoded payload can lie in an ordinary array.</summary>
public readonly record struct Stretch(int Start, int Length)
{
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> payload) => payload.Slice(Start, Length);
}

[Flags]
internal enum MetricParts : ushort
{
    None = 0, Name = 1, Alias = 2, Timestamp = 4, Type = 8, Historical = 16, Transient = 32, Null = 64, Properties = 128, MetaData = 256, DataSet = 512,
    Template = 1024, Extension = 2048,
}

/// <summary>One metric as it stood on the wire. Stretches point into the payload it was read from.</summary>
public struct Metric
{
    private ulong alias, timestamp, bits;
    private Stretch name, bytes, properties, metaData;
    private uint type;
    private MetricParts parts;
    private ValueField union;

    public readonly bool HasName => (parts & MetricParts.Name) != 0;
    public readonly bool HasAlias => (parts & MetricParts.Alias) != 0;
    public readonly bool HasTimestamp => (parts & MetricParts.Timestamp) != 0;
    public readonly bool HasType => (parts & MetricParts.Type) != 0;
    public readonly bool HasProperties => (parts & MetricParts.Properties) != 0;
    public readonly bool HasMetaData => (parts & MetricParts.MetaData) != 0;
    public readonly bool IsHistorical => (parts & MetricParts.Historical) != 0;
    public readonly bool IsTransient => (parts & MetricParts.Transient) != 0;
    public readonly bool IsNull => (parts & MetricParts.Null) != 0;

    /// <summary>True when nothing stands beside alias or name, time and a value: what nearly every metric of a data message is.</summary>
    internal readonly bool IsPlain => (parts & ~MetricParts.Timestamp) is MetricParts.Alias or MetricParts.Name && union is > ValueField.None and < ValueField.DataSet;

    public readonly ulong Alias => alias;

    /// <summary>Milliseconds since 1970-01-01 UTC; 0 when <see cref="HasTimestamp"/> is false.</summary>
    public readonly ulong Timestamp => timestamp;

    /// <summary>The type number as sent, known or not; 0 when <see cref="HasType"/> is false.</summary>
    public readonly uint Type => type;

    /// <summary>Which field of the value union came last.</summary>
    public readonly ValueField Field => union;

    /// <summary>Int, Long and Boolean: the number; Float and Double: the IEEE bits.</summary>
    public readonly ulong Bits => bits;

    public readonly Stretch Name => name;

    /// <summary>The value's bytes when it is a string, bytes, data set, template or extension.</summary>
    public readonly Stretch Bytes => bytes;

    /// <summary>The encoded property set; read it with <see cref="PropertySet.Read"/>.</summary>
    public readonly Stretch Properties => properties;

    public readonly Stretch MetaData => metaData;

    /// <summary>Reads the fields of one metric between <paramref name="position"/> and <paramref name="end"/>.</summary>
    /// <param name="position">Moved; on a fault it tells where.</param>
    internal Fault Read(ref byte start, ref int position, int end, PayloadLimits limits)
    {
        var at = position;
        while (at < end)
        {
            ulong value;
            var tag = Unsafe.Add(ref start, at++);
            switch (tag)
            {
                case 2 << 3 | Wire.VarintType:
                    if (!Wire.Varint(ref start, end, ref at, out alias)) goto Ended;
                    parts |= MetricParts.Alias;
                    continue;
                case 3 << 3 | Wire.VarintType:
                    if (!Wire.Varint(ref start, end, ref at, out timestamp)) goto Ended;
                    parts |= MetricParts.Timestamp;
                    continue;
                case 13 << 3 | Wire.Fixed64Type:
                    if (end - at < 8) return Fault.Truncated;
                    bits = Fixed64(ref start, at);
                    union = ValueField.Double;
                    at += 8;
                    continue;
                case 1 << 3 | Wire.LengthType:
                    if (!Wire.Length(ref start, end, ref at, out var length))
                    {
                        position = at;
                        return Fault.BadLength;
                    }
                    var named = SetName(ref start, at, length, limits);
                    if (named != Fault.None)
                    {
                        position = at;
                        return named;
                    }
                    at += length;
                    continue;
                case 4 << 3 | Wire.VarintType:
                    if (!Wire.Varint(ref start, end, ref at, out value)) goto Ended;
                    type = (uint)value;
                    parts |= MetricParts.Type;
                    continue;
                case 10 << 3 | Wire.VarintType:
                    if (!Wire.Varint(ref start, end, ref at, out value)) goto Ended;
                    bits = (uint)value;
                    union = ValueField.Int;
                    continue;
                case 11 << 3 | Wire.VarintType:
                    if (!Wire.Varint(ref start, end, ref at, out bits)) goto Ended;
                    union = ValueField.Long;
                    continue;
                case 12 << 3 | Wire.Fixed32Type:
                    if (end - at < 4) return Fault.Truncated;
                    bits = Fixed32(ref start, at);
                    union = ValueField.Float;
                    at += 4;
                    continue;
                case 14 << 3 | Wire.VarintType:
                    if (!Wire.Varint(ref start, end, ref at, out value)) goto Ended;
                    bits = value != 0 ? 1UL : 0;
                    union = ValueField.Boolean;
                    continue;
                case 5 << 3 | Wire.VarintType:
                case 6 << 3 | Wire.VarintType:
                case 7 << 3 | Wire.VarintType:
                    if (!Wire.Varint(ref start, end, ref at, out value)) goto Ended;
                    var flag = (MetricParts)((int)MetricParts.Historical << ((tag >> 3) - 5));
                    parts = value != 0 ? parts | flag : parts & ~flag;
                    continue;
                default:
                    position = at - 1;
                    var fault = ReadLong(ref start, ref position, end, limits);
                    if (fault != Fault.None) return fault;
                    at = position;
                    continue;
            }
        Ended:
            position = at;
            return Wire.Ended(end, at);
        }
        position = at;
        return Fault.None;
    }

    /// <summary>Fields with a length, and everything unexpected.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Fault ReadLong(ref byte start, ref int position, int end, PayloadLimits limits)
    {
        var fault = Wire.Tag(ref start, end, ref position, out var number, out var wireType);
        if (fault != Fault.None) return fault;
        if (number > 19) return Wire.Skip(ref start, end, ref position, wireType);
        if (wireType != Wire.LengthType || number is <= 7 or >= 10 and <= 14) return Fault.WrongWireType;
        if (!Wire.Length(ref start, end, ref position, out var length)) return Fault.BadLength;
        var stretch = new Stretch(position, length);
        var content = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref start, position), length);
        fault = number switch
        {
            8 => SetMessage(MetricParts.MetaData, ref metaData, stretch, content, Schema.MetaData, limits, ref position),
            9 => SetMessage(MetricParts.Properties, ref properties, stretch, content, Schema.PropertySet, limits, ref position),
            15 => SetText(stretch, content),
            16 => SetValue(ValueField.Bytes, stretch),
            17 => SetMessageValue(ValueField.DataSet, MetricParts.DataSet, stretch, content, Schema.DataSet, limits, ref position),
            18 => SetMessageValue(ValueField.Template, MetricParts.Template, stretch, content, Schema.Template, limits, ref position),
            _ => SetMessageValue(ValueField.Extension, MetricParts.Extension, stretch, content, Schema.Extension, limits, ref position),
        };
        if (fault == Fault.None) position = stretch.Start + length;
        return fault;
    }

    private Fault SetName(ref byte start, int at, int length, PayloadLimits limits)
    {
        if (length > limits.MaxNameBytes) return Fault.NameTooLong;
        if (!System.Text.Unicode.Utf8.IsValid(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref start, at), length))) return Fault.NotUtf8;
        name = new Stretch(at, length);
        parts |= MetricParts.Name;
        return Fault.None;
    }

    private Fault SetText(Stretch stretch, ReadOnlySpan<byte> content) =>
        System.Text.Unicode.Utf8.IsValid(content) ? SetValue(ValueField.String, stretch) : Fault.NotUtf8;

    private Fault SetValue(ValueField to, Stretch stretch)
    {
        (union, bytes) = (to, stretch);
        return Fault.None;
    }

    private Fault SetMessageValue(ValueField to, MetricParts part, Stretch stretch, ReadOnlySpan<byte> content, byte message, PayloadLimits limits, ref int position)
    {
        union = to;
        return SetMessage(part, ref bytes, stretch, content, message, limits, ref position);
    }

    private Fault SetMessage(MetricParts part, ref Stretch to, Stretch stretch, ReadOnlySpan<byte> content, byte message, PayloadLimits limits, ref int position)
    {
        if ((parts & part) != 0) return Fault.RepeatedField;
        parts |= part;
        to = stretch;
        var fault = Schema.Check(content, message, limits.MaxDepth, out var inside);
        position += inside;
        return fault;
    }

    private static ulong Fixed64(ref byte start, int at)
    {
        var value = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
        return BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }

    private static uint Fixed32(ref byte start, int at)
    {
        var value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));
        return BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }
}
