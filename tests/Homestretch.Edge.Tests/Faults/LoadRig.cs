using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Homestretch.Edge.Tests.Running;
using Homestretch.Exchange.Models;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using MQTTnet;
using MQTTnet.Protocol;

namespace Homestretch.Edge.Tests.Faults;

/// <summary>Many machines over a real mosquitto into one edge at a real hub: messages a second, the edge's share of a core and its memory.
/// With a model, machines tell its settings and sensors, an hour older with each message, and are judged each second.
/// <c>load [messages a second] [seconds] [machines] [model file]</c>; HOMESTRETCH_EDGE names another build of the edge, such as the native one.</summary>
internal static class LoadRig
{
    public static async Task<int> Run(string[] args)
    {
        int rate = Number(args, 0, 5_000), seconds = Number(args, 1, 30), machines = Number(args, 2, 500);
        byte[]? model = args.Length > 3 ? await File.ReadAllBytesAsync(args[3]) : null;
        string[] names = model is null ? [] : LifeModelFile.Read(model, args[3]).Model is { } life ? [.. life.Names.Settings, .. life.Names.Sensors] : throw new InvalidOperationException($"{args[3]} is no model.");
        await using RunningServer server = await RealStart.Begin();
        await server.Tell([.. Enumerable.Range(1, machines).Select(static n => new WorldEvent.Put(new Machine(Code(n), "SONGBE", "PL-SONGBE", $"Machine {n}", "", 60, 900, 8, 24)))]);
        await using Mosquitto broker = await Mosquitto.Start();
        string input = $$$"""[{"name":"hall","kind":"mqtt-json","broker":"127.0.0.1:{{{broker.Port}}}","topics":"hall/+","machine_topic_level":1,"time_at":"/t","values":{"State":"/state","Produced":"/made","Vibration":"/rms","Temperature":"/temp","RunningHours":"/age"{{{string.Concat(names.Select(static n => $",\"{n}\":\"/{n}\""))}}}}}]""";
        await using RunningEdge edge = await RunningEdge.SetUp(server, input, more: """ "report": { "metrics": [{ "metric": "Vibration", "deadband": 0.5 }, { "metric": "Temperature", "deadband": 2 }], "summaries": [{ "metric": "Vibration", "every_seconds": 10 }] }, """);
        long began = Stopwatch.GetTimestamp();
        edge.Start();
        await edge.Until(() => edge.Said.Length > 0, "its first line");
        double start = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await edge.Agree(server, "* State\n* Produced\n* Vibration\n* Temperature\n* Vibration.Mean\n* Vibration.Spread\n* RemainingP10\n* RemainingP50");
        if (model is not null)
        {
            using HttpResponseMessage published = await server.Http.PostAsync("/api/v1/edges/SONGBE/edge-1/documents/model", new ByteArrayContent(model));
            if (!published.IsSuccessStatusCode) throw new InvalidOperationException(await published.Content.ReadAsStringAsync());
            await RunningServer.Until(() => server.Get("/api/v1/edges/SONGBE/edge-1"), static d => d.GetProperty("documents").EnumerateArray().Any(static x => x.GetProperty("kind").GetString() == "model" && x.GetProperty("having").GetBoolean()));
        }
        IMqttClient client = await broker.Client();
        await Task.Delay(1_000);
        long before = await Messages(server, "messages"), judged = await Messages(server, "judged");
        edge.Process.Refresh();
        TimeSpan cpu = edge.Process.TotalProcessorTime;
        began = Stopwatch.GetTimestamp();
        long sent = 0;
        var random = new Random(1);
        while (Stopwatch.GetElapsedTime(began).TotalSeconds is var now && now < seconds)
        {
            for (; sent < now * rate; sent++)
            {
                int n = (int)(sent % machines) + 1;
                await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic($"hall/{Code(n)}").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce).WithPayload(string.Create(CultureInfo.InvariantCulture,
                    $$"""{"t":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}},"state":"Running","made":{{sent / machines / 60}},"rms":{{1.5 + 0.2 * random.NextDouble():0.000}},"temp":{{40 + random.NextDouble():0.0}},"age":{{1 + sent / machines}}{{string.Concat(names.Select(n => string.Create(CultureInfo.InvariantCulture, $",\"{n}\":{500 + random.NextDouble():0.000}")))}}}""")).Build());
            }
            await Task.Delay(2);
        }
        double took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        edge.Process.Refresh();
        double share = (edge.Process.TotalProcessorTime - cpu).TotalSeconds / took;
        await Task.Delay(8_000);
        JsonElement detail = await server.Get("/api/v1/edges/SONGBE/edge-1");
        long heard = await Messages(server, "messages") - before, verdicts = await Messages(server, "judged") - judged;
        string peak = File.ReadLines($"/proc/{edge.Process.Id}/status").First(static l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(':')[1].Trim();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start {start:0} ms; {sent / took:0} messages/s sent for {took:0} s by {machines} machines, {heard} of {sent} taken in; {share:0.00} of a core; peak memory {peak}; {verdicts} judgements; {detail.GetProperty("row").GetProperty("records").GetInt64()} records at the hub, {detail.GetProperty("row").GetProperty("backlog").GetInt64()} waiting"));
        return heard >= sent ? 0 : 1;
    }

    private static async Task<long> Messages(RunningServer server, string counted) => (await server.Get("/api/v1/edges/SONGBE/edge-1")).GetProperty("counts").EnumerateArray().Where(c => c.GetProperty("name").GetString() == counted).Select(static c => c.GetProperty("count").GetInt64()).FirstOrDefault();

    private static string Code(int n) => string.Create(CultureInfo.InvariantCulture, $"W{n:D4}");

    private static int Number(string[] args, int i, int otherwise) => args.Length > i ? int.Parse(args[i], CultureInfo.InvariantCulture) : otherwise;
}
