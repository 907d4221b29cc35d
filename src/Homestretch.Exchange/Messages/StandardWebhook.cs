using System.Security.Cryptography;
using System.Text;

namespace Homestretch.Exchange.Messages;

/// <summary>Signs webhooks as Standard Webhooks 1.0 says: HMAC-SHA256 over id, time and body, so that a receiver knows who sent it, that nothing was changed, and when.</summary>
public static class StandardWebhook
{
    public const string IdHeader = "webhook-id", TimestampHeader = "webhook-timestamp", SignatureHeader = "webhook-signature";
    private const string Prefix = "whsec_";

    /// <summary>Fewest and most bytes of a secret.</summary>
    public const int LeastSecret = 24, MostSecret = 64;

    /// <summary>A secret as people copy it.</summary>
    public static string Secret(ReadOnlySpan<byte> bytes) => Prefix + Convert.ToBase64String(bytes);

    /// <summary>The bytes of a secret; null when it is none.</summary>
    public static byte[]? Bytes(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        byte[] bytes = new byte[MostSecret + 2];
        return Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out int n) && n is >= LeastSecret and <= MostSecret ? bytes[..n] : null;
    }

    /// <summary>The signature header of a message.</summary>
    /// <param name="id">The same for each try of a message; without a dot.</param>
    /// <param name="seconds">When it is sent, seconds since 1970.</param>
    public static string Signature(ReadOnlySpan<byte> secret, string id, long seconds, ReadOnlySpan<byte> body) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body]))}";
}
