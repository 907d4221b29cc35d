using Homestretch.Finishing.Passports;
using Homestretch.Server.Access;
using Homestretch.Server.Passports;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Api;

/// <summary>Passports: their public part for whoever has scanned a unit's code, more for whoever was given a link, all for the brand owner's own people.</summary>
internal static class PassportRoutes
{
    public const string Door = "passport";

    /// <param name="Tier">Interest or authority.</param>
    /// <param name="To">Whom it is for, and why.</param>
    /// <param name="Days">How long it works, 1 to 365 days.</param>
    private sealed record LinkRequest(PassportTier Tier, string? To, int Days);

    private sealed record LinkMade(string Url, PassportLink Link);

    private sealed record PassportWhole(string? Address, Passport Passport, IReadOnlyList<string[]> Missing);

    public static void MapPassports(this WebApplication app)
    {
        RouteGroupBuilder door = app.MapGroup("").AllowAnonymous().RequireRateLimiting(Door).ExcludeFromDescription();
        door.MapGet("/01/{gtin}/21/{serial}", static async (HttpContext http, PassportDesk desk, string gtin, string serial) => Answer(http, await desk.Of(serial, gtin, http.RequestAborted), PassportTier.Public));
        door.MapGet("/p/{id}", static async (HttpContext http, PassportDesk desk, string id) => Answer(http, await desk.Of(desk.Serial(id), null, http.RequestAborted), PassportTier.Public));
        door.MapGet("/p/access/{secret}", static async (HttpContext http, PassportDesk desk, PassportLinks links, string secret) =>
        {
            if (await links.Look(secret, http.RequestAborted) is not { } link || await desk.Of(link.Serial, null, http.RequestAborted) is not { } passport) return Answer(http, null, PassportTier.Public);
            await http.Note(AuditAction.PassportSeen, link.Serial, $"{Words.Of(link.Tier)} by link {link.Id} of {link.By} to {link.To}");
            return Answer(http, passport, PassportTier.Public, link.Tier);
        });

        RouteGroupBuilder api = app.MapGroup("/api/v1").RequireAuthorization("api").DisableAntiforgery().WithTags("Passports").ProducesProblem(401);
        api.MapGet("/units/{serial}/passport", static async (HttpContext http, PersonWindow w, PassportDesk desk, string serial) =>
        {
            if (await w.Passport(serial, http.RequestAborted) is not { } passport) return Nothing(serial);
            await http.Note(AuditAction.PassportSeen, serial, "all tiers");
            string family = (await w.Unit(serial, http.RequestAborted))?.Family ?? "";
            return Results.Ok(new PassportWhole(desk.Address(family, serial), passport, [.. passport.Batteries.Select(static b => (string[])[.. b.Missing])]));
        }).Produces<PassportWhole>().ProducesProblem(404).WithSummary("The whole passport of a unit and its batteries, every field with who may see it, the law and its value or that it is unknown; what is missing; and its public address. Each look is in the audit log");
        api.MapPost("/units/{serial}/passport/links", static async (HttpContext http, PersonWindow w, ServerOptions options, PassportLinks links, string serial, LinkRequest request) =>
        {
            if (!options.Passports) return Results.Problem("Passports are not turned on here: start the server with --passports true.", statusCode: 409);
            if (!w.SharesPassports) return Results.Problem("Links to restricted parts of passports are not yours to give.", statusCode: 403);
            if (await w.Unit(serial, http.RequestAborted) is not { State: UnitState.Complete }) return Nothing(serial);
            string to = string.Join(' ', (request.To ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (PassportLinks.Wrong(request.Tier, to, request.Days) is { } wrong) return ApiRoutes.Problem([wrong]);
            var (secret, link) = await links.Issue(serial, request.Tier, to, w.Person.Party, w.Person.Login, Duration.FromDays(request.Days), http.RequestAborted);
            await http.Note(AuditAction.PassportShared, serial, $"{Words.Of(link.Tier)} by link {link.Id} to {to} for {request.Days} days");
            return Results.Ok(new LinkMade($"{options.Origin}/p/access/{secret}", link));
        }).Produces<LinkMade>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithSummary("Gives somebody outside a link to a restricted part of one passport; its address is told this once");
        api.MapGet("/passport-links", static async (HttpContext http, PersonWindow w, PassportLinks links) => w.SharesPassports ? Results.Ok(await links.All(w.Person.Party, http.RequestAborted)) : Results.Problem(statusCode: 403))
            .Produces<IReadOnlyList<PassportLink>>().ProducesProblem(403).WithSummary("Links to restricted parts of passports that work today");
        api.MapDelete("/passport-links/{id}", static async (HttpContext http, PersonWindow w, PassportLinks links, string id) =>
        {
            if (!w.SharesPassports) return Results.Problem(statusCode: 403);
            if (await links.Revoke(id, w.Person.Party, http.RequestAborted) is not { } link) return Results.Problem($"There is no link '{id}' that works.", statusCode: 404);
            await http.Note(AuditAction.PassportUnshared, link.Serial, $"link {link.Id} to {link.To}");
            return Results.NoContent();
        }).Produces(204).ProducesProblem(403).ProducesProblem(404).WithSummary("Ends a link to a restricted part of a passport at once");
    }

    /// <summary>The page or the data, as asked; the same nothing whatever the reason that there is none.</summary>
    private static IResult Answer(HttpContext http, Passport? passport, params PassportTier[] tiers)
    {
        string? format = http.Request.Query["format"], lang = http.Request.Query["lang"];
        string accept = http.Request.Headers.Accept.ToString(), language = PassportWords.Choose(lang, http.Request.Headers.AcceptLanguage.ToString());
        http.Response.Headers.Vary = "Accept, Accept-Language";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        bool data = format == "json" || (format != "html" && accept.Contains("json", StringComparison.Ordinal) && !accept.Contains("text/html", StringComparison.Ordinal));
        if (data) return passport is null ? Results.Problem("There is no passport here.", statusCode: 404) : Results.Ok(passport.Seen(tiers));
        return Results.Content(passport is null ? PassportPages.Nowhere(language) : PassportPages.Of(passport.Seen(tiers), language), "text/html; charset=utf-8", statusCode: passport is null ? 404 : 200);
    }

    private static IResult Nothing(string serial) => Results.Problem($"There is no unit '{serial}' with a passport that you see.", statusCode: 404);
}
