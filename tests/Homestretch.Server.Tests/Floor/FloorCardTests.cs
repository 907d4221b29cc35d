using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Homestretch.Server.Tests.Notifying;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Floor;

/// <summary>What comes next, sent to a device of the floor through a push service that the test plays, and read with the browser's own key.</summary>
public sealed class FloorCardTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_that_asked_for_it_gets_what_comes_next_and_what_is_new_and_nothing_once_it_is_looked_at_gone_or_shut_out()
    {
        await using Receiver service = await Receiver.Start();
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(DemoFolder.Now);
        using HttpClient device = await Enrolled(server, "GVL-31", "administrator"), other = await Enrolled(server, "GVL-32", "assembler");
        using PlayedBrowser watch = new(), second = new();
        JsonElement key = JsonElement.Parse(await device.GetStringAsync("/api/v1/floor/card", Cancel));
        Assert.Equal((await server.Get("/api/v1/notify")).GetProperty("push_key").GetString(), key.GetProperty("push_key").GetString());
        foreach (string bad in (string[])["http://example.com/push", "https://10.0.0.7/x", "https://[fd00::1]/x", "https://user:pass@example.com/", "nothing"])
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await watch.TakeCards(device, bad)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await watch.TakeCards(device, $"{service.Address}/watch", language: "")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await device.PutAsJsonAsync("/api/v1/floor/card", new { endpoint = $"{service.Address}/watch", p256dh = "AAAA", auth = "AAAA", language = "en" }, Cancel)).StatusCode);
        using var nobody = new HttpClient { BaseAddress = server.Http.BaseAddress };
        Assert.Equal(HttpStatusCode.Unauthorized, (await watch.TakeCards(nobody, $"{service.Address}/watch")).StatusCode);

        // the first card comes at once and silently: the kit that is picked next
        JsonElement board = JsonElement.Parse(await device.GetStringAsync("/api/v1/floor/board", Cancel));
        Assert.Equal(HttpStatusCode.NoContent, (await watch.TakeCards(device, $"{service.Address}/watch")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await second.TakeCards(other, $"{service.Address}/second")).StatusCode);
        await service.Until(static all => all.Any(static r => r.Path == "/watch") && all.Any(static r => r.Path == "/second"));
        Received first = service.All.First(static r => r.Path == "/watch");
        JsonElement card = watch.Read(first.Body), kit = board.GetProperty("kits").EnumerateArray().First(static k => k.GetProperty("picks").GetArrayLength() > 0);
        Assert.Equal(("pick", Text(kit, "build"), Text(kit.GetProperty("picks")[0], "bin"), 0), (Text(card, "kind"), Text(card, "name"), Text(card, "place"), card.GetProperty("news").GetArrayLength()));
        Assert.Equal("normal", first.Headers["urgency"]);
        Assert.InRange(int.Parse(first.Headers["ttl"]), 1, 3600);
        Assert.DoesNotContain(Text(kit, "build"), Encoding.UTF8.GetString(first.Body), StringComparison.Ordinal);

        // looked at it hears nothing; put away it hears what is new, at once, and only what is its own
        await server.Tell([Call("A-01")]);
        await Task.Delay(3000, Cancel);
        Assert.Single(service.All, static r => r.Path == "/watch");
        // a kit may come onto the list at any moment of the day: what is told of it is left aside
        foreach (HttpClient d in new[] { device, other }) (await d.GetAsync("/api/v1/floor/board?resting=true", Cancel)).EnsureSuccessStatusCode();
        await server.Tell([Call("A-02")]);
        Received call = await Hears("bin-calls A-02");
        Assert.Equal("high", call.Headers["urgency"]);
        Assert.Equal(first.Headers["topic"], call.Headers["topic"]);
        using HttpResponseMessage said = await device.PostAsync("/api/v1/floor/operations", RunningServer.Json(JsonSerializer.Serialize(new[] { new { number = 1, act = "andon", @operator = "op-kim", happened = "2026-01-01T00:00:00Z", build = Text(kit, "build"), reason = "Question" } })), Cancel);
        Assert.True(said.IsSuccessStatusCode);
        WorkTask open = await RunningServer.Until(() => Andon(server), static t => t is not null) ?? throw new InvalidOperationException();
        await server.Tell([open with { State = TaskState.Done, Answer = "Ask Kim Berger" }]);
        JsonElement answered = watch.Read((await Hears($"andon-answered {Text(kit, "build")}")).Body);
        Assert.DoesNotContain("kim", answered.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(service.All, r => r.Path == "/watch" && News(watch.Read(r.Body)).Contains("A-01", StringComparison.Ordinal));
        Assert.DoesNotContain(service.All, r => r.Path == "/second" && News(second.Read(r.Body)) is var news && (news.Contains("bin-calls", StringComparison.Ordinal) || news.Contains("andon", StringComparison.Ordinal)));

        // what the push service knows no more is forgotten, and so is a device that is shut out
        service.Answer = static r => r.Path == "/watch" ? 410 : 202;
        await server.Tell([Call("A-03")]);
        await Hears("bin-calls A-03");
        await server.Tell([Call("A-04")]);
        service.Answer = static _ => 202;
        Assert.Equal(HttpStatusCode.NoContent, (await watch.TakeCards(device, $"{service.Address}/again")).StatusCode);
        await service.Until(static all => all.Any(static r => r.Path == "/again"));
        string id = Text((await server.Get("/api/v1/floor-devices")).GetProperty("devices").EnumerateArray().First(static d => Text(d, "name") == "GVL-31"), "id");
        Assert.Equal(HttpStatusCode.NoContent, (await server.Http.DeleteAsync($"/api/v1/floor-devices/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await other.DeleteAsync("/api/v1/floor/card", Cancel)).StatusCode);
        int before = service.All.Count;
        await server.Tell([Call("A-05")]);
        await Task.Delay(3000, Cancel);
        Assert.Equal(before, service.All.Count);
        string noted = (await server.Get("/api/v1/audit")).ToString();
        Assert.All(new[] { "device-added", "device-removed", "its push service knows it no more" }, a => Assert.Contains(a, noted, StringComparison.Ordinal));

        async Task<Received> Hears(string news)
        {
            bool Is(Received r) => r.Path == "/watch" && News(watch.Read(r.Body)).Contains(news, StringComparison.Ordinal);
            return (await service.Until(all => all.Any(Is))).First(Is);
        }
    }

    private static WorkTask Call(string bin) => new($"KANBAN-GVL/{bin}", "MERIDIAN", "", TaskKind.StockTransfer, "", $"bins:GVL|{bin}", $"Bring more to {bin}.", Instant.FromUtc(2026, 1, 1, 0, 0), TaskState.Open, "");

    private static async Task<WorkTask?> Andon(RunningServer server)
    {
        string csv = await server.Http.GetStringAsync("/api/v1/tables/tasks.csv", Cancel);
        string? line = csv.Split('\n').FirstOrDefault(static l => l.StartsWith("ANDON-", StringComparison.Ordinal));
        return line is null ? null : new(line.Split(',')[0], "MERIDIAN", "", TaskKind.AndonCall, "", line.Split(',').First(static c => c.StartsWith("builds:", StringComparison.Ordinal)), "Help is wanted", Instant.FromUtc(2026, 1, 1, 0, 0), TaskState.Open, "");
    }

    private static async Task<HttpClient> Enrolled(RunningServer server, string name, string role)
    {
        using HttpResponseMessage made = await server.Http.PostAsJsonAsync("/api/v1/floor-devices", new { name, site = "GVL", role }, Cancel);
        string code = Text(JsonElement.Parse(await made.Content.ReadAsStringAsync(Cancel)), "path")["/floor/#enrol=".Length..];
        var device = new HttpClient { BaseAddress = server.Http.BaseAddress };
        using HttpResponseMessage enrolled = await device.PostAsJsonAsync("/api/v1/floor/enrol", new { code }, Cancel);
        device.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(JsonElement.Parse(await enrolled.Content.ReadAsStringAsync(Cancel)), "token"));
        return device;
    }

    private static string News(JsonElement card) => string.Join("; ", card.GetProperty("news").EnumerateArray().Select(static n => $"{Text(n, "kind")} {Text(n, "name")}"));
    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;
}
