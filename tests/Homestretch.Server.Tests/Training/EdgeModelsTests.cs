using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Models;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Training;

/// <summary>An edge that has one version of a model gets the one that comes in force, signed, and an older one after a roll-back; the schedule trains by itself.</summary>
public sealed class EdgeModelsTests
{
    private const string Model = "/api/v1/models/remaining-life/stator winder", Edge = "SONGBE/hall-1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edge_follows_what_comes_in_force_and_others_are_left_alone()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell((IRecord[])[new Party("MERIDIAN", "Meridian", PartyKind.Brand, "US"), new Party("SONGBE", "Song Be", PartyKind.Supplier, "VN")]);
        byte[] first = Shipped("spindle-bearing"), second = Shipped("coolant-pump");
        foreach (byte[] file in (byte[][])[first, second]) await Post(server, Model, file);
        foreach (string edge in (string[])["SONGBE/hall-1", "SONGBE/hall-2"]) await Say(server, edge, 0);
        await Post(server, $"/api/v1/edges/{Edge}/documents/model", first);
        Assert.Equal((null, 1), await User(server)); // it is to have it and has not fetched it

        await Say(server, Edge, having: 1);
        Assert.Equal((1, null), await User(server));
        await Post(server, $"{Model}/1/in-force", null);
        Assert.Equal((1, null), await User(server));
        await Post(server, $"{Model}/2/in-force", null);
        Assert.Equal((1, 2), await User(server));
        Assert.Equal(2, await Wanted(server));
        Assert.Equal(second, SignedDocument.Read(await OfEdge(server, Edge).GetByteArrayAsync("documents/model/2", Stop), "model", [])!.Payload);

        await Say(server, Edge, having: 2);
        await Post(server, $"{Model}/roll-back", null);
        Assert.Equal((2, 1), await User(server));
        Assert.Equal(1, await Wanted(server)); // the document that it had: none is signed anew
        JsonElement noted = (await server.Get("/api/v1/audit?text=model-in-force")).GetProperty("rows")[0];
        Assert.StartsWith($"back to version 1; given to {Edge}", noted.GetProperty("detail").GetString());
        Assert.Equal(1, (await server.Get(Model)).GetProperty("row").GetProperty("users").GetArrayLength());
    }

    [Fact]
    public async Task When_a_day_begins_what_is_due_is_trained_without_anybody_asking()
    {
        await using RunningServer server = await RunningServer.Demo(null, "--train-days", "7");
        Instant t = Instant.FromUtc(2036, 3, 4, 15, 0);
        await Clock(server, t);
        await server.Tell(Trades.Company().Append(new Machine("M1", "TARDY", "PL-TARDY", "Winder", "", 1, null, 8, 24, "stator winder")));
        await Task.Delay(TimeSpan.FromSeconds(2.5), Stop);
        Assert.Equal(JsonValueKind.Null, (await Row(server, "deliveries")).GetProperty("training").ValueKind); // the day has not ended
        await Clock(server, t + Duration.FromDays(1));
        foreach (string subject in (string[])["deliveries", "stator winder"])
        {
            JsonElement told = (await Until(() => Row(server, subject), static r => r.GetProperty("training").ValueKind == JsonValueKind.Object && r.GetProperty("training").GetProperty("outcome").GetString() != "running")).GetProperty("training");
            Assert.Equal(("schedule", "not-enough"), (told.GetProperty("asked_by").GetString(), told.GetProperty("outcome").GetString()));
        }
        Assert.StartsWith("0 of 10 lives needed", (await Row(server, "stator winder")).GetProperty("training").GetProperty("said")[0].GetString());
        Assert.Equal("2036-03-12", (await server.Get("/api/v1/models/arrival-delay/deliveries")).GetProperty("next").GetString());
    }

    private static async Task<JsonElement> Row(RunningServer server, string subject) => (await server.Get("/api/v1/models")).EnumerateArray().Single(r => r.GetProperty("subject").GetString() == subject);

    private static async Task<(int? Version, int? Wanted)> User(RunningServer server)
    {
        JsonElement user = (await server.Get(Model)).GetProperty("row").GetProperty("users")[0];
        Assert.Equal(Edge, user.GetProperty("who").GetString());
        return (user.GetProperty("version") is { ValueKind: JsonValueKind.Number } v ? v.GetInt32() : null, user.GetProperty("wanted") is { ValueKind: JsonValueKind.Number } w ? w.GetInt32() : null);
    }

    private static async Task<int> Wanted(RunningServer server) => (await server.Get($"/api/v1/edges/{Edge}")).GetProperty("documents").EnumerateArray()
        .Single(static d => d.GetProperty("kind").GetString() == "model" && d.GetProperty("wanted").GetBoolean()).GetProperty("version").GetInt32();

    private static HttpClient OfEdge(RunningServer server, string edge)
    {
        var http = new HttpClient { BaseAddress = new($"{server.Http.BaseAddress}api/v1/edge/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{edge}:any")));
        return http;
    }

    private static async Task Say(RunningServer server, string edge, int having)
    {
        using HttpClient http = OfEdge(server, edge);
        var status = new EdgeStatus("0.1.0", Instant.FromUtc(2026, 3, 2, 6, 0), 0, null, 0, having == 0 ? new Dictionary<DocumentKind, int>() : new Dictionary<DocumentKind, int> { [DocumentKind.Model] = having }, [], new SortedDictionary<string, long>(), []);
        using HttpResponseMessage answer = await http.PostAsync("status", new ByteArrayContent(status.ToBytes()), Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task Post(RunningServer server, string path, byte[]? body)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync(path, body is null ? null : new ByteArrayContent(body), Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task Clock(RunningServer server, Instant now)
    {
        using HttpResponseMessage set = await server.Http.PostAsJsonAsync("/api/v1/demo/clock", new { now = InstantPattern.ExtendedIso.Format(now), timesReal = 0 }, Stop);
        set.EnsureSuccessStatusCode();
    }

    /// <summary>A model that the demonstration ships.</summary>
    private static byte[] Shipped(string name)
    {
        byte[] file = File.ReadAllBytes($"{Built.Root}/src/Homestretch.Cli/Demo/Models/{name}.model");
        Assert.Equal("remaining-life", ModelFile.KindOf(file));
        return file;
    }
}
