using System.Text.Json;
using System.Text.Json.Serialization;
using Homestretch.Machines;
using Homestretch.Server.Api;

namespace Homestretch.Server.Twins;

/// <summary>Twins as JSON text that reads back to the same twins, to the last bit.</summary>
internal static class TwinJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new Rate());
        options.Converters.Add(new Part());
        NodaJson.Add(options.Converters);
        return options;
    }

    /// <summary>A rate has its prior from its constructor.</summary>
    private sealed class Rate : JsonConverter<RateEstimate>
    {
        public override void Write(Utf8JsonWriter json, RateEstimate r, JsonSerializerOptions options)
        {
            json.WriteStartArray();
            foreach (double value in (ReadOnlySpan<double>)[r.PriorRate, r.HalfLifeHours, r.PriorHours, r.Pieces, r.Hours, r.Squares]) json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        public override RateEstimate Read(ref Utf8JsonReader json, Type type, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<double[]>(ref json, options) is [var rate, var life, var hours, var p, var h, var s] ? new(rate, life, hours) { Pieces = p, Hours = h, Squares = s }
                : throw new JsonException("A rate has six numbers.");
    }

    private sealed class Part : JsonConverter<Share>
    {
        public override void Write(Utf8JsonWriter json, Share share, JsonSerializerOptions options) => json.WriteNumberValue(share.Value);
        public override Share Read(ref Utf8JsonReader json, Type type, JsonSerializerOptions options) => json.GetDouble() is >= 0 and <= 1 and var value ? new(value) : throw new JsonException("A share lies in [0, 1].");
    }
}
