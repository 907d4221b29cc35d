using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Homestretch.Exchange.Edges;

/// <summary>What a signed document is about.</summary>
public enum DocumentKind { Contract, Configuration, Model, Revocation }

/// <summary>Who signs.</summary>
public enum Signer { Hub, Supplier }

/// <param name="Key">First 16 hexadecimal digits of the SHA-256 of the signer's public key.</param>
public sealed record DocumentSignature(Signer By, string Key, byte[] Bytes);

/// <summary>A document for one edge with the signatures of those who stand behind it: ECDSA on P-256 with SHA-256 (FIPS 186-5) over a line of kind, edge
/// and version and the payload's bytes as they are, so that no signature can be carried to another edge, version or kind.</summary>
/// <param name="Edge">PARTY/NODE.</param>
/// <param name="Version">From 1 on; of each kind and edge one more than before.</param>
public sealed record SignedDocument(DocumentKind Kind, string Edge, int Version, byte[] Payload, IReadOnlyList<DocumentSignature> Signatures)
{
    /// <summary>Most bytes of a document as text.</summary>
    public const int MostBytes = 16 << 20;

    private static readonly string[] s_kinds = ["contract", "configuration", "model", "revocation"], s_signers = ["hub", "supplier"];

    /// <summary>A kind as it is written.</summary>
    public static string Word(DocumentKind kind) => s_kinds[(int)kind];

    /// <summary>A kind by its word; null: no kind.</summary>
    public static DocumentKind? Of(string word) => Array.IndexOf(s_kinds, word) is >= 0 and var i ? (DocumentKind)i : null;

    /// <summary>The id of a public key.</summary>
    public static string KeyId(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    /// <summary>A public or private key from PEM text; null when it is none on P-256.</summary>
    public static ECDsa? Key(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256) return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // no key at all: the answer says so
        }
        key.Dispose();
        return null;
    }

    /// <summary>The document with one more signature, in place of an earlier one of the same signer.</summary>
    public SignedDocument Signed(Signer by, ECDsa key) =>
        this with { Signatures = [.. Signatures.Where(s => s.By != by), new(by, KeyId(key), key.SignData(Message(), HashAlgorithmName.SHA256))] };

    /// <summary>True when this signer's key signed exactly this.</summary>
    public bool IsSigned(Signer by, ECDsa key) => Signatures.Any(s => s.By == by && key.VerifyData(Message(), s.Bytes, HashAlgorithmName.SHA256));

    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("kind", Word(Kind));
            json.WriteString("edge", Edge);
            json.WriteNumber("version", Version);
            json.WriteBase64String("payload", Payload);
            json.WriteStartArray("signatures");
            foreach (DocumentSignature s in Signatures)
            {
                json.WriteStartObject();
                json.WriteString("by", s_signers[(int)s.By]);
                json.WriteString("key", s.Key);
                json.WriteBase64String("signature", s.Bytes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a document; null with findings when the bytes are none. Signatures are not looked at.</summary>
    public static SignedDocument? Read(ReadOnlyMemory<byte> utf8, string source, List<Finding> findings)
    {
        int before = findings.Count;
        if (JsonPart.Open(utf8, source, findings) is not { } root) return null;
        DocumentKind kind = Of(root.Choice("kind", true, s_kinds)) ?? default;
        string edge = root.Text("edge");
        int version = (int)root.Whole("version", 1, int.MaxValue);
        byte[] payload = Base64(root, "payload", MostBytes);
        var signatures = new List<DocumentSignature>();
        foreach (JsonPart s in root.Parts("signatures", true))
        {
            signatures.Add(new((Signer)Array.IndexOf(s_signers, s.Choice("by", true, s_signers)), s.Text("key"), Base64(s, "signature", 1000)));
            s.End();
        }
        root.End();
        return findings.Count == before ? new(kind, edge, version, payload, signatures) : null;
    }

    private static byte[] Base64(JsonPart part, string name, int most)
    {
        string text = part.Text(name, most: most);
        byte[] bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out int n)) return bytes[..n];
        part.Wrong(name, "not-base64", "The text is not base64.", "Copy the document whole.");
        return [];
    }

    private byte[] Message() => [.. Encoding.UTF8.GetBytes($"homestretch {Word(Kind)}\n{Edge}\n{Version}\n"), .. Payload];
}
