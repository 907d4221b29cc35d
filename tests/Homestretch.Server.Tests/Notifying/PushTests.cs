using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>Push messages of a real server through a push service that the test plays, read with the browser's own key.</summary>
public sealed class PushTests(AtRest atRest)
{
    [Fact]
    public async Task A_device_gets_what_stands_encrypted_for_it_alone_from_a_server_that_names_itself()
    {
        await using Receiver service = await Receiver.Start();
        await using RunningServer server = await RunningServer.Demo(null, "--situations", "true");
        using var browser = new PlayedBrowser();
        JsonElement view = await server.Get("/api/v1/notify");
        await server.Http.Wish(("quiet_from", "00:00"), ("quiet_to", "00:00"), ("push", true));
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Subscribe(server.Http, $"{service.Address}/push/abc")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Post("/api/v1/notify/try")).StatusCode);
        Received test = (await service.Until(static all => all.Count == 1))[0];
        Assert.Equal("aes128gcm", test.Headers["content-encoding"]);
        Assert.InRange(int.Parse(test.Headers["ttl"]), 1, 86400);
        Assert.Matches("^[A-Za-z0-9_-]{32}$", test.Headers["topic"]);
        Assert.Contains("Ada Lindgren", browser.Read(test.Body).GetProperty("body").GetString(), StringComparison.Ordinal);
        using var other = new PlayedBrowser();
        Assert.ThrowsAny<CryptographicException>(() => other.Read(test.Body));
        CheckVapid(test.Headers["authorization"], view.GetProperty("push_key").GetString()!, service.Address);

        // the company comes, with promises at risk: the planner hears, the administrator does not as long as somebody may take them
        using HttpClient paula = await server.SignedIn("paula");
        using var phone = new PlayedBrowser();
        await paula.Wish(("quiet_from", "00:00"), ("quiet_to", "00:00"), ("push", true));
        await phone.Subscribe(paula, $"{service.Address}/push/paula");
        await server.LoadNow();
        await service.Until(static all => all.Any(static r => r.Path == "/push/paula"));
        await Task.Delay(4000, Storage.Store.Stop); // what else there is to tell, of what came by and by
        Received[] told = [.. service.All.Where(static r => r.Path == "/push/paula")];
        Assert.InRange(told.Length, 1, Server.Notifying.Dispatching.MostAnHour);
        Assert.All(told, r => Assert.Contains(phone.Read(r.Body).GetProperty("body").GetString()!, static c => c == '.'));
        Assert.Contains(told, r => phone.Read(r.Body).GetProperty("path").GetString() is { } path && (path == "/notices" || path.StartsWith("/situations/SIT-", StringComparison.Ordinal)));
        // after a restart nothing is told again: what may come is that something grew worse or is over
        await server.Stop();
        string[] before = [.. Paula().SelectMany(Lines)];
        Assert.Equal(before.Length, before.Distinct().Count());
        await using RunningServer again = await RunningServer.Demo(server.Folder, "--situations", "true");
        await again.Post("/api/v1/notify/try");
        await service.Until(all => all.Count(r => r.Path == "/push/abc" && browser.Read(r.Body).GetProperty("tag").GetString() == "test") == 2);
        await Task.Delay(2500, Storage.Store.Stop);
        Assert.Empty(Paula().SelectMany(Lines).Skip(before.Length).Intersect(before));
        // what the push service knows no more is forgotten
        service.Answer = static _ => 410;
        await again.Post("/api/v1/notify/try");
        Assert.Equal(0, await RunningServer.Until(async () => (await again.Get("/api/v1/notify")).GetProperty("devices").GetArrayLength(), static n => n == 0));

        JsonElement[] Paula() => [.. service.All.Where(static r => r.Path == "/push/paula").Select(r => phone.Read(r.Body))];
        static string[] Lines(JsonElement m) => m.GetProperty("tag").GetString() == "several" ? m.GetProperty("body").GetString()!.Split('\n') : [$"{m.GetProperty("title").GetString()}."];
    }

    [Fact]
    public async Task What_is_no_push_service_or_no_key_is_refused_and_changes_nothing()
    {
        await using RunningServer server = await atRest.Demo();
        using var browser = new PlayedBrowser();
        foreach (string bad in (string[])["http://example.com/push", "https://169.254.169.254/latest/meta-data", "https://10.0.0.7/x", "https://[fd00::1]/x", "https://user:pass@example.com/", "ftp://example.com", "nothing", "https://[::ffff:10.0.0.7]/x"])
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Subscribe(server.Http, bad)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await server.Give("/api/v1/notify/devices", new { endpoint = "https://push.example.net/1", p256dh = "AAAA", auth = "AAAA", label = "x" }));
        Assert.Equal(0, (await server.Get("/api/v1/notify")).GetProperty("devices").GetArrayLength());
        foreach (string bad in (string[])["http://example.com/hook", "https://192.168.1.1/", "https://100.64.3.2/", "https://0.0.0.0/"])
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await server.Give("/api/v1/webhooks", new { url = bad, label = "x" }));
    }

    private static void CheckVapid(string header, string key, string audience)
    {
        string[] parts = header["vapid t=".Length..].Split(", k=");
        Assert.Equal(key, parts[1]);
        byte[] point = PlayedBrowser.Bytes(key);
        using var check = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        string[] token = parts[0].Split('.');
        Assert.True(check.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), PlayedBrowser.Bytes(token[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        JsonElement claims = JsonElement.Parse(PlayedBrowser.Bytes(token[1]));
        Assert.Equal(audience, claims.GetProperty("aud").GetString());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), 1, 86400);
        Assert.StartsWith("mailto:", claims.GetProperty("sub").GetString(), StringComparison.Ordinal);
    }
}
