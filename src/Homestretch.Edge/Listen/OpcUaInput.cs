using System.Globalization;
using System.Text.Json;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge.Listen;

/// <summary>OPC UA PubSub with JSON network messages over MQTT (OPC 10000-14 1.05, 7.2.5): data messages with key frames, delta frames and events;
/// values raw, as Variants or as DataValues, reversible or not.</summary>
internal sealed class OpcUaInput(InputSettings.OpcUa settings, InputRoom room) : Input
{
    public override Task Run(CancellationToken stop) => Again(
        s => MqttLink.Listen(settings.Broker, $"{room.Edge}-{settings.Name}".Replace('/', '-'), settings.Filter, cleanStart: false, (topic, payload) => Take(topic, payload, s), why => room.Counts.Found($"{settings.Name}: {why}"), static _ => Task.CompletedTask, s),
        e => room.Counts.Found($"{settings.Name}: the broker {settings.Broker.Host}:{settings.Broker.Port} is not there: {e.Message}"), stop);

    private Task Take(string topic, byte[] payload, CancellationToken stop)
    {
        List<Observation> observations = Read(payload, settings, out string wrong);
        if (wrong.Length > 0)
        {
            room.Counts.Add("not understood");
            room.Counts.Found($"{settings.Name}: a message on {topic} was passed over: {wrong}.");
        }
        return observations.Count == 0 ? Task.CompletedTask : room.Ear.Keep(observations, stop);
    }

    /// <summary>The observations of one network message.</summary>
    public static List<Observation> Read(ReadOnlyMemory<byte> utf8, InputSettings.OpcUa settings, out string wrong)
    {
        wrong = "";
        var observations = new List<Observation>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("MessageType", out JsonElement type) && type.ValueEquals("ua-metadata")) return observations;
            JsonElement messages = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("Messages", out JsonElement m) ? m : root;
            IEnumerable<JsonElement> all = messages.ValueKind == JsonValueKind.Array ? messages.EnumerateArray() : [messages];
            foreach (JsonElement message in all)
            {
                if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("MessageType", out JsonElement kind) && kind.ValueEquals("ua-keepalive")) continue;
                if (One(message, settings) is { } observation) observations.Add(observation);
                else wrong = "its dataset writer is not mapped to a machine, or it has no mapped field";
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no Unicode, or something else in the place of a text
            observations.Clear();
            wrong = "it is not JSON: " + e.Message;
        }
        return observations;
    }

    private static Observation? One(JsonElement message, InputSettings.OpcUa settings)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("Payload", out JsonElement payload) || payload.ValueKind != JsonValueKind.Object || MachineOf(message, settings) is not { } machine) return null;
        Instant? at = message.TryGetProperty("Timestamp", out JsonElement time) ? JsonMessage.Moment(time) : null;
        List<EdgeValue> values = [];
        foreach (var (metric, field) in settings.Values)
        {
            if (payload.TryGetProperty(field, out JsonElement element) && ValueOf(metric, element, ref at) is { } value) values.Add(value);
        }
        return values.Count == 0 ? null : new(machine, at, values);
    }

    private static string? MachineOf(JsonElement message, InputSettings.OpcUa settings)
    {
        foreach (string name in (ReadOnlySpan<string>)["DataSetWriterName", "DataSetWriterId"])
        {
            if (message.TryGetProperty(name, out JsonElement id) && settings.Machines.TryGetValue(id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText(), out string? machine)) return machine;
        }
        return null;
    }

    /// <summary>A raw value; a Variant {Type, Body} or {UaType, Value}; or a DataValue {Value, Status, SourceTimestamp}. A bad status means: not known.</summary>
    private static EdgeValue? ValueOf(string metric, JsonElement element, ref Instant? at)
    {
        if (element.ValueKind != JsonValueKind.Object) return JsonMessage.Value(metric, element);
        if (element.TryGetProperty("SourceTimestamp", out JsonElement time) && JsonMessage.Moment(time) is { } own) at = own;
        if (element.TryGetProperty("Status", out JsonElement status) && IsBad(status)) return new(metric, double.NaN);
        return element.TryGetProperty("Value", out JsonElement value) || element.TryGetProperty("Body", out value) ? ValueOf(metric, value, ref at) : null;
    }

    /// <summary>The two highest bits of a status code 10: bad (OPC 10000-4, 7.39).</summary>
    private static bool IsBad(JsonElement status)
    {
        JsonElement code = status.ValueKind == JsonValueKind.Object && status.TryGetProperty("Code", out JsonElement c) ? c : status;
        return code.ValueKind == JsonValueKind.Number && code.TryGetUInt32(out uint number) ? number >> 31 == 1
            : code.ValueKind == JsonValueKind.String && uint.TryParse(code.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >> 31 == 1;
    }
}
