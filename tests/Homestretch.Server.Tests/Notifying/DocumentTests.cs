using System.Net;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Csv;
using Homestretch.Exchange.Events;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>Documents that lapse, through the real server: a situation where promises are lost by it, a notice to who holds it where none is yet.</summary>
public sealed class DocumentTests
{
    private static Instant Days(double days) => DemoFolder.NowAt + Duration.FromDays(days);

    [Fact]
    public async Task A_document_that_lapses_before_promised_bikes_leave_is_a_situation_and_its_renewal_a_decision_with_work()
    {
        await using RunningServer server = await RunningServer.Demo(null, "--situations", "true");
        await server.LoadNow();
        Document document = DemoFolder.Now.OfType<WorldEvent.Put>().Select(static e => e.Record).OfType<Document>().Single(static d => d.Market == "US");
        await server.Tell(new WorldEvent.Put(document with { ValidUntil = Days(4), RenewalDays = 2 }));
        JsonElement row = (await RunningServer.Until(() => server.Get("/api/v1/situations?take=500"), l => Found(l, document) is { ValueKind: JsonValueKind.Object })).GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("cause").GetString() == $"document:{document.Key}");
        string key = row.GetProperty("situation").GetString()!;
        JsonElement room = await RunningServer.Until(() => server.Get($"/api/v1/situations/{key}"), static r => Renewal(r).ValueKind == JsonValueKind.Object);
        JsonElement first = room.GetProperty("chain")[0];
        Assert.Equal(("document", document.Title), (first.GetProperty("place").GetString(), first.GetProperty("title").GetString()));
        Assert.Contains("no renewal in sight", first.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("lapse", Assert.Single(room.GetProperty("signs").EnumerateArray()).GetProperty("kind").GetString());
        JsonElement renewal = Renewal(room);
        Assert.True(renewal.GetProperty("after").GetDouble() > renewal.GetProperty("before").GetDouble());
        await RunningServer.Until(() => server.Get("/api/v1/notices"), l => l.EnumerateArray().All(n => n.GetProperty("key").GetString() != $"document:{document.Key}"));       // told once: as a situation, when it is found

        using HttpResponseMessage decided = await server.Http.PostAsync($"/api/v1/situations/{key}/decisions", RunningServer.Json(JsonSerializer.Serialize(new { remedy = renewal.GetProperty("remedy").GetString(), reason = "it lapses" })), Storage.Store.Stop);
        Assert.True(decided.IsSuccessStatusCode, await decided.Content.ReadAsStringAsync(Storage.Store.Stop));
        string kept = await server.Http.GetStringAsync("/api/v1/tables/documents.csv", Storage.Store.Stop);
        Assert.NotEqual("", kept.Split('\n').Single(l => l.StartsWith(document.Id, StringComparison.Ordinal)).Split(',')[Column("renewal_expected")]);
        Assert.Contains((await server.Get("/api/v1/tasks")).GetProperty("rows").EnumerateArray(), t => t.GetProperty("kind").GetString() == "document-renewal" && t.GetProperty("text").GetString()!.Contains(document.Title, StringComparison.Ordinal));
        await RunningServer.Until(() => server.Get("/api/v1/situations?take=500"), l => Found(l, document).ValueKind != JsonValueKind.Object);
        Assert.NotEqual(JsonValueKind.Object, Found(await server.Get("/api/v1/situations?take=500"), document).ValueKind);
    }

    [Fact]
    public async Task Who_holds_a_document_hears_before_its_renewal_must_begin_and_of_nothing_else()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Load();
        using HttpClient sam = await server.SignedIn("sam"), paula = await server.SignedIn("paula");
        Document report = new("TEST-9", "SONGBE", "UN 38.3", "Transport test summary", "US", null, Days(-300), Days(30), 20, null, null, "");
        Document far = report with { Key = "TEST-10", Party = "MIHO", Requirement = "ISO 4210", Title = "Brake test report" };
        await server.Tell(new WorldEvent.Put(report), new WorldEvent.Put(far), new WorldEvent.Put(report with { Key = "TEST-11", Requirement = "EN 1", ValidUntil = Days(90) }));
        JsonElement[] notices = await RunningServer.Until(() => Documents(sam), static n => n.Length > 0);
        JsonElement one = Assert.Single(notices);
        Assert.Equal("document:TEST-9", one.GetProperty("key").GetString());
        Assert.Equal(Days(10), Instant.FromDateTimeOffset(one.GetProperty("deadline").GetDateTimeOffset()));
        Assert.StartsWith("Transport test summary (UN 38.3, document TEST-9) lapses on ", one.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await Documents(paula), static n => n.GetProperty("key").GetString() == "document:TEST-9");

        // it says when the next one is expected: that is its own to say, and it hears no more of it
        using HttpResponseMessage told = await sam.PostAsync("/api/v1/changes", RunningServer.Json(Encoding.UTF8.GetString(EventText.Write([new WorldEvent.Put(report with { RenewalExpected = Days(25) })]))), Storage.Store.Stop);
        Assert.True(told.IsSuccessStatusCode, await told.Content.ReadAsStringAsync(Storage.Store.Stop));
        Assert.Empty(await RunningServer.Until(() => Documents(sam), static n => n.Length == 0));
        using HttpResponseMessage others = await sam.PostAsync("/api/v1/changes", RunningServer.Json(Encoding.UTF8.GetString(EventText.Write([new WorldEvent.Put(far with { RenewalExpected = Days(25) })]))), Storage.Store.Stop);
        Assert.NotEqual(HttpStatusCode.OK, others.StatusCode);
    }

    private static async Task<JsonElement[]> Documents(HttpClient person) =>
        [.. JsonElement.Parse(await person.GetStringAsync("/api/v1/notices", Storage.Store.Stop)).EnumerateArray().Where(static n => n.GetProperty("kind").GetString() == "document")];

    private static JsonElement Found(JsonElement list, Document document) => list.GetProperty("rows").EnumerateArray().FirstOrDefault(r => r.GetProperty("cause").GetString() == $"document:{document.Key}");
    private static JsonElement Renewal(JsonElement room) => room.GetProperty("remedies").EnumerateArray().FirstOrDefault(static r => r.GetProperty("kind").GetString() == "renewal");
    private static int Column(string name) => TableKind.Named("documents")!.Columns.Select(static c => c.Name).ToList().IndexOf(name);
}
