using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>One metric to be sent. Leave out what is not to stand on the wire.</summary>
/// <param name="Type">Type of the value; travels only when <paramref name="SendType"/> is set.</param>
/// <param name="Timestamp">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Bytes">Content of a text (UTF-8), bytes, packed array, data set or template.</param>
/// <param name="Properties">An encoded property set.</param>
public readonly record struct OutgoingMetric(
    string? Name, ulong? Alias, SparkplugType Type, MetricValue Value, ulong? Timestamp = null, bool SendType = true, bool IsHistorical = false,
    bool IsTransient = false, ReadOnlyMemory<byte> Bytes = default, ReadOnlyMemory<byte> Properties = default)
{
    /// <summary>A metric with a text value.</summary>
    public static OutgoingMetric OfText(string? name, ulong? alias, string text, ulong? timestamp = null, SparkplugType type = SparkplugType.String) =>
        new(name, alias, type, PayloadWriter.Content, timestamp, Bytes: Encoding.UTF8.GetBytes(text));
}

/// <summary>Writes Sparkplug B payloads. Field order is that of the specification: timestamp, metrics, seq; a metric's fields by
/// number, its value last.</summary>
public static class PayloadWriter
{
    /// <summary>Stands for 'the value is in Bytes'; any non-null value does.</summary>
    public static MetricValue Content => MetricValue.Of(true);

    /// <summary>Writes one payload.</summary>
    /// <param name="timestamp">Sending time, milliseconds since 1970-01-01 UTC; null to leave it out.</param>
    /// <param name="sequence">0..255; null to leave it out (NDEATH, NCMD, DCMD).</param>
    public static void Write(IBufferWriter<byte> to, ulong? timestamp, ReadOnlySpan<OutgoingMetric> metrics, int? sequence)
    {
        if (sequence is < 0 or > 255) throw new ArgumentOutOfRangeException(nameof(sequence), sequence, "A sequence number lies in 0..255.");
        if (timestamp is { } sent) Varint(to, 1, sent);
        foreach (ref readonly var metric in metrics)
        {
            var size = SizeOf(metric);
            var span = to.GetSpan(1 + 10 + size);
            var position = 0;
            Wire.WriteVarint(span, ref position, 2 << 3 | Wire.LengthType);
            Wire.WriteVarint(span, ref position, (ulong)size);
            WriteMetric(span, ref position, metric);
            to.Advance(position);
        }
        if (sequence is { } seq) Varint(to, 3, (ulong)seq);
    }

