using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Homestretch.Exchange.Events;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Access;

/// <summary>A real start, from the first administrator's link to people of suppliers, over real sockets.</summary>
public sealed partial class StartTests(AtRest atRest)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--demo", "true", "--urls", "http://0.0.0.0:0", "demo-beyond-loopback")]
    [InlineData("--demo", "true", "--urls", "http://127.0.0.1:0;http://*:0", "demo-beyond-loopback")]
    [InlineData("--demo", "true", "--urls=http://example.com:80", "demo-beyond-loopback")]
    [InlineData("--urls", "http://[::]:0", "plain-beyond-loopback")]
    [InlineData("--urls", "https://127.0.0.1:0", "no-certificate")]
    [InlineData("--certificate", "nowhere.pem", "certificate")]
    [InlineData("--key", "nowhere.key", "no-certificate")]
    [InlineData("--mqtt-port", "banana", "not-a-port")]
    [InlineData("--mqtt-port", "70000", "not-a-port")]
    [InlineData("--demo", "--data", "x", "value-missing")]
    [InlineData("--demo", "yes", "not-a-flag")]
    [InlineData("--proxies", "10.0.0.1;banana", "address")]
    [InlineData("--broker", "mqtt.example.com", "address")]
    [InlineData("--postgres", "Hst=x", "connection")]
    [InlineData("--colour", "red", "unknown-option")]
    [InlineData("serve", "unknown-option")]
    public async Task A_start_that_may_not_be_ends_with_2_and_says_why(params string[] words)
    {
        var (code, said) = await RunningServer.Refused(words[..^1]);
        Assert.Equal(2, code);
        Assert.Contains($"[{words[^1]}]", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_link_makes_one_administrator_of_the_brand_owner_and_no_other()
    {
        await using RunningServer server = await RunningServer.Start(null, "--urls", "http://127.0.0.1:0");
        string path = (await server.Hears(RealStart.FirstLink())).Value;
        using (HttpResponseMessage weak = await RealStart.Fill(server, path, ("login", "ada"), ("name", "Ada"), ("party", "MERIDIAN"), ("password", "ada ada ada ada"))) await Refuses(weak, "That password will not do.");
        using (HttpResponseMessage odd = await RealStart.Fill(server, path, ("login", "ada lindgren"), ("name", "Ada"), ("party", "MERIDIAN"), ("password", RealStart.Password))) await Refuses(odd, "is no login");
        await RealStart.Join(server, path, ("login", "Ada"), ("name", "Ada"), ("party", "MERIDIAN"));
        using (HttpResponseMessage again = await RealStart.Fill(server, path, ("login", "eve"), ("name", "Eve"), ("party", "MERIDIAN"), ("password", RealStart.Password))) Assert.Equal(HttpStatusCode.Gone, again.StatusCode);

        server.As(await RealStart.TokenOf(server, "ada"));
        WorldEvent other = new WorldEvent.Put(new Party("OTHER", "Other", PartyKind.Brand, "US"));
        using HttpResponseMessage foreign = await server.Http.PostAsync("/api/v1/changes", RunningServer.Json(Encoding.UTF8.GetString(EventText.Write([other]))), Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        await server.Tell([.. RealStart.Company.Select(static r => new WorldEvent.Put(r))]);
        Assert.Equal(2, (await server.Get("/api/v1/machines")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_real_start_on_a_demonstrations_store_knows_nobody_of_it()
    {
        await using RunningServer demo = await RunningServer.Demo();
        await demo.Tell([.. RealStart.Company.Select(static r => new WorldEvent.Put(r))]);
        string token = await File.ReadAllTextAsync(Path.Combine(demo.Folder, "demo-token"), Stop);
        Assert.Equal(0, await demo.Stop());

        await using RunningServer server = await RunningServer.Start(demo.Folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/me", token));
        string path = (await server.Hears(RealStart.FirstLink())).Value;
        using (HttpResponseMessage supplier = await RealStart.Fill(server, path, ("login", "ada"), ("name", "Ada"), ("party", "SONGBE"), ("password", RealStart.Password))) await Refuses(supplier, "belongs to the brand owner");
        await RealStart.Join(server, path, ("login", "admin"), ("name", "Ada"), ("party", "MERIDIAN"));
        Assert.Equal(HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/me", token)); // it was another admin's
        server.As(await RealStart.TokenOf(server, "admin"));
        Assert.Equal("admin", Assert.Single((await server.Get("/api/v1/people")).EnumerateArray()).GetProperty("login").GetString());
    }

    [Fact]
    public async Task People_are_invited_for_a_party_and_a_role_that_fits_it()
    {
        await using RunningServer server = await atRest.Real();
        await Refuses(server, new { login = "sam", party = "SONGBE", role = "planner" }, "role-of-party");
        await Refuses(server, new { login = "sam", party = "SONGBE", role = "administrator" }, "role-of-party");
        await Refuses(server, new { login = "paula", party = "MERIDIAN", role = "supplier" }, "role-of-party");
        await Refuses(server, new { login = "sam", party = "NOBODY", role = "supplier" }, "unknown-key");
        await Refuses(server, new { login = "ada", party = "MERIDIAN", role = "planner" }, "login-taken");

        string sam = await RealStart.Person(server, "invited-sam", "SONGBE", "supplier");
        Assert.Equal(HttpStatusCode.OK, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/machines/M1", sam));
        Assert.Equal(HttpStatusCode.NotFound, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/machines/B1", sam));
        foreach (string path in new[] { "/api/v1/people", "/api/v1/gateways", "/metrics" }) Assert.Equal(HttpStatusCode.Forbidden, await RealStart.StatusOf(server, HttpMethod.Get, path, sam));
        foreach (string path in new[] { "/api/v1/people", "/api/v1/me", "/api/v1/nowhere", "/metrics" })
            Assert.Equal(path.EndsWith("nowhere", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, path, null));
    }

    [Fact]
    public async Task A_disabled_person_is_out_at_once_and_a_new_password_ends_the_old()
    {
        await using RunningServer server = await atRest.Real();
        string sam = await RealStart.Person(server, "disabled-sam", "SONGBE", "supplier");
        using (HttpResponseMessage done = await server.Http.PostAsync("/api/v1/people/disabled-sam/disable", null, Stop)) Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/me", sam));
        using (HttpResponseMessage own = await server.Http.PostAsync("/api/v1/people/ada/disable", null, Stop)) Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
        using (HttpResponseMessage back = await server.Http.PostAsync("/api/v1/people/disabled-sam/enable", null, Stop)) Assert.Equal(HttpStatusCode.NoContent, back.StatusCode);
        using HttpResponseMessage renewed = await server.Http.PostAsync("/api/v1/people/disabled-sam/password", null, Stop);
        using HttpResponseMessage chosen = await RealStart.Fill(server, (await RealStart.JsonOf(renewed)).GetProperty("path").GetString()!, ("password", "another set of words"));
        Assert.Equal(HttpStatusCode.Found, chosen.StatusCode);
        using HttpResponseMessage old = await RealStart.AskToken(server, "disabled-sam", RealStart.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        Assert.NotEmpty(await RealStart.TokenOf(server, "disabled-sam", "another set of words"));
    }

    [Fact]
    public async Task A_token_is_made_by_password_only_and_ends_when_revoked()
    {
        await using RunningServer server = await atRest.Real();
        using HttpResponseMessage prolonged = await server.Http.PostAsJsonAsync("/api/v1/tokens", new { label = "more", days = 300 }, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, prolonged.StatusCode);
        using HttpResponseMessage endless = await RealStart.AskToken(server, "ada", RealStart.Password, days: 4000);
        Assert.Equal(HttpStatusCode.BadRequest, endless.StatusCode);
        using HttpResponseMessage made = await RealStart.AskToken(server, "ada", RealStart.Password);
        string id = (await RealStart.JsonOf(made)).GetProperty("id").GetString()!, token = (await RealStart.JsonOf(made)).GetProperty("token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/me", token));
        Assert.Equal(HttpStatusCode.NoContent, await RealStart.StatusOf(server, HttpMethod.Delete, $"/api/v1/tokens/{id}", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/me", token));
    }

    [Fact]
    public async Task Over_TLS_the_session_cookie_is_secure_and_leaves_no_script_or_path_in_the_log()
    {
        await using RunningServer server = await atRest.Tls();
        server.Http.DefaultRequestHeaders.Authorization = null;
        using HttpResponseMessage page = await server.Http.GetAsync("/signin", Stop);
        string html = await page.Content.ReadAsStringAsync(Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["login"] = "ada", ["password"] = RealStart.Password, ["__RequestVerificationToken"] = Forgery().Match(html).Groups[1].Value }) };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(static c => c.Split(';')[0]));
        using HttpResponseMessage signed = await server.Http.SendAsync(request, Stop);
        string cookie = Assert.Single(signed.Headers.GetValues("Set-Cookie"), static c => c.StartsWith("__Host-homestretch=", StringComparison.Ordinal));
        Assert.All(new[] { "secure", "httponly", "samesite=lax" }, word => Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(page.Headers.GetValues("Set-Cookie"), static c => Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase));
        Assert.Single(RealStart.FirstLink().Matches(server.Said));
    }

    private static async Task Refuses(HttpResponseMessage answer, string what)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(what, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static async Task Refuses(RunningServer server, object invitation, string rule)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync("/api/v1/people/invitations", invitation, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(rule, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Forgery();
}
