using Homestretch.Exchange.Finishing;
using Homestretch.Finishing.Floor;
using Homestretch.Server.Access;
using Homestretch.Server.Floor;

namespace Homestretch.Server.Api;

/// <summary>Firmware releases over HTTP: the public key for everybody, books for who guards the design, files for who builds.</summary>
internal static class ReleaseRoutes
{
    public static void MapReleases(this WebApplication app)
    {
        app.MapGet("/api/v1/firmware-key", static (ReleaseKey key) => Results.Text(key.Public, "application/x-pem-file")).AllowAnonymous().WithTags("Firmware").WithSummary("Public key by which firmware releases of this hub are checked, PEM");
        RouteGroupBuilder api = app.MapGroup("/api/v1/firmware-releases").RequireAuthorization("api").DisableAntiforgery().WithTags("Firmware").ProducesProblem(401).ProducesProblem(403);
        api.MapGet("", static (PersonWindow w) => w.Releases() is { } books ? Results.Ok(books) : Results.Problem(statusCode: 403)).Produces<IReadOnlyList<ReleaseBook>>()
            .WithSummary("Quotas of firmware releases by order line: given, again, replaced, and what was asked for beyond them");
        api.MapGet("/{serial}", static (PersonWindow w, string serial) => w.Releases() is not { } books ? Results.Problem(statusCode: 403) : File(books.SelectMany(static b => b.Releases).LastOrDefault(r => r.Serial == serial), serial))
            .Produces<byte[]>(200, "application/json").ProducesProblem(404).WithSummary("The last firmware release of a serial number as a signed file");
    }

    internal static IResult File(World.FirmwareRelease? release, string serial) => release is null ? Results.Problem($"Unit '{serial}' has no firmware release here.", statusCode: 404) : Results.File(ReleaseFile.Write(release), "application/json", "firmware-release.json");
}
