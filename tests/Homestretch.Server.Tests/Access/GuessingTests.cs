using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using CsCheck;
using Homestretch.Server.Access;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Access;

/// <summary>Guessing passwords gets slow, and shuts nobody out who has the right one.</summary>
public sealed class GuessingTests(OneServer one) : IClassFixture<OneServer>
{
    private const string Ada = "198.51.100.7", Eve = "203.0.113.66", Mallory = "203.0.113.67";

    private Task<RunningServer> Server() => one.Server(static () => RealStart.Begin(null, "--behind-proxy", "true"));

    [Fact]
    public void Of_one_login_from_one_place_the_wait_doubles_to_five_minutes()
    {
        var clock = new Clock();
        var attempts = new Attempts(clock);
        var waits = new List<double>();
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(TimeSpan.Zero, attempts.Begin("ada", Eve, known: false));
            TimeSpan wait = attempts.Begin("ada", Eve, known: false);
            if (wait > TimeSpan.Zero) waits.Add(wait.TotalSeconds);
            else i++;
            clock.Pass(wait);
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300], waits.Take(10));
        Assert.All(waits.Skip(10), static w => Assert.Equal(300, w));
        Assert.Equal(TimeSpan.Zero, attempts.Begin("ada", Ada, known: false));
        Assert.Equal(TimeSpan.Zero, attempts.Begin("bob", Eve, known: false));
        clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, attempts.Begin("ada", Eve, known: false));
    }

    [Fact]
    public void Strangers_together_have_a_hundred_an_hour_and_known_places_do_not_wait_for_them()
    {
        var clock = new Clock();
        var attempts = new Attempts(clock);
        attempts.Begin("ada", Ada, known: false);
        attempts.Right("ada", Ada);
        for (int i = 0; i < Attempts.MostOfStrangers; i++) Assert.Equal(TimeSpan.Zero, attempts.Begin("ada", $"stranger {i}", known: false));
        Assert.Equal(TimeSpan.FromHours(1), attempts.Begin("ada", "one more", known: false));
        Assert.Equal(TimeSpan.Zero, attempts.Begin("ada", Ada, known: false));
        Assert.Equal(TimeSpan.Zero, attempts.Begin("ada", "her own browser, elsewhere", known: true));
        Assert.Equal(TimeSpan.Zero, attempts.Begin("bob", "one more", known: false));
        clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, attempts.Begin("ada", "one more", known: false));
    }

    [Fact]
    public void Whatever_strangers_do_the_right_password_from_a_known_place_never_waits() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 400], Gen.Bool).Array[0, 400].Sample(static tries =>
        {
            var clock = new Clock();
            var attempts = new Attempts(clock);
            attempts.Begin("ada", Ada, known: false);
            attempts.Right("ada", Ada);
            foreach (var (stranger, seconds, adaComes) in tries)
            {
                clock.Pass(TimeSpan.FromSeconds(seconds));
                attempts.Begin("ada", $"stranger {stranger}", known: false);
                if (!adaComes) continue;
                Assert.Equal(TimeSpan.Zero, attempts.Begin("ada", Ada, known: false));
                attempts.Right("ada", Ada);
            }
        }, iter: 200);

    [Theory]
    [InlineData("203.0.113.66", "203.0.113.66")]
    [InlineData("::ffff:203.0.113.66", "203.0.113.66")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void A_subscriber_is_one_place(string address, string place) => Assert.Equal(place, Origins.Place(IPAddress.Parse(address)));

    [Fact]
    public async Task A_stranger_has_to_wait_and_the_person_does_not_and_a_login_that_does_not_exist_answers_alike()
    {
        await using RunningServer server = await Server();
        foreach (string login in (string[])["ada", "nobody"])
        {
            for (int i = 0; i < Attempts.Free; i++) Assert.Equal(HttpStatusCode.Unauthorized, await Ask(server, login, "not this one, no", Eve));
            foreach (int seconds in (int[])[1, 2])
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds + 0.3), TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.Unauthorized, await Ask(server, login, "not this one, no", Eve));
            }
            // the wait is four seconds now, which both find however slow this machine is; not even the right word learns anything
            Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], await Task.WhenAll(Ask(server, login, "not this one, no", Eve), Ask(server, login, RealStart.Password, Eve)));
        }
        Assert.Equal(HttpStatusCode.OK, await Ask(server, "ada", RealStart.Password, Ada));
    }

    [Fact]
    public async Task An_address_has_twenty_tries_a_minute()
    {
        await using RunningServer server = await Server();
        var seen = new List<HttpStatusCode>();
        for (int i = 0; i < 41; i++) seen.Add(await Ask(server, $"eve{i}", "not this one, no", Mallory));
        Assert.Contains(HttpStatusCode.TooManyRequests, seen);
        Assert.Equal(HttpStatusCode.OK, await Ask(server, "ada", RealStart.Password, Ada));
    }

    [Theory]
    [InlineData("true", "loopback", "192.0.2.1, 198.51.100.7", "from 198.51.100.7")]
    [InlineData("true", "10.0.0.0/8", "192.0.2.1, 198.51.100.7", "from 127.0.0.1")]
    [InlineData("false", "loopback", "198.51.100.7", "from 127.0.0.1")]
    public async Task Who_called_is_the_last_hop_that_a_trusted_proxy_tells(string behind, string proxies, string hops, string seen)
    {
        await using RunningServer server = (behind, proxies) == ("true", "loopback") ? await Server() : await RealStart.Begin(null, ["--behind-proxy", behind, .. proxies == "loopback" ? Array.Empty<string>() : ["--proxies", proxies]]);
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(server, "whoever", "not this one, no", hops));
        string entry = (await server.Get("/api/v1/audit?text=whoever")).GetProperty("rows")[0].GetProperty("detail").GetString()!;
        Assert.EndsWith(seen, entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schemes_have_no_case_and_a_password_may_be_as_long_as_the_rule_says()
    {
        await using RunningServer server = await Server();
        string longest = string.Concat(Enumerable.Repeat("\u754c\u9650\u6700\u9577\u8a9e", 40));
        await RealStart.Person(server, "longa", "SONGBE", "supplier");
        using HttpResponseMessage renewed = await server.Http.PostAsync("/api/v1/people/longa/password", null, TestContext.Current.CancellationToken);
        using HttpResponseMessage chosen = await RealStart.Fill(server, (await RealStart.JsonOf(renewed)).GetProperty("path").GetString()!, ("password", longest));
        Assert.Equal(HttpStatusCode.Found, chosen.StatusCode);
        using HttpResponseMessage made = await Send(server, $"bAsIc {Base64($"longa:{longest}")}");
        string token = (await RealStart.JsonOf(made)).GetProperty("token").GetString()!;
        using var me = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        me.Headers.TryAddWithoutValidation("Authorization", $"bearer {token}");
        using HttpResponseMessage mine = await server.Http.SendAsync(me, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
    }

    [Fact]
    public async Task A_Basic_value_that_cannot_be_read_says_so()
    {
        await using RunningServer server = await Server();
        foreach (var (value, why) in new[] { (Base64("ada:" + new string('x', 2000)), "longer than any can be"), (Base64("no colon"), "not LOGIN:PASSWORD in base64"), ("%%%", "not LOGIN:PASSWORD in base64") })
        {
            using HttpResponseMessage answer = await Send(server, $"Basic {value}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(why, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<HttpStatusCode> Ask(RunningServer server, string login, string password, string from)
    {
        using HttpResponseMessage answer = await Send(server, $"Basic {Base64($"{login}:{password}")}", from);
        Assert.True(answer.StatusCode != HttpStatusCode.TooManyRequests || answer.Headers.RetryAfter is not null || login.StartsWith("eve", StringComparison.Ordinal));
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> Send(RunningServer server, string authorization, string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokens") { Content = JsonContent.Create(new { label = "test", days = 1 }) };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A clock that stands until it is told to go on.</summary>
    private sealed class Clock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => _now;
        public void Pass(TimeSpan time) => _now += time.Ticks;
    }
}
