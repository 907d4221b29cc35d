using System.Security.Claims;
using Homestretch.Web;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homestretch.Walk.Stage;

/// <summary>The screens on a small host of their own, over the scripted stage.</summary>
internal sealed class StageHost : IAsyncDisposable
{
    private static readonly HashSet<Permission> s_all = [.. Enum.GetValues<Permission>()];
    private static readonly Person[] s_persons =
    [
        new("dana", "Dana Whitfield", Role.Planner, "meridian", "Meridian Cycles", s_all.Except([Permission.Administer]).ToHashSet()),
        new("seojun", "Seo-jun Park", Role.Supplier, "hanbit", "Hanbit Cells", new HashSet<Permission> { Permission.SeeSupply, Permission.SeeMachines, Permission.ReportSupply }),
        new("ada", "Ada Quist", Role.Administrator, "meridian", "Meridian Cycles", s_all),
    ];
    private readonly WebApplication _app;

    private StageHost(WebApplication app) => _app = app;

    public StageWorld World { get; } = new();
    public string Address => _app.Urls.First();

    public static async Task<StageHost> Start()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Homestretch.Walk", EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        StageHost host = null!;
        builder.Services.AddWeb();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(static o => { o.LoginPath = "/signin"; o.ReturnUrlParameter = "returnUrl"; });
        builder.Services.AddSingleton(new Entrance(true, [new("dana", "Dana Whitfield", Role.Planner, "Meridian Cycles", "everything of the company"), new("seojun", "Seo-jun Park", Role.Supplier, "Hanbit Cells", "its own lots and machines"), new("ada", "Ada Quist", Role.Administrator, "Meridian Cycles", "accounts and counters too")]));
        builder.Services.AddScoped<IWindow>(services => new StageWindow(host.World, s_persons.First(p => p.Login == Who(services).Identity?.Name)));
        host = new(builder.Build());
        host._app.UseAuthentication();
        host._app.UseAuthorization();
        host._app.UseAntiforgery();
        host._app.MapStaticAssets().AllowAnonymous();
        host._app.MapWeb();
        host._app.MapPost("/signin/as/{login}", static (string login, [FromForm] string returnUrl, HttpContext http) => Enter(http, login, returnUrl));
        host._app.MapPost("/signin", static ([FromForm] string login, [FromForm] string password, [FromForm] string returnUrl, HttpContext http) => password == "stage" ? Enter(http, login, returnUrl) : Task.FromResult(Results.LocalRedirect("/signin?refused=1")));
        host._app.MapPost("/signout", static async (HttpContext http, [FromForm] IFormCollection _) => { await http.SignOutAsync(); return Results.LocalRedirect("/signin"); });
        await host._app.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static ClaimsPrincipal Who(IServiceProvider services) => services.GetRequiredService<IHttpContextAccessor>().HttpContext?.User
        ?? services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync().GetAwaiter().GetResult().User;

    private static async Task<IResult> Enter(HttpContext http, string login, string returnUrl)
    {
        await http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, login)], "stage")));
        return Results.LocalRedirect(returnUrl);
    }
}
