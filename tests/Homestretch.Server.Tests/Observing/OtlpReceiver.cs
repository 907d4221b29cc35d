using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Homestretch.Server.Tests.Observing;

/// <summary>One step of a trace, as OTLP carries it.</summary>
internal sealed record Span(string Trace, string Id, string Parent, string Name, ulong Start, ulong End, IReadOnlyDictionary<string, string> Tags);

/// <summary>A collector that takes traces over OTLP (HTTP, protobuf) and keeps them; it reads the few fields it needs by their numbers in
/// opentelemetry/proto/trace/v1/trace.proto.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Span> Spans { get; } = new();
    public string Service { get; private set; } = "";

    /// <summary>What a server needs in its environment to send here.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
    };

    public static async Task<OtlpReceiver> Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            receiver.Take(body.ToArray());
        });
        app.MapPost("/v1/metrics", static () => Results.Ok());
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Take(ReadOnlyMemory<byte> request)
    {
        foreach (Field resource in Fields(request).Where(static f => f.Number == 1))
        {
            foreach (Field f in Fields(resource.Bytes))
            {
                if (f.Number == 1) Service = Tags(f.Bytes, 1).GetValueOrDefault("service.name", Service);
                else if (f.Number == 2) foreach (Field span in Fields(f.Bytes).Where(static s => s.Number == 2)) Spans.Enqueue(Read(span.Bytes));
            }
        }
    }

    private static Span Read(ReadOnlyMemory<byte> bytes)
    {
        ILookup<int, Field> fields = Fields(bytes).ToLookup(static f => f.Number);
        string Hex(int number) => Convert.ToHexStringLower(fields[number].FirstOrDefault().Bytes.Span);
        return new(Hex(1), Hex(2), Hex(4), Text(fields[5].First().Bytes), fields[7].First().Number64, fields[8].First().Number64, Tags(bytes, 9));
    }

    private static Dictionary<string, string> Tags(ReadOnlyMemory<byte> bytes, int number) => Fields(bytes).Where(f => f.Number == number).Select(static f => Fields(f.Bytes).ToArray())
        .ToDictionary(static pair => Text(pair[0].Bytes), static pair => Value(pair[1].Bytes), StringComparer.Ordinal);

    /// <summary>AnyValue: 1 text, 3 whole number, 5 array of them.</summary>
    private static string Value(ReadOnlyMemory<byte> any) => Fields(any).FirstOrDefault() switch
    {
        { Number: 1 } text => Text(text.Bytes),
        { Number: 5 } list => string.Join(' ', Fields(list.Bytes).Select(static v => Value(v.Bytes))),
        var number => number.Number64.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static IEnumerable<Field> Fields(ReadOnlyMemory<byte> bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            ulong tag = Varint(bytes.Span, ref at);
            var (number, wire) = ((int)(tag >> 3), (int)(tag & 7));
            if (wire == 2)
            {
                int length = (int)Varint(bytes.Span, ref at);
                yield return new(number, bytes.Slice(at, length), 0);
                at += length;
                continue;
            }
            ulong value = wire switch { 0 => Varint(bytes.Span, ref at), 1 => BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[at..]), _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]) };
            at += wire switch { 1 => 8, 5 => 4, _ => 0 };
            yield return new(number, default, value);
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = bytes[at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
    }

    private readonly record struct Field(int Number, ReadOnlyMemory<byte> Bytes, ulong Number64);
}
