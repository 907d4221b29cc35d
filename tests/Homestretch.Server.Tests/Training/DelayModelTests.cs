using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Exchange.Models;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Training;

/// <summary>The forecast of delays through a real server: trained on what the hub has seen, put in force, a source among others, scored, rolled back.</summary>
public sealed class DelayModelTests
{
    private const string Model = "/api/v1/models/arrival-delay/deliveries";
    private static readonly Instant s_t = Instant.FromUtc(2036, 3, 4, 15, 0); // ahead of the clock on the wall: a plan never goes back

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_too_little_history_it_says_so_and_trains_nothing_with_enough_the_same_world_and_day_give_the_same_model_and_a_restart_keeps_it()
    {
        await using RunningServer server = await Begin(executed: 40);
        JsonElement told = await Trained(server);
        Assert.Equal("not-enough", told.GetProperty("outcome").GetString());
        Assert.Equal("40 of 300 shipments needed have passed their schedule.", told.GetProperty("said")[0].GetString());
        Assert.Equal("10 of 20 late shipments needed are among them.", told.GetProperty("said")[1].GetString());
        Assert.Equal(0, (await server.Get(Model)).GetProperty("versions").GetArrayLength());

        await server.Tell(Executed(40, 440));
        Assert.Equal("in-force", (await Trained(server)).GetProperty("outcome").GetString());
        Assert.Equal("same", (await Trained(server)).GetProperty("outcome").GetString());
        string hash = (await server.Get(Model)).GetProperty("versions")[0].GetProperty("hash").GetString()!;
        Assert.Equal(hash, ModelFile.HashOf(await server.Http.GetByteArrayAsync($"{Model}/1/file", Stop)));
        await server.Kill();
        await using RunningServer again = await RunningServer.Demo(server.Folder);
        Assert.Equal(hash, (await again.Get(Model)).GetProperty("row").GetProperty("in_force").GetProperty("hash").GetString());
    }

    [Fact]
    public async Task A_model_trained_here_comes_in_force_moves_forecasts_is_scored_as_a_source_and_is_gone_when_taken_out()
    {
        await using RunningServer server = await Begin(executed: 440);
        await server.Tell(Trades.Open(9001, Trades.Tardy, s_t, 6).Concat(Trades.Open(9002, Trades.Punctual, s_t, 6)));
        string before = await P50(server, "L-9001");
        JsonElement told = await Trained(server);
        Assert.True(told.GetProperty("outcome").GetString() == "in-force", told.ToString());
        JsonElement card = (await server.Get(Model)).GetProperty("versions")[0].GetProperty("card").GetProperty("figures");
        Assert.True(card.GetProperty("loss_days").GetDouble() < card.GetProperty("own_history_loss_days").GetDouble() + 1e-9, card.ToString());
        Assert.InRange(card.GetProperty("p90_coverage").GetDouble(), 0.5, 1);

        string after = await Until(() => P50(server, "L-9001"), p => p != before);
        Assert.NotEqual(before, after);
        JsonElement voices = (await server.Get("/api/v1/lots/L-9001")).GetProperty("fan").GetProperty("steps").EnumerateArray().Last().GetProperty("voices");
        JsonElement ours = voices.EnumerateArray().Single(static v => v.GetProperty("source").GetString() == "Homestretch delay model v1");
        Assert.Equal("our model", ours.GetProperty("role").GetString());
        Assert.Equal(JsonValueKind.Null, ours.GetProperty("share").ValueKind); // it is the law of the way, and blended into nothing
        Assert.Contains("L-9001,", await Delays(server), StringComparison.Ordinal);
        JsonElement model = await server.Get(Model);
        Assert.Equal("the planner", model.GetProperty("row").GetProperty("users")[0].GetProperty("who").GetString());

        // it is told once: a day later, with nothing new, nothing is said again
        string said = await Milestones(server);
        await Clock(server, s_t + Duration.FromDays(1));
        await Until(() => server.Get("/api/v1/plan"), static p => InstantPattern.ExtendedIso.Parse(p.GetProperty("epoch").GetString()!).Value >= s_t + Duration.FromDays(1));
        await Task.Delay(TimeSpan.FromSeconds(3), Stop);
        Assert.Equal(said, await Milestones(server));

        // what it said meets its truth and is scored
        Instant came = s_t + Duration.FromDays(9);
        await Clock(server, came + Duration.FromDays(20));
        await server.Tell(new WorldEvent.Put(new Milestone("S-9001", 1, Edge.End, Classifier.Actual, "CARRIER", "CARRIER", came, came)));
        JsonElement sources = await Until(() => server.Get("/api/v1/sources"), static s => s.EnumerateArray().Any(static r => r.GetProperty("source").GetString() == "DELAY-MODEL" && r.GetProperty("count").GetInt32() > 0));
        Assert.Contains(sources.EnumerateArray(), static r => r.GetProperty("source").GetString() == "DELAY-MODEL" && r.GetProperty("name").GetString() == "Homestretch delay model v1" && r.GetProperty("count").GetInt32() == 1);

        await Accepted(server, $"{Model}/retire");
        await Until(() => Milestones(server), static m => !m.Contains("S-9002,1,end,estimated,DELAY-MODEL", StringComparison.Ordinal));
        string left = await Milestones(server);
        Assert.DoesNotContain("S-9002,1,end,estimated,DELAY-MODEL", left);
        Assert.DoesNotContain("L-900", await Delays(server), StringComparison.Ordinal);
        Assert.Contains("S-9001,1,end,estimated,DELAY-MODEL", left); // what has come keeps what was said of it
    }

