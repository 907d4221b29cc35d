using System.Net;
using System.Text.RegularExpressions;
using Homestretch.Server.Access;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Access;

/// <summary>Sessions, tokens and streams end when their person's right to them ends, and other web sites cannot use them.</summary>
public sealed partial class SessionTests(AtRest atRest, OneServer one) : IClassFixture<OneServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<RunningServer> Server() => one.Server(static () => RealStart.Begin(null, "--behind-proxy", "true"));

    [Fact]
    public async Task A_shut_out_person_loses_stream_session_and_token_at_once_and_for_good()
    {
        await using RunningServer server = await Server();
        string sam = await RealStart.Person(server, "sam", "SONGBE", "supplier"), cookie = await SignIn(server, "sam");
        using StreamReader stream = await Live(server, sam);
        Assert.Equal(HttpStatusCode.OK, await With(server, HttpMethod.Get, "/api/v1/me", cookie));
        using (HttpResponseMessage done = await server.Http.PostAsync("/api/v1/people/sam/disable", null, Stop)) Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        await Ends(stream);
        using (HttpResponseMessage back = await server.Http.PostAsync("/api/v1/people/sam/enable", null, Stop)) Assert.Equal(HttpStatusCode.NoContent, back.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/me", sam));
        Assert.Equal(HttpStatusCode.Unauthorized, await With(server, HttpMethod.Get, "/api/v1/me", cookie));
        Assert.NotEmpty(await RealStart.TokenOf(server, "sam"));
    }

    [Fact]
    public async Task A_new_password_ends_what_was_opened_with_the_old_one()
    {
        await using RunningServer server = await Server();
        string nora = await RealStart.Person(server, "nora", "SONGBE", "supplier"), cookie = await SignIn(server, "nora");
        using HttpResponseMessage renewed = await server.Http.PostAsync("/api/v1/people/nora/password", null, Stop);
        using HttpResponseMessage chosen = await RealStart.Fill(server, (await RealStart.JsonOf(renewed)).GetProperty("path").GetString()!, ("password", "another set of words"));
        Assert.Equal(HttpStatusCode.Found, chosen.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/me", nora));
        Assert.Equal(HttpStatusCode.Unauthorized, await With(server, HttpMethod.Get, "/api/v1/me", cookie));
    }

    [Fact]
    public async Task Signing_out_ends_every_copy_of_the_cookie_and_what_it_opened_and_no_other_session()
    {
        string folder = RunningServer.FreshFolder(), one, other;
        await using (RunningServer server = await RealStart.Begin(folder))
        {
            (one, other) = (await SignIn(server, "ada"), await SignIn(server, "ada"));
            using StreamReader stream = await Live(server, one);
            Assert.Equal(HttpStatusCode.Found, await SignOut(server, one));
            await Ends(stream);
            Assert.Equal(HttpStatusCode.Unauthorized, await With(server, HttpMethod.Get, "/api/v1/me", one));
            Assert.Equal(HttpStatusCode.OK, await With(server, HttpMethod.Get, "/api/v1/me", other));
            Assert.Equal(0, await server.Stop());
            await using RunningServer again = await RunningServer.Start(folder, "--urls", "http://127.0.0.1:0");
            Assert.Equal(HttpStatusCode.Unauthorized, await With(again, HttpMethod.Get, "/api/v1/me", one));
            Assert.Equal(HttpStatusCode.OK, await With(again, HttpMethod.Get, "/api/v1/me", other));
        }
    }

    [Fact]
    public async Task Streams_that_open_in_the_instant_of_a_shut_out_end_too()
    {
        await using RunningServer server = await Server();
        string stella = await RealStart.Person(server, "stella", "SONGBE", "supplier");
        async Task<StreamReader?> Open(int after)
        {
            await Task.Delay(after, Stop);
            try { return await Live(server, stella); }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or IOException) { return null; } // shut out already
        }
        Task<StreamReader?>[] opening = [.. Enumerable.Range(0, 60).Select(Open)];
        await Task.Delay(30, Stop);
        using (HttpResponseMessage done = await server.Http.PostAsync("/api/v1/people/stella/disable", null, Stop)) Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        foreach (StreamReader stream in (await Task.WhenAll(opening)).OfType<StreamReader>())
        {
            await Ends(stream);
            stream.Dispose();
        }
    }

    [Fact]
    public void What_was_asked_before_an_ending_is_over_however_late_it_listens()
    {
        var sessions = new Sessions();
        sessions.End("sam");
        long asked = sessions.Endings;
        Assert.False(sessions.IsOver("sam", "a", asked));
        sessions.End("sam", "b");
        Assert.Equal((false, true, false), (sessions.IsOver("sam", "a", asked), sessions.IsOver("sam", "b", asked), sessions.IsOver("ada", "b", asked)));
        sessions.End("sam");
        Assert.True(sessions.IsOver("sam", "a", asked));
        Assert.False(sessions.IsOver("sam", "a", sessions.Endings));
        for (int i = 0; i < 5000; i++) sessions.End("eve");
        Assert.True(sessions.IsOver("ada", null, asked)); // nobody can tell any more
    }

    [Fact]
    public async Task A_token_that_is_ended_ends_its_stream_and_no_other()
    {
        await using RunningServer server = await Server();
        string one = await RealStart.Person(server, "tom", "SONGBE", "supplier"), other = await RealStart.TokenOf(server, "tom");
        using StreamReader ending = await Live(server, one), staying = await Live(server, other);
        server.As(one);
        string[] ids = [.. (await server.Get("/api/v1/tokens")).EnumerateArray().OrderBy(static t => t.GetProperty("created").GetString(), StringComparer.Ordinal).Select(static t => t.GetProperty("id").GetString()!)];
        using (HttpResponseMessage ended = await server.Http.DeleteAsync($"/api/v1/tokens/{ids[0]}", Stop)) Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await Ends(ending);
        Task<string?> still = staying.ReadLineAsync(Stop).AsTask();
        await Task.Delay(300, Stop);
        Assert.False(still.IsCompleted && await still is null);
        Assert.Equal(HttpStatusCode.OK, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/me", other));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("X-Nothing", "at all", HttpStatusCode.OK)]
    public async Task A_write_that_another_web_site_begins_with_a_persons_cookie_is_refused(string header, string value, HttpStatusCode status)
    {
        await using RunningServer server = await atRest.Real();
        string cookie = await SignIn(server, "ada");
        Assert.Equal(status, await With(server, HttpMethod.Post, "/api/v1/changes", cookie, (header, value)));
        Assert.Equal(HttpStatusCode.OK, await With(server, HttpMethod.Get, "/api/v1/me", cookie, (header, value)));
        // a browser adds a password it remembers by itself: no word that the request is meant
        if (status == HttpStatusCode.Forbidden) Assert.Equal(status, await With(server, HttpMethod.Post, "/api/v1/tokens", cookie, (header, value), ("Authorization", "Basic YWRhOng=")));
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task The_demonstration_answers_to_names_of_this_machine_only(string host, HttpStatusCode status)
    {
        await using RunningServer server = await atRest.Demo();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/signin");
        request.Headers.Host = host;
        using HttpResponseMessage answer = await server.Http.SendAsync(request, Stop);
        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>Signs in at the door; the session's cookie.</summary>
    private static async Task<string> SignIn(RunningServer server, string login)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/signin");
        ask.Headers.Authorization = new("None");
        using HttpResponseMessage page = await server.Http.SendAsync(ask, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["login"] = login, ["password"] = RealStart.Password, ["__RequestVerificationToken"] = Forgery().Match(await page.Content.ReadAsStringAsync(Stop)).Groups[1].Value }),
        };
        request.Headers.Authorization = new("None");
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(static c => c.Split(';')[0]));
        using HttpResponseMessage signed = await server.Http.SendAsync(request, Stop);
        return Assert.Single(signed.Headers.GetValues("Set-Cookie"), static c => c.StartsWith("homestretch=", StringComparison.Ordinal)).Split(';')[0];
    }

    /// <summary>Signs out with the form of a page.</summary>
    private static async Task<HttpStatusCode> SignOut(RunningServer server, string cookie)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/signin");
        ask.Headers.Authorization = new("None");
        ask.Headers.Add("Cookie", cookie);
        using HttpResponseMessage page = await server.Http.SendAsync(ask, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signout")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = Forgery().Match(await page.Content.ReadAsStringAsync(Stop)).Groups[1].Value }),
        };
        request.Headers.Authorization = new("None");
        request.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(static c => c.Split(';')[0]).Append(cookie)));
        using HttpResponseMessage answer = await server.Http.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    /// <summary>A call as a browser makes it: with the cookie and no credential of its own.</summary>
    private static async Task<HttpStatusCode> With(RunningServer server, HttpMethod method, string path, string cookie, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Http.BaseAddress };
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = RunningServer.Json("[]");
        request.Headers.Add("Cookie", cookie);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    /// <param name="right">A token, or a session's cookie.</param>
    private static async Task<StreamReader> Live(RunningServer server, string right)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/live");
        request.Headers.Authorization = right.Contains('=') ? new("None") : new("Bearer", right);
        if (right.Contains('=')) request.Headers.Add("Cookie", right);
        HttpResponseMessage answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        Assert.NotNull(await reader.ReadLineAsync(Stop));
        return reader;
    }

    private static async Task Ends(StreamReader stream)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (await stream.ReadLineAsync(patience.Token) is not null) { }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Forgery();
}
