using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Edges;

/// <summary>One thing that may leave a supplier's site.</summary>
/// <param name="Machine">Its code; <c>*</c>: every machine of the edge.</param>
/// <param name="Metric">Its name as history keeps it, such as State or Vibration.</param>
/// <param name="EverySeconds">At most one value in so many seconds; 0: each one.</param>
/// <param name="Step">Values are rounded to multiples of this; 0: as measured.</param>
/// <param name="DelaySeconds">No value leaves before it is this old.</param>
public sealed record ContractField(string Machine, string Metric, double EverySeconds = 0, double Step = 0, double DelaySeconds = 0)
{
    public const string EveryMachine = "*";
}

/// <summary>What a supplier's edge may send to a hub. Everything that it does not list stays where it is.</summary>
/// <param name="Supplier">Party whose machines they are.</param>
/// <param name="Receiver">Party that receives.</param>
/// <param name="From">Not before this moment.</param>
/// <param name="To">Before this moment; null: until it is revoked.</param>
public sealed record DataContract(string Supplier, string Receiver, string Purpose, Instant From, Instant? To, IReadOnlyList<ContractField> Fields)
{
    private const int MostFields = 20_000, LongestName = 100;

    /// <summary>Fields by name, made when a list is asked for the first time: every value heard is asked about.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<ContractField>, Dictionary<(string Machine, string Metric), ContractField>> s_byName = [];

    public bool IsInForce(Instant at) => From <= at && !(To <= at);

    /// <summary>What a machine's metric may be sent as; null: not at all. A field of the machine itself goes before one of every machine.</summary>
    public ContractField? Allows(string machine, string metric) =>
        s_byName.GetValue(Fields, Named) is var byName && byName.TryGetValue((machine, metric), out ContractField? own) ? own : byName.GetValueOrDefault((ContractField.EveryMachine, metric));

    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("supplier", Supplier);
            json.WriteString("receiver", Receiver);
            json.WriteString("purpose", Purpose);
            json.WriteString("from", InstantPattern.ExtendedIso.Format(From));
            if (To is { } to) json.WriteString("to", InstantPattern.ExtendedIso.Format(to));
            json.WriteStartArray("fields");
            foreach (ContractField f in Fields)
            {
                json.WriteStartObject();
                json.WriteString("machine", f.Machine);
                json.WriteString("metric", f.Metric);
                if (f.EverySeconds > 0) json.WriteNumber("every_seconds", f.EverySeconds);
                if (f.Step > 0) json.WriteNumber("step", f.Step);
                if (f.DelaySeconds > 0) json.WriteNumber("delay_seconds", f.DelaySeconds);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a contract; null with findings when the bytes are none.</summary>
    public static DataContract? Read(ReadOnlyMemory<byte> utf8, string source, List<Finding> findings)
    {
        int before = findings.Count;
        if (JsonPart.Open(utf8, source, findings) is not { } root) return null;
        string supplier = root.Text("supplier"), receiver = root.Text("receiver"), purpose = root.Text("purpose");
        Instant from = root.Moment("from", true) ?? Instant.MinValue;
        Instant? to = root.Moment("to", false);
        if (to <= from) root.Wrong("to", "reversed", "The contract ends before it begins.", "Give an end after 'from', or none.");
        IReadOnlyList<JsonPart> parts = root.Parts("fields", true);
        if (parts.Count is 0 or > MostFields) root.Wrong("fields", "count", $"A contract lists 1 to {MostFields} fields.", "List what may be sent, one by one.");
        var fields = new List<ContractField>();
        var seen = new HashSet<(string, string)>();
        foreach (JsonPart part in parts)
        {
            var field = new ContractField(part.Text("machine", most: LongestName), part.Text("metric", most: LongestName), part.Number("every_seconds", 0, 86_400, 0), part.Number("step", 0, 1e9, 0), part.Number("delay_seconds", 0, 30 * 86_400, 0));
            part.End();
            if (!seen.Add((field.Machine, field.Metric))) part.Wrong("metric", "twice", $"{field.Metric} of {field.Machine} is listed twice.", "Leave one of them.");
            fields.Add(field);
        }
        root.End();
        return findings.Count == before ? new(supplier, receiver, purpose, from, to, fields) : null;
    }

    private static Dictionary<(string, string), ContractField> Named(IReadOnlyList<ContractField> fields)
    {
        var byName = new Dictionary<(string, string), ContractField>(fields.Count);
        foreach (ContractField f in fields) byName.TryAdd((f.Machine, f.Metric), f);
        return byName;
    }
}
