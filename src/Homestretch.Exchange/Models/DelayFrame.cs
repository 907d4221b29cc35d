using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Homestretch.Exchange.Models;

/// <summary>A trained model as a file: what it is, a hash of its content, and the content. Version 1 is
/// {"homestretch_model": 1, "kind": ..., "sha256": ..., "body": ...}, the hash being that of the body's bytes as they stand.</summary>
public static class DelayFrame
{
    public const int Version = 1;

    /// <summary>Larger files are no models of ours.</summary>
    private const int MostBytes = 200_000_000;

    /// <summary>Writes a model.</summary>
    /// <param name="body">Writes the body as one JSON value.</param>
    public static byte[] Write(string kind, Action<Utf8JsonWriter> body)
    {
        var content = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(content, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) body(writer);
        var file = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(file))
        {
            writer.WriteStartObject();
            writer.WriteNumber("homestretch_model", Version);
            writer.WriteString("kind", kind);
            writer.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(content.WrittenSpan)));
            writer.WritePropertyName("body");
            writer.WriteRawValue(content.WrittenSpan, skipInputValidation: true);
            writer.WriteEndObject();
        }
        return file.WrittenSpan.ToArray();
    }

    /// <summary>Reads a model of one kind. Null, with findings, unless the whole file is as it was written.</summary>
    /// <param name="read">Makes the model of the body; reports what is wrong with it to the reading and then returns null.</param>
    public static (T? Model, IReadOnlyList<Finding> Findings) Read<T>(ReadOnlyMemory<byte> file, string kind, string source, Func<ModelReading, T?> read) where T : class
    {
        Finding Fault(string rule, string what, string cure) => new(new(source), rule, what, cure);
        if (file.Length > MostBytes) return (null, [Fault("model-size", $"The file has {file.Length} bytes.", "Give a model of this program.")]);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(file);
        }
        catch (JsonException e)
        {
            return (null, [new(new(source, (int)(e.LineNumber ?? 0) + 1), "model-json", "The file is not JSON, or was cut off.", "Take the original file.")]);
        }
        using (document)
        {
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("homestretch_model", out JsonElement version) || !root.TryGetProperty("kind", out JsonElement named)
                || !root.TryGetProperty("sha256", out JsonElement hash) || !root.TryGetProperty("body", out JsonElement body) || named.ValueKind != JsonValueKind.String || hash.ValueKind != JsonValueKind.String)
                return (null, [Fault("model-form", "The file is no model of this program.", "Give a file that 'fit' wrote.")]);
            if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number) || number != Version)
                return (null, [Fault("model-version", $"The model has version {version.GetRawText()}, this program reads {Version}.", "Fit it again with this program.")]);
            if (named.GetString() != kind) return (null, [Fault("model-kind", $"The model is of the kind '{named.GetString()}', not '{kind}'.", $"Give a model of the kind '{kind}'.")]);
            if (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.GetRawText()))) != hash.GetString())
                return (null, [Fault("model-hash", "The model is not as it was written: its hash is another.", "Take the original file.")]);
            var reading = new ModelReading(new(source), body);
            T? model = read(reading);
            return reading.Findings.Count > 0 || model is null
                ? (null, reading.Findings.Count > 0 ? reading.Findings : [Fault("model-form", "The model's body is not understood.", "Fit it again with this program.")])
                : (model, []);
        }
    }

    /// <summary>The hash by which a model is named: of its body, in hexadecimal; empty when the bytes are no model file.</summary>
    public static string HashOf(ReadOnlyMemory<byte> file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(file);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("sha256", out JsonElement hash) && hash.ValueKind == JsonValueKind.String ? hash.GetString()! : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
