using System.Reflection;
using System.Runtime.InteropServices;
using Homestretch.Edge.Contract;
using Homestretch.Edge.Feature;
using Homestretch.Edge.Forward;
using Homestretch.Edge.Judge;
using Homestretch.Edge.Listen;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge;

/// <summary>A running edge: puts the parts together, and takes them apart at SIGTERM.</summary>
internal static class EdgeProcess
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5), s_long = TimeSpan.FromSeconds(30);

    private static string Version => typeof(EdgeProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <returns>0 when it was asked to stop; 1 when it cannot go on, and then it says why.</returns>
    public static async Task<int> Run(EdgeConfig config)
    {
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Leave(c, stop)), interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Leave(c, stop));
        using var voice = new Voice(Console.Error);
        return await Run(config, TimeProvider.System, voice.Say, static _ => { }, static () => Environment.Exit(1), stop.Token);
    }

    /// <param name="time">The wall clock before the hub's is known, and the monotonic counter.</param>
    /// <param name="begun">Told what is in force, before anything is taken in.</param>
    /// <param name="giveUp">Called when a part stands still, so that waiting for it may never end.</param>
    public static async Task<int> Run(EdgeConfig config, TimeProvider time, Action<string> say, Action<Documents> begun, Action giveUp, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            return await Live(config, time, say, begun, giveUp, stop);
        }
        catch (Exception e)
        {
            say($"The edge cannot go on: {Why(e)}");
            return 1;
        }
    }

    private static async Task<int> Live(EdgeConfig config, TimeProvider time, Action<string> say, Action<Documents> begun, Action giveUp, CancellationTokenSource stop)
    {
        Directory.CreateDirectory(config.Data);
        var clock = new EdgeClock(time, config.Data);
        var counts = new EdgeCounts(config.Data, what => say($"{clock.Now} {what}"));
        var pulse = new EdgePulse(TimeProvider.System, s_long + config.Hub.Patience, say);
        using PosixSignalRegistration asked = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, c =>
        {
            c.Cancel = true;
            say($"{clock.Now} {pulse}");
        });
        using EdgeLog log = EdgeLog.Open(new(Path.Combine(config.Data, "log"), config.MostLogBytes, config.KeepOneIn), dropped =>
        {
            counts.Add("thinned", dropped);
            counts.Found("The room for the log ran out: the oldest raw records were thinned, as the policy in the configuration says.");
        });
        if (log.TornBytes > 0) counts.Found($"{log.TornBytes} bytes at the end of the log were a write cut short; what they held was not acknowledged to its source.");
        using var link = new HubLink(config, time);
        var model = new Model();
        var documents = new Documents(config, counts, model);
        begun(documents);
        Instant started = clock.Now;
        using var forwarder = new Forwarder(log, link, documents, new SentLog(config.Data, config.MostSentBytes, counts), clock, counts, pulse, oldest => Status(started, oldest, log, documents, clock, counts));
        var ear = new Ear(counts);
        var loop = new EdgeLoop(ear, log, documents, new Summaries(config.Data), new Alive(config.Data), new Judging(model, new ReadingStore(config.Data), counts) { Step = config.JudgeStep }, clock, counts, pulse, forwarder);
        forwarder.Restate = loop.Restate;
        counts.Add("rebirth start");
        say($"{config.Edge} {Version}: {config.Inputs.Count} inputs, hub {config.Hub.Address}, contract {documents.ContractVersion}");
        var room = new InputRoom(ear, log, clock, counts, config.Edge);
        // each on its own thread from the first step on: one that blocks keeps no other from beginning
        (string Name, Task Task)[] parts =
        [
            ("the way to the log", Task.Run(() => loop.Run(stop.Token))), ("the way to the hub", Task.Run(() => forwarder.Run(stop.Token))),
            .. config.Inputs.Select(i => ($"input {i.Name}", Task.Run(() => Input.Of(i, room).Run(stop.Token)))),
        ];
        Task watch = pulse.Watch(giveUp, stop.Token);
        Task first = await Task.WhenAny(parts.Select(static p => p.Task));
        bool wasAsked = stop.IsCancellationRequested;
        await stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(parts.Select(static p => p.Task)), Task.Delay(s_farewell));
        await watch;
        counts.Keep();
        if (wasAsked) return 0;
        // a part runs until it is stopped: that it ended, however it did, is a fault
        say($"The edge cannot go on: {parts.First(p => p.Task == first).Name} has ended: {Why(first.Exception?.InnerException)}");
        return 1;
    }

    /// <summary>The world's refusals in a sentence, our own mistakes with where they were made.</summary>
    private static string Why(Exception? e) => e switch
    {
        null => "without a reason",
        IOException or UnauthorizedAccessException => e.Message,
        _ => e.ToString(),
    };

    private static void Leave(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }

    private static EdgeStatus Status(Instant started, Instant? oldest, EdgeLog log, Documents documents, EdgeClock clock, EdgeCounts counts)
    {
        var (all, findings) = counts.All();
        return new(Version, started, clock.Offset, oldest, log.Bytes, documents.InForce, [.. log.Streams.Select(static s => new StreamStatus(s.Name, s.Last, s.Acknowledged))], all, findings);
    }
}
