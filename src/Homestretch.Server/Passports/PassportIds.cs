using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Homestretch.Server.Passports;

/// <summary>Identifiers of passports that nobody can guess and no table holds: the serial number sealed with the hub's key, always the same for the same number. Who has the key can read the number from it, nobody else can make one.
/// The key is a file of its own, made at the first start, readable by its owner only and in no backup of the database: without it the codes on the units lead nowhere, so it is kept for as long as they are.</summary>
/// <remarks>Deterministic authenticated encryption by the synthetic IV of RFC 5297: the IV is a MAC of the text; here HMAC-SHA-256, cut to 128 bits, and AES-256 in CBC mode.</remarks>
internal sealed class PassportIds(ServerOptions server)
{
    private const int Iv = 16, LongestSerial = 200;
    private readonly Lazy<byte[]> _key = new(() => Kept(Path.Combine(server.DataFolder, "passport-identifiers.key")));

    public string Of(string serial)
    {
        byte[] text = Encoding.UTF8.GetBytes(serial), iv = Mac(text);
        using Aes aes = Cipher();
        return Base64Url.EncodeToString([.. iv, .. aes.EncryptCbc(text, iv)]);
    }

    /// <summary>The serial number of an identifier; null when this hub never made it.</summary>
    public string? Serial(string id)
    {
        if (id.Length > LongestSerial * 4 || !Base64Url.IsValid(id)) return null;
        byte[] sealedText = Base64Url.DecodeFromChars(id);
        if (sealedText.Length <= Iv || sealedText.Length % Iv != 0) return null;
        try
        {
            using Aes aes = Cipher();
            byte[] iv = sealedText[..Iv], text = aes.DecryptCbc(sealedText.AsSpan(Iv), iv);
            return CryptographicOperations.FixedTimeEquals(iv, Mac(text)) ? Encoding.UTF8.GetString(text) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[] Mac(byte[] text) => HMACSHA256.HashData(_key.Value.AsSpan(32), text)[..Iv];

    private Aes Cipher()
    {
        var aes = Aes.Create();
        aes.Key = _key.Value[..32];
        return aes;
    }

    private static byte[] Kept(string file)
    {
        if (File.Exists(file)) return Convert.FromHexString(File.ReadAllText(file).Trim()) is { Length: 64 } kept ? kept : throw new InvalidOperationException($"{file} holds no key of 64 bytes.\nMaybe it was cut short: put it back from a copy.");
        byte[] key = RandomNumberGenerator.GetBytes(64);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var to = new StreamWriter(file, options);
        to.Write(Convert.ToHexStringLower(key));
        return key;
    }
}
