using System.Buffers;
using System.Text.Json;
using Homestretch.Disk;
using Homestretch.Edge.Forward;
using Homestretch.Edge.Listen;
using Homestretch.Exchange.Edges;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Edge.Feature;

/// <summary>When this program last ran, and which machines told it a state: after a stop or a crash it says of these that nothing is known from then on,
/// until they speak again.</summary>
internal sealed class Alive(string folder)
{
    private static readonly Duration s_every = Duration.FromSeconds(5);
    private readonly string _file = Path.Combine(folder, "alive.json");
    private readonly SortedSet<string> _machines = new(StringComparer.Ordinal);
    private Instant _kept = Instant.MinValue;

    public void Heard(Observation o)
    {
        foreach (EdgeValue value in o.Values)
        {
            if (value.Metric == Metrics.State && _machines.Add(o.Machine)) _kept = Instant.MinValue;
        }
    }

    /// <summary>What to say of the time in which this program did not run; once.</summary>
    public IReadOnlyList<Observation> Gone(Instant now)
    {
        if (!File.Exists(_file)) return [];
        try
        {
            using JsonDocument kept = JsonDocument.Parse(File.ReadAllBytes(_file));
            Instant at = Instant.Min(Instant.FromUnixTimeMilliseconds(kept.RootElement.GetProperty("at").GetInt64()) + s_every, now);
            return [.. kept.RootElement.GetProperty("machines").EnumerateArray().Select(m => new Observation(m.GetString()!, at, [new(Metrics.State, double.NaN, Words.Of(MachineState.NoData)), new(Metrics.Reason, double.NaN, "edge not running")]))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // cut short by a crash of the machine: nothing is said
            return [];
        }
    }

    /// <summary>Writes down, every few seconds, that the program runs.</summary>
    public void Keep(Instant now)
    {
        if (_machines.Count == 0 || _kept != Instant.MinValue && now - _kept < s_every && now >= _kept) return;
        _kept = now;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("at", now.ToUnixTimeMilliseconds());
            json.WriteStartArray("machines");
            foreach (string machine in _machines) json.WriteStringValue(machine);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        Durable.Replace(_file, buffer.WrittenSpan);
    }
}
