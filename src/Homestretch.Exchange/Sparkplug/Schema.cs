using System.Runtime.CompilerServices;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>The nested messages of a Sparkplug payload as tables (field number -> what stands there), and one walk that checks
/// bytes against them: so a payload is known to be whole before anything in it is used.</summary>
internal static class Schema
{
    public const byte DataSet = 0, DataSetValue = 1, Row = 2, PropertyValue = 3, PropertySet = 4, PropertySetList = 5, MetaData = 6, Template = 7,
        Parameter = 8, Metric = 9, Extension = 10;

    // what stands in a field: a wire shape, or a nested message (Single: at most once; Many: repeated)
    private const byte Free = 0, Var = 1, F32 = 2, F64 = 3, Text = 4, Raw = 5, Packed = 6, Single = 0x40, Many = 0x80;

    private static ReadOnlySpan<byte> Fields(byte message) => message switch
    {
        DataSet => [Free, Var, Text, Packed, Many | Row],
        DataSetValue => [Free, Var, Var, F32, F64, Var, Text, Single | Extension],
        Row => [Free, Many | DataSetValue],
        PropertyValue => [Free, Var, Var, Var, Var, F32, F64, Var, Text, Single | PropertySet, Single | PropertySetList, Single | Extension],
        PropertySet => [Free, Text, Many | PropertyValue],
        PropertySetList => [Free, Many | PropertySet],
        MetaData => [Free, Var, Text, Var, Var, Text, Text, Text, Text],
        Template => [Free, Text, Many | Metric, Many | Parameter, Text, Var],
        Parameter => [Free, Text, Var, Var, Var, F32, F64, Var, Text, Single | Extension],
        Metric => [Free, Text, Var, Var, Var, Var, Var, Var, Single | MetaData, Single | PropertySet, Var, Var, F32, F64, Var, Text, Raw,
            Single | DataSet, Single | Template, Single | Extension],
        _ => [Free],
    };

    /// <summary>Checks that the bytes are one whole message of the given kind, down to <paramref name="depth"/> levels.</summary>
    /// <param name="offset">Where in the bytes reading stopped.</param>
    public static Fault Check(ReadOnlySpan<byte> bytes, byte message, int depth, out int offset)
    {
        offset = 0;
        if (depth <= 0) return Fault.TooDeep;
        ref var start = ref Wire.Start(bytes);
        var fields = Fields(message);
        var seen = 0;
        while (offset < bytes.Length)
        {
            var fault = Wire.Tag(ref start, bytes.Length, ref offset, out var number, out var wireType);
            if (fault != Fault.None) return fault;
            var shape = number < fields.Length ? fields[number] : Free;
            if (shape >= Single)
            {
                if ((shape & Single) != 0 && (seen & 1 << number) != 0) return Fault.RepeatedField;
                seen |= 1 << number;
                fault = Nested(bytes, shape, wireType, depth, ref offset);
            }
            else
            {
                fault = Plain(bytes, ref start, shape, wireType, ref offset);
            }
            if (fault != Fault.None) return fault;
        }
        return Fault.None;
    }

    private static Fault Nested(ReadOnlySpan<byte> bytes, byte shape, int wireType, int depth, ref int offset)
    {
        if (wireType != Wire.LengthType) return Fault.WrongWireType;
        if (!Wire.Length(ref Wire.Start(bytes), bytes.Length, ref offset, out var length)) return Fault.BadLength;
        var fault = Check(bytes.Slice(offset, length), (byte)(shape & 0x3F), depth - 1, out var inside);
        offset += inside;
        return fault;
    }

    private static Fault Plain(ReadOnlySpan<byte> bytes, ref byte start, byte shape, int wireType, ref int offset)
    {
        var expected = shape switch
        {
            Var => Wire.VarintType,
            F32 => Wire.Fixed32Type,
            F64 => Wire.Fixed64Type,
            Text or Raw => Wire.LengthType,
            Packed => wireType == Wire.LengthType ? Wire.LengthType : Wire.VarintType,
            _ => wireType,
        };
        if (wireType != expected) return Fault.WrongWireType;
        if (shape is not (Text or Packed) || wireType != Wire.LengthType) return Wire.Skip(ref start, bytes.Length, ref offset, wireType);
        if (!Wire.Length(ref start, bytes.Length, ref offset, out var length)) return Fault.BadLength;
        var content = bytes.Slice(offset, length);
        if (shape == Text && !System.Text.Unicode.Utf8.IsValid(content)) return Fault.NotUtf8;
        if (shape == Packed)
        {
            for (var at = 0; at < length;)
                if (!Wire.Varint(ref Unsafe.Add(ref start, offset), length, ref at, out _)) return Fault.Truncated;
        }
        offset += length;
        return Fault.None;
    }
}
