using System.Buffers;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Messages;

/// <summary>An event as CloudEvents 1.0.2 writes it in JSON, structured: the attributes beside the data.</summary>
/// <param name="Id">With the source unlike any other's.</param>
/// <param name="Source">Where it comes from, a URI reference.</param>
/// <param name="Type">What happened, such as org.homestretch.situation.opened.</param>
/// <param name="Subject">What it happened to.</param>
public sealed record CloudEvent(string Id, string Source, string Type, string Subject, Instant Time)
{
    public const string MediaType = "application/cloudevents+json";

    /// <param name="data">Writes the members of the data object.</param>
    public byte[] ToBytes(Action<Utf8JsonWriter> data)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", Id);
            json.WriteString("source", Source);
            json.WriteString("type", Type);
            json.WriteString("subject", Subject);
            json.WriteString("time", InstantPattern.ExtendedIso.Format(Time));
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
