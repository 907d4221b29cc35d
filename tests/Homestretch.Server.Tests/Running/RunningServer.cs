using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Homestretch.Exchange.Events;
using Homestretch.Server.Tests.Ingest;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Running;

/// <summary>A real server process on a folder of its own, on ports that were free.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private static int s_callers;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunningServer? _whose;

    private RunningServer(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        Folder = folder;
        MqttPort = Ports.Free();
        string[] all = ["--data", folder, "--situations", "false", "--mqtt-port", MqttPort.ToString(System.Globalization.CultureInfo.InvariantCulture), .. arguments]; // who wants situations says so: elsewhere journal entries are counted
        _process = new Process { StartInfo = new ProcessStartInfo(Program, all) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder } };
        foreach (var (name, value) in environment) _process.StartInfo.Environment[name] = value;
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ = _process.WaitForExitAsync().ContinueWith(_ => _address.TrySetException(new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Said}")), TaskScheduler.Default);
    }

    /// <summary>Another caller of a server.</summary>
    private RunningServer(RunningServer server)
    {
        (Folder, MqttPort, _process, _said, _whose) = (server.Folder, server.MqttPort, server._process, server._said, server);
        Http = Client(server.Http.BaseAddress!);
        Http.DefaultRequestHeaders.Authorization = server.Http.DefaultRequestHeaders.Authorization;
        int n = Interlocked.Increment(ref s_callers);
        Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.18.{n / 250}.{n % 250 + 1}");
    }

    public string Folder { get; }
    public int MqttPort { get; }
    public HttpClient Http { get; private set; } = null!;
    public string Said => string.Join('\n', _said);
    public Process Process => _process;

    /// <summary>The server's program beside the tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "Homestretch.Server");

    public static string FreshFolder() => Directory.CreateTempSubdirectory("homestretch-server-").FullName;

    /// <summary>A demonstration server whose client is the demonstration's administrator.</summary>
    public static Task<RunningServer> Demo(string? folder = null, params string[] more) => DemoWith(new Dictionary<string, string>(), folder, more);

    /// <param name="environment">Variables it gets beside the tests' own.</param>
    public static async Task<RunningServer> DemoWith(IReadOnlyDictionary<string, string> environment, string? folder = null, params string[] more)
    {
        RunningServer server = await Start(environment, folder, ["--demo", "true", "--urls", "http://127.0.0.1:0", .. more]);
        server.As(await File.ReadAllTextAsync(Path.Combine(server.Folder, "demo-token")));
        return server;
    }

    /// <summary>A server with these arguments, ready.</summary>
    public static Task<RunningServer> Start(string? folder, params string[] arguments) => Start(new Dictionary<string, string>(), folder, arguments);

    private static async Task<RunningServer> Start(IReadOnlyDictionary<string, string> environment, string? folder, string[] arguments)
    {
        var server = new RunningServer(folder ?? FreshFolder(), arguments, environment);
        server.Http = server.Client(new Uri(await server._address.Task.WaitAsync(s_patience)));
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            using HttpResponseMessage health = await server.Http.GetAsync("/health");
            if (health.StatusCode == HttpStatusCode.OK) return server;
            if (Stopwatch.GetElapsedTime(began) > s_patience || server._process.HasExited) throw new InvalidOperationException($"The server is not ready:\n{server.Said}");
            await Task.Delay(50);
        }
    }

    /// <summary>Another caller of the same process, with the rights that this one has; behind a proxy it comes from an address of its own. Disposing it leaves the server as it is.</summary>
    public RunningServer Caller() => new(this);

    private HttpClient Client(Uri address) => new(new Telling(this, new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, ServerCertificateCustomValidationCallback = static (_, _, _, _) => true })) { BaseAddress = address, Timeout = s_patience };

    /// <summary>A server that refuses to start: its exit code and what it said.</summary>
    public static async Task<(int Code, string Said)> Refused(params string[] arguments)
    {
        string folder = FreshFolder();
        (int, string) answer = await Command(["--data", folder, .. arguments]);
        Directory.Delete(folder, recursive: true);
        return answer;
    }

    /// <summary>The server's program run to its end.</summary>
    public static async Task<(int Code, string Said)> Command(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new InvalidOperationException($"{string.Join(' ', arguments)} did not end:\n{await output}{await error}");
        }
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Calls as the account of a token from now on.</summary>
    public void As(string token) => Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    /// <summary>Loads the demonstration company as of now, with the machine at work on the lot that most kits wait for as the one machine of a plant, running: when it stops, promises move.</summary>
    /// <returns>The machine.</returns>
    public async Task<string> Busiest(Plant plant)
    {
        await Tell(DemoFolder.Now);
        IRecord[] records = [.. DemoFolder.Now.OfType<WorldEvent.Put>().Select(static e => e.Record)];
        var kits = records.OfType<Peg>().CountBy(static p => p.Supply).ToDictionary();
        ProductionRun run = records.OfType<ProductionRun>().Where(static r => r.Status == OrderStatus.Confirmed).MaxBy(r => kits.GetValueOrDefault($"lot:{r.Lot}"))!;
        Machine machine = records.OfType<Machine>().Single(m => m.Id == run.Machine.Value);
        await Tell(new WorldEvent.Put(machine with { Device = "SONGBE/edge-1/M1" }));
        await plant.Connect(MqttPort);
        plant.Devices[0].Is(MachineState.Running);
        await plant.Bear();
        return machine.Id;
    }

    /// <summary>Loads the demonstration company.</summary>
    public Task Load() => Tell([.. DemoFolder.Events]);

    public async Task Tell(params WorldEvent[] events)
    {
        using HttpResponseMessage answer = await Http.PostAsync("/api/v1/changes", Json(Encoding.UTF8.GetString(EventText.Write(events))));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task Tell(IEnumerable<IRecord> records) => Tell([.. records.Select(static r => new WorldEvent.Put(r))]);

    /// <summary>The sum of a metric's series; 0 when there is none yet.</summary>
    public async Task<double> Metric(string name) => (await Http.GetStringAsync("/metrics")).Split('\n').Where(l => l.StartsWith(name + "{", StringComparison.Ordinal) || l.StartsWith(name + " ", StringComparison.Ordinal))
        .Sum(l => double.Parse(l[(l.Contains('}', StringComparison.Ordinal) ? l.LastIndexOf('}') + 1 : name.Length)..].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Asks until the answer is as wanted; the last answer when it never is.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> ask, Func<T, bool> wanted)
    {
        for (long began = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
        {
            T answer = await ask();
            if (wanted(answer) || Stopwatch.GetElapsedTime(began) > s_patience) return answer;
        }
    }

    public async Task<JsonElement> Get(string path) => JsonElement.Parse(await Http.GetStringAsync(path));

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>A line the server says, waited for.</summary>
    public async Task<Match> Hears(Regex pattern)
    {
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < s_patience; await Task.Delay(20))
        {
            if (pattern.Match(Said) is { Success: true } match) return match;
        }
        throw new InvalidOperationException($"The server never said {pattern}:\n{Said}");
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>A clean stop; the folder stays.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Stop()
    {
        if (!_process.HasExited) using (var term = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await term.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_whose is not null)
        {
            Http.Dispose();
            return;
        }
        if (!_process.HasExited) await Kill();
        Http?.Dispose();
        _process.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        _said.Enqueue(line.Data);
        if (Listening().Match(line.Data) is { Success: true } match) _address.TrySetResult(match.Groups[1].Value);
    }

    /// <summary>Where the server fails, what it said goes with the test's own words.</summary>
    private sealed class Telling(RunningServer server, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.InternalServerError) TestContext.Current.TestOutputHelper?.WriteLine(server.Said);
            return answer;
        }
    }

    [GeneratedRegex(@"Now listening on: (https?://\S+)")]
    private static partial Regex Listening();
}
