using System.Net;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Access;

/// <summary>What was done about access on a real start can be read, by those who may.</summary>
public sealed class AuditTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_let_in_who_let_whom_and_who_took_data_out_can_be_read()
    {
        await using RunningServer server = await RealStart.Begin();
        string sam = await RealStart.Person(server, "sam", "SONGBE", "supplier"), iris = await RealStart.Person(server, "iris", "MERIDIAN", "ip-officer");
        using (HttpResponseMessage wrong = await RealStart.AskToken(server, "sam", "not my password at all")) Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        // a program that reads a table over and over is told once an hour
        foreach (int _ in (int[])[1, 2, 3]) Assert.Equal(HttpStatusCode.OK, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/tables/machines.csv", sam));
        Assert.Equal(HttpStatusCode.OK, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/tables/sites.csv?why=nightly", sam));
        Assert.Equal(HttpStatusCode.NotFound, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/tables/secrets.csv", sam));
        using (HttpResponseMessage out1 = await server.Http.PostAsync("/api/v1/people/sam/disable", null, Stop)) Assert.Equal(HttpStatusCode.NoContent, out1.StatusCode);

        server.As(iris);
        string[] told = [.. (await server.Get("/api/v1/audit?take=100")).GetProperty("rows").EnumerateArray().Reverse().Select(static r =>
            $"{r.GetProperty("party").GetString()}/{r.GetProperty("actor").GetString()} {r.GetProperty("action").GetString()} {(r.GetProperty("action").GetString()!.StartsWith("token", StringComparison.Ordinal) ? "" : r.GetProperty("subject").GetString())}".Trim())];
        Assert.Equal(
        [
            "MERIDIAN/ada joined ada", "MERIDIAN/ada token-made",
            "MERIDIAN/ada invited sam", "SONGBE/sam joined sam", "SONGBE/sam token-made",
            "MERIDIAN/ada invited iris", "MERIDIAN/iris joined iris", "MERIDIAN/iris token-made",
            "/sam sign-in-refused", "SONGBE/sam exported machines.csv", "SONGBE/sam exported sites.csv", "MERIDIAN/ada disabled sam",
        ], told);
        JsonElement export = (await server.Get("/api/v1/audit?text=nightly")).GetProperty("rows")[0];
        Assert.Equal("?why=nightly; from 127.0.0.1", export.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Nobody_but_administrator_and_ip_officer_reads_it()
    {
        await using RunningServer server = await atRest.Real();
        string sam = await RealStart.Person(server, "audit-sam", "SONGBE", "supplier"), paula = await RealStart.Person(server, "audit-paula", "MERIDIAN", "planner");
        foreach (string token in (string[])[sam, paula]) Assert.Equal(HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/audit", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/audit", null));
    }
}
