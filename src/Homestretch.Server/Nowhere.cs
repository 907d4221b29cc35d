using Microsoft.AspNetCore.Diagnostics;

namespace Homestretch.Server;

/// <summary>A person at an address that is no screen gets a page with a way back; programs keep their bare answer.</summary>
internal static class Nowhere
{
    public static void UsePageForNowhere(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/nowhere", createScopeForStatusCodePages: true);
        app.Use(static (http, next) =>
        {
            if (!IsPerson(http.Request) && http.Features.Get<IStatusCodePagesFeature>() is { } page) page.Enabled = false;
            return next(http);
        });
    }

    private static bool IsPerson(HttpRequest request) => HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}
