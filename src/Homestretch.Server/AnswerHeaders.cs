using Homestretch.Server.Access;
using Homestretch.Web;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;

namespace Homestretch.Server;

/// <summary>What every answer tells the browser it may do with it: pages, API, files, errors alike.</summary>
internal static class AnswerHeaders
{
    // The API's page builds its styles as it runs, and starts from a script in the page that a nonce of this one answer lets in.
    private const string ApiPage = "default-src 'none'; connect-src 'self'; font-src 'self' data:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'self'";

    private const string Powers = "accelerometer=(), camera={0}, display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
    private static readonly string s_powers = Powers.Replace("{0}", "()", StringComparison.Ordinal), s_floorPowers = Powers.Replace("{0}", "(self)", StringComparison.Ordinal);

    /// <summary>First in the pipeline, so that nothing answers without it; what fails on the way becomes an answer too.</summary>
    public static void UseAnswerHeaders(this WebApplication app, ServerOptions options)
    {
        app.Use(static (http, next) =>
        {
            http.Response.OnStarting(static state => Put((HttpContext)state), http);
            return next(http);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = static e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError });
        if (options.BehindProxy) app.UseForwardedHeaders();
    }

    private static Task Put(HttpContext http)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = http.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce ? $"{ApiPage} 'nonce-{nonce}'" : FloorApp.IsFor(http.Request) ? FloorApp.ContentSecurity : Tower.ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = FloorApp.IsFor(http.Request) ? s_floorPowers : s_powers;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Here and not by the host's own part, whose header is lost when what fails becomes an answer.
        if (http.Request.IsHttps && !OwnSite.IsLoopback(http.Request.Host.Host)) headers.StrictTransportSecurity = "max-age=31536000";
        // Files of the program say themselves how long they hold; all else may be somebody's data.
        if (!headers.ContainsKey(HeaderNames.CacheControl)) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
