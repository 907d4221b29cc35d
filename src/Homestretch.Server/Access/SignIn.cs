using System.Security.Claims;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace Homestretch.Server.Access;

/// <summary>Signing in and out: by password, by one-time link, and in the demo by one click.</summary>
internal static class SignIn
{
    public const string Bearer = "Bearer";

    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/signin", async (HttpContext http, Accounts accounts, [FromForm] string login, [FromForm] string password, [FromForm] string? returnUrl) =>
        {
            Account? account = await accounts.SignIn(login, password, http.RequestAborted);
            if (account is null) return Results.LocalRedirect($"/signin?refused=1&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
            await http.SignInAsync(Principal(account));
            return Results.LocalRedirect(Local(returnUrl));
        }).RequireRateLimiting("sign-in");

        app.MapPost("/signin/as/{login}", async (HttpContext http, ServerOptions options, Accounts accounts, string login, [FromForm] string? returnUrl) =>
        {
            if (!options.Demo || http.Connection.RemoteIpAddress is not { } from || !System.Net.IPAddress.IsLoopback(from)) return Results.NotFound();
            Account? account = await accounts.Find(login, http.RequestAborted);
            if (account is null) return Results.NotFound();
            await http.SignInAsync(Principal(account));
            return Results.LocalRedirect(Local(returnUrl));
        });

        app.MapPost("/signout", async (HttpContext http, [FromForm] string? returnUrl) =>
        {
            await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.LocalRedirect("/signin");
        });

        app.MapGet("/first/{secret}", (string secret) => Results.Content(FirstPage(secret), "text/html")).AllowAnonymous();
        app.MapPost("/first/{secret}", async (HttpContext http, Accounts accounts, string secret, [FromForm] string login, [FromForm] string name, [FromForm] string party, [FromForm] string password) =>
        {
            if (password.Length < 12) return Results.Problem("A password has at least 12 characters.", statusCode: 400);
            if (!await accounts.UseLink(secret, "first-administrator", http.RequestAborted)) return Results.Problem("This link was used or has expired. Restart the server for a new one.", statusCode: 410);
            await accounts.Put(login, name, Role.Administrator, party, password, http.RequestAborted);
            return Results.LocalRedirect("/signin");
        }).DisableAntiforgery().RequireRateLimiting("sign-in");
    }

    /// <summary>The person behind a request or circuit; an empty one that may do nothing when nobody is signed in.</summary>
    public static Person PersonOf(ClaimsPrincipal user, Slices slices)
    {
        if (user.Identity is not { IsAuthenticated: true } || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } login
            || !Enum.TryParse(user.FindFirstValue(ClaimTypes.Role), out Role role)) return new("", "", Role.Assembler, "", "", new HashSet<Permission>());
        string party = user.FindFirstValue("party") ?? "";
        string partyName = slices.Look(party, false, s => s.World.Parties.Find(new Key<Party>(party))?.Name ?? party);
        return new(login, user.FindFirstValue(ClaimTypes.Name) ?? login, role, party, partyName, Roles.Of(role));
    }

    public static ClaimsPrincipal Principal(Account a, string scheme = CookieAuthenticationDefaults.AuthenticationScheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, a.Login), new(ClaimTypes.Name, a.Name), new(ClaimTypes.Role, a.Role.ToString()), new("party", a.Party)], scheme));

    private static string Local(string? url) => url is { Length: > 0 } && url[0] == '/' && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal) ? url : "/";

    private static string FirstPage(string secret) => $$"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>First administrator - Homestretch</title>
        <style>body{font:16px system-ui;max-width:28rem;margin:3rem auto;padding:0 1rem}label{display:block;margin:.8rem 0}input{display:block;width:100%;font:inherit;padding:.4rem}</style></head>
        <body><h1>First administrator</h1><p>This link works once.</p><form method="post" action="/first/{{Uri.EscapeDataString(secret)}}">
        <label>Login<input name="login" required></label><label>Name<input name="name" required></label><label>Party code of the brand owner<input name="party" required></label>
        <label>Password, 12 characters or more<input name="password" type="password" minlength="12" required></label><button>Make the account</button></form></body></html>
        """;
}

/// <summary>Signs API callers in by 'Authorization: Bearer TOKEN'.</summary>
internal sealed class BearerHandler(Microsoft.Extensions.Options.IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log,
    System.Text.Encodings.Web.UrlEncoder encoder, Accounts accounts) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal)) return AuthenticateResult.NoResult();
        string? login = await accounts.OfToken(header[7..].Trim(), Context.RequestAborted);
        if (login is null || await accounts.Find(login, Context.RequestAborted) is not { } account) return AuthenticateResult.Fail("The token is unknown, expired or revoked.");
        return AuthenticateResult.Success(new(SignIn.Principal(account, Scheme.Name), Scheme.Name));
    }
}