    /// <inheritdoc cref="Write(IBufferWriter{byte}, ulong?, ReadOnlySpan{OutgoingMetric}, int?)"/>
    public static byte[] Write(ulong? timestamp, ReadOnlySpan<OutgoingMetric> metrics, int? sequence)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + metrics.Length * 32);
        Write(buffer, timestamp, metrics, sequence);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>True when a value goes on the wire as this type: a fraction is no integer, and only numbers and null go without content.</summary>
    internal static bool Fits(in MetricValue value, SparkplugType type) => value.Kind == ValueKind.Null || SparkplugTypes.FieldOf(type) switch
    {
        ValueField.Int or ValueField.Long => value.Kind is ValueKind.Integer or ValueKind.Unsigned,
        ValueField.Float or ValueField.Double => value.Kind is ValueKind.Integer or ValueKind.Unsigned or ValueKind.Number,
        ValueField.Boolean => value.Kind == ValueKind.Boolean,
        _ => false,
    };

    internal static byte[] Encoded(in OutgoingMetric metric)
    {
        var bytes = new byte[SizeOf(metric)];
        var position = 0;
        WriteMetric(bytes, ref position, metric);
        return bytes;
    }

    private static void Varint(IBufferWriter<byte> to, int field, ulong value)
    {
        var span = to.GetSpan(11);
        var position = 0;
        Wire.WriteVarint(span, ref position, (ulong)(field << 3));
        Wire.WriteVarint(span, ref position, value);
        to.Advance(position);
    }

    private static int SizeOf(in OutgoingMetric m)
    {
        var size = 0;
        if (m.Name is { } name) size += Lengthy(1, Encoding.UTF8.GetByteCount(name));
        if (m.Alias is { } alias) size += 1 + Wire.VarintSize(alias);
        if (m.Timestamp is { } at) size += 1 + Wire.VarintSize(at);
        if (m.SendType) size += 1 + Wire.VarintSize((ulong)m.Type);
        if (m.IsHistorical) size += 2;
        if (m.IsTransient) size += 2;
        if (m.Value.Kind == ValueKind.Null) size += 2;
        if (!m.Properties.IsEmpty) size += Lengthy(9, m.Properties.Length);
        return size + (m.Value.Kind == ValueKind.Null ? 0 : ValueSize(m));
    }

    private static int Lengthy(int field, int length) => (field > 15 ? 2 : 1) + Wire.VarintSize((ulong)length) + length;

    private static int ValueSize(in OutgoingMetric m) => SparkplugTypes.FieldOf(m.Type) switch
    {
        ValueField.Int => 1 + Wire.VarintSize((uint)m.Value.Bits),
        ValueField.Long => 1 + Wire.VarintSize(m.Value.Bits),
        ValueField.Float => 5,
        ValueField.Double => 9,
        ValueField.Boolean => 2,
        ValueField.None => throw new ArgumentException($"A metric cannot have the type {m.Type}."),
        var field => Lengthy(FieldNumber(field), m.Bytes.Length),
    };

    private static int FieldNumber(ValueField field) => (int)field + 9;

    private static void WriteMetric(Span<byte> to, ref int at, in OutgoingMetric m)
    {
        if (m.Name is { } name)
        {
            to[at++] = 1 << 3 | Wire.LengthType;
            Wire.WriteVarint(to, ref at, (ulong)Encoding.UTF8.GetByteCount(name));
            at += Encoding.UTF8.GetBytes(name, to[at..]);
        }
        if (m.Alias is { } alias) Number(to, ref at, 2, alias);
        if (m.Timestamp is { } time) Number(to, ref at, 3, time);
        if (m.SendType) Number(to, ref at, 4, (ulong)m.Type);
        if (m.IsHistorical) Number(to, ref at, 5, 1);
        if (m.IsTransient) Number(to, ref at, 6, 1);
        if (m.Value.Kind == ValueKind.Null) Number(to, ref at, 7, 1);
        if (!m.Properties.IsEmpty) Block(to, ref at, 9, m.Properties.Span);
        if (m.Value.Kind != ValueKind.Null) WriteValue(to, ref at, m);
    }

    private static void WriteValue(Span<byte> to, ref int at, in OutgoingMetric m)
    {
        var field = SparkplugTypes.FieldOf(m.Type);
        switch (field)
        {
            case ValueField.Int:
                Number(to, ref at, 10, (uint)m.Value.Bits);
                break;
            case ValueField.Long:
                Number(to, ref at, 11, m.Value.Bits);
                break;
            case ValueField.Float:
                to[at++] = 12 << 3 | Wire.Fixed32Type;
                BinaryPrimitives.WriteSingleLittleEndian(to[at..], (float)m.Value.Number);
                at += 4;
                break;
            case ValueField.Double:
                to[at++] = 13 << 3 | Wire.Fixed64Type;
                BinaryPrimitives.WriteDoubleLittleEndian(to[at..], m.Value.Number);
                at += 8;
                break;
            case ValueField.Boolean:
                Number(to, ref at, 14, m.Value.Boolean ? 1UL : 0);
                break;
            default:
                Block(to, ref at, FieldNumber(field), m.Bytes.Span);
                break;
        }
    }

    internal static void Number(Span<byte> to, ref int at, int field, ulong value)
    {
        Wire.WriteVarint(to, ref at, (ulong)(field << 3));
        Wire.WriteVarint(to, ref at, value);
    }

    internal static void Block(Span<byte> to, ref int at, int field, ReadOnlySpan<byte> content)
    {
        Wire.WriteVarint(to, ref at, (ulong)(field << 3 | Wire.LengthType));
        Wire.WriteVarint(to, ref at, (ulong)content.Length);
        content.CopyTo(to[at..]);
        at += content.Length;
    }
}
