using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Homestretch.Exchange.Events;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Ingest;

/// <summary>The server as a process of its own, which can be killed and started again on the same folder.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly string[] _more;
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;

    public RunningServer(params string[] more) => _more = more;

    public string Folder { get; } = Directory.CreateTempSubdirectory("homestretch-server-").FullName;
    public int WebPort { get; } = FreePort();
    public int MqttPort { get; } = FreePort();

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task Start()
    {
        File.Delete(Path.Combine(Folder, "demo-token"));
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Homestretch.Server.dll"), "--demo", "true", "--data", Folder,
            "--mqtt-port", $"{MqttPort}", "--urls", $"http://127.0.0.1:{WebPort}", .. _more]) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        while (true)
        {
            Assert.False(_process.HasExited, "The server ended:\n" + string.Join('\n', _said));
            try
            {
                using HttpResponseMessage health = await _http.GetAsync($"http://127.0.0.1:{WebPort}/health", Stop);
                if (health.IsSuccessStatusCode && File.Exists(Path.Combine(Folder, "demo-token"))) break;
            }
            catch (HttpRequestException)
            {
                // not there yet
            }
            await Task.Delay(100, Stop);
        }
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(Folder, "demo-token"), Stop));
    }

    /// <summary>SIGKILL: no goodbye.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(Stop);
        _process.Dispose();
        _process = null;
    }

    public async Task Tell(params IRecord[] records)
    {
        using var body = new ByteArrayContent(EventText.Write([.. records.Select(static r => new WorldEvent.Put(r))]));
        using HttpResponseMessage answer = await _http.PostAsync($"http://127.0.0.1:{WebPort}/api/v1/changes", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    public async Task<JsonElement> Get(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync($"http://127.0.0.1:{WebPort}{path}", Stop);
        string text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The sum of a metric's series; 0 when there is none yet.</summary>
    public async Task<double> Metric(string name) => (await Text("/metrics")).Split('\n').Where(l => l.StartsWith(name + "{", StringComparison.Ordinal) || l.StartsWith(name + " ", StringComparison.Ordinal))
        .Sum(static l => double.Parse(l[(l.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    public async Task<string> Text(string path) => await _http.GetStringAsync($"http://127.0.0.1:{WebPort}{path}", Stop);

    /// <summary>Asks until the answer is as wanted; the last answer when it never is.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> ask, Func<T, bool> wanted)
    {
        for (int tries = 0; ; tries++)
        {
            T answer = await ask();
            if (wanted(answer) || tries == 300) return answer;
            await Task.Delay(100, Stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await Kill();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
