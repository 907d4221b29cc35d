using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Floor;

/// <summary>Photos from the floor against a real server: each belongs to an operation that names it, only the picture is kept, and who does not see the floor sees none.</summary>
public sealed class FloorPhotoTests
{
    private static readonly byte[] s_place = "Exif\0\0GPS 34.85N 82.39W"u8.ToArray();
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_of_damage_follows_its_receipt_once_without_its_place_and_is_seen_by_who_sees_the_floor()
    {
        await using RunningServer server = await RealStart.Begin();
        await server.Tell(DemoFolder.Now);
        string sam = await RealStart.Person(server, "sam", "SONGBE", "supplier"), wanda = await RealStart.Person(server, "wanda", "MERIDIAN", "warehouse");
        using HttpClient device = await Device(server, "GVL-31"), other = await Device(server, "GVL-32");
        JsonElement lot = JsonElement.Parse(await device.GetStringAsync("/api/v1/floor/board", Cancel)).GetProperty("expected").EnumerateArray().Where(static l => Text(l, "state") == "shipped").OrderBy(static l => Text(l, "supplier") != "SONGBE").First();
        byte[] photo = Jpeg(1), bare = Bare(1), late = Jpeg(2), text = Encoding.ASCII.GetBytes("<svg onload=alert(1)>");
        string path = $"/api/v1/floor/photos/1/{Hash(photo)}";
        Assert.Equal("no-operation", await Refused(device, path, photo));
        object Receipt(int number, string happened, params string[] hashes) => new { number, act = "receive", happened, item = Text(lot, "item"), revision = Text(lot, "revision"), lot_number = Text(lot, "lot"), quantity = 1, to = "QC-1", reason = "Damaged", values = string.Join("; ", hashes.Select(static h => $"photo={h}")) };
        string now = NodaTime.Text.InstantPattern.General.Format(DemoFolder.NowAt);
        Assert.Equal(["accepted", "accepted", "refused"], (await Say(device, [Receipt(1, now, Hash(photo), Hash(text)), Receipt(2, "2020-01-01T00:00:00Z", Hash(late)), new { number = 3, act = "receive", happened = now, item = "NONE", lot_number = Text(lot, "lot"), quantity = 1, to = "QC-1", values = $"photo={Hash(photo)}" }])).Select(static a => Text(a, "answer")));

        Assert.Equal("not-named", await Refused(device, $"/api/v1/floor/photos/1/{Hash(late)}", late));
        Assert.Equal("other-photo", await Refused(device, path, late));
        Assert.Equal("no-picture", await Refused(device, $"/api/v1/floor/photos/1/{Hash(text)}", text));
        Assert.Equal("no-operation", await Refused(device, $"/api/v1/floor/photos/3/{Hash(photo)}", photo));
        Assert.Equal("no-operation", await Refused(other, path, photo));       // another device's operation is not its own
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Put(device, path, new byte[4 * 1024 * 1024 + 1])).StatusCode);
        using var nobody = new HttpClient { BaseAddress = server.Http.BaseAddress };
        Assert.Equal(HttpStatusCode.Unauthorized, (await Put(nobody, path, photo)).StatusCode);
        for (int i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.NoContent, (await Put(device, path, photo)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Put(device, $"/api/v1/floor/photos/2/{Hash(late)}", late)).StatusCode);

        string list = $"/api/v1/floor-photos?lot={Uri.EscapeDataString(Text(lot, "lot"))}", one = $"/api/v1/floor-photos/{Hash(bare)}";
        JsonElement[] seen = [.. (await server.Get(list)).EnumerateArray()];
        Assert.Equal([(Hash(bare), "Damaged", "GVL-31"), ("", "Damaged", "GVL-31")], seen.Select(static p => (Text(p, "hash"), Text(p, "reason"), Text(p, "device"))));      // the second has not come; the one of 2020 is over
        using HttpResponseMessage kept = await server.Http.GetAsync(one, Cancel);
        Assert.Equal("image/jpeg", kept.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", kept.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(bare, await kept.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync($"/api/v1/floor-photos/{Hash(Bare(2))}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/api/v1/floor-photos?lot=NONE", Cancel)).StatusCode);
        foreach (string mine in new[] { list, one })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(mine, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await device.GetAsync(mine, Cancel)).StatusCode);
        }
        server.As(wanda);
        Assert.Equal(2, (await server.Get(list)).GetArrayLength());
        server.As(sam);      // whose own lot it may be: what is not there and what is not theirs is answered alike
        Assert.Equal(await Answer(server, "/api/v1/floor-photos?lot=NONE", "NONE"), await Answer(server, list, Text(lot, "lot")));
        Assert.Equal(await Answer(server, $"/api/v1/floor-photos/{new string('0', 64)}", ""), await Answer(server, one, ""));
    }

    /// <summary>What is answered, without the lot that was asked for.</summary>
    private static async Task<string> Answer(RunningServer server, string path, string lot)
    {
        using HttpResponseMessage answer = await server.Http.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("detail").GetString()!.Replace($"'{lot}'", "''", StringComparison.Ordinal);
    }

    private static byte[] Jpeg(byte ink) => [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(s_place.Length + 2), .. s_place, .. Bare(ink)[2..]];
    private static byte[] Bare(byte ink) => [0xFF, 0xD8, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, ink, ink, 0xFF, 0xD9];
    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Task<HttpResponseMessage> Put(HttpClient device, string path, byte[] file) => device.PutAsync(path, new ByteArrayContent(file) { Headers = { ContentType = new("image/jpeg") } }, Cancel);

    private static async Task<string> Refused(HttpClient device, string path, byte[] file)
    {
        using HttpResponseMessage answer = await Put(device, path, file);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return Text(JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("findings")[0], "rule");
    }

    private static async Task<HttpClient> Device(RunningServer server, string name)
    {
        using HttpResponseMessage made = await server.Http.PostAsync("/api/v1/floor-devices", RunningServer.Json(JsonSerializer.Serialize(new { name, site = "GVL", role = "warehouse" })), Cancel);
        string code = Text(JsonElement.Parse(await made.Content.ReadAsStringAsync(Cancel)), "path")["/floor/#enrol=".Length..];
        var http = new HttpClient { BaseAddress = server.Http.BaseAddress };
        using HttpResponseMessage enrolled = await http.PostAsync("/api/v1/floor/enrol", RunningServer.Json(JsonSerializer.Serialize(new { code })), Cancel);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(JsonElement.Parse(await enrolled.Content.ReadAsStringAsync(Cancel)), "token"));
        return http;
    }

    private static async Task<JsonElement[]> Say(HttpClient device, object[] said)
    {
        using HttpResponseMessage answer = await device.PostAsync("/api/v1/floor/operations", RunningServer.Json(JsonSerializer.Serialize(said)), Cancel);
        string body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, body);
        return [.. JsonElement.Parse(body).EnumerateArray()];
    }

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;
}
