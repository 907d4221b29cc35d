using System.Diagnostics;
using Homestretch.Exchange.Csv;
using Homestretch.World;
using Xunit;

namespace Homestretch.Server.Tests.Running;

/// <summary>0 done, 1 the answer is no, 2 bad input: for every command, as a process.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-exit-").FullName;

    public ExitCodeTests()
    {
        foreach (var (name, bytes) in CompanyFolder.Write(Snapshot.Of(RealStart.Company))) File.WriteAllBytes(Path.Combine(_folder, name), bytes);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("plan")]
    [InlineData("plan nowhere")]
    [InlineData("plan FOLDER --colour red")]
    [InlineData("plan FOLDER --samples many")]
    [InlineData("plan FOLDER --samples 7")]
    [InlineData("plan FOLDER --at yesterday")]
    [InlineData("plan FOLDER --at 2026-03-02T06:00:00Z --out /proc/nowhere")]
    [InlineData("plan --neutral nowhere")]
    [InlineData("explain FOLDER")]
    [InlineData("explain FOLDER NO-SUCH --at 2026-03-02T06:00:00Z")]
    [InlineData("quote FOLDER")]
    [InlineData("quote FOLDER --family F --market M --hub H --customer C --options nonsense --at 2026-03-02T06:00:00Z")]
    [InlineData("simulate")]
    [InlineData("simulate nowhere")]
    [InlineData("simulate FOLDER --days -1 --at 2026-03-02T06:00:00Z")]
    [InlineData("simulate FOLDER --truth nowhere.csv --at 2026-03-02T06:00:00Z")]
    [InlineData("buffers")]
    [InlineData("buffers advise nowhere")]
    [InlineData("buffers advise FOLDER --target 95")]
    [InlineData("buffers compare --seeds 3..1")]
    [InlineData("cut exposure nowhere")]
    [InlineData("cut exposure FOLDER --give A:B:all --at 2026-03-02T06:00:00Z")]
    [InlineData("cut exposure FOLDER --limit-party 2 --at 2026-03-02T06:00:00Z")]
    [InlineData("neutral")]
    [InlineData("neutral check nowhere nowhere")]
    [InlineData("demo company")]
    [InlineData("demo company --out /proc/nowhere")]
    [InlineData("demo --speed fast")]
    public void Bad_input_ends_with_2_and_says_why(string words)
    {
        var (code, output, error) = Run(words);
        Assert.Equal((2, false), (code, error.Length == 0));
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("plan --help")]
    [InlineData("plan FOLDER --at 2026-03-02T06:00:00Z")]
    [InlineData("plan FOLDER --at 2026-03-02T06:00:00Z --json")]
    [InlineData("cut exposure FOLDER --at 2026-03-02T06:00:00Z")]
    [InlineData("cut exposure FOLDER --limit-party 0.2 --at 2026-03-02T06:00:00Z --json")]
    public void What_was_done_ends_with_0(string words) => Assert.Equal(0, Run(words).Code);

    [Fact]
    public void Networks_are_compared_and_the_demonstration_is_advised_as_JSON()
    {
        var (code, output, _) = Run("buffers compare --seeds 2..2 --samples 256 --at 2026-03-02T06:00:00Z --json");
        Assert.Equal(0, code);
        var answer = System.Text.Json.JsonElement.Parse(output).GetProperty("networks")[0].GetProperty("answer");
        Assert.InRange(answer.GetProperty("advised").GetProperty("whole").GetDouble(), 0.92, 0.98);
        (code, output, _) = Run("buffers advise --samples 128 --at 2026-03-02T06:00:00Z --json");
        Assert.Equal(0, code);
        Assert.Equal(["ALM", "COV", "GVL"], System.Text.Json.JsonElement.Parse(output).GetProperty("hubs").EnumerateArray().Select(static h => h.GetProperty("hub").GetString()));
        Assert.Equal(1, Run("buffers advise FOLDER --at 2026-03-02T06:00:00Z").Code);      // no order line, no advice
    }

    private (int Code, string Output, string Error) Run(string words)
    {
        string[] arguments = [Built.Apart("Homestretch.Cli"), .. words.Replace("FOLDER", _folder, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), $"{words} did not end");
        return (process.ExitCode, output.Result, error.Result);
    }
}
