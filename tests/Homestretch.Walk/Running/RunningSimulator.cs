using System.Diagnostics;
using System.Globalization;
using System.Text;
using Homestretch.Server.Tests.Running;

namespace Homestretch.Walk.Running;

/// <summary>The demonstration's simulator as a process of its own: it gives an empty server its company and plays it forward.</summary>
internal sealed class RunningSimulator : IAsyncDisposable
{
    /// <summary>A Wednesday on which plants in Asia, Europe and America all work within a day: what is at risk for what reason must not follow from the day on which tests run.</summary>
    internal const string Midweek = "2026-11-25T13:00:00Z";

    private readonly Process _process;
    private readonly StringWriter _log = new();
    private readonly HttpClient _control;

    private RunningSimulator(RunningServer server, int control, double speed, string? at)
    {
        _process = Program.Start("Homestretch.Cli", Path.Combine("Release", "net10.0"), _log,
        [
            "demo", "--server", server.Address, "--mqtt", $"127.0.0.1:{server.MqttPort.ToString(CultureInfo.InvariantCulture)}", "--token", server.Token,
            "--speed", speed.ToString(CultureInfo.InvariantCulture), "--control", control.ToString(CultureInfo.InvariantCulture),
            "--edges", Path.Combine(server.Data, "edges"), .. at is null ? (string[])[] : ["--at", at],
        ]);
        _control = new() { BaseAddress = new($"http://127.0.0.1:{control}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Starts it with a new company on an empty server, and waits until it plays.</summary>
    public static Task<RunningSimulator> Start(RunningServer server, double speed = 60) => Start(server, speed, Midweek);

    /// <summary>Starts it as './run tour' does: a coolant pump in Binh Duong has sixteen hours left.</summary>
    public static async Task<RunningSimulator> Tour(RunningServer server)
    {
        string edges = Directory.CreateDirectory(Path.Combine(server.Data, "edges")).FullName;
        await File.WriteAllTextAsync(Path.Combine(edges, "hour-meters.csv"), "machine,hours,renewed\nWELD-01,200,no\n");
        return await Start(server, 20, Midweek);
    }

    /// <summary>Starts it on what an earlier one left with this server.</summary>
    public static Task<RunningSimulator> GoOn(RunningServer server, double speed = 60) => Start(server, speed, null);

    private static async Task<RunningSimulator> Start(RunningServer server, double speed, string? at)
    {
        var simulator = new RunningSimulator(server, Ports.Free(), speed, at);
        for (int i = 0; i < 300; i++)
        {
            if (simulator._process.HasExited) throw new InvalidOperationException($"The simulator ended.\n{simulator.Said}");
            try
            {
                if ((await simulator._control.GetStringAsync("/status")).Contains("open order lines", StringComparison.Ordinal)) return simulator;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
            await Task.Delay(200);
        }
        throw new TimeoutException($"The simulator did not play within a minute.\n{simulator.Said}");
    }

    public string Said
    {
        get { lock (_log) return _log.ToString(); }
    }

    /// <summary>Gives one order, such as 'down WELD-01', and returns the answer.</summary>
    public async Task<string> Say(string order)
    {
        using HttpResponseMessage answer = await _control.PostAsync("/control", new StringContent(order, Encoding.UTF8, "text/plain"));
        return (await answer.Content.ReadAsStringAsync()).Trim();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _control.Dispose();
    }
}
