using Homestretch.Server.Access;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>Buffers over HTTP: the advice, decisions on it. Through the caller's window, like everything.</summary>
internal static class BufferRoutes
{
    public static void MapBuffers(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1/buffers").RequireAuthorization("api").DisableAntiforgery().WithTags("Buffers").ProducesProblem(401);
        api.MapGet("", (PersonWindow w, double target = 0.95) => w.Buffers(target)).WithSummary("Days of buffer in force and advised for each part, by hub; target is the share of kits to be whole, the nearest of 'targets' is answered. Empty until it is reckoned");
        api.MapGet("/{hub}/decisions", (HttpContext http, PersonWindow w, string hub) => w.BufferDecisions(hub, http.RequestAborted)).WithSummary("Decisions on a hub's buffers, newest first, with the days before: setting those takes it back");
        api.MapPost("", async (HttpContext http, PersonWindow w, BufferOrder order) =>
        {
            Told told = await w.SetBuffers(order, http.RequestAborted);
            return told.Accepted ? Results.Ok(told) : ApiRoutes.Problem(told.Findings);
        }).Produces<Told>().ProducesProblem(422).WithSummary("Sets buffers of a hub's parts by decision: all or none, noted with reason, old and new days");
    }
}
