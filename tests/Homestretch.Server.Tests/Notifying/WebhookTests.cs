using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>Webhooks of a real server to a real receiver.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task Each_situation_reaches_the_receiver_signed_as_an_event_that_a_chat_can_show_as_it_is()
    {
        await using Receiver receiver = await Receiver.Start();
        await using RunningServer server = await RunningServer.Demo(null, "--situations", "true");
        var (_, secret) = await server.Make($"{receiver.Address}/planners");
        await server.LoadNow();
        Received[] opened = [.. (await receiver.Until(static all => all.Count(static r => Type(r) == "org.homestretch.situation.opened") > 2)).Where(static r => Type(r) == "org.homestretch.situation.opened")];
        foreach (Received r in opened)
        {
            Assert.True(IsSigned(r, secret));
            Assert.False(IsSigned(r with { Body = [.. r.Body, (byte)' '] }, secret));
            Assert.StartsWith("application/cloudevents+json", r.Headers["content-type"], StringComparison.Ordinal);
            JsonElement e = JsonElement.Parse(r.Body), data = e.GetProperty("data");
            Assert.Equal("1.0", e.GetProperty("specversion").GetString());
            string subject = e.GetProperty("subject").GetString()!;
            Assert.StartsWith("situation:SIT-", subject, StringComparison.Ordinal);
            Assert.Equal(("MERIDIAN", "promise"), (data.GetProperty("party").GetString(), data.GetProperty("kind").GetString()));
            string text = data.GetProperty("text").GetString()!;
            Assert.Matches(@"\. [\d,]+ promises? to \d+ customers?: .* lost", text);
            Assert.Contains(", promised for ", text, StringComparison.Ordinal);
            Assert.EndsWith($"/situations/{subject["situation:".Length..]}", text, StringComparison.Ordinal);
            Assert.StartsWith("http://127.0.0.1", data.GetProperty("url").GetString(), StringComparison.Ordinal);
            Assert.True(data.GetProperty("promises").GetDouble() > 0);
        }
        // one for each situation, and not one for each promise
        Assert.Equal(opened.Length, opened.Select(static r => JsonElement.Parse(r.Body).GetProperty("subject").GetString()).Distinct().Count());
        var (notices, situations) = await RunningServer.Until(async () => (await server.Standing(), await server.Open()), static now => now.Item1.Keys.Order().SequenceEqual(now.Item2.Keys.Order()));
        Assert.Equal(situations.Keys.Order(), notices.Keys.Order());

        // what was told is over when a person lets it be
        string situation = situations.Keys.First(k => opened.Any(r => Subject(r) == $"situation:{k}")), key = $"situation:{situation}";
        Assert.Equal(HttpStatusCode.OK, await server.Give($"/api/v1/situations/{situation}/let-be", new { reason = "the customers know" }));
        IReadOnlyList<Received> all = await receiver.Until(all => all.Any(r => Type(r) == "org.homestretch.situation.ended" && Subject(r) == key));
        Assert.Contains("This is over since", Encoding.UTF8.GetString(all.Last(r => Subject(r) == key).Body), StringComparison.Ordinal);
        Assert.DoesNotContain((await server.Get("/api/v1/notices")).EnumerateArray(), n => n.GetProperty("key").GetString() == key);
        Assert.Contains((await server.Get("/api/v1/notices?over=true")).EnumerateArray(), n => n.GetProperty("key").GetString() == key);
    }

    [Fact]
    public async Task What_a_receiver_does_not_take_comes_again_with_the_same_id_even_after_kill_9()
    {
        int port = Ports.Free();
        string folder = RunningServer.FreshFolder(), secret, id;
        await using (RunningServer server = await RunningServer.Demo(folder, "--situations", "true"))
        {
            (id, secret) = await server.Make($"http://127.0.0.1:{port}/down");
            await server.LoadNow();
            JsonElement[] waiting = await RunningServer.Until(() => Deliveries(server), static d => d.Length > 0 && d.All(static m => m.GetProperty("attempts").GetInt32() > 0 || m.GetProperty("due").ValueKind != JsonValueKind.Null));
            Assert.All(waiting, static m => Assert.Equal("waiting", m.GetProperty("state").GetString()));
            await server.Kill();
            // a fresh process on what the killed one left
            await using Receiver receiver = await Receiver.Start(port);
            int refused = 0;
            receiver.Answer = _ => Interlocked.Increment(ref refused) == 1 ? 503 : 200;
            await using RunningServer again = await RunningServer.Demo(folder, "--situations", "true");
            HashSet<string> ids = [.. waiting.Select(static m => m.GetProperty("message").GetString()!)];
            IReadOnlyList<Received> all = await receiver.Until(all => ids.IsSubsetOf(all.Select(static r => r.Headers["webhook-id"])), 90);
            Assert.All(all, r => Assert.True(IsSigned(r, secret)));
            // the new process told nothing anew that stood before it began
            Assert.All(all.Where(static r => Type(r) == "org.homestretch.situation.opened").GroupBy(Subject), static g => Assert.Single(g.Select(static r => r.Headers["webhook-id"]).Distinct()));
            string first = all[0].Headers["webhook-id"];
            JsonElement[] after = await RunningServer.Until(() => Deliveries(again), static d => d.All(static m => m.GetProperty("state").GetString() == "delivered"));
            Assert.All(after, static m => Assert.Equal("delivered", m.GetProperty("state").GetString()));
            Assert.Equal(2, receiver.All.Count(r => r.Headers["webhook-id"] == first)); // refused once, taken once

            // an administrator sends one again: the receiver can tell by its id
            Assert.Equal(HttpStatusCode.NoContent, (await again.Post($"/api/v1/webhooks/messages/{first}/again")).StatusCode);
            await receiver.Until(all => all.Count(r => r.Headers["webhook-id"] == first) == 3);
            // and a test
            Assert.Equal(HttpStatusCode.NoContent, (await again.Post($"/api/v1/webhooks/{id}/test")).StatusCode);
            all = await receiver.Until(static all => all.Any(static r => Type(r) == "org.homestretch.test"));
            Assert.Contains("Nothing has happened", Encoding.UTF8.GetString(all.Single(static r => Type(r) == "org.homestretch.test").Body), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_told_nothing_more_and_somebody_hears_of_that()
    {
        await using Receiver receiver = await Receiver.Start();
        receiver.Answer = static _ => 410;
        await using RunningServer server = await RunningServer.Demo();
        await server.LoadNow();
        var (id, _) = await server.Make($"{receiver.Address}/gone");
        Assert.Equal(HttpStatusCode.NoContent, (await server.Post($"/api/v1/webhooks/{id}/test")).StatusCode);
        JsonElement[] notices = await RunningServer.Until(async () => (await server.Get("/api/v1/notices")).EnumerateArray().ToArray(), n => n.Any(x => x.GetProperty("key").GetString() == $"webhook:{id}"));
        Assert.Contains(notices, static n => n.GetProperty("title").GetString() == "Webhook turned off: a chat");
        Assert.Equal("webhook-turned-off", (await server.Get($"/api/v1/audit?text={id}")).GetProperty("rows")[0].GetProperty("action").GetString());
        Assert.NotEqual(JsonValueKind.Null, (await server.Get("/api/v1/webhooks")).GetProperty("webhooks")[0].GetProperty("disabled").ValueKind);
        int before = receiver.All.Count;
        receiver.Answer = static _ => 200;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.Post($"/api/v1/webhooks/{id}/test")).StatusCode);
        // turned on again it hears again, and the notice is over
        await server.Post($"/api/v1/webhooks/{id}/on");
        await server.Post($"/api/v1/webhooks/{id}/test");
        await receiver.Until(all => all.Count > before);
        await RunningServer.Until(async () => (await server.Get("/api/v1/notices")).EnumerateArray().ToArray(), n => n.All(x => x.GetProperty("key").GetString() != $"webhook:{id}"));
    }

    private static async Task<JsonElement[]> Deliveries(RunningServer server) => [.. (await server.Get("/api/v1/webhooks")).GetProperty("deliveries").EnumerateArray()];

    private static string Type(Received r) => JsonElement.Parse(r.Body).GetProperty("type").GetString()!;
    private static string Subject(Received r) => JsonElement.Parse(r.Body).GetProperty("subject").GetString()!;

    /// <summary>The Standard Webhooks check as a receiver makes it, by HMAC's own definition (RFC 2104) rather than by the library that signed.</summary>
    private static bool IsSigned(Received r, string secret)
    {
        byte[] key = Convert.FromBase64String(secret["whsec_".Length..]), inner = new byte[64], outer = new byte[64];
        for (int i = 0; i < 64; i++) (inner[i], outer[i]) = ((byte)((i < key.Length ? key[i] : 0) ^ 0x36), (byte)((i < key.Length ? key[i] : 0) ^ 0x5c));
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{r.Headers["webhook-id"]}.{r.Headers["webhook-timestamp"]}."), .. r.Body];
        string expected = Convert.ToBase64String(SHA256.HashData([.. outer, .. SHA256.HashData([.. inner, .. signed])]));
        long age = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(r.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
        return age is > -5 and < 300 && r.Headers["webhook-signature"].Split(' ').Contains($"v1,{expected}");
    }
}
