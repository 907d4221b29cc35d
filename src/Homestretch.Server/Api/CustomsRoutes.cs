using Homestretch.Server.Access;
using Homestretch.Server.Floor;
using Homestretch.World;

namespace Homestretch.Server.Api;

/// <summary>The office's word on where a lot stands with customs.</summary>
internal static class CustomsRoutes
{
    private const int MostText = 200;

    /// <param name="Operation">Any name of the caller's, unique; told again it is done once.</param>
    /// <param name="Customs">Duty-paid, bonded, inward-processing, customs-hold or unknown.</param>
    /// <param name="Document">Entry, bond or notice that says so.</param>
    private sealed record CustomsRequest(string? Operation, string? Site, string? Lot, string? Item, CustomsStanding Customs, string? Document, string? Reason);

    public static void MapCustoms(this WebApplication app) => app.MapPost("/api/v1/customs-standing", async (HttpContext http, PersonWindow w, FloorDesk desk, CustomsRequest request) =>
    {
        string operation = request.Operation?.Trim() ?? "", site = request.Site?.Trim() ?? "", lot = request.Lot?.Trim() ?? "", document = request.Document?.Trim() ?? "";
        if (!w.SetsCustoms(site)) return Results.Problem($"Where lots at '{site}' stand with customs is not yours to say, or there is no such hub.", statusCode: 403);
        if (operation.Length is 0 or > 64 || operation.Contains('|', StringComparison.Ordinal)) return ApiRoutes.Problem([new(new("request", 0, "operation"), "operation", "The change has no name of its own.", "Give it 1 to 64 letters, unique: told again, it is done once.")]);
        if (new[] { lot, document, request.Item ?? "", request.Reason ?? "" }.Any(static t => t.Length > MostText) || document.Contains(';', StringComparison.Ordinal)) return ApiRoutes.Problem([new(new("request", 0, "document"), "text", $"A text is longer than {MostText} characters, or the document has a ';'.", "Shorten it; leave out ';'.")]);
        FloorSaid said = await desk.SetCustoms(w.Person.Party, site, operation, lot, request.Item?.Trim() ?? "", request.Customs, document, request.Reason?.Trim() ?? "", http.RequestAborted);
        if (said.Answer == FloorAnswer.Accepted) await http.Note(AuditAction.CustomsSet, $"{site} {lot}", $"{Words.Of(request.Customs)} {document}");
        return Results.Ok(said);
    }).RequireAuthorization("api").DisableAntiforgery().WithTags("Floor").Produces<FloorSaid>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(422)
        .WithSummary("Says where a lot at a hub stands with customs, and by which document; accepted or refused with the reason, and kept among the floor's operations");
}
