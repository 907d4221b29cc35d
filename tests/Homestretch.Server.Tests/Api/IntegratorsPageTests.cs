using System.Diagnostics;
using System.Text.RegularExpressions;
using Homestretch.Server.Tests.Running;
using Homestretch.Tests.House;
using Xunit;

namespace Homestretch.Server.Tests.Api;

public sealed partial class IntegratorsPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_command_on_the_page_works_as_it_stands()
    {
        await using RunningServer server = await RunningServer.Demo();
        await server.Load();
        string script = "set -euo pipefail\n" + string.Concat(Blocks().Matches(Repository.Read("docs/integrators.md")).Select(static m => m.Groups[1].Value));
        string folder = Directory.CreateTempSubdirectory("homestretch-page-").FullName;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["SERVER"] = server.Http.BaseAddress!.ToString().TrimEnd('/'), ["TOKEN"] = server.Http.DefaultRequestHeaders.Authorization!.Parameter },
        })!;
        Task<string> said = bash.StandardOutput.ReadToEndAsync(Stop), wrong = bash.StandardError.ReadToEndAsync(Stop);
        await bash.WaitForExitAsync(Stop);
        Directory.Delete(folder, recursive: true);
        Assert.True(bash.ExitCode == 0, $"ended with {bash.ExitCode}: {await wrong}\n{(await said)[^Math.Min((await said).Length, 2000)..]}");
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
