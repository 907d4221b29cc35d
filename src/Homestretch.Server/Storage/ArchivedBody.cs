using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Homestretch.Server.Api;

namespace Homestretch.Server.Storage;

/// <summary>What the archive keeps of a record: the JSON of the API, in Brotli.</summary>
internal static class ArchivedBody
{
    private static readonly JsonSerializerOptions s_form = Form();

    public static byte[] Json<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, s_form);

    public static byte[] Hash(byte[] json) => SHA256.HashData(json);

    public static byte[] Pack(byte[] json)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        return BrotliEncoder.TryCompress(json, packed, out int written, quality: 5, window: 18) ? packed[..written] : throw new InvalidOperationException("A record could not be packed.");
    }

    /// <exception cref="InvalidDataException">It is not what was packed.</exception>
    public static byte[] Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var json = new MemoryStream();
        try
        {
            brotli.CopyTo(json);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
        return json.ToArray();
    }

    /// <exception cref="JsonException">It is no record.</exception>
    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, s_form) ?? throw new JsonException("There is no record.");

    private static JsonSerializerOptions Form()
    {
        var form = new JsonSerializerOptions(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };
        NodaJson.Add(form.Converters);
        return form;
    }
}
