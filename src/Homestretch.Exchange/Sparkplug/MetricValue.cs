using System.Runtime.CompilerServices;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>What a value is once its type is known.</summary>
public enum ValueKind : byte { Null, Integer, Unsigned, Number, Boolean, Text, Bytes, DataSet, Template }

/// <summary>A metric's value under its declared type. Text and larger things stay in the payload's bytes.</summary>
public readonly struct MetricValue
{
    internal MetricValue(ValueKind kind, ulong bits, Stretch stretch = default) => (Kind, Bits, Stretch) = (kind, bits, stretch);

    public ValueKind Kind { get; }

    internal ulong Bits { get; }

    /// <summary>Where the bytes of a Text, Bytes, DataSet or Template stand in the payload.</summary>
    public Stretch Stretch { get; }

    public static MetricValue Null => default;
    public static MetricValue Of(long value) => new(ValueKind.Integer, (ulong)value);
    public static MetricValue Of(ulong value) => new(ValueKind.Unsigned, value);
    public static MetricValue Of(double value) => new(ValueKind.Number, BitConverter.DoubleToUInt64Bits(value));
    public static MetricValue Of(bool value) => new(ValueKind.Boolean, value ? 1UL : 0);

    /// <summary>An Integer's value.</summary>
    public long Integer => (long)Bits;

    /// <summary>An Unsigned's value; for a DateTime milliseconds since 1970-01-01 UTC.</summary>
    public ulong Unsigned => Bits;

    /// <summary>A Boolean's value.</summary>
    public bool Boolean => Bits != 0;

    /// <summary>The value as a number: integers, numbers and booleans (0, 1); NaN for everything else and for null.</summary>
    public double Number => Kind switch
    {
        ValueKind.Integer => (long)Bits,
        ValueKind.Unsigned or ValueKind.Boolean => Bits,
        ValueKind.Number => BitConverter.UInt64BitsToDouble(Bits),
        _ => double.NaN,
    };

    /// <summary>The text of a Text value.</summary>
    /// <param name="payload">The bytes the value was read from.</param>
    public string Text(ReadOnlySpan<byte> payload) => System.Text.Encoding.UTF8.GetString(Stretch.Of(payload));

    /// <summary>Reads a metric's wire value under a type. False: the two do not go together, or the number is out of the type's range.</summary>
    /// <remarks>Small signed integers are taken sign-extended or not, 32 and 64 bit fields for any integer type in range, and a
    /// float for a Double: known encoders differ there, and none of it is ambiguous.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(in Metric metric, SparkplugType type, ReadOnlySpan<byte> payload, out MetricValue value)
    {
        if (type == SparkplugType.Double && metric.Field == ValueField.Double && !metric.IsNull)
        {
            value = new MetricValue(ValueKind.Number, metric.Bits);
            return true;
        }
        return TryReadOther(metric, type, payload, out value);
    }

    private static bool TryReadOther(in Metric metric, SparkplugType type, ReadOnlySpan<byte> payload, out MetricValue value)
    {
        value = default;
        if (metric.IsNull || metric.Field == ValueField.None) return true;
        if (metric.Field is ValueField.Int or ValueField.Long) return TryInteger(metric.Bits, metric.Field, type, out value);
        var fits = SparkplugTypes.FieldOf(type) == metric.Field;
        switch (metric.Field)
        {
            case ValueField.Float when fits || type == SparkplugType.Double:
                value = Of(BitConverter.UInt32BitsToSingle((uint)metric.Bits));
                return true;
            case ValueField.Double when fits:
                value = new MetricValue(ValueKind.Number, metric.Bits);
                return true;
            case ValueField.Boolean when fits:
                value = Of(metric.Bits != 0);
                return true;
            case ValueField.String when fits:
                value = new MetricValue(ValueKind.Text, 0, metric.Bytes);
                return true;
            case ValueField.Bytes when fits:
                value = new MetricValue(ValueKind.Bytes, 0, metric.Bytes);
                return !SparkplugTypes.IsArray(type) || PackedArray.Count(type, metric.Bytes.Of(payload)) >= 0;
            case ValueField.DataSet when fits:
                value = new MetricValue(ValueKind.DataSet, 0, metric.Bytes);
                return true;
            case ValueField.Template when fits:
                value = new MetricValue(ValueKind.Template, 0, metric.Bytes);
                return true;
            default:
                return false;
        }
    }

    private static bool TryInteger(ulong bits, ValueField field, SparkplugType type, out MetricValue value)
    {
        var signed = field == ValueField.Int ? (int)(uint)bits : (long)bits;
        (value, var fits) = type switch
        {
            SparkplugType.Int8 => (Of((long)(sbyte)bits), signed is >= sbyte.MinValue and <= byte.MaxValue),
            SparkplugType.Int16 => (Of((long)(short)bits), signed is >= short.MinValue and <= ushort.MaxValue),
            SparkplugType.Int32 => (Of((long)(int)bits), signed is >= int.MinValue and <= uint.MaxValue),
            SparkplugType.Int64 => (Of((long)bits), true),
            SparkplugType.UInt8 => (Of(bits), bits <= byte.MaxValue),
            SparkplugType.UInt16 => (Of(bits), bits <= ushort.MaxValue),
            SparkplugType.UInt32 => (Of(bits), bits <= uint.MaxValue),
            SparkplugType.UInt64 => (Of(bits), true),
            SparkplugType.DateTime => (Of(bits), bits <= long.MaxValue),
            _ => (default, false),
        };
        return fits;
    }
}
