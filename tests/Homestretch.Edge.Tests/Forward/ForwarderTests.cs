using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Homestretch.Edge.Contract;
using Homestretch.Edge.Forward;
using Homestretch.Edge.Judge;
using Homestretch.Exchange.Edges;
using Homestretch.Server.Tests.Running;
using NodaTime;
using Xunit;

namespace Homestretch.Edge.Tests.Forward;

/// <summary>The forwarder against a hub that answers as it is told.</summary>
public sealed class ForwarderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-forward-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What was written before the clock was put back is later than now: it was once taken for thinned away, and lost.</summary>
    [Fact]
    public async Task A_clock_that_is_put_back_loses_no_record()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var hub = new HttpListener();
        string address = $"http://127.0.0.1:{Ports.Free()}/";
        hub.Prefixes.Add(address);
        hub.Start();
        var heard = new ConcurrentQueue<long>();
        Task answering = Answer(hub, heard);

        EdgeConfig config = Configured(new Uri(address));
        var clock = new EdgeClock(TimeProvider.System, _folder);
        var counts = new EdgeCounts(_folder, static _ => { });
        using EdgeLog log = EdgeLog.Open(new(Path.Combine(_folder, "log"), 1 << 20, 10), static _ => { });
        string stream = LogStream.NameOf(RecordClass.Event, 0, log.Id);
        for (int n = 1; n <= 3; n++) Assert.True(log.Append([(stream, new(1, "M1", clock.Now, [new("State", double.NaN, n % 2 == 0 ? "idle" : "running")], RecordMarks.None))], [], clock.Now));
        using var link = new HubLink(config, TimeProvider.System);
        var documents = new Documents(config, counts, new Model());
        using var forwarder = new Forwarder(log, link, documents, new SentLog(_folder, 1 << 20, counts), clock, counts, new EdgePulse(TimeProvider.System, TimeSpan.FromMinutes(1), static _ => { }), _ => new("0", clock.Now, null, null, 0, documents.InForce, [], new Dictionary<string, long>(), []));
        Task running = forwarder.Run(stop.Token);
        for (int i = 0; i < 200 && heard.Count < 3; i++) await Task.Delay(50, stop.Token);
        await stop.CancelAsync();
        Assert.True(await Record.ExceptionAsync(() => running) is null or OperationCanceledException);      // it may have been between two sendings
        hub.Stop();
        await answering;
        Assert.True(clock.Offset < -60, $"The clock was not put back: {clock.Offset} s.");
        Assert.Equal([1, 2, 3], heard);
    }

    /// <summary>A hub whose clock is two minutes behind ours.</summary>
    private static async Task Answer(HttpListener hub, ConcurrentQueue<long> heard)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await hub.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (context.Request.Url!.AbsolutePath.EndsWith("/records", StringComparison.Ordinal))
                {
                    foreach (EdgeRecord record in Transmission.Read(body.ToArray(), out _)!.Records) heard.Enqueue(record.Sequence);
                }
                Instant now = SystemClock.Instance.GetCurrentInstant() - Duration.FromMinutes(2);
                context.Response.Close(new HubAnswer(now, heard.LastOrDefault(), false, 1, new Dictionary<DocumentKind, int>()).ToBytes(), willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // the test has seen enough
        }
    }

    private EdgeConfig Configured(Uri hub)
    {
        using ECDsa ours = ECDsa.Create(ECCurve.NamedCurves.nistP256), theirs = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var config = new EdgeConfig("SONGBE/edge-1", _folder, new(hub, "any", ours.ExportSubjectPublicKeyInfoPem(), "", TimeSpan.FromSeconds(5)), theirs.ExportSubjectPublicKeyInfoPem(), 1 << 20, 10, 1 << 20, 1, ReportRules.Default, []);
        var contract = new DataContract("SONGBE", "MERIDIAN", "ready dates of lots", Instant.FromUtc(2020, 1, 1, 0, 0), null, [new("M1", "State")]);
        Directory.CreateDirectory(Documents.Folder(config));
        File.WriteAllBytes(Documents.FileOf(Documents.Folder(config), DocumentKind.Contract, 1), new SignedDocument(DocumentKind.Contract, config.Edge, 1, contract.ToBytes(), []).Signed(Signer.Hub, ours).Signed(Signer.Supplier, theirs).ToBytes());
        return config;
    }
}
