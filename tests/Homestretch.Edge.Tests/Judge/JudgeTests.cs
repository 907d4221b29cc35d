using System.Text.Json;
using Homestretch.Edge.Judge;
using Homestretch.Edge.Tests.Running;
using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Models;
using Homestretch.Learning;
using Homestretch.Machines.Health;
using Homestretch.Server.Tests.Running;
using NodaTime;
using Xunit;

namespace Homestretch.Edge.Tests.Judge;

public sealed class JudgeTests : IDisposable
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static readonly LifeModel s_model = Make(0.4), s_other = Make(0.9);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-judge-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_edge_says_the_bits_that_the_model_says_of_the_same_readings_and_a_restart_forgets_none()
    {
        var track = s_model.Track();
        Judging judging = Begin();
        IReadOnlyList<EdgeValue> said = [];
        for (int r = 1; r <= 40; r++)
        {
            if (r == 20) judging = Begin();
            double heat = 3 + 0.1 * r, flow = 0.2 * r;
            // two values of a sensor between two readings count by their mean
            judging.Hear("M1", [new("Heat", heat - 1), new("Load", 9), new("Flow", flow)], s_t);
            judging.Hear("M1", [new("Heat", heat + 1), new("Load", 9), new("RunningHours", r)], s_t);
            track.Add(r, [9, (float)heat, float.NaN, (float)flow]);
            said = [.. judging.Judge(s_t).SelectMany(static o => o.Values)];
            Assert.Equal(s_model.Judge(track) is null ? 0 : 2, said.Count);
        }
        LifeLeft left = s_model.Judge(track)!;
        Assert.Equal([new("RemainingP10", left.P10), new("RemainingP50", left.P50)], said);
        // a new part begins a new life, of which nothing is known yet: what was said of the old one is taken back, once
        judging.Hear("M1", [new("Heat", 3), new("Load", 0), new("Flow", 1), new("RunningHours", 0.5)], s_t);
        Assert.Equal([new("RemainingP10", double.NaN), new("RemainingP50", double.NaN)], judging.Judge(s_t).SelectMany(static o => o.Values));
        Assert.Empty(judging.Judge(s_t));
    }

    /// <summary>What waited at a machine and comes at once is as many readings as it has hours, and what was heard while it stood still is none of them.</summary>
    [Fact]
    public void A_day_that_comes_at_once_is_judged_hour_by_hour_and_without_its_standstill()
    {
        var track = s_model.Track();
        Judging judging = Begin();
        for (int r = 1; r <= 24; r++)
        {
            judging.Hear("M1", [new("State", double.NaN, "Running"), new("Heat", 3 + 0.1 * r), new("Load", 9), new("Fixed", 1), new("Flow", 0.2 * r), new("RunningHours", r)], s_t);
            for (int still = 0; still < 5; still++) judging.Hear("M1", [new("Heat", 0), new("Load", 0), new("Fixed", 1), new("Flow", 0), new("State", double.NaN, "Idle"), new("RunningHours", r)], s_t);
            track.Add(r, [9, (float)(3 + 0.1 * r), 1, (float)(0.2 * r)]);
        }
        LifeLeft left = s_model.Judge(track)!;
        Assert.Equal([new("RemainingP10", left.P10), new("RemainingP50", left.P50)], judging.Judge(s_t).SelectMany(static o => o.Values));
    }

    [Fact]
    public async Task A_model_reaches_the_edge_judges_there_and_is_rolled_back_and_a_bad_one_changes_nothing()
    {
        await using RunningServer server = await RealStart.Begin();
        await using RunningEdge edge = await RunningEdge.SetUp(server, """[{"name":"cell","kind":"csv","path":"cell.csv","machine":"M1","values":{"Heat":"heat","Load":"load","Flow":"flow","RunningHours":"age"}}]""");
        edge.Start();
        await edge.Agree(server, "M1 RemainingP10\nM1 RemainingP50");
        await File.WriteAllTextAsync(Path.Combine(edge.Folder, "cell.csv"), "heat,load,flow,age\n", TestContext.Current.CancellationToken);
        byte[] file = Written(s_model);
        Assert.Equal(200, (await Publish(server, file)).Status);
        await Having(server, 1);
        var track = s_model.Track();
        for (int r = 1; r <= 8; r++)
        {
            await File.AppendAllTextAsync(Path.Combine(edge.Folder, "cell.csv"), FormattableString.Invariant($"{3 + 0.1f * r},9,{0.2f * r},{r}\n"), TestContext.Current.CancellationToken);
            track.Add(r, [9, 3 + 0.1f * r, float.NaN, 0.2f * r]);
            await Task.Delay(1_500, TestContext.Current.CancellationToken);
        }
        double p50 = s_model.Judge(track)!.P50;
        JsonElement row = (await RunningServer.Until(() => server.Get("/api/v1/machines/M1"), m => m.GetProperty("row").GetProperty("remaining_p50_hours") is { ValueKind: JsonValueKind.Number } n && Math.Abs(n.GetDouble() - p50) < 0.01)).GetProperty("row");
        Assert.Equal(p50, row.GetProperty("remaining_p50_hours").GetDouble(), 2);

        byte[] bad = [.. file];
        bad[^40] ^= 1;
        var (status, body) = await Publish(server, bad);
        Assert.Equal(422, status);
        Assert.Contains("model-hash", body);
        Assert.Equal(200, (await Publish(server, Written(s_other))).Status);
        await Having(server, 2);
        using HttpResponseMessage back = await server.Http.PostAsync("/api/v1/edges/SONGBE/edge-1/documents/model/roll-back", RunningServer.Json("""{"version":1}"""), TestContext.Current.CancellationToken);
        Assert.True(back.IsSuccessStatusCode);
        await Having(server, 1);
    }

    private Judging Begin()
    {
        var model = new Model();
        model.Load(Written(s_model));
        return new(model, new ReadingStore(_folder), new EdgeCounts(_folder, static _ => { }));
    }

    private static async Task Having(RunningServer server, int version)
    {
        JsonElement detail = await RunningServer.Until(() => server.Get("/api/v1/edges/SONGBE/edge-1"), d => Has(d, version));
        Assert.True(Has(detail, version), detail.GetRawText());
    }

    private static bool Has(JsonElement detail, int version) => detail.GetProperty("documents").EnumerateArray().Any(d => d.GetProperty("kind").GetString() == "model" && d.GetProperty("version").GetInt32() == version && d.GetProperty("having").GetBoolean());

    private static async Task<(int Status, string Body)> Publish(RunningServer server, byte[] file)
    {
        using HttpResponseMessage answer = await server.Http.PostAsync("/api/v1/edges/SONGBE/edge-1/documents/model", new ByteArrayContent(file), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static byte[] Written(LifeModel model) => LifeModelFile.Write(model, new("remaining life", s_t, "made for a test", "A", "L", 0, 1, []));

    /// <summary>A whole model with numbers drawn, not learned.</summary>
    private static LifeModel Make(double share)
    {
        var draws = new Draws(1);
        float[] Random(int count, ulong key) => [.. Enumerable.Range(0, count).Select(i => (float)(0.5 + 0.1 * draws.Normal(key, i)))];
        int statistics = WearCurves.StatisticsOf(1);
        var features = LifeModel.Features(["Heat", "Flow"], 1);
        Forest Of(IReadOnlyList<string> names) => Forest.Of(new(names, ForestOutput.Value, [new([new(0, 50.5, MissingRule.NaN, true, ~0, ~1)], [0.1, 0.3]), new([], [0.2])]), new("x")).Forest!;
        return new(new(["Load"], ["Heat", "Fixed", "Flow"]), new([1], [0, 9], [1, 2, 3, 4], [1, 1, 2, 2], [0, 2]), new([0.7f, 0.3f], 1),
            new([.. Random(3 * statistics * WearCurves.Places, 1)], [.. Random(statistics * statistics, 2)], statistics, false), new([.. Random(3 * statistics * WearCurves.Places, 3)], [.. Random(statistics * statistics, 4)], statistics, true),
            125, 1, Of(features), [new([.. Random(features.Length, 5)], [.. Random(features.Length, 6)], 16, 16, [.. Random(Network.Size(features.Length, 16, 16), 7)])], share, Of(LifeModel.SpreadFeatures),
            new([0.2, 0.9], [.. Enumerable.Range(0, 2 * LifeErrors.Width).Select(static i => i - 8.0)]));
    }
}
