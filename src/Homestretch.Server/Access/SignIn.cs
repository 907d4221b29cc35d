using System.Globalization;
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

    /// <summary>What the audit log says of a try that came too soon.</summary>
    public const string TooMany = "too many wrong tries";

    /// <summary>Base64 of 1,023 bytes: a login of 64 characters and a password of 200, of at most 3 bytes each.</summary>
    private const int MostOfBasic = 1364;

    /// <summary>The claim that holds the secret of a browser's session.</summary>
    private const string Session = "session";

    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/signin", async (HttpContext http, Tokens tokens, Devices devices, [FromForm] string login, [FromForm] string password, [FromForm] string? returnUrl) =>
        {
            var (account, wait) = await Check(http, login, password);
            if (account is null)
            {
                await http.Note(AuditAction.SignInRefused, detail: wait > 0 ? TooMany : "", by: ("", PeopleRules.Normal(login)));
                return Results.LocalRedirect($"/signin?refused={wait}&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
            }
            devices.Mark(http, account.Login);
            await http.SignInAsync(Principal(account, await tokens.Open(account, http.RequestAborted)));
            await http.Note(AuditAction.SignedIn, by: (account.Party, account.Login));
            return Results.LocalRedirect(Local(returnUrl));
        }).RequireRateLimiting("sign-in").ExcludeFromDescription();

        app.MapPost("/signin/as/{login}", async (HttpContext http, ServerOptions options, Accounts accounts, Tokens tokens, string login, [FromForm] string? returnUrl) =>
        {
            if (!options.Demo || http.Connection.RemoteIpAddress is not { } from || !System.Net.IPAddress.IsLoopback(from)) return Results.NotFound();
            Account? account = await accounts.Find(login, http.RequestAborted);
            if (account is null) return Results.NotFound();
            await http.SignInAsync(Principal(account, await tokens.Open(account, http.RequestAborted)));
            await http.Note(AuditAction.SignedIn, detail: "by one click", by: (account.Party, account.Login));
            return Results.LocalRedirect(Local(returnUrl));
        }).ExcludeFromDescription();

        app.MapPost("/signout", async (HttpContext http, Tokens tokens, Sessions sessions, [FromForm] string? returnUrl) =>
        {
            if (http.User.FindFirstValue(Session) is { } secret)
            {
                await tokens.Close(secret, CancellationToken.None);
                sessions.End(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!, Secrets.Id(Secrets.Hash(secret)));
                await http.Note(AuditAction.SignedOut);
            }
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

    /// <summary>The account of a login and password, within the limit of wrong ones; otherwise null and the seconds to wait, 0 when it was wrong. The work is the
    /// same for a login that does not exist, and for one that has to wait.</summary>
    public static async Task<(Account? Account, int Wait)> Check(HttpContext http, string login, string password)
    {
        IServiceProvider services = http.RequestServices;
        Attempts attempts = services.GetRequiredService<Attempts>();
        login = PeopleRules.Normal(login);
        string counted = PeopleRules.IsLogin(login) ? login : "", place = Origins.Place(http);
        string? device = services.GetRequiredService<Devices>().Of(http.Request, login);
        TimeSpan wait = attempts.Begin(counted, device ?? place, device is not null);
        Account? account = await services.GetRequiredService<Accounts>().SignIn(login, password, http.RequestAborted);
        if (wait > TimeSpan.Zero) return (null, (int)Math.Ceiling(wait.TotalSeconds));
        if (account is not null) attempts.Right(counted, device ?? place);
        return (account, 0);
    }

    /// <summary>What follows a scheme, whose name has no case, in the Authorization header; null without one.</summary>
    public static string? Credential(HttpRequest request, string scheme) => request.Headers.Authorization.ToString() is var header && header.Length > scheme.Length
        && header[scheme.Length] == ' ' && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[(scheme.Length + 1)..].Trim() : null;

    /// <summary>Login and password of 'Authorization: Basic ...'; null without one, or with what is wrong with it.</summary>
    public static ((string Login, string Password)? Given, string? Wrong) Basic(HttpRequest request)
    {
        if (Credential(request, "Basic") is not { } text) return (null, null);
        if (text.Length > MostOfBasic) return (null, "Login and password are longer than any can be: a login has at most 64 characters, a password 200.");
        Span<byte> bytes = stackalloc byte[MostOfBasic / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out int n) && Encoding.UTF8.GetString(bytes[..n]).Split(':', 2) is [var login, var password] ? ((login, password), null)
            : (null, "What follows 'Basic' in the Authorization header is not LOGIN:PASSWORD in base64.");
    }

    /// <summary>A session ends when it is signed out of, and when its account ends or changes.</summary>
    public static async Task Recheck(CookieValidatePrincipalContext context)
    {
        (IServiceProvider services, CancellationToken cancel) = (context.HttpContext.RequestServices, context.HttpContext.RequestAborted);
        ClaimsPrincipal? user = context.Principal;
        long endings = services.GetRequiredService<Sessions>().Endings;
        if (user?.FindFirstValue(Session) is { } secret && await services.GetRequiredService<Tokens>().AccountOf(TokenPurpose.Session, secret, cancel) is { } login
            && login == user.FindFirstValue(ClaimTypes.NameIdentifier) && await services.GetRequiredService<Accounts>().Find(login, cancel) is { } account
            && account.Role.ToString() == user.FindFirstValue(ClaimTypes.Role) && account.Party == user.FindFirstValue("party") && GenerationOf(account) == user.FindFirstValue("generation"))
        {
            context.ReplacePrincipal(AsOf(Principal(account, secret), endings));
            return;
        }
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

    /// <param name="session">Secret of the browser's session.</param>
    private static ClaimsPrincipal Principal(Account a, string session) => Principal(a, CookieAuthenticationDefaults.AuthenticationScheme, new(Session, session), new("token", Secrets.Id(Secrets.Hash(session))));

    public static ClaimsPrincipal Principal(Account a, string scheme, params Claim[] more) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, a.Login), new(ClaimTypes.Name, a.Name), new(ClaimTypes.Role, a.Role.ToString()), new("party", a.Party), new("generation", GenerationOf(a)), .. more], scheme));

    /// <summary>Says at which count of endings (<see cref="Sessions"/>) this was a right: a window that opens with it asks whether it still is.</summary>
    public static ClaimsPrincipal AsOf(ClaimsPrincipal user, long endings)
    {
        ((ClaimsIdentity)user.Identity!).AddClaim(new("as-of", endings.ToString(CultureInfo.InvariantCulture)));
        return user;
    }

    /// <summary>The count of endings at which a person's right was last asked for; 0, the oldest, when nobody did.</summary>
    public static long AsOf(ClaimsPrincipal user) => long.TryParse(user.FindFirstValue("as-of"), NumberStyles.None, CultureInfo.InvariantCulture, out long endings) ? endings : 0;

    private static string GenerationOf(Account a) => a.Generation.ToString(CultureInfo.InvariantCulture);

    private static string Local(string? url) => url is { Length: > 0 } && url[0] == '/' && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal) ? url : "/";
}

/// <summary>Signs API callers in by 'Authorization: Bearer TOKEN'.</summary>
internal sealed class BearerHandler(Microsoft.Extensions.Options.IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log,
    System.Text.Encodings.Web.UrlEncoder encoder, Accounts accounts, Tokens tokens, Sessions sessions) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SignIn.Credential(Request, SignIn.Bearer) is not { } secret) return AuthenticateResult.NoResult();
        long endings = sessions.Endings;
        string? login = await tokens.AccountOf(TokenPurpose.Api, secret, Context.RequestAborted);
        if (login is null || await accounts.Find(login, Context.RequestAborted) is not { } account) return AuthenticateResult.Fail("The token is unknown, expired or revoked.");
        ClaimsPrincipal principal = SignIn.Principal(account, Scheme.Name, new Claim("token", Secrets.Id(Secrets.Hash(secret))));
        return AuthenticateResult.Success(new(SignIn.AsOf(principal, endings), Scheme.Name));
    }
}
