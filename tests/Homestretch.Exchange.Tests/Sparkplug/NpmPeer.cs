using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Homestretch.Exchange.Tests.Sparkplug;

/// <summary>npm's sparkplug-payload in a node process: one JSON line asked, one answered.</summary>
public sealed class NpmPeer : IDisposable
{
    private static readonly string Folder = Repository.Path("tests", "Homestretch.Exchange.Tests", "Sparkplug", "npm");
    private readonly Process node;

    public NpmPeer()
    {
        if (!File.Exists(Path.Combine(Folder, "node_modules", "sparkplug-payload", "package.json"))) Install();
        node = Start("node", ["peer.js"], input: true);
    }

    internal JsonNode Ask(JsonNode request)
    {
        node.StandardInput.WriteLine(request.ToJsonString());
        node.StandardInput.Flush();
        var line = node.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"node ended: {node.StandardError.ReadToEnd()}");
        var answer = JsonNode.Parse(line)!;
        Assert.True(answer["error"] is null, line);
        return answer;
    }

    public void Dispose()
    {
        node.StandardInput.Close();
        if (!node.WaitForExit(5_000)) node.Kill();
        node.Dispose();
    }

    private static void Install()
    {
        using var npm = Start("npm", ["ci", "--no-audit", "--no-fund"], input: false);
        var errors = npm.StandardError.ReadToEndAsync();
        npm.StandardOutput.ReadToEnd();
        npm.WaitForExit();
        Assert.True(npm.ExitCode == 0, $"npm ci failed in {Folder}: {errors.Result}");
    }

    private static Process Start(string program, string[] arguments, bool input)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder, RedirectStandardInput = input, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"{program} cannot be started: {e.Message}.\nMaybe it is not installed: apt-get install nodejs npm, or run ./test, which does so.", e);
        }
    }
}
