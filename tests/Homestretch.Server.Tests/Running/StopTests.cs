using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Homestretch.Server.Tests.Running;

/// <summary>A stop may come at any moment, from the first on.</summary>
public sealed class StopTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private const int Ok = 0, KilledBySigterm = 128 + 15;

    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    [InlineData(350)]
    [InlineData(500)]
    [InlineData(700)]
    [InlineData(900)]
    [InlineData(1100)]
    [InlineData(1300)]
    [InlineData(1500)]
    [InlineData(2000)]
    public async Task A_server_that_is_stopped_while_it_starts_ends_with_0(int milliseconds)
    {
        string folder = RunningServer.FreshFolder(), data = Path.Combine(folder, "data");
        using var process = Process.Start(new ProcessStartInfo(RunningServer.Program,
            ["--data", data, "--urls", "http://127.0.0.1:0", "--mqtt-port", Ports.Free().ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Stop), error = process.StandardError.ReadToEndAsync(Stop);
        await Task.Delay(milliseconds, Stop);
        using (var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await term.WaitForExitAsync(Stop);
        await process.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromMinutes(1), Stop);
        string said = await output + await error;
        // before the program's first line only the system hears a signal: nothing was begun then
        Assert.True(process.ExitCode == Ok || (process.ExitCode == KilledBySigterm && said.Length == 0 && !Directory.Exists(data)), $"It ended with {process.ExitCode}:\n{said}");
        // a silo that is stopped in the middle of its start may say that it takes no message any more
        Assert.DoesNotContain("xception", said.Replace("OrleansMessageRejectionException", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_stop_during_the_start_lets_go_of_the_store_at_once()
    {
        await using RunningServer first = await RunningServer.Start(null, "--urls", "http://127.0.0.1:0");
        Assert.Equal(Ok, await first.Stop());
        var begun = Process.Start(new ProcessStartInfo(RunningServer.Program, ["--data", first.Folder, "--urls", "http://127.0.0.1:0", "--mqtt-port", "0"]) { RedirectStandardOutput = true })!;
        while (await begun.StandardOutput.ReadLineAsync(Stop) is { } line && !line.Contains("journal entry", StringComparison.Ordinal)) { }
        using (var term = Process.Start("kill", ["-TERM", begun.Id.ToString(CultureInfo.InvariantCulture)])) await term.WaitForExitAsync(Stop);
        string said = await begun.StandardOutput.ReadToEndAsync(Stop);
        // a silo that is stopped in the middle of its start may say that it takes no message any more
        Assert.DoesNotContain("xception", said.Replace("OrleansMessageRejectionException", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await begun.WaitForExitAsync(Stop);
        Assert.Equal(Ok, begun.ExitCode);
        await using RunningServer again = await RunningServer.Start(first.Folder, "--urls", "http://127.0.0.1:0");
        Assert.DoesNotContain("holds", again.Said, StringComparison.Ordinal);
    }
}
