namespace Homestretch.Server;

/// <summary>The floor app for phones, scanners, tablets and headsets: files under /floor that the browser keeps. Nothing of them is anybody's data.</summary>
internal static class FloorApp
{
    /// <summary>As for the pages, but the app's own code is WebAssembly, and pictures of the camera are looked at on the device.</summary>
    public const string ContentSecurity = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob: mediastream:; font-src 'self'; " +
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    public static bool IsFor(HttpRequest request) => request.Path.StartsWithSegments("/floor");

    /// <summary>The worker and the addresses of the app's files are relative to /floor/.</summary>
    public static void UseFloorApp(this WebApplication app) => app.Use(static (http, next) =>
    {
        if (http.Request.Path != "/floor") return next(http);
        http.Response.Redirect($"/floor/{http.Request.QueryString}");
        return Task.CompletedTask;
    });

    public static void MapFloorApp(this WebApplication app) => app.MapFallbackToFile("/floor/{*path:nonfile}", "floor/index.html").AllowAnonymous();
}
