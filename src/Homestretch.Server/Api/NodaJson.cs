using System.Text.Json;
using System.Text.Json.Serialization;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Api;

/// <summary>Times, keys and choices as JSON text.</summary>
internal static class NodaJson
{
    private static readonly LocalTimePattern s_time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static void Add(IList<JsonConverter> converters)
    {
        converters.Add(new Textual<Instant>(static i => InstantPattern.ExtendedIso.Format(i), static t => OffsetDateTimePattern.ExtendedIso.Parse(t).GetValueOrThrow().ToInstant()));
        converters.Add(new Textual<LocalDate>(LocalDatePattern.Iso.Format, static t => LocalDatePattern.Iso.Parse(t).GetValueOrThrow()));
        converters.Add(new Textual<LocalTime>(s_time.Format, static t => s_time.Parse(t).GetValueOrThrow()));
        converters.Add(new Textual<Duration>(DurationPattern.JsonRoundtrip.Format, static t => DurationPattern.JsonRoundtrip.Parse(t).GetValueOrThrow()));
        converters.Add(new Textual<DateTimeZone>(static z => z.Id, static t => DateTimeZoneProviders.Tzdb[t]));
        converters.Add(new Textual<Choices>(static c => c.ToString(), static t => Choices.Parse(t) is { Value: { } v } ? v : throw new JsonException(Choices.Parse(t).Wrong)));
        converters.Add(new KeyText());
    }

    private sealed class Textual<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override bool CanConvert(Type type) => typeof(T).IsAssignableFrom(type);
        public override void Write(Utf8JsonWriter json, T value, JsonSerializerOptions options) => json.WriteStringValue(write(value));

        public override T Read(ref Utf8JsonReader json, Type type, JsonSerializerOptions options)
        {
            try
            {
                return read(json.GetString() ?? throw new JsonException("A text is missing."));
            }
            catch (UnparsableValueException e)
            {
                throw new JsonException(e.Message);
            }
        }
    }

    private sealed class KeyText : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Key<>);
        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type.GetGenericArguments()))!;

        private sealed class Of<R> : JsonConverter<Key<R>>
        {
            public override Key<R> Read(ref Utf8JsonReader json, Type type, JsonSerializerOptions options) => new(json.GetString() ?? "");
            public override void Write(Utf8JsonWriter json, Key<R> value, JsonSerializerOptions options) => json.WriteStringValue(value.Value);
        }
    }
}
