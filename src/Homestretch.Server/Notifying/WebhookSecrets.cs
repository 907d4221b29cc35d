using System.Security.Cryptography;
using Homestretch.Exchange.Messages;
using Microsoft.AspNetCore.DataProtection;

namespace Homestretch.Server.Notifying;

/// <summary>Seals the secrets that the database must hold to sign with, and what stands in a mail to unsubscribe by, with the keys in the data folder.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _secrets = protection.CreateProtector("homestretch.webhook"), _leaving = protection.CreateProtector("homestretch.unsubscribe");

    /// <summary>A new secret as people copy it, told once, and as it is kept.</summary>
    public (string Secret, byte[] Sealed) New()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(32);
        return (StandardWebhook.Secret(bytes), _secrets.Protect(bytes));
    }

    /// <summary>The bytes to sign with; null when it was sealed with other keys.</summary>
    public byte[]? Open(byte[] kept)
    {
        try
        {
            return _secrets.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What names a person in a mail's unsubscribe address, to nobody but us.</summary>
    public string Leaving(string login) => PushMessage.Base64Url(_leaving.Protect(System.Text.Encoding.UTF8.GetBytes(login)));

    /// <summary>Whose it is; null when we never made it.</summary>
    public string? Left(string token)
    {
        try
        {
            return PushMessage.FromBase64Url(token) is { } bytes ? System.Text.Encoding.UTF8.GetString(_leaving.Unprotect(bytes)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
