using System.Net;

namespace Homestretch.Server.Access;

/// <summary>Refuses what other web sites make a browser send in a signed-in person's name.</summary>
internal static class OwnSite
{
    /// <summary>A write or a WebSocket that another origin began is refused with 403, unless it brings a token, which a browser never adds by itself (a password
    /// it may). The demonstration, where one click signs in, answers to names of this machine only: a name that somebody points at it is refused with 421.</summary>
    public static void UseOwnSite(this WebApplication app, ServerOptions options) => app.Use(async (http, next) =>
    {
        if (options.Demo && !IsLoopback(http.Request.Host.Host)) await Results.Problem("The demonstration answers to localhost and 127.0.0.1 only.", statusCode: StatusCodes.Status421MisdirectedRequest).ExecuteAsync(http);
        else if (IsForeign(http.Request)) await Results.Problem("This request was begun by another web site.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
        else await next(http);
    });

    private static bool IsForeign(HttpRequest request)
    {
        bool acts = !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) || request.Headers.Upgrade.Count > 0;
        if (!acts || SignIn.Credential(request, SignIn.Bearer) is not null) return false;
        // browsers say so on TLS and loopback; without that word the origin tells
        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" or "none" => false,
            "" => request.Headers.Origin.ToString() is { Length: > 0 } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)),
            _ => true,
        };
    }

    public static bool IsLoopback(string host) => host is "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
