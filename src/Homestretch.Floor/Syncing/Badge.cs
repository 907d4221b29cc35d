using System.Security.Cryptography;
using System.Text;

namespace Homestretch.Floor.Syncing;

/// <summary>Who works, as the hub hears it: a pseudonym that only this device can make of a badge or nickname, and nobody can turn back.</summary>
public static class Badge
{
    /// <param name="salt">The device's own, 32 random bytes as hexadecimal digits.</param>
    public static string Pseudonym(string badge, string salt) =>
        "op-" + Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromHexString(salt), Encoding.UTF8.GetBytes(badge.Trim().ToUpperInvariant())).AsSpan(0, 5));
}
