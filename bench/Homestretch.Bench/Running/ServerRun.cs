using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Homestretch.Exchange.Events;
using Homestretch.World;

namespace Homestretch.Bench.Running;

/// <summary>The product's server as a process of its own, as a user's machine runs it, on free loopback ports and a fresh folder.</summary>
internal sealed class ServerRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;

    private ServerRun()
    {
        Folder = Directory.CreateTempSubdirectory("homestretch-bench-").FullName;
        (Port, MqttPort) = (FreePort(), FreePort());
        _log = new StreamWriter(Path.Combine(Folder, "server.log")) { AutoFlush = true };
        _process = Start("Homestretch.Server", ["--demo", "true", "--data", Folder, "--mqtt-port", $"{MqttPort}", "--urls", Address], _log);
    }

    public string Folder { get; }
    public int Port { get; }
    public int MqttPort { get; }
    public int ProcessId => _process.Id;
    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>A client of the API, signed in as the demonstration's administrator.</summary>
    public HttpClient Api { get; } = new() { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Time on a processor since the start.</summary>
    public TimeSpan Busy
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<ServerRun> Start()
    {
        var server = new ServerRun();
        server.Api.BaseAddress = new(server.Address);
        string token = Path.Combine(server.Folder, "demo-token");
        for (int i = 0; i < 600; i++)
        {
            if (server._process.HasExited) throw new InvalidOperationException($"The server ended:\n{File.ReadAllText(Path.Combine(server.Folder, "server.log"))}");
            if (File.Exists(token) && await server.Ready())
            {
                server.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(token));
                return server;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("The server was not ready within a minute.");
    }

    /// <summary>A world as the demonstration's command line writes it.</summary>
    public static Snapshot DemoCompany()
    {
        string folder = Directory.CreateTempSubdirectory("homestretch-company-").FullName;
        using var said = new StringWriter();
        using (Process cli = Start("Homestretch.Cli", ["demo", "company", "--out", folder], said)) cli.WaitForExit();
        var (world, findings) = Exchange.Csv.CompanyFolder.Read(Directory.EnumerateFiles(folder).Select(static f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllBytes(f))));
        Directory.Delete(folder, recursive: true);
        return world ?? throw new InvalidOperationException($"{findings[0]}\n{said}");
    }

    public async Task Tell(IEnumerable<IRecord> records)
    {
        using var body = new ByteArrayContent(EventText.Write([.. records.Select(static r => new WorldEvent.Put(r))]));
        using HttpResponseMessage answer = await Api.PostAsync("/api/v1/changes", body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The last journal entry.</summary>
    public async Task<long> Sequence() => JsonDocument.Parse(await Api.GetStringAsync("/health")).RootElement.GetProperty("sequence").GetInt64();

    /// <summary>All metrics by name, summed over their labels.</summary>
    public async Task<Dictionary<string, double>> Metrics()
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string line in (await Api.GetStringAsync("/metrics")).Split('\n'))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string name = line[..line.IndexOfAny(['{', ' '])];
            string value = line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0];
            if (line.IndexOf('{', StringComparison.Ordinal) < 0) value = line.Split(' ')[1];
            if (double.TryParse(value, CultureInfo.InvariantCulture, out double v)) sums[name] = sums.GetValueOrDefault(name) + v;
        }
        return sums;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _log.DisposeAsync();
        if (Environment.GetEnvironmentVariable("HOMESTRETCH_KEEP") is null) Directory.Delete(Folder, recursive: true);
    }

    private async Task<bool> Ready()
    {
        try
        {
            using HttpResponseMessage health = await Api.GetAsync("/health");
            return health.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Start(string project, string[] arguments, TextWriter log)
    {
        string program = Directory.EnumerateFiles(Path.Combine(Root(), "src", project, "bin", "Release"), project + ".dll", SearchOption.AllDirectories).FirstOrDefault()
            ?? throw new FileNotFoundException($"{project} is not built.\nMaybe build the whole solution in Release first.");
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += Write;
        process.ErrorDataReceived += Write;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Write(object _, DataReceivedEventArgs line)
        {
            lock (log) if (line.Data is not null) log.WriteLine(line.Data);
        }
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Homestretch.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Homestretch.slnx.");
    }
}
