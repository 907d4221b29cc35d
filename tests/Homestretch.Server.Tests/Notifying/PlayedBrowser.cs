using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>A browser's half of a push subscription: it decrypts by RFC 8188 and 8291, written for the test on HMAC alone.</summary>
internal sealed class PlayedBrowser : IDisposable
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

    /// <summary>As a browser's subscription tells them, base64url.</summary>
    public (string P256dh, string Auth) Keys => (Base64Url.EncodeToString(Public), Base64Url.EncodeToString(_auth));

    private byte[] Public => _key.ExportParameters(false).Q is var q ? [4, .. q.X!, .. q.Y!] : [];

    public static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);

    public Task<HttpResponseMessage> Subscribe(HttpClient person, string endpoint) => person.PostAsJsonAsync("/api/v1/notify/devices",
        new { endpoint, p256dh = Base64Url.EncodeToString(Public), auth = Base64Url.EncodeToString(_auth), label = "a phone" });

    /// <summary>As the floor app asks for what comes next.</summary>
    public Task<HttpResponseMessage> TakeCards(HttpClient device, string endpoint, string language = "en") => device.PutAsJsonAsync("/api/v1/floor/card",
        new { endpoint, p256dh = Base64Url.EncodeToString(Public), auth = Base64Url.EncodeToString(_auth), language });

    /// <exception cref="CryptographicException">It was not meant for this browser.</exception>
    public JsonElement Read(byte[] body)
    {
        byte[] salt = body[..16], sender = body[21..(21 + body[20])];
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..] } });
        byte[] secret = Expand(Mac(_auth, _key.DeriveRawSecretAgreement(other.PublicKey)), [.. Encoding.ASCII.GetBytes("WebPush: info\0"), .. Public, .. sender], 32);
        byte[] pseudo = Mac(salt, secret), record = body[(21 + body[20])..], plain = new byte[record.Length - 16];
        using var gcm = new AesGcm(Expand(pseudo, Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0"), 16), 16);
        gcm.Decrypt(Expand(pseudo, Encoding.ASCII.GetBytes("Content-Encoding: nonce\0"), 12), record.AsSpan(0, plain.Length), record.AsSpan(plain.Length), plain);
        int end = Array.FindLastIndex(plain, static b => b != 0);
        if (plain[end] != 2) throw new CryptographicException("The last record does not end with 2.");
        return JsonElement.Parse(plain.AsSpan(0, end));
    }

    public void Dispose() => _key.Dispose();

    private static byte[] Mac(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);

    private static byte[] Expand(byte[] key, byte[] info, int length) => Mac(key, [.. info, 1])[..length];
}
