using Homestretch.Server.Tests.Ingest;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;
using static Homestretch.Server.Tests.Running.RunningServer;

namespace Homestretch.Server.Tests.Observing;

/// <summary>What a collector gets of a machine's message that moves promises: a real server, MQTT and OTLP.</summary>
public sealed class TraceTests
{
    private static readonly string[] s_steps = ["screens told", "plan advance", "journal append", "planner tell", "twin fold", "sparkplug session", "mqtt receive"];

    [Fact]
    public async Task A_machine_that_stops_is_one_trace_from_the_message_to_the_moved_promises()
    {
        await using OtlpReceiver collector = await OtlpReceiver.Start();
        await using RunningServer server = await RunningServer.DemoWith(collector.Environment);
        await using var plant = new Plant();
        string machine = await server.Busiest(plant);
        // the birth is folded; it moves nothing when the machine was known to run
        Assert.NotEmpty(await Until(() => Task.FromResult(collector.Spans.Where(s => s.Name == "twin fold" && s.Tags["homestretch.machine"] == machine).ToArray()), static folds => folds.Length > 0));
        await Task.Delay(300, TestContext.Current.CancellationToken); // the machine's rest between two reports
        await plant.Send(plant.Devices[0].Is(MachineState.Down, "torch"));

        IReadOnlyList<Span> chain = await Whole(collector, "DDATA");
        Assert.Equal(s_steps, chain.Select(static s => s.Name));
        Assert.Equal("", chain[^1].Parent);
        Assert.Single(chain.Select(static s => s.Trace).Distinct());
        Assert.Equal(chain.OrderByDescending(static s => s.Start), chain);
        var tags = chain.SelectMany(static s => s.Tags).ToLookup(static t => t.Key, static t => t.Value);
        Assert.Equal("spBv1.0/SONGBE/DDATA/edge-1/M1", tags["messaging.destination.name"].Single());
        Assert.Equal(("SONGBE/edge-1", machine, "telemetry"), (tags["homestretch.gateway"].Single(), tags["homestretch.machine"].Single(), tags["homestretch.party"].Single()));
        int moved = int.Parse(tags["homestretch.order_lines_moved"].Single(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.NotEqual(0, moved);
        Assert.Equal(Math.Min(20, moved), tags["homestretch.order_lines"].Single().Split(' ').Length);
        Assert.Equal("homestretch", collector.Service);
    }

    [Fact]
    public async Task Changes_told_together_each_have_a_whole_trace_of_their_own()
    {
        await using OtlpReceiver collector = await OtlpReceiver.Start();
        await using RunningServer server = await RunningServer.DemoWith(collector.Environment);
        await server.Tell(RealStart.Company);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => server.Tell(new WorldEvent.Put(new Party($"P{n}", "One more", PartyKind.Supplier, "US")))));
        IReadOnlyList<Span>[] chains = await Until(() => Task.FromResult(collector.Spans.Where(static s => s.Name == "screens told").Select(s => Chain(collector, s)).ToArray()),
            static chains => chains.Length == 21 && chains.All(static c => c.Count == 5));
        Assert.All(chains, static c => Assert.Equal(["screens told", "plan advance", "journal append", "planner tell"], c.Take(4).Select(static s => s.Name)));
        Assert.All(chains, static c => Assert.StartsWith("POST ", c[^1].Name, StringComparison.Ordinal));
        Assert.Equal(21, chains.Select(static c => c[0].Trace).Distinct().Count());
    }

    /// <summary>The trace that a kind of message began and that ended with the screens; empty when there never is one.</summary>
    private static Task<IReadOnlyList<Span>> Whole(OtlpReceiver collector, string kind) => Until(() => Task.FromResult<IReadOnlyList<Span>>(collector.Spans.Where(static s => s.Name == "screens told")
        .Select(s => Chain(collector, s)).FirstOrDefault(c => c[^1].Tags.GetValueOrDefault("messaging.destination.name")?.Contains(kind, StringComparison.Ordinal) ?? false) ?? []), static c => c.Count > 0);

    /// <summary>A step and those it came from, the root last.</summary>
    private static List<Span> Chain(OtlpReceiver collector, Span span)
    {
        var chain = new List<Span> { span };
        while (collector.Spans.FirstOrDefault(s => s.Id == chain[^1].Parent && s.Trace == span.Trace) is { } parent) chain.Add(parent);
        return chain;
    }
}
