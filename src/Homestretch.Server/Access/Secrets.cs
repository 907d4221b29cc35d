using System.Security.Cryptography;
using System.Text;

namespace Homestretch.Server.Access;

/// <summary>Secrets we make: 192 random bits, kept as SHA-256 only. They cannot be guessed, so a fast hash does; passwords get a slow one.</summary>
internal static class Secrets
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Names a secret without telling it: the first 8 bytes of its hash.</summary>
    public static string Id(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, 8));
}
