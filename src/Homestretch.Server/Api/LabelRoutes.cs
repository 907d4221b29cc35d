using Homestretch.Server.Access;
using Homestretch.Server.Floor;
using Homestretch.Server.Live;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Homestretch.Server.Api;

/// <summary>Labels over HTTP, for devices of the floor (of their site) and for people who see the brand owner's lines.</summary>
internal static class LabelRoutes
{
    public static void MapLabels(this WebApplication app) => app.MapGet("/api/v1/floor/labels", Label).AllowAnonymous().WithTags("Floor").Produces<byte[]>(200, "application/pdf", "text/plain").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422)
        .WithSummary("The label of a lot, bin, kit or unit, 100 by 50 mm: format=pdf for any printer, format=zpl for label printers of 203 dpi; copies 1 to 100; of a lot also site, item, revision and quantity of the package");

    private static async Task<IResult> Label(HttpContext http, ServerOptions options, LiveWorld live, Passports.PassportDesk passports, HubClock clock, string? site = null, string? lot = null, string? bin = null, string? kit = null, string? unit = null, string? item = null, string? revision = null, decimal? quantity = null, string format = "pdf", int copies = 1)
    {
        if (format is not ("pdf" or "zpl")) return ApiRoutes.Problem([new(new("request", 0, "format"), "format", $"'{format}' is no format of labels.", "Write pdf or zpl.")]);
        if (copies is < 1 or > LabelDesk.MostCopies) return ApiRoutes.Problem([new(new("request", 0, "copies"), "copies", $"{copies} copies.", $"Ask for 1 to {LabelDesk.MostCopies}.")]);
        var ask = new LabelAsk(site, lot, bin, kit, unit, item, revision, quantity);
        (Exchange.Printing.Sticker? Label, string Name, IReadOnlyList<Finding> Findings) found;
        if (SignIn.Credential(http.Request, "Bearer") is { } token && await http.RequestServices.GetRequiredService<FloorDevices>().Of(token, http.RequestAborted) is { } device)
            found = LabelDesk.Of(live.World, ask with { Site = device.Site }, options.Origin, passports.Labelled);
        else if (await Person(http) is not { } window) return Results.Problem("Sign in, or enrol this device.", statusCode: 401, title: "Not signed in");
        else if (window.Label(ask, options.Origin, passports.Labelled) is not { } told) return Results.Problem("Labels are for those who see the brand owner's lines.", statusCode: 403);
        else found = told;
        if (found.Label is not { } label) return ApiRoutes.Problem(found.Findings, found.Findings[0].Rule == "unknown-key" ? 404 : 422);
        var (bytes, media, ending) = LabelDesk.As(label, format == "zpl", copies, found.Name, clock.Now);
        return Results.File(bytes, media, $"{string.Concat(found.Name.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'))}.{ending}");
    }

    /// <summary>The window of who is signed in, as for every other route; null: nobody.</summary>
    private static async Task<PersonWindow?> Person(HttpContext http)
    {
        foreach (string scheme in new[] { CookieAuthenticationDefaults.AuthenticationScheme, SignIn.Bearer })
            if (await http.AuthenticateAsync(scheme) is { Succeeded: true, Principal: { } who })
            {
                http.User = who;
                return http.RequestServices.GetRequiredService<PersonWindow>();
            }
        return null;
    }
}
