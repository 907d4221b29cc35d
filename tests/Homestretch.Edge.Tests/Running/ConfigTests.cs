using Xunit;

namespace Homestretch.Edge.Tests.Running;

public sealed class ConfigTests
{
    [Fact]
    public async Task Everything_wrong_with_a_configuration_is_said_at_once_and_nothing_starts()
    {
        string folder = Directory.CreateTempSubdirectory("homestretch-config-").FullName, file = Path.Combine(folder, "edge.json");
        await File.WriteAllTextAsync(file, """
            {
              "edge": "SONGBE", "data": "data", "supplier_key_file": "none.pem", "colour": "red",
              "hub": { "url": "http://hub.example.com", "password_file": "edge.json", "public_key_file": "edge.json" },
              "log": { "most_mb": 0 },
              "report": { "metrics": [{ "metric": "Vibration", "deadband": -1 }, { "metric": "Vibration" }] },
              "inputs": [
                { "name": "a", "kind": "modbus", "host": "10.0.0.7", "machine": "M1", "registers": [{ "metric": "State", "address": 70000, "table": "coil", "form": "float32" }] },
                { "name": "a", "kind": "mqtt-json", "broker": "nowhere", "topics": "x", "values": { "V": "v" } },
                { "name": "b", "kind": "telex" },
                { "name": "c", "kind": "http", "listen": "http://127.0.0.1:8707/one/", "machine_at": "/m", "machines": { "a": "M1" }, "values": { "V": "/v" } },
                { "name": "d", "kind": "http", "listen": "http://127.0.0.1:8707/two/", "machine_at": "/m", "machines": { "b": "M2" }, "values": { "V": "/v" } }
              ]
            }
            """, TestContext.Current.CancellationToken);
        var (code, said) = await RunningEdge.Command("run", "--config", file);
        Assert.Equal(2, code);
        string[] lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string rule in (string[])["edge-name", "unreadable", "unknown-member", "plain-beyond-loopback", "not-a-key", "out-of-range", "twice", "form", "address", "no-machine", "pointer", "not-a-choice"])
            Assert.Contains(lines, l => l.EndsWith($"[{rule}]", StringComparison.Ordinal));
        Assert.Contains(lines, static l => l.StartsWith("edge.json (inputs[4].listen): Two inputs listen on port 8707.", StringComparison.Ordinal));
        Assert.Contains(lines, static l => l.StartsWith("edge.json (inputs[0].registers[0].address): 70000 is no whole number from 0 to 65535.", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(folder, "data")));
        await File.WriteAllTextAsync(file, "{\n  \"edge\": \"S/E\",\n  oops\n}", TestContext.Current.CancellationToken);
        (code, said) = await RunningEdge.Command("check", "--config", file);
        Assert.Equal(2, code);
        Assert.StartsWith("edge.json:3: This is not JSON", said);
        Directory.Delete(folder, recursive: true);
    }
}
