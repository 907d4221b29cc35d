using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Homestretch.Web;

/// <summary>The control tower as the host puts it up: <c>services.AddWeb()</c>, then <c>app.MapWeb()</c>.</summary>
/// <remarks>The host registers a scoped <see cref="IWindow"/> that can be resolved in a plain request and in a circuit, an
/// <see cref="Entrance"/>, authentication whose sign-in path is <c>/signin</c>, and the endpoints <c>POST /signin</c>
/// (form: login, password, returnUrl), <c>POST /signin/as/{login}</c> (form: returnUrl) and <c>POST /signout</c>; all three
/// forms carry an antiforgery token; and it sends <see cref="ContentSecurity"/>. In the pipeline: authentication, authorization, antiforgery, static assets.</remarks>
public static class Tower
{
    /// <summary>What a page may load and run: the host sends it with every answer. All of it comes from this origin. Loosened are only: style
    /// attributes, because bars, cells and map points are placed by them (style elements and sheets from elsewhere are not let in); and images
    /// in data:, because the sheet holds its glyphs so. The map's worker is a file of ours, and 'self' holds for the circuit's WebSocket too.</summary>
    public const string ContentSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<Pulse>();
        services.AddScoped<Notices>();
        return services;
    }

    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder app)
    {
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(static o => o.ContentSecurityFrameAncestorsPolicy = null);
        app.MapExports();
        // at the root, or it could not show messages of the whole site; asked for anew each time, so that a new one is in force at once
        app.MapGet("/worker.js", static (IWebHostEnvironment host) => Results.Stream(host.WebRootFileProvider.GetFileInfo("_content/Homestretch.Web/worker.js").CreateReadStream(), "text/javascript; charset=utf-8")).ExcludeFromDescription();
        return app;
    }
}
