using Homestretch.Server.Access;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>Studies over HTTP: samples to begin from. Through the caller's window, like everything.</summary>
internal static class StudyRoutes
{
    public static void MapStudies(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/studies").RequireAuthorization("api").DisableAntiforgery().WithTags("Studies").ProducesProblem(401);
        api.MapGet("/samples", static (PersonWindow w) => ((IWindow)w).StudySamples() is { } all ? Results.Ok(all) : Results.Problem(statusCode: 403)).Produces<IReadOnlyList<SampleRow>>().ProducesProblem(403)
            .WithSummary("Studies that ship with the product, to begin from, and whether the company has them already");
        api.MapPost("/samples/{sample}", static async (HttpContext http, PersonWindow w, string sample) => DesignRoutes.Answer(await w.BeginStudy(sample, http.RequestAborted))).Produces<Told>().ProducesProblem(422)
            .WithSummary("Writes a sample's study into the company, with the suppliers that it names; where nothing is known yet, with the administrator's own party as the brand owner. All or nothing; refused where its keys are in use");
    }
}
