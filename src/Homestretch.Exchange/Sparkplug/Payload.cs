using System.Runtime.CompilerServices;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>A decoded Sparkplug B payload. One instance is reused for many payloads: reading allocates nothing once the metric
/// array has grown. Strings and nested values stay in the caller's bytes and are named by stretches.</summary>
/// <remarks>Accepts what protobuf parsers accept, but refuses groups, strings that are not UTF-8, known fields of another wire
/// type, doubled single messages and anything past the limits. Unknown fields are skipped. Never throws on bytes.</remarks>
public sealed class Payload
{
    private Metric[] metrics = new Metric[64];
    private int count;

    public bool HasTimestamp { get; private set; }

    /// <summary>Sending time, milliseconds since 1970-01-01 UTC; 0 when absent.</summary>
    public ulong Timestamp { get; private set; }

    public bool HasSequence { get; private set; }

    /// <summary>Sequence number as sent; 0 when absent. A valid one lies in 0..255, which the session checks.</summary>
    public ulong Sequence { get; private set; }

    public Stretch Uuid { get; private set; }

    public Stretch Body { get; private set; }

    /// <summary>The metrics in the order sent. Overwritten by the next <see cref="Read(ReadOnlySpan{byte}, out PayloadFault)"/>.</summary>
    public ReadOnlySpan<Metric> Metrics => metrics.AsSpan(0, count);

    /// <summary>Reads a payload. On false nothing of it may be used.</summary>
    public bool Read(ReadOnlySpan<byte> bytes, out PayloadFault fault) => Read(bytes, PayloadLimits.Default, out fault);

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, out PayloadFault)"/>
    public bool Read(ReadOnlySpan<byte> bytes, PayloadLimits limits, out PayloadFault fault)
    {
        count = 0;
        (HasTimestamp, Timestamp, HasSequence, Sequence, Uuid, Body) = (false, 0, false, 0, default, default);
        fault = PayloadFault.None;
        if (bytes.Length > limits.MaxBytes)
        {
            fault = new PayloadFault(Fault.TooLong, limits.MaxBytes);
            return false;
        }
        var position = 0;
        var found = ReadFields(ref Wire.Start(bytes), bytes, ref position, limits, out var metric);
        if (found == Fault.None) return true;
        count = 0;
        fault = new PayloadFault(found, position, metric);
        return false;
    }

    private Fault ReadFields(ref byte start, ReadOnlySpan<byte> bytes, ref int position, PayloadLimits limits, out int metric)
    {
        var end = bytes.Length;
        metric = -1;
        while (position < end)
        {
            if (Unsafe.Add(ref start, position) != (2 << 3 | Wire.LengthType))
            {
                var other = ReadOther(ref start, bytes, ref position);
                if (other != Fault.None) return other;
                continue;
            }
            position++;
            if (!Wire.Length(ref start, end, ref position, out var length)) return Fault.BadLength;
            if (count == metrics.Length && !Grow(limits)) return Fault.TooManyMetrics;
            ref var into = ref metrics[count];
            into = default;
            var fault = into.Read(ref start, ref position, position + length, limits);
            if (fault != Fault.None)
            {
                metric = count;
                return fault;
            }
            count++;
        }
        return count <= limits.MaxMetrics ? Fault.None : Fault.TooManyMetrics;
    }

    private Fault ReadOther(ref byte start, ReadOnlySpan<byte> bytes, ref int position)
    {
        var fault = Wire.Tag(ref start, bytes.Length, ref position, out var field, out var wireType);
        if (fault != Fault.None) return fault;
        if (field > 5) return Wire.Skip(ref start, bytes.Length, ref position, wireType);
        if (wireType != (field is 1 or 3 ? Wire.VarintType : Wire.LengthType)) return Fault.WrongWireType;
        if (field is 1 or 3)
        {
            if (!Wire.Varint(ref start, bytes.Length, ref position, out var value)) return Wire.Ended(bytes.Length, position);
            if (field == 1) (HasTimestamp, Timestamp) = (true, value);
            else (HasSequence, Sequence) = (true, value);
            return Fault.None;
        }
        if (!Wire.Length(ref start, bytes.Length, ref position, out var length)) return Fault.BadLength;
        var stretch = new Stretch(position, length);
        if (field == 4 && !System.Text.Unicode.Utf8.IsValid(stretch.Of(bytes))) return Fault.NotUtf8;
        if (field == 4) Uuid = stretch;
        else Body = stretch;
        position += length;
        return Fault.None;
    }

    private bool Grow(PayloadLimits limits)
    {
        if (metrics.Length >= limits.MaxMetrics) return false;
        Array.Resize(ref metrics, Math.Min(metrics.Length * 2, Math.Max(limits.MaxMetrics, 64)));
        return true;
    }
}
