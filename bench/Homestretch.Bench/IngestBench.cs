using System.Diagnostics;
using System.Globalization;
using Homestretch.Bench.Running;
using Homestretch.World;

namespace Homestretch.Bench;

/// <summary>Telemetry from many gateways over real MQTT into the running server with everything on: log on disk, twins, planner, screens' notes. Counted end
/// to end: what was sent, what the session accepted by sequence number, what lies on disk.</summary>
internal static class IngestBench
{
    private const string Sent = "homestretch_sparkplug_metrics_total", Kept = "homestretch_telemetry_samples_kept_total";
    private static readonly string[] s_bad = ["refused", "rebirths", "dropped", "not_finite", "unknown_device", "repeated", "out_of_order"];

    public static async Task<int> Run(string[] args)
    {
        var (rate, seconds, gateways, machines, metrics) = (Of(args, "--rate", 100_000), Of(args, "--seconds", 60), Of(args, "--gateways", 50), Of(args, "--machines", 4), Of(args, "--batch", 20));
        Snapshot company = ServerRun.DemoCompany();
        await using ServerRun server = await ServerRun.Start();
        await server.Tell(TableKind.All.SelectMany(company.Records));
        await server.Tell(Suppliers(gateways, machines));
        LoadGateway[] load = [.. Gateways(company, metrics, 60), .. Enumerable.Range(0, gateways).Select(g => new LoadGateway($"LOAD{g}", "edge", Enumerable.Range(0, machines).Select(m => ($"M{m}", "")), metrics, 60, g))];
        foreach (LoadGateway gateway in load) await gateway.Connect(server.MqttPort);
        using var stop = new CancellationTokenSource();
        var watching = new Watching(server);
        Task watch = watching.Run(stop.Token);
        Dictionary<string, double> before = await Settled(server);
        Console.WriteLine($"{load.Length} gateways, {company.OrderLines.Count} order lines, {metrics} values and more a message, goal {rate:N0} metrics/s for {seconds} s");
        await Task.WhenAll(load.Select(g => g.Run((double)rate / metrics / load.Length, TimeSpan.FromSeconds(3))));
        Dictionary<string, double> warm = await Settled(server);
        long entries = await server.Sequence();
        long had = load.Sum(static g => g.Metrics);
        foreach (LoadGateway gateway in load) gateway.Reset();

        TimeSpan busy = server.Busy, own = Process.GetCurrentProcess().TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(load.Select(g => g.Run((double)rate / metrics / load.Length, TimeSpan.FromSeconds(seconds))));
        TimeSpan sending = Stopwatch.GetElapsedTime(began);
        TimeSpan serverBusy = server.Busy - busy, ownBusy = Process.GetCurrentProcess().TotalProcessorTime - own;
        long sent = load.Sum(static g => g.Metrics), messages = load.Sum(static g => g.Messages);
        Dictionary<string, double> after = await Settled(server);
        await stop.CancelAsync();
        await watch;
        entries = await server.Sequence() - entries;
        double accepted = Delta(warm, after, Sent), kept = Delta(warm, after, Kept);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            sent        {sent,12:N0} metrics in {messages:N0} messages in {sending.TotalSeconds:0.0} s: {sent / sending.TotalSeconds:N0} metrics/s
            accepted    {accepted,12:N0} by sequence number
            on disk     {kept,12:N0} samples{(kept == sent && accepted == sent ? ": all" : $": {sent - kept:N0} MISSING")}
            server      {serverBusy.TotalSeconds / sending.TotalSeconds,12:0.00} cores, {serverBusy.TotalMicroseconds / sent:0.00} µs a metric; gateways {ownBusy.TotalSeconds / sending.TotalSeconds:0.00} cores; working set {server.WorkingSet >> 20} MB
            waiting     {watching.Waiting,12:N0} messages at most, oldest {watching.Lag * 1000:0} ms; journal entries {entries:N0}, notes heard {watching.Notes:N0}, page asked {watching.Asked:N0} times
            """));
        foreach (var (name, value) in after.Where(m => s_bad.Any(b => m.Key.Contains(b, StringComparison.Ordinal)) && Delta(before, after, m.Key) > 0)) Console.WriteLine($"  {name} {Delta(before, after, name):N0}");
        foreach (LoadGateway gateway in load) gateway.Dispose();
        return kept == sent && accepted == sent && had > 0 ? 0 : 1;
    }

    /// <summary>The demonstration company's own machines, which work on lots that orders wait for.</summary>
    internal static IEnumerable<LoadGateway> Gateways(Snapshot company, int metrics, double stateEverySeconds) => company.Machines.Where(static m => m.Device.Length > 0)
        .GroupBy(static m => m.Device[..m.Device.LastIndexOf('/')], StringComparer.Ordinal).Select(g => new LoadGateway(g.Key.Split('/')[0], g.Key.Split('/')[1],
            g.Select(m => (m.Device.Split('/')[2], company.ProductionRuns.FirstOrDefault(r => r.Machine == m.Key && r.Status == OrderStatus.Confirmed)?.Lot.Value ?? "")), metrics, stateEverySeconds, 1));

    internal static IEnumerable<IRecord> Suppliers(int gateways, int machines)
    {
        for (int g = 0; g < gateways; g++)
        {
            yield return new Party($"LOAD{g}", $"Supplier {g}", PartyKind.Supplier, "VN");
            yield return new Site($"PL-LOAD{g}", $"LOAD{g}", $"Plant {g}", SiteKind.Plant, "", "VN", "Asia/Ho_Chi_Minh", null, null);
            for (int m = 0; m < machines; m++) yield return new Machine($"LOAD{g}-M{m}", $"LOAD{g}", $"PL-LOAD{g}", $"Machine {m}", $"LOAD{g}/edge/M{m}", 60, 900, 8, 24);
        }
    }

    /// <summary>The metrics once all that was sent has been looked at and is on disk.</summary>
    private static async Task<Dictionary<string, double>> Settled(ServerRun server)
    {
        Dictionary<string, double> last = await server.Metrics();
        while (true)
        {
            await Task.Delay(1500);
            Dictionary<string, double> now = await server.Metrics();
            if (now.GetValueOrDefault(Sent) == last.GetValueOrDefault(Sent) && now.GetValueOrDefault(Kept) == last.GetValueOrDefault(Kept) && now.GetValueOrDefault("homestretch_ingest_waiting") == 0) return now;
            last = now;
        }
    }

    private static double Delta(Dictionary<string, double> before, Dictionary<string, double> after, string name) => after.GetValueOrDefault(name) - before.GetValueOrDefault(name);

    private static int Of(string[] args, string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var i ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : otherwise;

    /// <summary>What people do meanwhile: a client hears the live notes and asks for the first screen once a second; and the server's own gauges are read.</summary>
    private sealed class Watching(ServerRun server)
    {
        public double Waiting { get; private set; }
        public double Lag { get; private set; }
        public int Notes { get; private set; }
        public int Asked { get; private set; }

        public Task Run(CancellationToken stop) => Task.WhenAll(Hear(stop), Ask(stop));

        private async Task Hear(CancellationToken stop)
        {
            try
            {
                using var reader = new StreamReader(await server.Api.GetStreamAsync("/api/v1/live", stop));
                while (await reader.ReadLineAsync(stop) is { } line) if (line.StartsWith("data:", StringComparison.Ordinal)) Notes++;
            }
            catch (OperationCanceledException)
            {
                // the bench is over
            }
        }

        private async Task Ask(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                await server.Api.GetStringAsync("/api/v1/today", CancellationToken.None);
                Dictionary<string, double> metrics = await server.Metrics();
                Waiting = Math.Max(Waiting, metrics.GetValueOrDefault("homestretch_ingest_waiting"));
                Lag = Math.Max(Lag, metrics.GetValueOrDefault("homestretch_ingest_lag_seconds"));
                Asked++;
                await Task.Delay(1000, CancellationToken.None);
            }
        }
    }
}
