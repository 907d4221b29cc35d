using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homestretch.Server.Storage;

/// <summary>A table's row as one line: a JSON array with a value a column; bytes as base64, a real without a decimal form as text.</summary>
internal sealed class RowText(Stream to, IReadOnlyList<ColumnClass> classes)
{
    private static readonly byte[] s_end = "\n"u8.ToArray();
    private readonly System.Buffers.ArrayBufferWriter<byte> _line = new();

    public void Write(DbDataReader row)
    {
        _line.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_line);
        json.WriteStartArray();
        for (int i = 0; i < classes.Count; i++)
        {
            if (row.IsDBNull(i)) json.WriteNullValue();
            else if (classes[i] == ColumnClass.Integer) json.WriteNumberValue(row.GetInt64(i));
            else if (classes[i] == ColumnClass.Text) json.WriteStringValue(row.GetString(i));
            else if (classes[i] == ColumnClass.Bytes) json.WriteBase64StringValue((byte[])row.GetValue(i));
            else if (double.IsFinite(row.GetDouble(i))) json.WriteNumberValue(row.GetDouble(i));
            else json.WriteStringValue(row.GetDouble(i).ToString(CultureInfo.InvariantCulture));
        }
        json.WriteEndArray();
        json.Flush();
        to.Write(_line.WrittenSpan.ToArray(), 0, _line.WrittenCount);
        to.Write(s_end, 0, 1);
    }

    /// <exception cref="FormatException">The line is not a row of these columns.</exception>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static object?[] Read(string line, IReadOnlyList<ColumnClass> classes)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        if (json.RootElement.ValueKind != JsonValueKind.Array || json.RootElement.GetArrayLength() != classes.Count) throw new FormatException($"not an array of {classes.Count} values");
        return [.. json.RootElement.EnumerateArray().Select((e, i) => Value(e, classes[i]))];
    }

    private static object? Value(JsonElement e, ColumnClass kind) => (kind, e.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        (ColumnClass.Integer, JsonValueKind.Number) => e.GetInt64(),
        (ColumnClass.Real, JsonValueKind.Number) => e.GetDouble(),
        (ColumnClass.Real, JsonValueKind.String) => double.Parse(e.GetString()!, CultureInfo.InvariantCulture),
        (ColumnClass.Text, JsonValueKind.String) => e.GetString(),
        (ColumnClass.Bytes, JsonValueKind.String) => e.GetBytesFromBase64(),
        _ => throw new FormatException($"{e.ValueKind} where a value of class {kind} belongs"),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class StorageJson : JsonSerializerContext;
