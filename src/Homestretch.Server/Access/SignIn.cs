using System.Security.Claims;
using System.Text;
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
        app.MapPost("/signin", async (HttpContext http, Accounts accounts, Attempts attempts, [FromForm] string login, [FromForm] string password, [FromForm] string? returnUrl) =>
        {
            Account? account = await Check(accounts, attempts, login, password, http.RequestAborted);
            if (account is null)
            {
                await http.Note(AuditAction.SignInRefused, by: ("", PeopleRules.Normal(login)));
                return Results.LocalRedirect($"/signin?refused=1&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
            }
            await http.SignInAsync(Principal(account));
            await http.Note(AuditAction.SignedIn, by: (account.Party, account.Login));
            return Results.LocalRedirect(Local(returnUrl));
        }).RequireRateLimiting("sign-in").ExcludeFromDescription();

        app.MapPost("/signin/as/{login}", async (HttpContext http, ServerOptions options, Accounts accounts, string login, [FromForm] string? returnUrl) =>
        {
            if (!options.Demo || http.Connection.RemoteIpAddress is not { } from || !System.Net.IPAddress.IsLoopback(from)) return Results.NotFound();
            Account? account = await accounts.Find(login, http.RequestAborted);
            if (account is null) return Results.NotFound();
            await http.SignInAsync(Principal(account));
            await http.Note(AuditAction.SignedIn, detail: "by one click", by: (account.Party, account.Login));
            return Results.LocalRedirect(Local(returnUrl));
        }).ExcludeFromDescription();

        app.MapPost("/signout", async (HttpContext http, [FromForm] string? returnUrl) =>
        {
            if (http.User.Identity is { IsAuthenticated: true }) await http.Note(AuditAction.SignedOut);
            await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.LocalRedirect("/signin");
        }).ExcludeFromDescription();

        // The secret in the path is what protects these two: nobody is signed in yet.
        app.MapGet("/join/{secret}", async (HttpContext http, Joining joining, string secret) => await joining.Look(secret, http.RequestAborted) is { } link ? DoorPages.Form(link) : DoorPages.Gone())
            .RequireRateLimiting("sign-in").ExcludeFromDescription();
        app.MapPost("/join/{secret}", async (HttpContext http, Joining joining, People people, string secret, [FromForm] string password, [FromForm] string? login, [FromForm] string? name, [FromForm] string? party) =>
        {
            if (await joining.Look(secret, http.RequestAborted) is not { } link) return DoorPages.Gone();
            Finding? wrong = await people.Join(secret, link, login ?? "", name ?? "", party ?? "", password, http.RequestAborted);
            if (wrong is not null) return DoorPages.Form(link, wrong, login ?? "", name ?? "", party ?? "");
            (string Party, string Login) who = link.Purpose == LinkPurpose.First ? (party ?? "", PeopleRules.Normal(login ?? "")) : (link.Party, link.Login);
            await http.Note(link.Purpose == LinkPurpose.Password ? AuditAction.PasswordChosen : AuditAction.Joined, who.Login, Words.Of(link.Role), who);
            return Results.LocalRedirect("/signin");
        }).DisableAntiforgery().RequireRateLimiting("sign-in").ExcludeFromDescription();
    }

    /// <summary>The account of a login and password, within the limit of wrong ones.</summary>
    public static async Task<Account?> Check(Accounts accounts, Attempts attempts, string login, string password, CancellationToken cancel)
    {
        login = PeopleRules.Normal(login);
        if (!attempts.MayTry(login)) return null;
        Account? account = await accounts.SignIn(login, password, cancel);
        if (account is null) attempts.Wrong(login);
        else attempts.Right(login);
        return account;
    }

    /// <summary>Login and password of 'Authorization: Basic ...'; null without one.</summary>
    public static (string Login, string Password)? Basic(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        Span<byte> bytes = stackalloc byte[512];
        return header.StartsWith("Basic ", StringComparison.Ordinal) && Convert.TryFromBase64String(header[6..].Trim(), bytes, out int n)
            && Encoding.UTF8.GetString(bytes[..n]).Split(':', 2) is [var login, var password] ? (login, password) : null;
    }

    /// <summary>A session ends when its account does, or changes.</summary>
    public static async Task Recheck(CookieValidatePrincipalContext context)
    {
        Accounts accounts = context.HttpContext.RequestServices.GetRequiredService<Accounts>();
        ClaimsPrincipal? user = context.Principal;
        if (user?.FindFirstValue(ClaimTypes.NameIdentifier) is { } login && await accounts.Find(login, context.HttpContext.RequestAborted) is { } account
            && account.Role.ToString() == user.FindFirstValue(ClaimTypes.Role) && account.Party == user.FindFirstValue("party") && GenerationOf(account) == user.FindFirstValue("generation")) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>Someone not signed in, who may do nothing.</summary>
    public static Person Nobody { get; } = new("", "", Role.Assembler, "", "", new HashSet<Permission>());

    /// <summary>The person behind a request or circuit; an empty one that may do nothing when nobody is signed in.</summary>
    public static Person PersonOf(ClaimsPrincipal user, Slices slices)
    {
        if (user.Identity is not { IsAuthenticated: true } || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } login
            || !Enum.TryParse(user.FindFirstValue(ClaimTypes.Role), out Role role)) return Nobody;
        string party = user.FindFirstValue("party") ?? "";
        string partyName = slices.Look(party, false, s => s.World.Parties.Find(new Key<Party>(party))?.Name ?? party);
        return new(login, user.FindFirstValue(ClaimTypes.Name) ?? login, role, party, partyName, Roles.Of(role));
    }

    public static ClaimsPrincipal Principal(Account a, string scheme = CookieAuthenticationDefaults.AuthenticationScheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, a.Login), new(ClaimTypes.Name, a.Name), new(ClaimTypes.Role, a.Role.ToString()), new("party", a.Party), new("generation", GenerationOf(a))], scheme));

    private static string GenerationOf(Account a) => a.Generation.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Local(string? url) => url is { Length: > 0 } && url[0] == '/' && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal) ? url : "/";
}

/// <summary>Signs API callers in by 'Authorization: Bearer TOKEN'.</summary>
internal sealed class BearerHandler(Microsoft.Extensions.Options.IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log,
    System.Text.Encodings.Web.UrlEncoder encoder, Accounts accounts, Tokens tokens) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal)) return AuthenticateResult.NoResult();
        string? login = await tokens.AccountOf(TokenPurpose.Api, header[7..].Trim(), Context.RequestAborted);
        if (login is null || await accounts.Find(login, Context.RequestAborted) is not { } account) return AuthenticateResult.Fail("The token is unknown, expired or revoked.");
        ClaimsPrincipal principal = SignIn.Principal(account, Scheme.Name);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new("token", Secrets.Id(Secrets.Hash(header[7..].Trim()))));
        return AuthenticateResult.Success(new(principal, Scheme.Name));
    }
}
