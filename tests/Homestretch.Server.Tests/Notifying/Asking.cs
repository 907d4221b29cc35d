using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>What these tests ask a server again and again.</summary>
internal static class Asking
{
    public static Task<HttpResponseMessage> Post(this RunningServer server, string path, HttpContent? body = null) => server.Http.PostAsync(path, body);

    public static async Task<HttpStatusCode> Give(this RunningServer server, string path, object body) => (await server.Http.PostAsJsonAsync(path, body)).StatusCode;

    /// <summary>Loads the demonstration company as of now, with one order line of each frame size promised for tomorrow that has no build so early: whatever the day, promises are at risk.</summary>
    public static Task LoadNow(this RunningServer server)
    {
        Snapshot world = Snapshot.Of(DemoFolder.Now.Select(static e => ((WorldEvent.Put)e).Record));
        Instant tomorrow = DemoFolder.NowAt + Duration.FromDays(1);
        IEnumerable<OrderLine> hasty = world.OrderLines.Where(o => o.Status == OrderStatus.Approved && world.Builds.Any(b => b.OrderLine == o.Key && b.Start > DemoFolder.NowAt + Duration.FromDays(7)))
            .GroupBy(static o => (o.Hub, o.Market)).Select(static g => g.First()).Take(6);
        return server.Tell([.. DemoFolder.Now, .. hasty.Select(o => new WorldEvent.Put(new Promise(o.Key, world.Promises.StartingWith($"{o.Key}|").Count() + 1, o.Party, tomorrow, new(0.9), DemoFolder.NowAt, "paula", "hasty")))]);
    }

    /// <summary>Notices of situations that stand, by situation.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> Standing(this RunningServer server) =>
        (await server.Get("/api/v1/notices")).EnumerateArray().Where(static n => Key(n).StartsWith("situation:", StringComparison.Ordinal)).ToDictionary(static n => Key(n)["situation:".Length..]);

    /// <summary>Situations that are open, by their number.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> Open(this RunningServer server) =>
        (await server.Get("/api/v1/situations?take=500")).GetProperty("rows").EnumerateArray().ToDictionary(static s => s.GetProperty("situation").GetString()!);

    private static string Key(JsonElement notice) => notice.GetProperty("key").GetString()!;

    public static async Task<(string Id, string Secret)> Make(this RunningServer server, string url)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync("/api/v1/webhooks", new { url, label = "a chat" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        JsonElement made = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return (made.GetProperty("webhook").GetString()!, made.GetProperty("secret").GetString()!);
    }

    /// <summary>Chooses as a person had chosen, but for some things.</summary>
    public static async Task Wish(this HttpClient person, params (string Name, object Value)[] others)
    {
        var wish = JsonElement.Parse(await person.GetStringAsync("/api/v1/notify")).GetProperty("choice").EnumerateObject().ToDictionary(static p => p.Name, static p => (object)p.Value);
        foreach (var (name, value) in others) wish[name] = value;
        using HttpResponseMessage answer = await person.PutAsJsonAsync("/api/v1/notify", wish);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What a person of the demonstration uses who signed in by one click.</summary>
    public static async Task<HttpClient> SignedIn(this RunningServer server, string login)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = true, AllowAutoRedirect = false }) { BaseAddress = server.Http.BaseAddress };
        string page = await client.GetStringAsync("/signin");
        string forgery = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        using HttpResponseMessage answer = await client.PostAsync($"/signin/as/{login}", new FormUrlEncodedContent([new("__RequestVerificationToken", forgery), new("returnUrl", "/")]));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }
}
