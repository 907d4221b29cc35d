using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Homestretch.Server.Access;

/// <summary>Marks a browser in which a person gave the right password, so that wrong ones of strangers elsewhere never hold it up. The mark lets nobody in.</summary>
internal sealed class Devices(IDataProtectionProvider protection, ServerOptions options)
{
    private static readonly TimeSpan s_valid = TimeSpan.FromDays(90);
    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("homestretch.device").ToTimeLimitedDataProtector();

    private string Cookie => options.Certificate is null ? "homestretch-device" : "__Host-homestretch-device";

    /// <summary>The id of a browser's mark for this login; null when it has none.</summary>
    public string? Of(HttpRequest request, string login)
    {
        if (request.Cookies[Cookie] is not { } mark) return null;
        try
        {
            return _seal.Unprotect(mark).Split(' ') is [var of, var id] && of == login ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Mark(HttpContext http, string login) => http.Response.Cookies.Append(Cookie, _seal.Protect($"{login} {Of(http.Request, login) ?? Secrets.New()}", s_valid),
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = options.Certificate is not null || http.Request.IsHttps, MaxAge = s_valid, Path = "/" });
}
