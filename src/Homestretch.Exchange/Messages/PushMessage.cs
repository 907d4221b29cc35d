using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Homestretch.Exchange.Messages;

/// <summary>Encrypts a message for one browser, so that the push service between cannot read it: RFC 8291 over the content coding aes128gcm of RFC 8188, in one record.</summary>
public static class PushMessage
{
    /// <summary>Most bytes of a message, so that the encrypted body is at most the 4,096 bytes that every push service takes (RFC 8291, section 4).</summary>
    public const int MostBytes = RecordSize - Header - Tag - 1;

    private const int RecordSize = 4096, Point = 65, Salt = 16, Header = Salt + 4 + 1 + Point, Tag = 16;

    /// <summary>A browser's public key as a key agreement takes it; null when it is no uncompressed point on P-256.</summary>
    public static ECDiffieHellman? Key(ReadOnlySpan<byte> point)
    {
        if (point.Length != Point || point[0] != 4) return null;
        try
        {
            return ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() } });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A key's public part as an uncompressed point, 65 bytes.</summary>
    public static byte[] Public(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];

    /// <summary>The body to post.</summary>
    /// <param name="browser">The browser's public key (p256dh).</param>
    /// <param name="auth">The browser's secret, 16 bytes.</param>
    /// <param name="once">A key pair made for this message.</param>
    /// <param name="salt">16 random bytes made for this message.</param>
    /// <exception cref="ArgumentException">The message is longer than <see cref="MostBytes"/>, or the salt is not of 16 bytes.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> message, ECDiffieHellman browser, ReadOnlySpan<byte> auth, ECDiffieHellman once, ReadOnlySpan<byte> salt)
    {
        if (message.Length > MostBytes) throw new ArgumentException($"The message has {message.Length} bytes; at most {MostBytes} can be pushed.", nameof(message));
        if (salt.Length != Salt) throw new ArgumentException($"The salt has {salt.Length} bytes, not {Salt}.", nameof(salt));
        byte[] own = Public(once.ExportParameters(false));
        byte[] shared = once.DeriveRawSecretAgreement(browser.PublicKey);
        // RFC 8291, section 3.4: the browser's secret goes into the key, so that the push service cannot make it
        byte[] input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, auth.ToArray(), [.. "WebPush: info\0"u8, .. Public(browser.ExportParameters(false)), .. own]);
        byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt.ToArray(), [.. "Content-Encoding: aes128gcm\0"u8]);
        byte[] nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt.ToArray(), [.. "Content-Encoding: nonce\0"u8]);

        byte[] body = new byte[Header + message.Length + 1 + Tag];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(Salt), RecordSize);
        body[Salt + 4] = Point;
        own.CopyTo(body, Salt + 5);
        byte[] record = [.. message, 2]; // 2 ends the last record
        using var gcm = new AesGcm(key, Tag);
        gcm.Encrypt(nonce, record, body.AsSpan(Header, record.Length), body.AsSpan(Header + record.Length));
        return body;
    }

    /// <summary>The Authorization header by which a server names itself to a push service (RFC 8292): a token signed with ES256, and the public key.</summary>
    /// <param name="audience">Origin of the push service, such as https://push.example.net.</param>
    /// <param name="subject">How to reach who runs the server: mailto: or https:.</param>
    /// <param name="expires">Seconds since 1970; at most a day from now.</param>
    public static string Authorization(string audience, string subject, long expires, ECDsa key)
    {
        string header = Base64Url("{\"typ\":\"JWT\",\"alg\":\"ES256\"}"u8);
        string claims = Base64Url(Encoding.UTF8.GetBytes($"{{\"aud\":\"{Escaped(audience)}\",\"exp\":{expires},\"sub\":\"{Escaped(subject)}\"}}"));
        byte[] signature = key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={header}.{claims}.{Base64Url(signature)}, k={Base64Url(Public(key.ExportParameters(false)))}";
    }

    public static string Base64Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>Bytes from base64url, with padding or without; null when it is none.</summary>
    public static byte[]? FromBase64Url(string text)
    {
        try
        {
            return System.Buffers.Text.Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Escaped(string text) => System.Text.Json.JsonEncodedText.Encode(text).ToString();
}
