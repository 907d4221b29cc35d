namespace Homestretch.Exchange.Sparkplug;

/// <summary>What can be wrong with the bytes of a payload.</summary>
public enum Fault : byte
{
    None, TooLong, Truncated, BadVarint, BadTag, BadLength, WrongWireType, Group, NotUtf8, RepeatedField, TooDeep, TooManyMetrics, NameTooLong,
    KeysAndValues, ColumnsAndTypes, RowWidth, BadType, BadArray,
}

/// <summary>The first fault of a payload: what, and where. Costs nothing until it is turned into a finding.</summary>
/// <param name="Offset">Byte offset in the payload at which reading stopped.</param>
/// <param name="Metric">0-based number of the metric that holds the fault; -1 outside any metric.</param>
public readonly record struct PayloadFault(Fault Fault, int Offset, int Metric = -1)
{
    public static PayloadFault None => new(Fault.None, 0);

    public bool IsNone => Fault == Fault.None;

    /// <summary>The finding for people and logs.</summary>
    /// <param name="topic">MQTT topic the payload came on.</param>
    public Finding ToFinding(string topic)
    {
        var (rule, what, cure) = Words(Fault);
        var where = Metric < 0 ? $"byte {Offset}" : $"byte {Offset}, metric {Metric}";
        return new Finding(new Place(topic, 0, where), rule, what, cure);
    }

    private static (string Rule, string What, string Cure) Words(Fault fault) => fault switch
    {
        Fault.TooLong => ("payload-length", "The payload is longer than the limit.", "Split the message, or raise the limit for this host."),
        Fault.Truncated => ("payload-truncated", "The payload ends in the middle of a field.", "Send whole messages; look for a proxy that cuts them."),
        Fault.BadVarint => ("payload-varint", "A variable-length number has more than ten bytes.", Encoder),
        Fault.BadTag => ("payload-tag", "A field tag is zero, longer than needed or out of range.", Encoder),
        Fault.BadLength => ("payload-field-length", "A field claims more bytes than its message has.", Encoder),
        Fault.WrongWireType => ("payload-wire-type", "A field of the Sparkplug schema has another wire type than the schema says.", Encoder),
        Fault.Group => ("payload-group", "A group or an undefined wire type stands where none is allowed.", Encoder),
        Fault.NotUtf8 => ("payload-utf8", "A string is not valid UTF-8.", "Encode strings as UTF-8."),
        Fault.RepeatedField => ("payload-repeated-field", "A single message field stands twice.", Encoder),
        Fault.TooDeep => ("payload-depth", "Templates or property sets are nested deeper than the limit.", "Flatten the template, or raise the limit for this host."),
        Fault.TooManyMetrics => ("payload-metrics", "The payload has more metrics than the limit.", "Split the message, or raise the limit for this host."),
        Fault.NameTooLong => ("payload-name-length", "A metric name is longer than the limit.", "Use a shorter name."),
        Fault.KeysAndValues => ("property-set-size", "A property set has not as many values as keys.", "Give each key one value."),
        Fault.ColumnsAndTypes => ("data-set-columns", "A data set's columns, types and column count differ in number.", "Give each column one name and one type."),
        Fault.RowWidth => ("data-set-row", "A row of a data set has not as many elements as there are columns.", "Give each row one element per column."),
        Fault.BadType => ("data-type", "A data type is not one that may stand here.", "Use a type number of the specification."),
        Fault.BadArray => ("packed-array", "A packed array's length does not fit its type.", "Pack whole little-endian elements, as the specification says."),
        Fault.None => throw new InvalidOperationException("No fault has no words.\nMaybe IsNone was not asked first."),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
    };

    private const string Encoder = "Mend or replace the sender's Sparkplug encoder.";
}

/// <summary>How much of a stranger's payload we are willing to read.</summary>
/// <param name="MaxBytes">Longest payload, bytes.</param>
/// <param name="MaxMetrics">Most metrics in one payload.</param>
/// <param name="MaxDepth">Deepest nesting of messages below a metric's value or properties; 1 to 64.</param>
/// <param name="MaxNameBytes">Longest metric name, UTF-8 bytes.</param>
public sealed record PayloadLimits(int MaxBytes = 4 << 20, int MaxMetrics = 100_000, int MaxDepth = 16, int MaxNameBytes = 1024)
{
    public static PayloadLimits Default { get; } = new();
}
