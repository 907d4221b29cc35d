using Homestretch.Exchange.Models;
using Homestretch.Learning;
using Homestretch.Server.Access;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Homestretch.Server.Api;

/// <summary>Trained models over HTTP: their cards and files, training, which version is in force. Through the caller's window, like everything.</summary>
internal static class ModelRoutes
{
    public static void MapModels(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/models").RequireAuthorization("api").DisableAntiforgery().WithTags("Models").ProducesProblem(401);
        Reads(api);
        Writes(api.MapGroup("").ProducesProblem(404).ProducesProblem(422));
    }

    private static void Reads(RouteGroupBuilder api)
    {
        api.MapGet("", (PersonWindow w) => w.Models()).WithSummary("Models: the version in force with its card, who uses it, what came of the last training");
        api.MapGet("/{kind}/{subject}", Results<Ok<ModelDetail>, ProblemHttpResult> (PersonWindow w, string kind, string subject) =>
            Words.Find<ModelKind>(kind) is { } k && w.Model(k, subject) is { } found ? TypedResults.Ok(found) : Nothing()).ProducesProblem(404).WithSummary("One model with all its versions and their cards; kind is arrival-delay or remaining-life");
        api.MapGet("/{kind}/{subject}/{version:int}/file", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (HttpContext http, PersonWindow w, string kind, string subject, int version) =>
            Words.Find<ModelKind>(kind) is { } k && await w.ModelFile(k, subject, version, http.RequestAborted) is { } file ? TypedResults.File(file, "application/octet-stream", $"{kind}-{version}.model") : Nothing()).ProducesProblem(404).WithSummary("The file of a version, as the command line reads it");
    }

    private static void Writes(RouteGroupBuilder api)
    {
        api.MapPost("/{kind}/{subject}", async (HttpContext http, PersonWindow w, string kind, string subject) =>
        {
            if (Words.Find<ModelKind>(kind) is null) return Nothing();
            byte[] file = await EdgeRoutes.Body(http, ModelFile.Longest);
            if (ModelFile.KindOf(file) is { Length: > 0 } holds && holds != kind) return ApiRoutes.Problem([new(new("body"), "model-kind", $"The file holds a model of kind '{holds}', not '{kind}'.", $"Post it to /api/v1/models/{holds}/.")]);
            Told told = await w.AddModel(subject, "body", file, http.RequestAborted);
            return told.Accepted ? Results.Ok(new { kind, subject, version = int.Parse(told.Key!, System.Globalization.CultureInfo.InvariantCulture) }) : ApiRoutes.Problem(told.Findings);
        }).WithSummary("Puts a model file in as a candidate; a bad one is refused and changes nothing, one that is there already gives its version");
        Act(api, "/train", static (w, k, subject, _, cancel) => w.TrainModel(k, subject, cancel), "Asks for a training now from what the hub has seen; the model's 'training' says what comes of it");
        Act(api, "/{version:int}/in-force", static (w, k, subject, version, cancel) => w.PutModelInForce(k, subject, version, cancel), "Puts a version in force; edges that have another version of it get this one, signed");
        api.MapPost("/{kind}/{subject}/edges/{party}/{node}", async (HttpContext http, PersonWindow w, string kind, string subject, string party, string node) =>
            Words.Find<ModelKind>(kind) is not { } k ? Nothing() : await w.GiveModel(k, subject, $"{party}/{node}", http.RequestAborted) is { Accepted: false } told ? ApiRoutes.Problem(told.Findings) : Results.NoContent())
            .Produces(204).WithSummary("Gives an edge its first version of a model: the one in force, signed; from then on it gets what comes in force");
        Act(api, "/roll-back", static (w, k, subject, _, cancel) => w.RollModelBack(k, subject, cancel), "Puts the version in force that was before");
        Act(api, "/retire", static (w, k, subject, _, cancel) => w.RetireModel(k, subject, cancel), "Takes the version in force out of it; nothing follows");
    }

    private static void Act(RouteGroupBuilder api, string path, Func<PersonWindow, ModelKind, string, int, CancellationToken, Task<Told>> act, string summary) =>
        api.MapPost("/{kind}/{subject}" + path, async (HttpContext http, PersonWindow w, string kind, string subject) =>
        {
            if (Words.Find<ModelKind>(kind) is not { } k) return Nothing();
            int version = int.TryParse(http.Request.RouteValues["version"] as string, out int given) ? given : 0;
            Told told = await act(w, k, subject, version, http.RequestAborted);
            return told.Accepted ? Results.NoContent() : ApiRoutes.Problem(told.Findings);
        }).Produces(204).WithSummary(summary);

    private static ProblemHttpResult Nothing() => TypedResults.Problem("There is no such model that you may see.", statusCode: 404);
}
