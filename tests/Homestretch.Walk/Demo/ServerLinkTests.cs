using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Exchange.Csv;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Demo;

/// <summary>The simulator's side of the public API, against a server that keeps to its contract and fails when told to.</summary>
public sealed class ServerLinkTests : IDisposable
{
    private static readonly Instant s_start = Instant.FromUtc(2026, 11, 24, 9, 0);
    private readonly ScriptedServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task An_empty_server_is_given_the_company_and_hears_what_happens_next()
    {
        await Run();
        var (world, findings) = CompanyFolder.Read(CompanyFolder.Write(_server.World));
        Assert.Empty(findings);
        Assert.True(world!.OrderLines.Count >= 350);
        Assert.True(_server.Keys.Count >= 4);
    }

    [Fact]
    public async Task A_batch_that_was_not_answered_is_told_again_under_the_same_key()
    {
        using ServerLink link = Link();
        link.Tell([new WorldEvent.Put(DemoCompany.Make(s_start, 8).First())]);
        _server.Failing = true;
        Assert.False(await link.Send(TestContext.Current.CancellationToken));
        _server.Failing = false;
        Assert.True(await link.Send(TestContext.Current.CancellationToken));
        Assert.Equal(2, _server.Keys.Count);
        Assert.Single(_server.Keys.Distinct());
    }

    [Fact]
    public async Task A_simulator_started_again_goes_on_from_the_servers_world()
    {
        _server.World = Snapshot.Of(DemoCompany.Make(s_start, 8));
        using ServerLink link = Link();
        Snapshot? read = await link.World(TestContext.Current.CancellationToken);
        Assert.Equal(_server.World.Lots, read!.Lots);
        Assert.Equal(_server.World.Milestones, read.Milestones);
    }

    private ServerLink Link() => new(_server.Address, "token", null, null, "test", static _ => { });

    private async Task Run()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var controls = new Controls();
        var options = new SimulatorOptions(_server.Address, null, "token", null, null, s_start, 8, 36000, TimeSpan.FromMilliseconds(200));
        Task running = new Simulator(options, controls, TimeProvider.System, static _ => { }).Run(stop.Token);
        for (int i = 0; i < 800 && _server.Keys.Count < 4; i++) await Task.Delay(25, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>GET tables and POST changes, kept in memory.</summary>
    private sealed class ScriptedServer : IDisposable
    {
        private readonly HttpListener _listener = new();

        public ScriptedServer()
        {
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            }
            _listener.Prefixes.Add(Address.ToString());
            _listener.Start();
            _ = Task.Run(Serve);
        }

        public Uri Address { get; }
        public Snapshot World { get; set; } = Snapshot.Empty;
        public ConcurrentQueue<string> Keys { get; } = new();
        public bool Failing { get; set; }

        public void Dispose() => _listener.Abort();

        private async Task Serve()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                byte[] answer = Answer(context);
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
        }

        private byte[] Answer(HttpListenerContext context)
        {
            string path = context.Request.Url!.AbsolutePath;
            if (context.Request.Headers["Authorization"] != "Bearer token") return Say(context, 401);
            if (path.StartsWith("/api/v1/tables/", StringComparison.Ordinal))
                return TableKind.Named(Path.GetFileNameWithoutExtension(path)) is { } kind ? CompanyFolder.WriteTable(kind, World.Records(kind)) : Say(context, 404);
            if (path != "/api/v1/changes") return Say(context, 404);
            Keys.Enqueue(context.Request.Headers["Idempotency-Key"]!);
            if (Failing) return Say(context, 503);
            using JsonDocument json = JsonDocument.Parse(context.Request.InputStream);
            var findings = new List<Finding>();
            Applied applied = World.Apply([.. json.RootElement.GetProperty("events").EnumerateArray().Select(e => Event(e, findings))]);
            World = applied.World;
            return applied.Accepted && findings.Count == 0 ? Say(context, 200) : Say(context, 422, string.Join("\n", findings.Concat(applied.Findings)));
        }

        private static WorldEvent Event(JsonElement e, List<Finding> findings)
        {
            if (e.TryGetProperty("remove", out JsonElement removed)) return new WorldEvent.Removed(TableKind.Named(removed.GetString()!)!, e.GetProperty("key").GetString()!, e.GetProperty("reason").GetString()!);
            TableKind kind = TableKind.Named(e.GetProperty("put").GetString()!)!;
            JsonProperty[] cells = [.. e.GetProperty("row").EnumerateObject()];
            var row = new Row(new Place("test"), cells.Select(static (c, i) => (c.Name, i)).ToDictionary(static c => c.Name, static c => c.i), [.. cells.Select(static c => c.Value.GetString()!)]);
            return new WorldEvent.Put(kind.Read(row, findings)!);
        }

        private static byte[] Say(HttpListenerContext context, int status, string text = "")
        {
            context.Response.StatusCode = status;
            return Encoding.UTF8.GetBytes(text);
        }
    }
}
