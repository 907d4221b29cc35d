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
    private static string Version => typeof(EdgeProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    public static async Task<int> Run(EdgeConfig config)
    {
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Leave(c, stop)), interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Leave(c, stop));
        Directory.CreateDirectory(config.Data);
        var clock = new EdgeClock(TimeProvider.System, config.Data);
        var counts = new EdgeCounts(config.Data, what => Console.Error.WriteLine($"{clock.Now} {what}"));
        try
        {
            using EdgeLog log = EdgeLog.Open(new(Path.Combine(config.Data, "log"), config.MostLogBytes, config.KeepOneIn), dropped =>
            {
                counts.Add("thinned", dropped);
                counts.Found("The room for the log ran out: the oldest raw records were thinned, as the policy in the configuration says.");
            });
            if (log.TornBytes > 0) counts.Found($"{log.TornBytes} bytes at the end of the log were a write cut short; what they held was not acknowledged to its source.");
            using var link = new HubLink(config, TimeProvider.System);
            var model = new Model();
            var documents = new Documents(config, counts, model);
            Instant started = clock.Now;
            using var forwarder = new Forwarder(log, link, documents, new SentLog(config.Data, config.MostSentBytes, counts), clock, counts, oldest => Status(started, oldest, log, documents, clock, counts));
            var ear = new Ear(counts);
            var loop = new EdgeLoop(ear, log, documents, new Summaries(config.Data), new Alive(config.Data), new Judging(model, new ReadingStore(config.Data), counts) { Step = config.JudgeStep }, clock, counts, forwarder);
            forwarder.Restate = loop.Restate;
            counts.Add("rebirth start");
            Console.WriteLine($"{config.Edge} {Version}: {config.Inputs.Count} inputs, hub {config.Hub.Address}, contract {documents.ContractVersion}");
            var room = new InputRoom(ear, log, clock, counts, config.Edge);
            Task[] parts = [loop.Run(stop.Token), forwarder.Run(stop.Token), .. config.Inputs.Select(i => Input.Of(i, room).Run(stop.Token))];
            Task first = await Task.WhenAny(parts);
            await stop.CancelAsync();
            await first;
            await Task.WhenAll(parts);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            counts.Keep();
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"The edge cannot go on: {e.Message}");
            return 1;
        }
        return 0;
    }

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
