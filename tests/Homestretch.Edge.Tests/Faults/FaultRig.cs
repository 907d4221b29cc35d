using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homestretch.Edge.Tests.Running;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Tests.Running;
using Homestretch.World;

namespace Homestretch.Edge.Tests.Faults;

/// <summary>What was counted on both ends.</summary>
/// <param name="Told">Values given to the edge.</param>
/// <param name="Kept">Values in the hub's log.</param>
/// <param name="Misplaced">Values that came in another order than told, stream by stream.</param>
/// <param name="Repeated">Records that were sent again and dropped by the hub.</param>
internal sealed record Counted(int Seed, double Seconds, int Faults, int Told, int Kept, int Lost, int Doubled, int Misplaced, long Repeated, int ConnectionsEnded)
{
    public bool IsWhole => Lost == 0 && Doubled == 0 && Misplaced == 0 && Told == Kept;
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {Seed}: {Faults} faults in {Seconds:0} s, {ConnectionsEnded} connections ended; told {Told}, kept {Kept}, lost {Lost}, doubled {Doubled}, out of order {Misplaced}; {Repeated} records were sent again");
}

/// <summary>Plays faults of the road and deaths of both ends, drawn from a seed, while machines go on talking by CSV and HTTP; then counts every value on both ends.</summary>
internal sealed class FaultRig(int seed, IReadOnlyList<(Fault Fault, double Seconds)> script, Action<string> say)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly string[] s_fields = ["M1 Produced", "M1 Vibration", "M2 Produced", "M2 Vibration"];
    private readonly Dictionary<string, List<double>> _told = new(StringComparer.Ordinal);
    private readonly int _port = Ports.Free(), _in = Ports.Free();

    /// <summary>The long form: <c>fault-rig [seed,seed,...] [faults] [fault,fault,...]</c>; the third says among which faults are drawn.</summary>
    public static async Task<int> Run(string[] args)
    {
        int[] seeds = args.Length > 0 ? [.. args[0].Split(',').Select(static s => int.Parse(s, CultureInfo.InvariantCulture))] : [1, 2, 3];
        int faults = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60;
        Fault[] among = args.Length > 2 ? [.. args[2].Split(',').Select(static f => Enum.Parse<Fault>(f))] : [.. Enum.GetValues<Fault>().Where(static f => f != Fault.None)];
        bool whole = true;
        foreach (int seed in seeds)
        {
            Counted counted = await new FaultRig(seed, Script(seed, faults, among), static line => Console.Error.WriteLine(line)).Play();
            Console.WriteLine(counted);
            whole &= counted.IsWhole;
        }
        return whole ? 0 : 1;
    }

    /// <summary>Faults drawn from a seed, each of half a second to three.</summary>
    public static IReadOnlyList<(Fault, double)> Script(int seed, int faults, IReadOnlyList<Fault> among)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, faults).Select(_ => (among[random.Next(among.Count)], 0.5 + 2.5 * random.NextDouble()))];
    }

    public async Task<Counted> Play()
    {
        string folder = RunningServer.FreshFolder();
        long began = Stopwatch.GetTimestamp();
        string[] start = ["--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}")];
        RunningServer server = await RealStart.Begin(folder, start);
        try
        {
            await server.Tell(new WorldEvent.Put(new Machine("M2", "SONGBE", "PL-SONGBE", "Press", "", 60, 900, 8, 24)));
            string token = server.Http.DefaultRequestHeaders.Authorization!.Parameter!;
            await using var proxy = new FaultProxy(_port);
            await using RunningEdge edge = await RunningEdge.SetUp(server, Inputs(), hub: string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{proxy.Port}"), patience: 2);
            edge.Start();
            await edge.Agree(server, string.Join('\n', s_fields));
            using var talk = new CancellationTokenSource();
            Task[] talking = [Write(Path.Combine(edge.Folder, "cell.csv"), talk.Token), Post(edge, talk.Token)];
            foreach (var (fault, seconds) in script)
            {
                say($"{Stopwatch.GetElapsedTime(began).TotalSeconds,6:0.0} s {fault} for {seconds:0.0} s");
                if (fault == Fault.KillEdge)
                {
                    await edge.Kill();
                    await Task.Delay(TimeSpan.FromSeconds(seconds / 2));
                    edge.Start();
                }
                else if (fault == Fault.KillHub)
                {
                    await server.Kill();
                    Gather(folder);
                    server.Http.Dispose();
                    server.Process.Dispose();
                    await Task.Delay(TimeSpan.FromSeconds(seconds / 2));
                    server = await RunningServer.Start(folder, start);
                    server.As(token);
                }
                else
                {
                    proxy.Set(fault);
                    await Task.Delay(TimeSpan.FromSeconds(seconds));
                    proxy.Set(Fault.None);
                }
                await Task.Delay(TimeSpan.FromSeconds(0.7));
                if (edge.Process.HasExited) throw new InvalidOperationException($"Seed {seed}, after {fault}: {await edge.State()}");
                if (talking.FirstOrDefault(static t => t.IsFaulted) is { } failed) await failed;
            }
            await talk.CancelAsync();
            await Task.WhenAll(talking);
            await Drained(server, edge);
            long repeated = (await Row(server)).GetProperty("repeated").GetInt64();
            double took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await edge.Stop();
            await server.Stop();
            Gather(folder);
            return Count(folder, took, repeated, proxy.Ended);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<JsonElement> Row(RunningServer server) => (await server.Get("/api/v1/edges/SONGBE/edge-1")).GetProperty("row");

    /// <summary>Waits until the edge has said twice since now that nothing waits there, and nothing more has come between.</summary>
    private static async Task Drained(RunningServer server, RunningEdge edge)
    {
        var heard = new List<(string Contact, string Records)>();
        string first = (await Row(server)).GetProperty("last_contact").GetString()!;
        for (long began = Stopwatch.GetTimestamp(); heard.Count < 3; await Task.Delay(300))
        {
            JsonElement row = await Row(server);
            var now = (row.GetProperty("last_contact").GetString()!, row.GetProperty("records").GetRawText());
            if (row.GetProperty("backlog").GetInt64() > 0 || heard.Count > 0 && heard[^1].Records != now.Item2) heard.Clear();
            if (row.GetProperty("backlog").GetInt64() == 0 && now.Item1 != first && (heard.Count == 0 || heard[^1].Contact != now.Item1)) heard.Add(now);
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(2)) throw new InvalidOperationException($"The edge does not drain: {row}\n{await edge.State()}");
        }
    }

    /// <summary>Puts the segments of the hub's log aside: half a minute after a start those of before become history, which does not tell in which order they came.</summary>
    private static void Gather(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "gathered", "log"));
        foreach (string segment in Directory.GetFiles(Path.Combine(folder, "telemetry", "log"), "*.log")) File.Copy(segment, Path.Combine(folder, "gathered", "log", Path.GetFileName(segment)), overwrite: true);
    }

    private Counted Count(string folder, double seconds, long repeated, int ended)
    {
        var kept = _told.ToDictionary(static t => t.Key, static _ => new List<double>(), StringComparer.Ordinal);
        using (TelemetryLog log = TelemetryLog.Open(new(Path.Combine(folder, "gathered")), TimeProvider.System))
        {
            foreach (TelemetrySample s in log.After(null).SelectMany(static b => b.Samples))
            {
                if (kept.TryGetValue($"{s.Machine} {s.Metric}", out List<double>? values)) values.Add(s.Value);
            }
        }
        int lost = 0, doubled = 0, misplaced = 0;
        foreach (var (stream, told) in _told)
        {
            List<double> has = kept[stream];
            double[] missing = [.. told.Except(has)];
            if (missing.Length > 0) say($"{stream}: {missing.Length} of {told.Count} are missing, from {missing[0]} to {missing[^1]}; the last told is {told[^1]}, the last kept {(has.Count > 0 ? has[^1] : 0)}");
            lost += missing.Length;
            doubled += has.Count - has.Distinct().Count();
            misplaced += has.Zip(has.Skip(1)).Count(static p => p.Second <= p.First);
        }
        return new(seed, seconds, script.Count, _told.Values.Sum(static t => t.Count), kept.Values.Sum(static k => k.Count), lost, doubled, misplaced, repeated, ended);
    }

    private string Inputs() => string.Create(CultureInfo.InvariantCulture, $$$"""
        [
          {"name":"cell","kind":"csv","path":"cell.csv","machine":"M1","time_column":"time","values":{"Produced":"produced","Vibration":"vibration"}},
          {"name":"press","kind":"http","listen":"http://127.0.0.1:{{{_in}}}/","machine_at":"/machine","sequence_at":"/n","values":{"Produced":"/produced","Vibration":"/vibration"}}
        ]
        """);

    private void Tell(string machine, int n)
    {
        foreach (var (metric, value) in ((string, double)[])[("Produced", n), ("Vibration", n / 1000.0)])
        {
            lock (_told)
            {
                if (!_told.TryGetValue($"{machine} {metric}", out List<double>? values)) _told[$"{machine} {metric}"] = values = [];
                values.Add(value);
            }
        }
    }

    private async Task Write(string file, CancellationToken stop)
    {
        await File.WriteAllTextAsync(file, "time,produced,vibration\n", CancellationToken.None);
        for (int n = 1; !stop.IsCancellationRequested; n++)
        {
            await File.AppendAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()},{n},{n / 1000.0}\n"), CancellationToken.None);
            Tell("M1", n);
            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>A sender that sends each message until it is told that it is kept; when that takes longer than any fault does, the edge takes nothing in.</summary>
    private async Task Post(RunningEdge edge, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (int n = 1; !stop.IsCancellationRequested; n++)
        {
            string message = string.Create(CultureInfo.InvariantCulture, $$"""{"machine":"M2","n":{{n}},"produced":{{n}},"vibration":{{n / 1000.0}}}""");
            long began = Stopwatch.GetTimestamp();
            for (bool kept = false; !kept;)
            {
                if (Stopwatch.GetElapsedTime(began) > s_patience) throw new InvalidOperationException($"Seed {seed}: message {n} was not taken in for {s_patience.TotalSeconds} s. {await edge.State()}");
                try
                {
                    using HttpResponseMessage answer = await http.PostAsync($"http://127.0.0.1:{_in}/", new StringContent(message, Encoding.UTF8, "application/json"), CancellationToken.None);
                    kept = answer.IsSuccessStatusCode;
                }
                catch (Exception e) when (e is HttpRequestException or IOException or SocketException or TaskCanceledException)
                {
                    await Task.Delay(50, CancellationToken.None);
                }
            }
            Tell("M2", n);
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
