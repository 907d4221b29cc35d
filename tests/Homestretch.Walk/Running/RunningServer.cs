using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Homestretch.Server.Tests.Running;

namespace Homestretch.Walk.Running;

/// <summary>The product's own server as a process of its own, in demo mode, on free loopback ports and a data folder that outlives it: it can
/// be killed at any moment and started again on what it left.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly bool _ownsData;
    private readonly string[] _more;
    private Process? _process;
    private StreamWriter? _log;

    private RunningServer(string data, bool ownsData, int port, int mqttPort, string[] more)
    {
        (Data, _ownsData, Port, MqttPort, _more) = (data, ownsData, port, mqttPort, more);
    }

    /// <summary>The option with which a server looks for situations and remedies.</summary>
    public static readonly string[] Situations = ["--situations", "true"];

    public string Data { get; }
    public int Port { get; }
    public int MqttPort { get; }
    public string Address => $"http://127.0.0.1:{Port}";
    public string Token { get; private set; } = "";

    /// <summary>A client of the API, signed in as the demonstration's administrator.</summary>
    public HttpClient Api { get; private set; } = null!;

    /// <param name="more">Further options of the server's command line. Who wants situations says so (<see cref="Situations"/>): the search for remedies takes a core that other tests need.</param>
    public static async Task<RunningServer> Start(params string[] more)
    {
        var server = new RunningServer(Directory.CreateTempSubdirectory("homestretch-walk-").FullName, true, Ports.Free(), Ports.Free(), more);
        await server.Start();
        return server;
    }

    /// <summary>Starts the process and waits until it answers that it is ready.</summary>
    public async Task Start()
    {
        string token = Path.Combine(Data, "demo-token");
        File.Delete(token);
        _log = new StreamWriter(Path.Combine(Data, "server.log"), append: true) { AutoFlush = true };
        _process = Program.Start("Homestretch.Server", Path.Combine("Release", "net10.0", "linux-x64"), _log,
        [
            "--demo", "true", "--demo-at", RunningSimulator.Midweek, "--data", Data, "--mqtt-port", MqttPort.ToString(CultureInfo.InvariantCulture), "--urls", Address, "--situations", "false", .. _more,
        ]);
        using var http = new HttpClient { BaseAddress = new(Address), Timeout = TimeSpan.FromSeconds(5) };
        for (int i = 0; i < 600; i++)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended with code {_process.ExitCode}.\n{Tail()}");
            if (File.Exists(token) && await Ready(http))
            {
                Token = await File.ReadAllTextAsync(token);
                Api = new HttpClient { BaseAddress = new(Address), Timeout = TimeSpan.FromSeconds(60) };
                Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
                return;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException($"The server was not ready within a minute.\n{Tail()}");
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
        await _log!.DisposeAsync();
        Api.Dispose();
    }

    public string Tail() => string.Join('\n', File.ReadLines(Path.Combine(Data, "server.log")).TakeLast(25));

    public async ValueTask DisposeAsync()
    {
        await Kill();
        if (_ownsData) Directory.Delete(Data, true);
    }


    private static async Task<bool> Ready(HttpClient http)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync("/health");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
