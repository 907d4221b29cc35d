using System.Buffers.Binary;
using System.Text.Json;

namespace Homestretch.Exchange.Models;

/// <summary>Lists in model files, as <see cref="ModelReader"/> reads them. Numbers are written so that they are read again bit for bit.</summary>
internal static class ModelWriting
{
    public static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    /// <summary>The base 64 of the numbers' bytes, low byte first.</summary>
    public static void Floats(Utf8JsonWriter json, string name, ReadOnlySpan<float> floats)
    {
        byte[] bytes = new byte[4 * floats.Length];
        for (int i = 0; i < floats.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), floats[i]);
        json.WriteBase64String(name, bytes);
    }
}
