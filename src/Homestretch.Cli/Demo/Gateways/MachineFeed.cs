using System.Buffers;
using System.Net;
using System.Text.Json;
using Homestretch.Cli.Demo.Playing;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>What a hall's machines say to the gateway beside them: raw readings as JSON by HTTP, numbered, in their order, again until they are answered. While the
/// gateway does not answer they are kept, the newest <see cref="MostWaiting"/> messages.</summary>
internal sealed class MachineFeed(Uri gateway, long first) : IDisposable
{
    private const int MostWaiting = 5_000, MostAtOnce = 500;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly Queue<byte[]> _waiting = [];
    private long _number = first;

    /// <summary>The edge's metrics, and where in a message they are.</summary>
    public static IReadOnlyDictionary<string, string> Values { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["State"] = "/state", ["Reason"] = "/reason", ["Lot"] = "/lot", ["Produced"] = "/produced", ["Rejected"] = "/rejected", ["Rate"] = "/rate",
        ["Vibration"] = "/vibration_mm_s", ["Temperature"] = "/temperature_c", ["Current"] = "/current_a", ["RunningHours"] = "/running_hours",
    };

    public void Say(MachineReading r) => Keep(json =>
    {
        Head(json, r.Machine.Key, ++_number, r.At);
        json.WriteString("state", r.State.ToString());
        json.WriteString("reason", r.Reason);
        json.WriteString("lot", r.Lot);
        json.WriteNumber("produced", r.Produced);
        json.WriteNumber("rejected", r.Rejected);
        json.WriteNumber("rate", Math.Round(r.RatePerHour, 4));
        Sensors(json, r.Features, r.RunningHours);
    });

    /// <summary>What a machine remembers of its part's life: numbered by its running hours, below everything said of the present, so that a gateway that has it takes it for a repeat.</summary>
    public void Say(PastReading r) => Keep(json =>
    {
        Head(json, r.Machine.Key, (long)r.RunningHours + 1, r.At);
        Sensors(json, r.Features, r.RunningHours);
    });

    /// <summary>Sends what waits.</summary>
    /// <returns>What the gateway did not understand; null: nothing.</returns>
    public async Task<string?> Flush(CancellationToken cancel)
    {
        string? wrong = null;
        while (_waiting.Count > 0)
        {
            byte[][] batch = [.. _waiting.Take(MostAtOnce)];
            try
            {
                using HttpResponseMessage answer = await _http.PostAsync(gateway, new ByteArrayContent([.. "["u8, .. batch.SelectMany(static (m, i) => i == 0 ? m : [(byte)',', .. m]), .. "]"u8]), cancel);
                if (answer.StatusCode == HttpStatusCode.BadRequest) wrong = await answer.Content.ReadAsStringAsync(cancel);
                else if (!answer.IsSuccessStatusCode) return wrong;
            }
            catch (Exception e) when (e is HttpRequestException || e is TaskCanceledException && !cancel.IsCancellationRequested)
            {
                return wrong;
            }
            for (int i = 0; i < batch.Length; i++) _waiting.Dequeue();
        }
        return wrong;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        _waiting.Enqueue(buffer.WrittenSpan.ToArray());
        while (_waiting.Count > MostWaiting) _waiting.Dequeue();
    }

    private static void Head(Utf8JsonWriter json, string machine, long number, Instant at)
    {
        json.WriteString("machine", machine);
        json.WriteNumber("number", number);
        json.WriteString("at", InstantPattern.ExtendedIso.Format(at));
    }

    private static void Sensors(Utf8JsonWriter json, Features read, double runningHours)
    {
        json.WriteNumber("vibration_mm_s", Math.Round(read.VibrationMmS, 4));
        json.WriteNumber("temperature_c", Math.Round(read.TemperatureC, 3));
        json.WriteNumber("current_a", Math.Round(read.CurrentA, 3));
        json.WriteNumber("running_hours", runningHours);
    }
}
