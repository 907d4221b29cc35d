using Homestretch.Exchange.Edges;
using Homestretch.Server.Access;
using Homestretch.Server.Ingest;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>Edges over HTTP. Under /edge what an edge itself calls, signed in by its gateway credential; under /edges what people ask and tell.</summary>
internal static class EdgeRoutes
{
    private const string Pass = "edge-pass";

    /// <param name="PublicKey">PEM, as 'homestretch-edge keys' made it.</param>
    private sealed record KeyRequest(string PublicKey);

    /// <param name="Version">The version to have again.</param>
    private sealed record RollBackRequest(int Version);

    public static void MapEdges(this WebApplication app)
    {
        OfEdges(app.MapGroup("/api/v1/edge").AllowAnonymous().DisableAntiforgery().AddEndpointFilter(SignIn).ExcludeFromDescription());
        RouteGroupBuilder people = app.MapGroup("/api/v1/edges").RequireAuthorization("api").DisableAntiforgery().WithTags("Edges").ProducesProblem(401);
        Reads(people);
        Writes(people.MapGroup("").ProducesProblem(422));
    }

    private static void OfEdges(RouteGroupBuilder edge)
    {
        edge.MapPost("/records", async (HttpContext http, EdgeHub hub) => Said(await hub.Take(PassOf(http), await Body(http, Transmission.MostBytes), http.RequestAborted)));
        edge.MapPost("/status", async (HttpContext http, EdgeHub hub) => Said(await hub.Status(PassOf(http), await Body(http, 1 << 20), http.RequestAborted)));
        edge.MapPost("/documents", async (HttpContext http, EdgeHub hub) => Said(await hub.TakeDocument(PassOf(http), await Body(http, SignedDocument.MostBytes), http.RequestAborted)));
        edge.MapGet("/documents/{kind}/{version:int}", async (HttpContext http, EdgeHub hub, string kind, int version) =>
            SignedDocument.Of(kind) is { } k && await hub.Document(PassOf(http), k, version, http.RequestAborted) is { } document ? Results.Bytes(document.ToBytes(), "application/json") : Results.Problem(statusCode: 404));
    }

    private static void Reads(RouteGroupBuilder api)
    {
        api.MapGet("", (PersonWindow w) => w.Edges()).WithSummary("Edges: version, backlog, last contact, contract, rebirths by cause, what was lost and refused");
        api.MapGet("/key", (EdgeHub hub) => Results.Text(hub.PublicKey, "application/x-pem-file")).WithSummary("The public key with which this hub signs what edges are to have");
        api.MapGet("/{party}/{node}", (PersonWindow w, string party, string node) => w.Edge($"{party}/{node}") is { } edge ? Results.Ok(edge) : Results.Problem(statusCode: 404))
            .Produces<EdgeDetail>().ProducesProblem(404).WithSummary("One edge with its contract and documents");
    }

    private static void Writes(RouteGroupBuilder api)
    {
        api.MapPut("/{party}/{node}/key", (HttpContext http, PersonWindow w, EdgeHub hub, string party, string node, KeyRequest request) =>
            Done(http, w, party, node, AuditAction.EdgeKeyGiven, "", pass => hub.Trust(pass, request.PublicKey, http.RequestAborted))).WithSummary("The key with which the supplier signs for this edge");
        api.MapPost("/{party}/{node}/documents/{kind}", async (HttpContext http, PersonWindow w, EdgeHub hub, string party, string node, string kind) =>
        {
            if (!w.Person.May.Contains(Permission.Administer)) return Results.Problem(statusCode: 403);
            if (GatewayPass.Of($"{party}/{node}") is not { } pass || SignedDocument.Of(kind) is not { } k || k == DocumentKind.Revocation) return Results.Problem(statusCode: 404);
            var (version, findings) = await hub.Publish(pass, k, await Body(http, SignedDocument.MostBytes), w.Person.Login, http.RequestAborted);
            if (findings.Count > 0) return ApiRoutes.Problem(findings);
            await http.Note(AuditAction.EdgeDocumentMade, pass.User, $"{kind} {version}");
            return Results.Ok(new { edge = pass.User, kind, version });
        }).WithSummary("Signs a contract, configuration or model for an edge, which fetches it; a contract is in force when the supplier has signed it too");
        api.MapPost("/{party}/{node}/documents/{kind}/roll-back", (HttpContext http, PersonWindow w, EdgeHub hub, string party, string node, string kind, RollBackRequest request) =>
            SignedDocument.Of(kind) is not { } k ? Task.FromResult(Results.Problem(statusCode: 404))
                : Done(http, w, party, node, AuditAction.EdgeDocumentMade, $"back to {kind} {request.Version}", pass => hub.RollBack(pass, k, request.Version, http.RequestAborted))).WithSummary("Lets an edge have an older configuration or model again");
        api.MapPost("/{party}/{node}/revoke", async (HttpContext http, PersonWindow w, string party, string node) =>
            await w.RevokeContract($"{party}/{node}", http.RequestAborted) is not { } findings ? Results.Problem(statusCode: 403) : findings.Count > 0 ? ApiRoutes.Problem(findings) : Results.NoContent())
            .WithSummary("Ends the contract in force at once; for administrators and for the supplier whose edge it is");
    }

    private static async Task<IResult> Done(HttpContext http, PersonWindow w, string party, string node, AuditAction action, string detail, Func<GatewayPass, Task<IReadOnlyList<Finding>>> act)
    {
        if (!w.Person.May.Contains(Permission.Administer)) return Results.Problem(statusCode: 403);
        if (GatewayPass.Of($"{party}/{node}") is not { } pass) return Results.Problem(statusCode: 404);
        IReadOnlyList<Finding> findings = await act(pass);
        if (findings.Count > 0) return ApiRoutes.Problem(findings);
        await http.Note(action, pass.User, detail);
        return Results.NoContent();
    }

    private static async ValueTask<object?> SignIn(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        (ServerOptions options, Gateways gateways) = (http.RequestServices.GetRequiredService<ServerOptions>(), http.RequestServices.GetRequiredService<Gateways>());
        var (given, _) = Access.SignIn.Basic(http.Request);
        GatewayPass? pass = given is not var (user, secret) ? null : options.Demo ? GatewayPass.Of(user) : (await gateways.Admit(user, secret, http.RequestAborted))?.Pass;
        if (pass is null) return Results.Problem("The edge's credential is unknown, expired or ended.", statusCode: 401);
        http.Items[Pass] = pass;
        return await next(context);
    }

    private static GatewayPass PassOf(HttpContext http) => (GatewayPass)http.Items[Pass]!;

    private static IResult Said(EdgeReply reply) => reply.Answer is { } answer
        ? new Answered(reply.Status, answer.ToBytes())
        : Results.Problem(title: "Refused; nothing was changed", statusCode: reply.Status, detail: string.Join(" ", reply.Findings), extensions: new Dictionary<string, object?> { ["findings"] = reply.Findings });

    internal static async Task<byte[]> Body(HttpContext http, int most)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most;
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.ToArray();
    }

    private sealed class Answered(int status, byte[] body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "application/json";
            return httpContext.Response.Body.WriteAsync(body).AsTask();
        }
    }
}
