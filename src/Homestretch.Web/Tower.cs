using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Homestretch.Web;

/// <summary>The control tower as the host puts it up: <c>services.AddWeb()</c>, then <c>app.MapWeb()</c>.</summary>
/// <remarks>The host registers a scoped <see cref="IWindow"/> that can be resolved in a plain request and in a circuit, an
/// <see cref="Entrance"/>, authentication whose sign-in path is <c>/signin</c>, and the endpoints <c>POST /signin</c>
/// (form: login, password, returnUrl), <c>POST /signin/as/{login}</c> (form: returnUrl) and <c>POST /signout</c>; all three
/// forms carry an antiforgery token. In the pipeline: authentication, authorization, antiforgery, static assets.</remarks>
public static class Tower
{
    // Styles: bars and cells are sized by style attributes. Workers: the map decodes in its own file from here.
    private const string ContentSecurity = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; " +
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

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
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(static o => o.ContentSecurityFrameAncestorsPolicy = null).Add(static page =>
        {
            RequestDelegate inner = page.RequestDelegate!;
            page.RequestDelegate = context =>
            {
                context.Response.Headers.ContentSecurityPolicy = ContentSecurity;
                context.Response.Headers.XContentTypeOptions = "nosniff";
                context.Response.Headers["Referrer-Policy"] = "same-origin";
                return inner(context);
            };
        });
        app.MapExports();
        return app;
    }
}
