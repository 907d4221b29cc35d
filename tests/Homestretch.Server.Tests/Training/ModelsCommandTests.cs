using System.Diagnostics;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Training;

/// <summary>The command line's models commands against a real hub.</summary>
public sealed class ModelsCommandTests
{
    [Fact]
    public async Task A_file_is_put_in_comes_in_force_is_rolled_back_and_a_bad_one_is_refused_in_the_hubs_words()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Tell(Trades.Company());
        string folder = Path.Combine(server.Folder, "files");
        Directory.CreateDirectory(folder);
        string Written(string name, byte[] bytes)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
            return Path.Combine(folder, name);
        }
        const string model = "arrival-delay/deliveries";
        Assert.Equal((0, "version 1"), await Run(server, "put", Written("one.model", DelayFiles.Make(1))));
        Assert.Equal((0, "version 2"), await Run(server, "put", Written("two.model", DelayFiles.Make(2)), "--of", "deliveries"));
        Assert.Equal((0, "done"), await Run(server, "in-force", model, "1"));
        Assert.Equal((0, "done"), await Run(server, "in-force", model, "2"));
        Assert.Equal((0, "done"), await Run(server, "roll-back", model));
        var (code, said) = await Run(server, "put", Written("cut.model", DelayFiles.Make(1)[..^30]));
        Assert.Equal(2, code);
        Assert.Contains("The content does not have the hash that the file names.", said);
        Assert.Equal((2, $"{Path.Combine(folder, "no.model")} is no model file."), await Run(server, "put", Written("no.model", "nothing"u8.ToArray())));
        Assert.Contains("No version was in force before.", (await Run(server, "roll-back", model)).Said);
        (code, said) = await Run(server, "list");
        Assert.Equal(0, code);
        Assert.StartsWith("arrival-delay/deliveries: version 1 in force, ", said);
        Assert.Contains("made for a test", said);
    }

    private static async Task<(int Code, string Said)> Run(RunningServer server, string command, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [Built.Apart("Homestretch.Cli"), "models", command, .. more, "--server", server.Http.BaseAddress!.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOMESTRETCH_TOKEN"] = await File.ReadAllTextAsync(Path.Combine(server.Folder, "demo-token"), TestContext.Current.CancellationToken);
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output + await error).Trim());
    }
}
