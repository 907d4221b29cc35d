using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using Homestretch.Exchange.Messages;
using Xunit;

namespace Homestretch.Exchange.Tests.Messages;

public sealed class PushMessageTests
{
    private static byte[] Bytes(string text) => PushMessage.FromBase64Url(text)!;

    private static ECParameters Pair(string point, string secret) => new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes(point)[1..33], Y = Bytes(point)[33..] }, D = Bytes(secret) };

    /// <summary>The example of RFC 8291, section 5 and appendix A.</summary>
    [Fact]
    public void Encrypts_the_example_of_RFC_8291_to_the_byte()
    {
        using var browser = PushMessage.Key(Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"));
        using var once = ECDiffieHellman.Create(Pair("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8", "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
        byte[] body = PushMessage.Encrypt("When I grow up, I want to be a watermelon"u8, browser!, Bytes("BTBZMqHH6r4Tts7J_aSIgg"), once, Bytes("DGv6ra1nlYgDCS1FRnbzlw"));
        Assert.Equal("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN", PushMessage.Base64Url(body));
    }

    [Fact]
    public void What_is_too_long_is_refused_and_what_is_no_key_is_none()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] longest = PushMessage.Encrypt(new byte[PushMessage.MostBytes], key, new byte[16], key, new byte[16]);
        Assert.Equal(4096, longest.Length);
        Assert.Throws<ArgumentException>(() => PushMessage.Encrypt(new byte[PushMessage.MostBytes + 1], key, new byte[16], key, new byte[16]));
        Assert.Null(PushMessage.Key(new byte[65]));
        Assert.Null(PushMessage.Key([4, .. new byte[64]])); // no point of the curve
        Assert.Null(PushMessage.FromBase64Url("a*b"));
        Gen.Byte.Array[0, 80].Sample(static bytes => PushMessage.Key(bytes)?.Dispose());
    }

    [Fact]
    public void The_server_names_itself_by_a_token_that_its_public_key_checks()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string header = PushMessage.Authorization("https://push.example.net", "mailto:ops@example.com", 1_800_000_000, key);
        Assert.StartsWith("vapid t=", header, StringComparison.Ordinal);
        string[] parts = header["vapid t=".Length..].Split(", k=");
        string[] token = parts[0].Split('.');
        byte[] point = Bytes(parts[1]);
        using var check = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        Assert.True(check.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Bytes(token[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        JsonElement claims = JsonElement.Parse(Bytes(token[1]));
        Assert.Equal(("https://push.example.net", 1_800_000_000, "mailto:ops@example.com"), (claims.GetProperty("aud").GetString(), claims.GetProperty("exp").GetInt64(), claims.GetProperty("sub").GetString()));
        Assert.Equal("ES256", JsonElement.Parse(Bytes(token[0])).GetProperty("alg").GetString());
    }
}
