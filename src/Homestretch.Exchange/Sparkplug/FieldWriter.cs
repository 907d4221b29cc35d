using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>Collects the fields of one nested message.</summary>
internal sealed class FieldWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();

    public FieldWriter Number(int field, ulong value)
    {
        var span = buffer.GetSpan(20);
        var at = 0;
        PayloadWriter.Number(span, ref at, field, value);
        buffer.Advance(at);
        return this;
    }

    public FieldWriter Text(int field, string? text) => text is null ? this : Block(field, Encoding.UTF8.GetBytes(text));

    public FieldWriter Block(int field, ReadOnlySpan<byte> content)
    {
        var span = buffer.GetSpan(20 + content.Length);
        var at = 0;
        PayloadWriter.Block(span, ref at, field, content);
        buffer.Advance(at);
        return this;
    }

    /// <summary>Writes a scalar into a union whose int_value has field number <paramref name="first"/>.</summary>
    public FieldWriter Scalar(int first, in Scalar value)
    {
        switch (value.Field)
        {
            case ValueField.Int: return Number(first, (uint)value.Bits);
            case ValueField.Long: return Number(first + 1, value.Bits);
            case ValueField.Float: return Fixed(first + 2, Wire.Fixed32Type, 4, value.Bits);
            case ValueField.Double: return Fixed(first + 3, Wire.Fixed64Type, 8, value.Bits);
            case ValueField.Boolean: return Number(first + 4, value.Bits);
            case ValueField.String: return Text(first + 5, value.Text ?? "");
            default: return this;
        }
    }

    private FieldWriter Fixed(int field, int wireType, int size, ulong bits)
    {
        var span = buffer.GetSpan(1 + 8);
        span[0] = (byte)(field << 3 | wireType);
        if (size == 4) BinaryPrimitives.WriteUInt32LittleEndian(span[1..], (uint)bits);
        else BinaryPrimitives.WriteUInt64LittleEndian(span[1..], bits);
        buffer.Advance(1 + size);
        return this;
    }
}
