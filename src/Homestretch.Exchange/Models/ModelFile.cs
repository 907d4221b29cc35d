using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Homestretch.Exchange.Models;

/// <summary>A model as a file: line 1 names format, version, kind and the SHA-256 of all that follows; line 2 is the card; the rest is the
/// payload of that kind. Both are JSON. `tail -n +2 FILE | sha256sum` gives the hash again.</summary>
public static class ModelFile
{
    private const string Format = "homestretch-model";

    /// <summary>The version that is written and read.</summary>
    public const int Version = 1;

    /// <summary>Longest file that is read, bytes.</summary>
    public const int Longest = 64 << 20;

    /// <summary>The bytes of a file.</summary>
    /// <param name="kind">What the payload is: lower case, words joined by '-'.</param>
    internal static byte[] Write(string kind, ModelCard card, Action<Utf8JsonWriter> payload)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body)) card.Write(json);
        body.WriteByte((byte)'\n');
        using (var json = new Utf8JsonWriter(body)) payload(json);
        body.WriteByte((byte)'\n');
        byte[] written = body.ToArray();
        return [.. Encoding.ASCII.GetBytes($"{Format} {Version} {kind} sha256:{Hash(written)}\n"), .. written];
    }

    /// <summary>The hash that names a model: that of the file's card and payload; empty when the file is not whole.</summary>
    public static string HashOf(ReadOnlySpan<byte> file) => file.IndexOf((byte)'\n') is >= 0 and var end ? Hash(file[(end + 1)..]) : "";

    /// <summary>The kind that a file's first line names; empty when it is no model file. Nothing else of it is looked at.</summary>
    public static string KindOf(ReadOnlySpan<byte> file) =>
        file.IndexOf((byte)'\n') is > 0 and <= 200 and var end && Encoding.UTF8.GetString(file[..end]).Split(' ') is [Format, _, var kind, _] ? kind : "";

    /// <summary>Checks the frame and gives card and payload to <paramref name="read"/>. Null, with findings, when anything is wrong.</summary>
    internal static (T? Model, ModelCard? Card, IReadOnlyList<Finding> Findings) Read<T>(ReadOnlySpan<byte> file, string kind, string source, Func<ModelReader, T?> read) where T : class
    {
        var findings = new List<Finding>();
        void Fault(string rule, string what, string cure) => findings.Add(new(new(source), rule, what, cure));

        int first = file.Length > Longest ? -1 : file.IndexOf((byte)'\n'), second = first < 0 ? -1 : file[(first + 1)..].IndexOf((byte)'\n');
        string[] words = first is < 0 or > 200 ? [] : Encoding.UTF8.GetString(file[..first]).Split(' ');
        if (second < 0 || words is not [Format, var version, var says, var hash])
            Fault("model-frame", "This is no model file.", $"A model file begins with '{Format}' and is at most {Longest >> 20} MB; take the original, it may have been cut off.");
        else if (version != $"{Version}")
            Fault("model-version", $"The file has version {version}, and version {Version} is read here.", "Fit the model again with this program, or use the program it was made with.");
        else if (says != kind)
            Fault("model-kind", $"The file holds a model of kind '{says}', not '{kind}'.", "Name another file.");
        else if (hash != $"sha256:{HashOf(file)}")
            Fault("model-hash", "The content does not have the hash that the file names.", "The file was changed or damaged: take the original.");
        if (findings.Count > 0) return (null, null, findings);
        if (ModelReader.Open(file.Slice(first + 1, second), source, findings) is not { } cardReader || ModelReader.Open(file[(first + second + 2)..], source, findings) is not { } payload) return (null, null, findings);
        using (cardReader)
        using (payload)
        {
            ModelCard? card = ModelCard.Read(cardReader);
            T? model = card is null ? null : read(payload);
            return findings.Count > 0 ? (null, null, findings) : (model, card, findings);
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
