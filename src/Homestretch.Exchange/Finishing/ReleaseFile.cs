using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Edges;
using Homestretch.World;
using NodaTime.Text;

namespace Homestretch.Exchange.Finishing;

/// <summary>A firmware release as a file: its fields, and the signature of the hub over them. ECDSA on P-256 with SHA-256 (FIPS 186-5) over one line a field, each value percent-encoded (RFC 3986), so that no value can look like another field.</summary>
public static class ReleaseFile
{
    private static readonly string[] s_fields = ["order_line", "ordinal", "number", "quota", "serial", "family", "market", "version", "sha256", "released", "replaces", "reason"];

    /// <summary>The release with the signature of a key.</summary>
    public static FirmwareRelease Signed(FirmwareRelease release, ECDsa key) =>
        release with { Signer = SignedDocument.KeyId(key), Signature = Convert.ToBase64String(key.SignData(Message(Values(release)), HashAlgorithmName.SHA256)) };

    public static byte[] Write(FirmwareRelease release)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("kind", "firmware-release");
            foreach (var (name, value) in s_fields.Zip(Values(release))) json.WriteString(name, value);
            json.WriteString("signer", release.Signer);
            json.WriteString("signature", release.Signature);
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>Reads a file and checks its signature, without a network.</summary>
    /// <returns>The fields by name; or what is wrong and how to mend it.</returns>
    public static (IReadOnlyDictionary<string, string>? Release, string Wrong) Verify(byte[] file, ECDsa key)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(file);
            foreach (JsonProperty field in document.RootElement.EnumerateObject())
                if (field.Value.ValueKind != JsonValueKind.String || !said.TryAdd(field.Name, field.Value.GetString()!)) return (null, $"The field '{field.Name}' is no text, or stands there twice: no firmware release. Fetch it from the hub again.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, "The file is no JSON object: no firmware release. Fetch it from the hub again.");
        }
        string[] unknown = [.. said.Keys.Except([.. s_fields, "kind", "signer", "signature"])], missing = [.. s_fields.Concat(["kind", "signer", "signature"]).Where(f => !said.ContainsKey(f))];
        if (missing.Length + unknown.Length > 0 || said["kind"] != "firmware-release") return (null, missing.Length > 0 ? $"It lacks {string.Join(", ", missing)}: no firmware release." : unknown.Length > 0 ? $"It has {string.Join(", ", unknown)} besides, which nobody signed." : $"It is a '{said["kind"]}', no firmware release.");
        if (said["signer"] != SignedDocument.KeyId(key)) return (null, $"It names the key {said["signer"]}, this is {SignedDocument.KeyId(key)}. Take the public key of the hub that gave it.");
        byte[] signature = new byte[said["signature"].Length];
        return Convert.TryFromBase64String(said["signature"], signature, out int n) && key.VerifyData(Message([.. s_fields.Select(f => said[f])]), signature.AsSpan(0, n), HashAlgorithmName.SHA256)
            ? (said, "") : (null, "The signature does not fit: something in it was changed, or another key signed. Write no firmware by it.");
    }

    private static string[] Values(FirmwareRelease r) =>
        [r.OrderLine.Value, Number(r.Ordinal), Number(r.Number), Number(r.Quota), r.Serial, r.Family.Value, r.Market.Value, r.Version, r.Sha256, InstantPattern.ExtendedIso.Format(r.Released), r.Replaces, r.Reason];

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
    private static byte[] Message(string[] values) => Encoding.ASCII.GetBytes($"homestretch firmware release\n{string.Concat(s_fields.Zip(values, static (f, v) => $"{f}={Uri.EscapeDataString(v)}\n"))}");
}
