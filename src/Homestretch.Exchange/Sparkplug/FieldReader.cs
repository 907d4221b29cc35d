namespace Homestretch.Exchange.Sparkplug;

/// <summary>Walks the fields of one message whose bytes <see cref="Schema"/> has passed; the slow, readable way, for the nested
/// values that are decoded only on demand.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> message = message;
    private int position;

    public int Field { get; private set; }

    /// <summary>The number of a varint or fixed field.</summary>
    public ulong Number { get; private set; }

    /// <summary>The content of a field with a length; empty otherwise.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    public readonly string Text => System.Text.Encoding.UTF8.GetString(Content);

    public bool HasContent { get; private set; }

    public bool Next()
    {
        ref var start = ref Wire.Start(message);
        if (position >= message.Length || Wire.Tag(ref start, message.Length, ref position, out var field, out var wireType) != Fault.None) return false;
        (Field, Number, HasContent) = (field, 0, wireType == Wire.LengthType);
        Content = default;
        switch (wireType)
        {
            case Wire.VarintType:
                if (!Wire.Varint(ref start, message.Length, ref position, out var number)) return false;
                Number = number;
                return true;
            case Wire.LengthType:
                if (!Wire.Length(ref start, message.Length, ref position, out var length)) return false;
                Content = message.Slice(position, length);
                position += length;
                return true;
            default:
                var from = position;
                if (Wire.Skip(ref start, message.Length, ref position, wireType) != Fault.None) return false;
                Number = wireType == Wire.Fixed32Type
                    ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(message[from..])
                    : System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(message[from..]);
                return true;
        }
    }
}

/// <summary>A value inside a data set, property or template parameter.</summary>
/// <param name="Bits">Int, Long and Boolean: the number; Float and Double: the IEEE bits.</param>
/// <param name="Text">A String's text.</param>
public readonly record struct Scalar(ValueField Field, ulong Bits = 0, string? Text = null)
{
    public static Scalar Of(int value) => new(ValueField.Int, (uint)value);
    public static Scalar Of(ulong value) => new(ValueField.Long, value);
    public static Scalar Of(float value) => new(ValueField.Float, BitConverter.SingleToUInt32Bits(value));
    public static Scalar Of(double value) => new(ValueField.Double, BitConverter.DoubleToUInt64Bits(value));
    public static Scalar Of(bool value) => new(ValueField.Boolean, value ? 1UL : 0);
    public static Scalar Of(string text) => new(ValueField.String, 0, text);

    /// <summary>The scalar in a union whose int_value has field number <paramref name="first"/>.</summary>
    internal static Scalar From(in FieldReader reader, int first) => (reader.Field - first) switch
    {
        0 => new(ValueField.Int, (uint)reader.Number),
        1 => new(ValueField.Long, reader.Number),
        2 => new(ValueField.Float, (uint)reader.Number),
        3 => new(ValueField.Double, reader.Number),
        4 => new(ValueField.Boolean, reader.Number != 0 ? 1UL : 0),
        5 => new(ValueField.String, 0, reader.Text),
        _ => default,
    };
}
