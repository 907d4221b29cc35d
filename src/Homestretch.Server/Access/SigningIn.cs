using System.Threading.RateLimiting;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Homestretch.Server.Access;

/// <summary>The host's part of signing in: cookies, tokens, limits.</summary>
internal static class SigningIn
{
    private const int TriesAMinute = 20, PassportsAMinute = 60;

    public static void AddSignIn(this IServiceCollection services, ServerOptions options)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie =>
            {
                cookie.LoginPath = "/signin";
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SecurePolicy = Secure(options);
                cookie.Cookie.Name = options.Certificate is null ? "homestretch" : "__Host-homestretch";
                cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
                cookie.Events.OnValidatePrincipal = SignIn.Recheck;
                cookie.Events.OnRedirectToLogin = static to => Answer(to, StatusCodes.Status401Unauthorized);
                cookie.Events.OnRedirectToAccessDenied = static to => Answer(to, StatusCodes.Status403Forbidden);
            })
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(SignIn.Bearer, null);
        services.AddAuthorizationBuilder().AddPolicy("api", static policy => policy.AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme, SignIn.Bearer).RequireAuthenticatedUser())
            .AddPolicy("administrator", static policy => policy.AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme, SignIn.Bearer).RequireRole(nameof(Role.Administrator)));
        services.AddDataProtection().SetApplicationName("homestretch").PersistKeysToFileSystem(new(Path.Combine(Path.GetFullPath(options.DataFolder), "keys")));
        services.AddAntiforgery(forgery => forgery.Cookie.SecurePolicy = Secure(options));
        services.AddRateLimiter(static limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy("sign-in", static http => RateLimitPartition.GetFixedWindowLimiter(Origins.Place(http),
                static _ => new() { PermitLimit = TriesAMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
            limiter.AddPolicy(Api.PassportRoutes.Door, static http => RateLimitPartition.GetFixedWindowLimiter(Origins.Place(http),
                static _ => new() { PermitLimit = PassportsAMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
        });
    }

    private static CookieSecurePolicy Secure(ServerOptions options) => options.Certificate is not null ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>A program gets the status, a browser the page.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> to, int status)
    {
        if (to.Request.Path.StartsWithSegments("/api")) to.Response.StatusCode = status;
        else to.Response.Redirect(to.RedirectUri);
        return Task.CompletedTask;
    }
}
