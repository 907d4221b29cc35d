using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Text.Json;
using Homestretch.Cli.Demo;
using Homestretch.Walk.Running;

namespace Homestretch.Walk.Demo;

/// <summary>The demonstration's suppliers with real edges, through real processes: the player, its edges and the hub.</summary>
public sealed class EdgeGatewayTests
{
    private static readonly string[] s_edges = [.. Plants.Machines.Where(static m => m.Wear != WearKind.NotConnected && !Plants.SpeakSparkplug.Contains(m.Supplier)).Select(static m => $"{m.Supplier}/{Plants.Node}").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Contracts are signed by both sides, the hub's models judge at the edge, and a kill -9 of the player, then of the hub, loses nothing, doubles nothing and makes no part young again.</summary>
    [Fact]
    public async Task Suppliers_edges_report_within_contracts_judge_by_the_hubs_models_and_outlive_kills()
    {
        await using RunningServer server = await RunningServer.Start();
        await using (RunningSimulator first = await RunningSimulator.Start(server, speed: 600))
        {
            JsonElement[] edges = await Until(server, first, static e => e.All(static x => Is(x, "online") && Text(x, "contract_state") == "in-force" && Number(x, "records") > 3));
            Assert.Equal(s_edges, edges.Select(static e => Text(e, "edge")));
            foreach (string machine in (string[])["WELD-01", "WIND-01"]) await Until(server, $"machines/{machine}", static m => m.GetProperty("row").GetProperty("remaining_p50_hours").ValueKind == JsonValueKind.Number, first);
            await Until(server, "edges/BUKK/edge-1", static e => e.GetProperty("documents").EnumerateArray().All(static d => Is(d, "having") && Is(d, "signed_by_hub") || Text(d, "kind") != "model"), first);
            JsonElement winder = await Until(server, "models/remaining-life/stator%20winder", static m => m.GetProperty("row").GetProperty("users").GetArrayLength() > 0, first);
            Assert.Contains("SIMULATED", winder.GetProperty("row").GetProperty("in_force").GetProperty("card").GetProperty("data").GetString(), StringComparison.Ordinal);
            // a machine that its supplier's own gateway speaks for is heard as well
            Assert.NotEqual("no-data", Text((await Get(server, "machines/LACE-01")).GetProperty("row"), "state"));
        }
        double[] before = Ages(server, "BUKK", "WIND-01");
        Assert.True(before.Length >= 20, $"{before.Length} readings are not the part's life before the demonstration.");

        await using RunningSimulator second = await RunningSimulator.GoOn(server, speed: 600);
        await Until(server, second, static e => e.All(static x => Is(x, "online") && x.GetProperty("rebirths").EnumerateArray().Any(static r => Text(r, "name") == "start" && Number(r, "count") == 2)));
        await second.Say("pause");
        foreach (string edge in s_edges) await Until(server, $"edges/{edge}", Whole, second);

        await server.Kill();
        await second.Say("resume");
        await Task.Delay(3_000, TestContext.Current.CancellationToken);
        await server.Start();
        JsonElement[] back = await Until(server, second, static e => e.All(static x => Is(x, "online") && Number(x, "backlog") < 20));
        Assert.All(back, static e => Assert.Equal((0, 0), (Number(e, "lost"), Number(e, "refused"))));
        double[] after = Ages(server, "BUKK", "WIND-01");
        Assert.Equal(before, after[..before.Length]);
        Assert.True(after.Zip(after.Skip(1)).All(static a => a.First < a.Second), "A part grew young.");
    }

    [Fact]
    public async Task A_revoked_contract_stays_revoked_until_both_sides_sign_a_new_one()
    {
        await using RunningServer server = await RunningServer.Start();
        await using (RunningSimulator first = await RunningSimulator.Start(server))
        {
            await Until(server, first, static e => e.Length == s_edges.Length && e.All(static x => Text(x, "contract_state") == "in-force"));
            using HttpResponseMessage revoked = await server.Api.PostAsync("/api/v1/edges/BUKK/edge-1/revoke", null, TestContext.Current.CancellationToken);
            Assert.True(revoked.IsSuccessStatusCode);
        }
        await using RunningSimulator second = await RunningSimulator.GoOn(server);
        await Until(server, second, static e => e.All(static x => Is(x, "online")));
        Assert.Equal("revoked", Text((await Get(server, "edges/BUKK/edge-1")).GetProperty("row"), "contract_state"));
        Assert.Contains("HOULI has no edge", await second.Say("sign HOULI"), StringComparison.Ordinal);
        Assert.Equal("A new contract of BUKK/edge-1 is signed by both sides.", await second.Say("sign BUKK"));
        double records = Number((await Get(server, "edges/BUKK/edge-1")).GetProperty("row"), "records");
        await Until(server, "edges/BUKK/edge-1", e => Text(e.GetProperty("row"), "contract_state") == "in-force" && Number(e.GetProperty("row"), "records") > records, second);
    }

    [Fact]
    public async Task An_edge_that_is_cut_off_keeps_what_its_machines_say_and_brings_it_later()
    {
        await using RunningServer server = await RunningServer.Start();
        await using RunningSimulator simulator = await RunningSimulator.Start(server, speed: 3600);
        await Until(server, simulator, static e => e.All(static x => Number(x, "records") > 5));
        Assert.Equal("MIHO/edge-1 is cut off from the hub and keeps what its machines say.", await simulator.Say("unplug MIHO"));
        await Task.Delay(1_000, TestContext.Current.CancellationToken);
        double before = Number((await Get(server, "edges/MIHO/edge-1")).GetProperty("row"), "records");
        await Task.Delay(6_000, TestContext.Current.CancellationToken);
        Assert.Equal(before, Number((await Get(server, "edges/MIHO/edge-1")).GetProperty("row"), "records"));
        Assert.Equal("MIHO/edge-1 reaches the hub again and sends what waited.", await simulator.Say("plug MIHO"));
        await Until(server, "edges/MIHO/edge-1", e => Number(e.GetProperty("row"), "records") > before + 10, simulator);
        await simulator.Say("pause");
        await Until(server, "edges/MIHO/edge-1", Whole, simulator);
    }

    /// <summary>All that the edge numbered is at the hub, once; but for what the contract holds back for a day.</summary>
    private static bool Whole(JsonElement edge)
    {
        JsonElement[] streams = [.. edge.GetProperty("streams").EnumerateArray()];
        JsonElement row = edge.GetProperty("row");
        return Number(row, "lost") == 0 && streams.Sum(static s => Number(s, "acknowledged")) == Number(row, "records") && streams.All(static s => Number(s, "last") == Number(s, "acknowledged") || Text(s, "stream").Contains("86400", StringComparison.Ordinal));
    }

    /// <summary>The ages at which an edge took readings of a machine, from its own store.</summary>
    private static double[] Ages(RunningServer server, string supplier, string machine)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(server.Data, "edges", supplier, "data", "readings", $"{machine}.readings"));
        int head = Array.IndexOf(bytes, (byte)'\n') + 1, size = 8 + 4 * 3;
        return [.. Enumerable.Range(0, (bytes.Length - head) / size).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(head + i * size)))];
    }

    private static async Task<JsonElement[]> Until(RunningServer server, RunningSimulator simulator, Predicate<JsonElement[]> so) =>
        [.. (await Until(server, "edges", e => so([.. e.EnumerateArray()]) && e.GetArrayLength() == s_edges.Length, simulator)).EnumerateArray()];

    private static async Task<JsonElement> Until(RunningServer server, string path, Predicate<JsonElement> so, RunningSimulator simulator)
    {
        JsonElement last = default;
        for (int i = 0; i < 600; i++)
        {
            if (so(last = await Get(server, path))) return last;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"Waited in vain at {path}: {last.GetRawText()}\n{simulator.Said}\n{server.Tail()}");
    }

    private static Task<JsonElement> Get(RunningServer server, string path) => server.Api.GetFromJsonAsync<JsonElement>($"/api/v1/{path}", TestContext.Current.CancellationToken);

    private static bool Is(JsonElement of, string name) => of.GetProperty(name).GetBoolean();
    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";
    private static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();
}
