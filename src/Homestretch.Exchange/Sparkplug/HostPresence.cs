using System.Buffers;
using System.Text.Json;
using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>What a host says of itself on spBv1.0/STATE/host (specification chapter 4, STATE): JSON with online and timestamp.</summary>
/// <param name="Milliseconds">Since 1970-01-01 UTC.</param>
public readonly record struct HostState(bool IsOnline, long Milliseconds)
{
    /// <summary>The JSON of the message, UTF-8.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("online", IsOnline);
            json.WriteNumber("timestamp", Milliseconds);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a STATE message; null with a finding when it is not one. Other members are passed over.</summary>
    public static HostState? Read(string topic, ReadOnlySpan<byte> payload, out Finding? finding)
    {
        finding = null;
        try
        {
            bool? online = null;
            long? timestamp = null;
            var json = new Utf8JsonReader(payload);
            if (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var (isOnline, isTimestamp) = (json.ValueTextEquals("online"u8), json.ValueTextEquals("timestamp"u8));
                    json.Read();
                    if (isOnline) online = json.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
                    else if (isTimestamp) timestamp = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number) && number >= 0 ? number : null;
                    else json.Skip();
                }
                if (json.TokenType == JsonTokenType.EndObject && !json.Read() && online is { } o && timestamp is { } t) return new HostState(o, t);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // the reader's way of saying 'not JSON'; the finding below says it for us
        }
        finding = new Finding(new Place(topic), "host-state", "The STATE message is not a JSON object with a boolean 'online' and a whole 'timestamp' from 0 on.",
            """Send {"online":true,"timestamp":milliseconds since 1970-01-01 UTC}.""");
        return null;
    }
}

/// <summary>The messages by which a host application makes itself known on one MQTT server: its will, birth and death. The
/// caller connects, subscribes to <see cref="Topic"/>, then publishes the birth; all with QoS 1 and retain.</summary>
public sealed class HostPresence
{
    private HostState will;

    public HostPresence(string hostId)
    {
        if (!Sparkplug.Topic.IsId(hostId)) throw new ArgumentException($"'{hostId}' cannot stand in a topic.\nMaybe it holds + # or /.", nameof(hostId));
        Topic = new Topic(MessageKind.State, "", hostId).ToString();
    }

    public string Topic { get; }

    /// <summary>MQTT quality of service of birth, death and will.</summary>
    public const int QualityOfService = 1;

    /// <summary>The will message for a connection made now; birth messages until the next connection carry its time.</summary>
    public byte[] Will(Instant now)
    {
        will = new HostState(false, now.ToUnixTimeMilliseconds());
        return will.ToBytes();
    }

    /// <summary>The birth message of this connection, with the time of its will.</summary>
    public byte[] Birth() => new HostState(true, will.Milliseconds).ToBytes();

    /// <summary>The death message to publish before leaving on purpose.</summary>
    public byte[] Death(Instant now) => new HostState(false, now.ToUnixTimeMilliseconds()).ToBytes();

    /// <summary>True when a message on our own topic says that we are offline while we are not: publish the birth again.</summary>
    public bool MustRepeatBirth(string topic, ReadOnlySpan<byte> payload) =>
        string.Equals(topic, Topic, StringComparison.Ordinal) && HostState.Read(topic, payload, out _) is { IsOnline: false };
}
