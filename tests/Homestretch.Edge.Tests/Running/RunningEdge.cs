using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Edges;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Edge.Tests.Running;

/// <summary>A gateway as a supplier has it: its own process, its own folder.</summary>
internal sealed class RunningEdge : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;

    private RunningEdge(string folder) => Folder = folder;

    public string Folder { get; }
    public string Data => Path.Combine(Folder, "data");
    public string ConfigFile => Path.Combine(Folder, "edge.json");
    public string Said => string.Join('\n', _said);
    public Process Process => _process!;

    /// <summary>The edge's program beside the tests, unless another build is named.</summary>
    private static string Program => Environment.GetEnvironmentVariable("HOMESTRETCH_EDGE") is { Length: > 0 } other ? other : Path.Combine(AppContext.BaseDirectory, "homestretch-edge");

    /// <summary>Sets an edge up at a running server: credential, keys on both sides, configuration. It does not run yet.</summary>
    /// <param name="inputs">JSON of the list of inputs.</param>
    /// <param name="more">Further members of the configuration, each ending with a comma.</param>
    public static async Task<RunningEdge> SetUp(RunningServer server, string inputs, string? hub = null, string node = "edge-1", string more = "", double patience = 15)
    {
        var edge = new RunningEdge(Directory.CreateTempSubdirectory("homestretch-edge-").FullName);
        using HttpResponseMessage made = await server.Http.PostAsJsonAsync("/api/v1/gateways", new { party = "SONGBE", node, label = "test" });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        File.WriteAllText(Path.Combine(edge.Folder, "password"), (await RealStart.JsonOf(made)).GetProperty("password").GetString()!);
        File.WriteAllText(Path.Combine(edge.Folder, "hub.pem"), await server.Http.GetStringAsync("/api/v1/edges/key"));
        Assert.Equal(0, (await Command("keys", "--out", edge.Folder)).Code);
        using HttpResponseMessage trusted = await server.Http.PutAsJsonAsync($"/api/v1/edges/SONGBE/{node}/key", new { public_key = File.ReadAllText(Path.Combine(edge.Folder, "supplier.pem")) });
        Assert.True(trusted.IsSuccessStatusCode, await trusted.Content.ReadAsStringAsync());
        edge.Configure(hub ?? server.Http.BaseAddress!.ToString(), inputs, node, more, patience);
        return edge;
    }

    /// <summary>An edge whose hub cannot be reached: a road that is shut, and a contract that both sides signed before.</summary>
    /// <param name="fields">As <see cref="Propose"/> has them; empty: there is no contract.</param>
    public static async Task<RunningEdge> Alone(string inputs, string fields = "", string? hub = null, string more = "", double patience = 1)
    {
        var edge = new RunningEdge(Directory.CreateTempSubdirectory("homestretch-edge-").FullName);
        Assert.Equal(0, (await Command("keys", "--out", edge.Folder)).Code);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa supplier = SignedDocument.Key(File.ReadAllText(Path.Combine(edge.Folder, "supplier.key")))!;
        File.WriteAllText(Path.Combine(edge.Folder, "hub.pem"), key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(edge.Folder, "password"), "secret");
        if (fields.Length > 0)
        {
            var contract = new SignedDocument(DocumentKind.Contract, "SONGBE/edge-1", 1, Encoding.UTF8.GetBytes(ContractOf(fields)), []);
            Directory.CreateDirectory(Path.Combine(edge.Data, "documents"));
            File.WriteAllBytes(Path.Combine(edge.Data, "documents", "contract-1.json"), contract.Signed(Signer.Hub, key).Signed(Signer.Supplier, supplier).ToBytes());
        }
        edge.Configure(hub ?? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}"), inputs, more: more, patience: patience);
        return edge;
    }

    public void Configure(string hub, string inputs, string node = "edge-1", string more = "", double patience = 15) => File.WriteAllText(ConfigFile, string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "edge": "SONGBE/{{node}}", "data": "data", "supplier_key_file": "supplier.pem",
          "hub": { "url": "{{hub}}", "password_file": "password", "public_key_file": "hub.pem", "patience_seconds": {{patience}} },
          {{more}}
          "inputs": {{inputs}}
        }
        """));

    /// <summary>Lets the hub sign a contract and waits until the edge has it; then the supplier signs.</summary>
    public async Task Agree(RunningServer server, string fields, string node = "edge-1")
    {
        int version = await Propose(server, fields, node);
        await Until(() => File.Exists(Path.Combine(Data, "documents", $"contract-{version}.json")), "the proposal to come");
        var (code, said) = await Command("contract", "accept", "--config", ConfigFile, "--key", Path.Combine(Folder, "supplier.key"));
        Assert.True(code == 0, said);
        JsonElement detail = await RunningServer.Until(() => server.Get($"/api/v1/edges/SONGBE/{node}"), d => d.GetProperty("row").GetProperty("contract_state").GetString() == "in-force");
        Assert.Equal(version, detail.GetProperty("row").GetProperty("contract").GetInt32());
    }

    /// <summary>Fields as 'machine metric [every_seconds [step [delay_seconds]]]', one a line.</summary>
    public static async Task<int> Propose(RunningServer server, string fields, string node = "edge-1")
    {
        var (status, body) = await Publish(server, "contract", ContractOf(fields), node);
        Assert.True(status == 200, body);
        return JsonElement.Parse(body).GetProperty("version").GetInt32();
    }

    private static string ContractOf(string fields)
    {
        var list = fields.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static f => f.Split(' ')).Select(static f => $$"""{"machine":"{{f[0]}}","metric":"{{f[1]}}","every_seconds":{{(f.Length > 2 ? f[2] : "0")}},"step":{{(f.Length > 3 ? f[3] : "0")}},"delay_seconds":{{(f.Length > 4 ? f[4] : "0")}}}""");
        return $$"""{"supplier":"SONGBE","receiver":"MERIDIAN","purpose":"ready dates of lots","from":"2020-01-01T00:00:00Z","fields":[{{string.Join(',', list)}}]}""";
    }

    public static async Task<(int Status, string Body)> Publish(RunningServer server, string kind, string content, string node = "edge-1")
    {
        using HttpResponseMessage answer = await server.Http.PostAsync($"/api/v1/edges/SONGBE/{node}/documents/{kind}", new StringContent(content, Encoding.UTF8, "application/json"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Whether it lives, what each of its parts is at (SIGQUIT), and what it said last.</summary>
    public async Task<string> State()
    {
        string lives;
        try
        {
            lives = _process is null ? "The edge was never started" : _process.HasExited ? $"The edge has ended with {_process.ExitCode}" : $"The edge runs as {_process.Id}";
            if (_process is { HasExited: false })
            {
                using (var quit = Process.Start("kill", ["-QUIT", _process.Id.ToString(CultureInfo.InvariantCulture)])) await quit.WaitForExitAsync();
                await Task.Delay(500);
            }
        }
        catch (InvalidOperationException)
        {
            lives = "The edge was killed by us";
        }
        return $"{lives}; it said last:\n{string.Join('\n', _said.TakeLast(40))}";
    }

    /// <param name="heard">False: nobody reads what it says.</param>
    public void Start(bool heard = true)
    {
        _process = new Process { StartInfo = new ProcessStartInfo(Program, ["run", "--config", ConfigFile]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.Start();
        if (!heard) return;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>A clean stop.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Stop()
    {
        using (var term = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)])) await term.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return _process.ExitCode;
    }

    /// <summary>The program run to its end.</summary>
    public static async Task<(int Code, string Said)> Command(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(s_patience);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Waits until something is so.</summary>
    public async Task Until(Func<bool> so, string what)
    {
        for (long began = Stopwatch.GetTimestamp(); !so(); await Task.Delay(50))
            Assert.True(Stopwatch.GetElapsedTime(began) < s_patience && !(_process?.HasExited ?? false), $"Waited in vain for {what}. The edge said:\n{Said}");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_process is { HasExited: false }) await Kill();
        }
        catch (InvalidOperationException)
        {
            // killed and disposed by the test
        }
        Directory.Delete(Folder, recursive: true);
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null) _said.Enqueue(line.Data);
    }
}
