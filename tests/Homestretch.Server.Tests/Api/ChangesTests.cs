using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Api;

/// <summary>Engineering changes over the API: what one does for the brand owner's people; for a supplier its change and its own lots.</summary>
public sealed class ChangesTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_brand_sees_what_a_change_does_and_a_supplier_its_own_lots_without_costs_or_customers()
    {
        await using RunningServer server = await atRest.Company();
        string paula = await RealStart.Person(server, "changes-paula", "MERIDIAN", "planner"), lin = await RealStart.Person(server, "changes-lin", "LINGDING", "supplier"), sam = await RealStart.Person(server, "changes-sam", "SONGBE", "supplier");

        server.As(paula);
        Assert.Equal(["ECO-17", "ECO-21"], await Listed(server));
        JsonElement draft = await server.Get("/api/v1/engineering-changes/ECO-21/impact?dates=1");
        Assert.Contains(draft.GetProperty("stock").EnumerateArray(), static s => s.GetProperty("use").GetString() == "unusable" && s.GetProperty("value").ValueKind == JsonValueKind.Object);
        Assert.Equal(1, draft.GetProperty("dates").GetArrayLength());
        Assert.Equal(0, (await server.Get("/api/v1/engineering-changes/ECO-17/impact")).GetProperty("moved").GetArrayLength());      // it takes old and new alike
        Assert.Equal(HttpStatusCode.NotFound, await Status(server, "/api/v1/engineering-changes/ECO-0/impact"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(server, "/api/v1/engineering-changes/ECO-21/impact?dates=21"));

        server.As(lin);
        Assert.Equal(["ECO-17"], await Listed(server));
        JsonElement own = await server.Get("/api/v1/engineering-changes/ECO-17/impact");
        Assert.NotEqual(0, own.GetProperty("stock").GetArrayLength());
        Assert.All(own.GetProperty("stock").EnumerateArray(), static s => Assert.Equal(("LINGDING", JsonValueKind.Null), (s.GetProperty("supplier").GetString(), s.GetProperty("value").ValueKind)));
        Assert.Equal(("", "", JsonValueKind.Null, JsonValueKind.Null), (own.GetProperty("change").GetProperty("reason").GetString(), own.GetProperty("change").GetProperty("markets").GetString(), own.GetProperty("moved").ValueKind, own.GetProperty("lacking").ValueKind));
        Assert.Equal(HttpStatusCode.NotFound, await Status(server, "/api/v1/engineering-changes/ECO-21/impact"));      // a draft is nobody else's

        server.As(sam);
        Assert.Empty(await Listed(server));
        Assert.Equal(HttpStatusCode.NotFound, await Status(server, "/api/v1/engineering-changes/ECO-17/impact"));
    }

    private static async Task<string[]> Listed(RunningServer server) => [.. (await server.Get("/api/v1/engineering-changes")).EnumerateArray().Select(static c => c.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];

    private static async Task<HttpStatusCode> Status(RunningServer server, string path)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return answer.StatusCode;
    }
}