    [Fact]
    public async Task A_bad_file_is_refused_a_good_one_becomes_a_candidate_and_who_may_not_does_nothing()
    {
        await using RunningServer server = await RealStart.Begin();
        string paula = await RealStart.Person(server, "paula", "MERIDIAN", "planner"), sam = await RealStart.Person(server, "sam", "SONGBE", "supplier"), wanda = await RealStart.Person(server, "wanda", "MERIDIAN", "warehouse");
        byte[] good = DelayFiles.Make(1);
        server.As(sam);
        Assert.Equal("[]", await server.Http.GetStringAsync("/api/v1/models", Stop));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Put(server, good)).Code);
        server.As(wanda);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Put(server, good)).Code);
        server.As(paula);
        (HttpStatusCode code, JsonElement answer) = await Put(server, [.. good[..^40], .. new byte[40]]);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "model-hash"), (code, answer.GetProperty("findings")[0].GetProperty("rule").GetString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Put(server, good, "remaining-life/pump")).Code);
        Assert.Equal(0, (await server.Get(Model)).GetProperty("versions").GetArrayLength());
        Assert.Equal((HttpStatusCode.OK, 1), await Put(server, good) is var (c, a) ? (c, a.GetProperty("version").GetInt32()) : default);
        Assert.Equal(1, (await Put(server, good)).Answer.GetProperty("version").GetInt32());
        Assert.Equal(2, (await Put(server, DelayFiles.Make(2))).Answer.GetProperty("version").GetInt32());
        await Accepted(server, $"{Model}/1/in-force");
        await Accepted(server, $"{Model}/2/in-force");
        Assert.Equal("in-force", (await Refused(server, $"{Model}/2/in-force")).GetProperty("rule").GetString());
        await Accepted(server, $"{Model}/roll-back");
        Assert.Equal(["candidate 3", "retired 2", "in-force 1"], await States(server, 3));
        Assert.Equal("no-trees", (await Refused(server, $"{Model}/3/in-force")).GetProperty("rule").GetString());
        Assert.Equal("unknown-version", (await Refused(server, $"{Model}/9/in-force")).GetProperty("rule").GetString());
        server.As(await RealStart.TokenOf(server, "ada"));
        string[] noted = [.. (await server.Get("/api/v1/audit?text=model")).GetProperty("rows").EnumerateArray().Select(static r => $"{r.GetProperty("actor").GetString()} {r.GetProperty("action").GetString()} {r.GetProperty("detail").GetString()!.Split(';')[0].Split(',')[0]}")];
        Assert.Equal(["paula model-added version 3", "paula model-in-force back to version 1", "paula model-in-force version 2", "paula model-in-force version 1", "paula model-added version 2", "paula model-added version 1", "paula model-added version 1"], noted);
    }

    private static async Task<string[]> States(RunningServer server, int withoutTrees)
    {
        Assert.Equal(withoutTrees, (await Put(server, DelayFiles.Make(0))).Answer.GetProperty("version").GetInt32());
        return [.. (await server.Get(Model)).GetProperty("versions").EnumerateArray().Select(static v => $"{v.GetProperty("state").GetString()} {v.GetProperty("version").GetInt32()}")];
    }

    private static async Task<RunningServer> Begin(int executed)
    {
        RunningServer server = await RunningServer.Demo();
        await Clock(server, s_t);
        await server.Tell(Trades.Company());
        await server.Tell(Executed(0, executed));
        return server;
    }

    /// <summary>What was shipped and came, from a number to another.</summary>
    private static IEnumerable<IRecord> Executed(int from, int to) => Enumerable.Range(from, to - from).SelectMany(static i => Trades.Executed(i, s_t, 30 + i * 1.5));

    private static async Task<JsonElement> Trained(RunningServer server)
    {
        await Accepted(server, $"{Model}/train");
        JsonElement row = await Until(async () => (await server.Get(Model)).GetProperty("row"), static r => r.GetProperty("training").GetProperty("outcome").GetString() != "running");
        return row.GetProperty("training");
    }

    private static async Task<(HttpStatusCode Code, JsonElement Answer)> Put(RunningServer server, byte[] file, string to = "arrival-delay/deliveries")
    {
        using HttpResponseMessage answer = await server.Http.PostAsync($"/api/v1/models/{to}", new ByteArrayContent(file), Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)));
    }

    private static async Task Accepted(RunningServer server, string path)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync(path, null, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<JsonElement> Refused(RunningServer server, string path)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync(path, null, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)).GetProperty("findings")[0];
    }

    private static async Task<string> P50(RunningServer server, string lot) => (await server.Get($"/api/v1/lots/{lot}")).GetProperty("row").GetProperty("p50").GetString()!;

    private static Task<string> Delays(RunningServer server) => server.Http.GetStringAsync("/api/v1/tables/lot_delays.csv", Stop);

    private static Task<string> Milestones(RunningServer server) => server.Http.GetStringAsync("/api/v1/tables/milestones.csv", Stop);

    private static async Task Clock(RunningServer server, Instant now)
    {
        using HttpResponseMessage set = await server.Http.PostAsJsonAsync("/api/v1/demo/clock", new { now = InstantPattern.ExtendedIso.Format(now), timesReal = 0 }, Stop);
        set.EnsureSuccessStatusCode();
    }
}
